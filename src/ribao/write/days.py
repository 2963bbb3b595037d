"""A day that one report of an event gives wrong, told from the days that the others give.

The usual slip keeps the day and mistakes the month ("15 November" for 15 December). A sentence with
such a day is not printed where another report of the story gives the same day of a nearer month, or
where it opens the sentence, as the day of the news does, and the reports are of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from ribao.language.dates import find_dates
from ribao.model import Document
from ribao.write.passages import Passage

READ = 600  # characters; the day of an event stands in the first sentences
OPENING = 12  # characters; "15 November" or "11月15日，"
NEAR = timedelta(days=7)  # between an event and its report
FAR = timedelta(days=20)  # from the report, a day of another month
LONG_AGO = timedelta(days=70)  # what lies farther off is history, and no slip of one month


def misdated(documents: Sequence[Document]) -> Callable[[Passage], bool]:
    """A test for passages that name a day which the other reports correct."""
    days = {one.id: _days(f"{one.title}\n{one.text[:READ]}", one) for one in documents}

    def odd(passage: Passage) -> bool:
        document = passage.document
        told = document.published_at.date()
        others = {
            day
            for one in documents
            if one.id != document.id
            for day in days[one.id]
            if abs(day - told) <= NEAR
        }
        slips = {day for day in _days(passage.text, document) if FAR <= abs(day - told) <= LONG_AGO}
        if slips & _days(passage.text[:OPENING], document):
            others |= {one.published_at.date() for one in documents}
        return any(day.day == other.day for day in slips for other in others)

    return odd


def _days(text: str, document: Document) -> frozenset[date]:
    """The days that a text names by day and month."""
    anchor = document.published_at.date()
    return frozenset(
        mention.first for mention in find_dates(text, anchor) if mention.first == mention.last
    )
