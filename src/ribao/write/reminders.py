"""What falls due: the announcement word for word, who reported it when, and that its time has come.

A reminder says that the named time is here, never that the announced thing has happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ribao.catalogue import say
from ribao.model import Article, Citation, Document, Reference, Sentence, StoryId
from ribao.outcome import Drop, Outcome, Reason
from ribao.promise import Promise
from ribao.write.edition import DUE, FrameSection
from ribao.write.insights import day as day_words
from ribao.write.outlets import linkable, outlet_name, reference_name

_END_MARKS = "。.．"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A promise whose time has come; `state` is today, opens or ends."""

    promise: Promise
    state: str
    day: date  # for which it falls due: the edition's, or one without an edition before it
    document: Document  # that announced it


def remind(reminders: Sequence[Reminder], *, language: str, timezone: str) -> Outcome[Article]:
    """Write one brief for each reminder; its reports are the evidence that it was announced."""
    return Outcome.join(_one(reminder, language, timezone) for reminder in reminders)


def due_section(reminders: Sequence[Reminder], day: date, language: str) -> FrameSection:
    """The section of reminders; its title says whether all of them are of the edition's own day."""
    late = any(reminder.day != day for reminder in reminders)
    key = "write-due-section-late" if late else "write-due-section"
    return FrameSection(DUE, say(key, language), "brief")


def _one(reminder: Reminder, language: str, timezone: str) -> Outcome[Article]:
    promise, document = reminder.promise, reminder.document
    if not linkable(document.url):
        return Outcome(dropped=(Drop(promise.id, Reason.UNSAFE_LINK, document.url[:80]),))
    said = promise.citation
    text = said.quote.rstrip(_END_MARKS)
    citation = Citation(said.document_id, text, said.start, said.start + len(text), said.field)
    told = say(
        f"write-due-{reminder.state}",
        language,
        outlet=outlet_name(document, language),
        day=day_words(document.published_at, language, timezone),
    )
    reference = Reference(
        number=1,
        document_id=document.id,
        url=document.url,
        title=document.title,
        outlet=reference_name(document, language),
        language=document.language,
        published_at=document.published_at,
    )
    article = Article(
        story_id=StoryId(promise.id),
        kind="brief",
        section=DUE,
        headline=Sentence(text, (citation,), kind="quotation"),
        url=document.url,
        paragraph=(Sentence(told, (citation,), kind="computed"),),
        references=(reference,),
        language=language,
        continues=promise.story_id,
    )
    return Outcome(kept=(article,))
