"""A printed story that proves to hold two events: what was never told is news, what was is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from ribao.cli.explaining import fates_of
from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.errors import ContentError
from ribao.model import Article, Edition
from ribao.running.assignment import Made
from ribao.store import Store, open_store
from tests.newsweb import DAY, Entry, ordinary_web, record, rss
from tests.unit.running.test_road import ENGLISH, edition_of, memory

NEXT = "2026-01-16"
LATER = Entry(
    "https://herald.example/9",
    "Humanoid robots of Stelzen begin to work in the Malmo battery plant",
    "The 1,200 humanoid robots that Stelzen Robotics shipped to a battery plant in Malmo have "
    "begun to work, the robot maker said. Each works a shift of eight hours with one charge.",
    "Thu, 15 Jan 2026 03:00:00 GMT",
)


def of(edition: Edition, name: str) -> Article:
    """The printed article about somebody."""
    return next(one for one in edition.articles if name in one.headline.text)


def confuse(store: Store, edition: Edition, change: Callable[[Article], Article]) -> None:
    """Let the kept story of Tidewell hold the reports of Stelzen, which was never printed alone."""
    one, other = of(edition, "Tidewell"), of(edition, "Stelzen")
    sections = tuple(
        replace(
            section,
            articles=tuple(
                change(a) if a is one else a for a in section.articles if a is not other
            ),
        )
        for section in edition.sections
    )
    with store.begin() as connection:
        for statement in (
            "update story_document set story_id = :one, place = place + 50 where story_id = :other",
            "delete from story where id = :other",
        ):
            ids = {"one": one.story_id, "other": other.story_id}
            names = ids if ":one" in statement else {"other": other.story_id}
            connection.execute(text(statement), names)
        store.editions.put_edition(connection, replace(edition, sections=sections), "ai")


def next_day(folder: Path) -> Made:
    """The day after, on which one more outlet writes of Stelzen."""
    web = ordinary_web() | {"https://herald.example/feed.xml": rss("Herald", [LATER])}
    archive = record(folder / f"{NEXT}.warc.gz", web, "2026-01-15T16:00:00Z")
    return make(RunOptions(replay=archive, date=NEXT, output=folder / "out"), ENGLISH)


@pytest.mark.parametrize("told", [False, True])
def test_what_was_never_told_is_news(tmp_path: Path, *, told: bool) -> None:
    """The parted story is printed as a new one, unless the printed one rests on its reports."""
    first = edition_of(tmp_path, ordinary_web()).edition
    citation = of(first, "Stelzen").headline.citations[0]

    def change(article: Article) -> Article:
        said = replace(article.headline, citations=(*article.headline.citations, citation))
        return replace(article, headline=said) if told else article

    with open_store(memory(tmp_path)) as store:
        confuse(store, first, change)
    printed = of(first, "Tidewell").story_id
    if told:
        with pytest.raises(ContentError, match="nothing to print"):
            next_day(tmp_path)
        return
    (article,) = next_day(tmp_path).edition.articles
    assert "Stelzen" in article.headline.text
    assert article.continues is None
    with open_store(memory(tmp_path)) as store:
        run = store.ledger.last_run()
        assert run is not None
        (fate,) = fates_of(store, run, LATER.link)
        assert any(f"split from {printed}" in entry.detail for entry in fate.entries)
        assert "Tidewell" in fate.split_from
        story = store.editions.story(printed, date.fromisoformat(DAY))
    assert story is not None
    assert any("Stelzen" in one.title for one in story.documents)  # as it was printed
