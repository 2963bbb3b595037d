"""A web archive as a source beside others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ribao.collect import collect, read_opml
from ribao.collect.plugin import source_kinds
from ribao.config import CollectSettings
from ribao.errors import ConfigError
from ribao.model import Item, Source, SourceId
from ribao.outcome import Outcome
from tests.newsweb import Entry, record, rss
from tests.unit.collect.small_web import NOW, FakeWeb

KINDS = {kind.name: kind for kind in source_kinds()}


def collected(url: str) -> Outcome[Item]:
    """Read one archive; a request of the network would be a failure."""
    source = Source(SourceId("crawler"), "warc", url)
    return collect((source,), KINDS, FakeWeb({}), CollectSettings(), NOW)


def test_every_feed_of_an_archive_is_read_as_of_its_capture(tmp_path: Path) -> None:
    """Items of all feeds under the one source, each once; a broken feed fails by its address."""
    entry = Entry("https://owl.example/1", "Owls are counted by night", "Twice.", date="")
    other = Entry("https://jay.example/1", "Jays are counted by day", "Once.")
    answers: dict[str, bytes | tuple[int, str, bytes]] = {
        "https://owl.example/feed": rss("Owl", [entry]),
        "https://jay.example/feed": rss("Jay", [other, entry]),
        "https://odd.example/feed": (
            200,
            "application/feed+json",
            b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
        ),
        "https://jay.example/1": (200, "text/html", b"<html>no feed</html>"),
    }
    archive = record(tmp_path / "crawl.warc.gz", answers)
    for url in (str(archive), f"file:{archive}"):
        outcome = collected(url)
        assert sorted(item.url for item in outcome.kept) == [other.link, entry.link]
        assert {item.source_id for item in outcome.kept} == {"crawler"}
        assert {item.seen_at.isoformat() for item in outcome.kept if item.seen_at} == {
            "2026-01-14T16:00:00+00:00"
        }
        assert [drop.reason.value for drop in outcome.dropped] == ["repeated"]
        assert [one.subject for one in outcome.failed] == ["https://odd.example/feed"]


def test_a_file_that_is_no_archive_or_is_not_there_is_one_failure(tmp_path: Path) -> None:
    """By the name of the source, with the file in the sentence."""
    notes = tmp_path / "notes.warc"
    notes.write_text("no archive")
    empty = record(tmp_path / "pages.warc.gz", {"https://a.example/": (200, "text/html", b"<p>")})
    for path, words in ((notes, "notes.warc"), (tmp_path / "none", "no such"), (empty, "no feed")):
        (failure,) = collected(str(path)).failed
        assert failure.subject == "crawler"
        assert words in failure.error


def test_a_list_that_is_passed_around_names_no_archive() -> None:
    """As with other files of this machine."""
    outline = '<outline text="a" kind="{}" xmlUrl="https://owl.example/feed"/>'
    body = f'<opml version="2.0"><body>{outline}</body></opml>'
    assert read_opml(body.format("feed").encode(), "list.opml")
    with pytest.raises(ConfigError, match="not on the web"):
        read_opml(body.format("warc").encode(), "list.opml")
