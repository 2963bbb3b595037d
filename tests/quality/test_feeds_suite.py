"""Floors of feed reading: the suite of feedparser and the real feeds of fastfeedparser."""

from __future__ import annotations

import gzip
import html
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ribao.collect.dates import read_date
from ribao.collect.feed import read_feed
from ribao.gateways.web import Response
from tests.quality.feed_suite import CHOSEN, NOW, cases, judge

PASSED = 1388  # cases of the suite that concern our fields, of 1,399; the others are in CHOSEN


@pytest.mark.shared
def test_every_case_that_concerns_our_fields_passes(shared: Path) -> None:
    """What fails is on the list of what we chose, and nothing raises anything but ContentError."""
    archive = shared / "bench" / "feeds" / "feedparser_tests.tar.gz"
    verdicts = [judge(case) for case in cases(archive)]
    failed = {verdict.case.name: verdict.why for verdict in verdicts if verdict.status == "failed"}
    assert failed.keys() <= CHOSEN.keys()
    assert Counter(verdict.status for verdict in verdicts)["passed"] >= PASSED
    assert len(verdicts) > 2000


@pytest.mark.shared
def test_the_docs_name_every_case_that_we_chose_not_to_pass() -> None:
    """The table for readers and the list of the test are the same."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "feeds.md"
    text = page.read_text(encoding="utf-8")
    assert [name for name in CHOSEN if f"`{name}`" not in text] == []


def _real_feeds(folder: Path) -> list[tuple[str, bytes, dict[str, Any]]]:
    found = []
    for path in sorted(folder.glob("*.xml.gz")):
        expected = json.loads(
            gzip.decompress(path.with_name(path.name.replace(".xml", ".json")).read_bytes())
        )
        found.append((path.name, gzip.decompress(path.read_bytes()), expected))
    return found


@pytest.mark.shared
def test_real_feeds_give_the_titles_links_and_dates_of_the_reference(shared: Path) -> None:
    """Every entry of thirteen real feeds; the reference keeps escapes in two titles, we do not."""
    differing = []
    for name, body, expected in _real_feeds(shared / "bench" / "feeds" / "fastfeedparser"):
        feed = read_feed(
            Response("https://x.example/feed", "https://x.example/feed", 200, (), body, NOW)
        )
        assert len(feed.entries) == len(expected["entries"]), name
        for entry, wanted in zip(feed.entries, expected["entries"], strict=True):
            moment = read_date(entry.dates[0]) if entry.dates else None
            published = wanted.get("published")
            same_date = (moment.at if moment else None) == (
                datetime.fromisoformat(published).astimezone(UTC) if published else None
            )
            same_title = entry.title == " ".join(html.unescape(wanted.get("title") or "").split())
            if not (same_title and same_date and entry.link == (wanted.get("link") or "")):
                differing.append((name, entry.title))
    assert differing == []
