"""The ledger of promises: what an edition announces is kept, what falls due comes up again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ribao.catalogue import say
from ribao.model import Article, Document, Edition, Story, StoryId
from ribao.outcome import Drop, Outcome, Reason
from ribao.promise import Promise
from ribao.rank.promises import Due, falling_due, find_promises
from ribao.running.run import Run
from ribao.store.promises import Paper
from ribao.write.edition import DUE
from ribao.write.reminders import Reminder, remind

MOST = 6  # reminders of one edition; on 1 January everything "next year" begins
LATE_DAYS = 7  # a day without an edition is made up for by the next one within a week
_ORDER = (Due.TODAY, Due.ENDS, Due.OPENS)  # a day that was named says more than one in a year


@dataclass(frozen=True, slots=True)
class Dues:
    """What falls due for one edition."""

    promises: tuple[Promise, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    articles: Outcome[Article] = field(default_factory=Outcome)

    @property
    def evidence(self) -> dict[StoryId, tuple[Document, ...]]:
        """The report that each reminder rests on."""
        return {StoryId(one.promise.id): (one.document,) for one in self.reminders}


def dues(run: Run) -> Dues:
    """Find what earlier editions of this paper announced for this day, and write it up."""
    work, shelf = run.work, run.tools.store.promises
    paper = Paper(run.tools.beat.id, work.language)
    before = shelf.last_edition_before(paper, work.day)
    if before is None:
        return Dues()
    after = max(before, work.day - timedelta(days=LATE_DAYS))
    promises = shelf.promises_around(paper, after, work.day)
    chosen, dropped = _chosen(promises, after, work.day, work.language)
    known = run.tools.store.library.documents_by_id(
        [promise.citation.document_id for promise, _, _ in chosen]
    )
    reminders = []
    for promise, state, day in chosen:
        document = known.get(promise.citation.document_id)
        if document is None:
            detail = say("run.promise-without-report", work.language)
            dropped.append(Drop(promise.id, Reason.NO_TEXT, detail))
        else:
            reminders.append(Reminder(promise, state, day, document))
    subjects = {one.promise.id for one in reminders} | {drop.subject for drop in dropped}
    written = remind(reminders, language=work.language, timezone=work.timezone)
    return Dues(
        tuple(one for one in promises if one.id in subjects),
        tuple(reminders),
        replace(written, dropped=(*written.dropped, *dropped)),
    )


def promises_in(edition: Edition, stories: Sequence[Story], timezone: str) -> Iterator[Promise]:
    """What the reports that an edition lists announce for later; reminders are not kept anew."""
    printed = {article.story_id: article for article in edition.articles}
    for story in stories:
        article = printed.get(story.id)
        if article is None or article.section == DUE:
            continue
        listed = {reference.document_id for reference in article.references}
        reports = tuple(one for one in story.documents if one.id in listed)
        if reports:
            yield from find_promises(replace(story, documents=reports), timezone)


def _chosen(
    promises: Sequence[Promise], after: date, day: date, language: str
) -> tuple[list[tuple[Promise, Due, date]], list[Drop]]:
    """The promises for which a day since the last edition matters, the plainest first."""
    days = [after + timedelta(days=number) for number in range(1, (day - after).days + 1)]
    due = [
        (promise, state, when)
        for when in reversed(days)
        for promise, state in falling_due(promises, when)
    ]
    due.sort(key=lambda one: (_ORDER.index(one[1]), one[0].last - one[0].first))
    kept: dict[str, tuple[Promise, Due, date]] = {}
    dropped: list[Drop] = []
    seen: set[tuple[StoryId, date, date]] = set()
    for promise, state, when in due:
        key = (promise.story_id, promise.first, promise.last)
        if promise.id in kept or key in seen:
            continue
        seen.add(key)
        if len(kept) < MOST:
            kept[promise.id] = (promise, state, when)
        else:
            detail = say("run.promise-no-room", language, most=MOST)
            dropped.append(Drop(promise.id, Reason.NO_ROOM, detail))
    return list(kept.values()), dropped
