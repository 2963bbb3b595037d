"""Where reports stood last, what editors decided, and what a printed story rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ribao.model import Citation, DocumentId, EditionId, Sentence, StoryId
from ribao.placing import Bundle, Decision
from ribao.store import Store, open_store
from ribao.store.promises import Paper
from tests.unit.store.test_store import document, edition, story

PAPER = Paper("ai", "en")
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 1, day) for day in (12, 13, 14))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(tmp_path / "ribao.sqlite3") as opened:
        yield opened


def test_the_last_day_says_where_a_report_stands(store: Store) -> None:
    """Reports that stood in several stories are told of, with the stories of their last day."""
    a, b, c = (document(name) for name in "abc")
    with store.begin() as connection:
        store.editions.put_stories(connection, MONDAY, [story("one", a, b, c)])
        store.editions.put_stories(connection, TUESDAY, [story("one", a), story("two", b)])
    latest = store.placings.placing(PAPER, WEDNESDAY, days=7).latest
    assert latest == {DocumentId("b"): (StoryId("two"),)}
    assert store.placings.placing(PAPER, TUESDAY, days=7).latest == {}


def test_decisions_bind_their_own_paper_from_their_day_on(store: Store) -> None:
    """What an editor decided is kept once, counts for its own day, and not before it."""
    bundle = Bundle(StoryId("one"), (DocumentId("a"), DocumentId("b")))
    printed = edition(TUESDAY, story("one", document("a")))
    with store.begin() as connection:
        store.editions.put_edition(connection, printed, "ai")
        store.placings.put_decision(connection, printed.id, [Bundle(StoryId("gone"), ())])
        store.placings.put_decision(connection, printed.id, [bundle])
    expected = (Decision(EditionId(printed.id), (bundle,)),)
    assert store.placings.placing(PAPER, TUESDAY, days=7).decisions == expected
    assert store.placings.placing(PAPER, WEDNESDAY, days=7).decisions == expected
    assert store.placings.placing(PAPER, MONDAY, days=7).decisions == ()
    assert store.placings.placing(Paper("chips", "en"), TUESDAY, days=7).decisions == ()


def test_what_is_printed_rests_on_the_reports_that_it_cites(store: Store) -> None:
    """Reports that only stood beside are not among them."""
    printed = edition(TUESDAY, story("one", document("a"), document("b")))
    section = printed.sections[0]
    said = Sentence("Said.", (Citation(DocumentId("b"), "Text."),))
    article = replace(section.articles[0], paragraph=(said,))
    told = replace(printed, sections=(replace(section, articles=(article,)),))
    with store.begin() as connection:
        store.editions.put_edition(connection, told, "ai")
    cited = store.placings.cited
    assert cited(PAPER, StoryId("one"), WEDNESDAY, days=7) == {DocumentId("b")}
    assert cited(PAPER, StoryId("one"), TUESDAY, days=7) == set()
    assert cited(PAPER, StoryId("other"), WEDNESDAY, days=7) == set()
