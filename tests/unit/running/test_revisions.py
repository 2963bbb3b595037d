"""What becomes of a printed story when its source changes its figures afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ribao.cli.explaining import fates_of
from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.model import ItemId, StoryId
from ribao.running.assignment import Made
from ribao.store import open_store
from tests.newsweb import Entry, ordinary_web, record, rss
from tests.unit.running.test_road import ENGLISH, memory

NEXT = "2026-01-16"
FRESH = Entry(
    "https://herald.example/9",
    "Osterline opens Heron 2, a language model with 12 billion parameters",
    "The AI company Osterline released its language model Heron 2 on Thursday. "
    "It has 12 billion parameters and runs on a telephone, the company said.",
    "Thu, 15 Jan 2026 03:00:00 GMT",
)
FIGURES = ((b"$240 million", b"$204 million"), (b"240 million dollars", b"204 million dollars"))


def corrected(feed: bytes) -> bytes:
    """A feed with the other sum."""
    for before, after in FIGURES:
        feed = feed.replace(before, after)
    return feed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days: on the second, every outlet has changed the sum of one report."""
    place = tmp_path_factory.mktemp("revised")
    days = (("2026-01-15", "2026-01-14T16:00:00Z"), (NEXT, "2026-01-15T16:00:00Z"))
    for number, (day, captured) in enumerate(days):
        web = {
            url: corrected(answer) if number else answer for url, answer in ordinary_web().items()
        }
        if number:
            for outlet in ("herald", "beacon", "tribune"):
                entry = replace(FRESH, link=FRESH.link.replace("herald", outlet))
                web[f"https://{outlet}.example/feed.xml"] = rss(outlet.title(), [entry])
        archive = record(place / f"{day}.warc.gz", web, captured)
        make(RunOptions(replay=archive, date=day, output=place / "out"), ENGLISH)
    return place


def second(folder: Path) -> Made:
    """The second day, made again."""
    options = RunOptions(replay=folder / f"{NEXT}.warc.gz", date=NEXT, output=folder / "out")
    return make(options, ENGLISH)


def test_the_edition_says_that_a_source_was_corrected(folder: Path) -> None:
    """A printed figure that is gone from its report is named to the readers."""
    made = second(folder)
    assert second(folder).edition == made.edition
    notes = [note for note in made.edition.notes if note.startswith("Source corrected")]
    assert notes
    assert all("240" in note for note in notes)


def test_the_ledger_and_why_know_the_revision(folder: Path) -> None:
    """The report is a revision of the first one, which is kept as it was printed."""
    made = second(folder)
    with open_store(memory(folder)) as store:
        run = store.ledger.last_run()
        assert run is not None
        (fate,) = fates_of(store, run, "https://courier.example/1")
        told = [entry.detail for entry in fate.entries]
        assert any(detail.startswith("revision of") and "gone 240" in detail for detail in told)
        assert any(detail.startswith("source corrected") for detail in told)
        versions = store.library.documents_of([ItemId(fate.subject)])
        assert sorted("240 million dollars" in one.text for one in versions) == [False, True]
        story = store.editions.story(StoryId(fate.story), made.edition.date)
    assert story is not None
    assert len({one.url for one in story.documents}) == len(story.documents)
    assert all("240" not in one.text for one in story.documents)


def test_a_corrected_source_is_told_once(folder: Path) -> None:
    """The edition after it, which reads the same corrected page, has nothing to say of it."""
    second(folder)
    later = {
        f"https://{outlet}.example/feed.xml": rss(
            outlet.title(),
            [
                Entry(
                    f"https://{outlet}.example/10",
                    "Larkfield sues Emberline over the weights of a language model",
                    "The AI company Larkfield sues Emberline, which trained a language model on "
                    "its weights. It asks for 60 million dollars.",
                    "Fri, 16 Jan 2026 03:00:00 GMT",
                )
            ],
        )
        for outlet in ("herald", "beacon", "tribune")
    }
    web = {url: corrected(answer) for url, answer in ordinary_web().items()} | later
    archive = record(folder / "2026-01-17.warc.gz", web, "2026-01-16T16:00:00Z")
    options = RunOptions(replay=archive, date="2026-01-17", output=folder / "out")
    assert make(options, ENGLISH).edition.notes == ()
