"""The recorded attacks on XML readers: none gets through any kind of source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ribao.collect.plugin import source_kinds
from ribao.errors import ContentError
from ribao.gateways.web import Response
from ribao.model import Source, SourceId
from tests.quality.feed_suite import NOW

URL = "https://feed.example/rss"
FOLDERS = ("defusedxml", "payloads/xxe/Files", "h5sc/attachments", "h5sc/rss", "naughty_strings")
LEAKS = ("root:x:", "root:*:", "daemon:")


@pytest.mark.shared
@pytest.mark.timeout(60)
def test_recorded_attacks_are_read_or_refused_and_leak_nothing(shared: Path) -> None:
    """Bombs, external entities, strange strings: every file through every kind."""
    files = [
        path
        for folder in FOLDERS
        for path in sorted((shared / "bench" / "hostile" / folder).rglob("*"))
        if path.is_file()
    ]
    assert len(files) > 20
    for path in files:
        for kind in source_kinds():
            body = path.read_bytes()
            try:
                source = Source(SourceId("s"), kind.name, URL)
                text = repr(kind.parse(source, Response(URL, URL, 200, (), body, NOW)))
            except ContentError as error:
                text = str(error)
            assert not any(leak in text for leak in LEAKS)
            assert len(text) < 20 * len(body) + 10_000
