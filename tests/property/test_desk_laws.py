"""Laws of the desk: whatever an editor does, no story is lost and nothing is said twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from ribao.desk import Draft, changes, open_draft, printable
from ribao.desk.draft import sentences
from ribao.errors import ConfigError
from ribao.model import (
    Article,
    Citation,
    DocumentId,
    Edition,
    EditionId,
    Points,
    Reference,
    Score,
    Section,
    Sentence,
    StoryId,
)
from ribao.publish import edition_bytes
from ribao.store.codec import decode, encode

SECTIONS = (("models", "story"), ("chips", "story"), ("tools", "release"), ("short", "brief"))
MOMENT = datetime(2031, 3, 4, 4, tzinfo=UTC)


def article(number: int, section: str, kind: str) -> Article:
    """An invented story with two sentences."""
    document = DocumentId(f"d{number}")
    texts = (f"Harbour pilot {number} sails at noon", f"It carries {number + 3} crates.")
    headline, told = (Sentence(one, (Citation(document, one, 0, len(one)),)) for one in texts)
    reference = Reference(1, document, f"https://a.example/{number}", texts[0], "A", "en", MOMENT)
    score = Score((Points("outlets", float(number)),))
    return Article(
        StoryId(f"s{number}"), kind, section, headline, reference.url, (told, told),
        references=(reference,), language="en", score=score,
    )  # fmt: skip


def edition(counts: tuple[int, ...]) -> Edition:
    """An edition with so many stories in each section."""
    found, number = [], 0
    for (name, kind), count in zip(SECTIONS, counts, strict=True):
        articles = tuple(article(number + one, name, kind) for one in range(count))
        number += count
        found.append(Section(name, name.title(), kind, articles))
    front = next(section for section in found if section.articles).articles[0]
    return Edition(
        EditionId("e"), date(2031, 3, 5), "UTC", "en", "Title", "Trial", (), (), "",
        (front.headline,), tuple(section for section in found if section.articles),
    )  # fmt: skip


Change = Callable[[Draft], Draft]
stories = st.integers(0, 9).map(lambda number: f"s{number}")
names = st.sampled_from([name for name, _ in SECTIONS])
ways = st.sampled_from([-1, 1])
orders: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        lambda a, b, c: lambda draft: changes.place(draft, a, b, c), stories, names,
        st.one_of(st.just(""), stories),
    ),
    st.builds(lambda a, b: lambda draft: changes.step(draft, a, b), stories, ways),
    st.builds(lambda a, b: lambda draft: changes.pin(draft, a, on=b), stories, st.booleans()),
    st.builds(lambda a: lambda draft: changes.hold(draft, a, "thin"), stories),
    st.builds(lambda a: lambda draft: changes.bring_back(draft, a), stories),
    st.builds(lambda a, b: lambda draft: changes.rename(draft, a, b), names, st.text(max_size=9)),
    st.builds(lambda a: lambda draft: changes.entitle(draft, a), st.text(max_size=9)),
    st.builds(
        lambda a, b: lambda draft: changes.reword(draft, a, "paragraph.0", Sentence(b)), stories,
        st.text(min_size=1, max_size=9),
    ),
    st.builds(lambda a: lambda draft: changes.reword(draft, a, "paragraph.1", None), stories),
    st.builds(
        lambda a: lambda draft: changes.override(draft, a, "headline", "I saw it", "li"), stories
    ),
)  # fmt: skip
counts = st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))


@given(counts, st.lists(orders, max_size=8))
def test_no_change_loses_a_story_or_prints_it_twice(
    sizes: tuple[int, ...], wanted: list[Change]
) -> None:
    """Every story is in one section, of that section's kind, or lies aside; the rest follows."""
    sections = tuple(Section(name, name.title(), kind, ()) for name, kind in SECTIONS)
    draft = open_draft(edition(sizes), sections)
    every = sorted(one.story_id for one in draft.edition.articles)
    for change in wanted:
        before = draft
        with suppress(ConfigError):  # a story that is not there: a sentence, and nothing is done
            draft = change(draft)
        assert decode(Draft, encode(before)) == before  # what undo gives back
    articles = draft.edition.articles
    held = [one.article.story_id for one in draft.aside]
    assert sorted([*(one.story_id for one in articles), *held]) == every
    for section in draft.edition.sections:
        assert all(
            (one.section, one.kind) == (section.id, section.kind) for one in section.articles
        )
        pinned = [one.story_id in draft.pinned for one in section.articles]
        assert pinned == sorted(pinned, reverse=True)
    headlines = [one.headline for one in articles]
    assert all(line in headlines for line in draft.edition.summary)
    assert len(set(draft.edition.summary)) == len(draft.edition.summary)
    if articles:
        printed = printable(draft)
        assert all(section.articles for section in printed.sections)
        assert edition_bytes(printed) == edition_bytes(printable(decode(Draft, encode(draft))))
    assert [one.subject for one in printable(draft).held] == held


@settings(max_examples=30, deadline=None)
@given(counts, st.data())
def test_two_editors_who_move_different_stories_both_get_it(
    sizes: tuple[int, ...], data: st.DataObject
) -> None:
    """Moves to the end of other sections give the same sections whichever comes first."""
    sections = tuple(Section(name, name.title(), kind, ()) for name, kind in SECTIONS)
    draft = open_draft(edition(sizes), sections)
    ids = [one.story_id for one in draft.edition.articles]
    one, other = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    if one == other:
        return
    first = changes.place(changes.place(draft, one, "models"), other, "chips")
    second = changes.place(changes.place(draft, other, "chips"), one, "models")
    assert first.edition.sections == second.edition.sections
    assert [text for a in first.edition.articles for _, text in sentences(replace(a))] == [
        text for a in second.edition.articles for _, text in sentences(a)
    ]
