"""The recorded sample: what is shipped is what its texts give, and nothing in it is real."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from ribao import demo
from ribao.collect import collect, sources_in_archive
from ribao.collect.plugin import source_kinds
from ribao.config import CollectSettings
from ribao.demo.make import answers, reports, write_archive
from ribao.gateways.warc import ReplayWeb
from ribao.model import Item, Source
from ribao.outcome import Outcome

KINDS = {kind.name: kind for kind in source_kinds()}
MOMENT = datetime(2026, 1, 15, 16, 0, tzinfo=UTC)


def collected() -> tuple[tuple[Source, ...], Outcome[Item]]:
    """Read the shipped archive."""
    web = ReplayWeb(demo.sample_path())
    sources = sources_in_archive(web, ())
    return sources, collect(sources, KINDS, web, CollectSettings(), web.captured_at())


def test_the_shipped_archive_is_made_of_its_texts(tmp_path: Path) -> None:
    """Made anew it is the same, so a change of text cannot be forgotten."""
    size = write_archive(tmp_path / "sample.warc.gz")
    made, shipped = (tmp_path / "sample.warc.gz").read_bytes(), demo.sample_path().read_bytes()
    assert gzip.decompress(made) == gzip.decompress(shipped)  # zlibs pack differently
    assert size < 200_000


def test_it_is_captured_at_the_midnight_of_its_edition() -> None:
    """In Shanghai the day of the edition begins at 16:00 UTC of the day before."""
    assert ReplayWeb(demo.sample_path()).captured_at() == MOMENT
    assert demo.DATE.isoformat() == "2026-01-16"


def test_every_host_is_reserved_and_every_feed_says_that_it_is_a_sample() -> None:
    """Nobody is named who exists, and nobody can be misled."""
    outlets, _ = reports()
    assert all("样例" in outlet.title or "sample" in outlet.title.lower() for outlet in outlets)
    for url, _, _, body in answers():
        text = body.decode("gb18030" if b"GB18030" in body[:80] else "utf-8")
        hosts = {urlsplit(url).hostname, *re.findall(r"https?://([\w.-]+)", text)}
        formats = {"www.w3.org", "purl.org", "jsonfeed.org"}
        assert not [host for host in hosts - formats if not str(host).endswith(".example")]


def test_every_report_arrives_as_an_item_and_the_dead_feed_fails_alone() -> None:
    """Two languages, every form; what is broken on purpose is reported."""
    sources, outcome = collected()
    _, found = reports()
    assert len(sources) == 13
    assert len(outcome.kept) == len(found)
    assert outcome.dropped == ()
    assert [failure.subject for failure in outcome.failed] == ["quietpress-example"]
    assert {item.language for item in outcome.kept} == {"zh", "en"}


def test_the_wrong_date_and_the_missing_zone_are_repaired_with_a_reason() -> None:
    """Every date is the true one or says why not."""
    _, outcome = collected()
    _, found = reports()
    true = {(report.title, report.at) for report in found}
    for item in outcome.kept:
        if (item.title, item.published_at) not in true:
            assert "future" in item.published_because or "no date" in item.published_because
    placed = [item for item in outcome.kept if "placed in Asia/Shanghai" in item.published_because]
    assert {item.source_id for item in placed} == {"huiyan-example"}
