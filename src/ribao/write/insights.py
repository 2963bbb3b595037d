"""The bullets under a story: facts that were counted in its reports, never opinions.

Each bullet cites what it rests on: the figures as they stand in the reports, who reports the event,
and what came before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ribao.catalogue import say
from ribao.model import Citation, Document, DocumentId, Insight, Sentence, Story
from ribao.write.figures import Clause, clauses, differences, key_figures
from ribao.write.headline import LONGEST_PRINTED
from ribao.write.outlets import labelled_name, outlet_name
from ribao.write.passages import Passage, alike, content_words

SAME_EVENT = 0.4  # share of the words of two titles that tell of one event
FIGURES = 3  # in one bullet; more is a table, not a line
NAMED_OUTLETS = 5
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def insights(
    story: Story,
    reports: Sequence[Document],
    heading: Sentence,
    paragraph: Sequence[Passage],
    *,
    language: str,
    timezone: str,
) -> tuple[Insight, ...]:
    """Up to three bullets; `reports` are the documents that may be cited, the lead first.

    Figures come from the lead, and from reports whose titles tell what the headline tells.
    """
    about = content_words(heading.text)
    found = [
        clause
        for report in reports
        if report.language == language and report.copy_of is None
        if report is reports[0] or alike(content_words(report.title), about) >= SAME_EVENT
        for clause in clauses(report, about)
    ]
    printed = [passage.text for passage in paragraph]
    bullets = (
        figures(found, printed, language),
        difference(found, language) or coverage(story, reports, language),
        timeline(story, reports, language, timezone),
    )
    return tuple(bullet for bullet in bullets if bullet is not None)


def figures(found: Sequence[Clause], printed: Sequence[str], language: str) -> Insight | None:
    """The figures of the reports that the paragraph does not name, quoted, a sentence a report."""
    chosen = key_figures(sorted(found, key=lambda one: -one.points), printed, FIGURES)
    by_report: dict[DocumentId, list[Clause]] = {}
    for clause in chosen:
        by_report.setdefault(clause.document.id, []).append(clause)
    sentences: list[Sentence] = []
    for clauses_of_one in by_report.values():
        ordered = sorted(clauses_of_one, key=lambda one: one.start)
        comma = say("write-comma", language)
        text = comma.join(say("write-figure", language, words=one.text) for one in ordered)
        text = text if sentences else say("write-figures", language, figures=text)
        sentences.append(_computed(text, [one.citation() for one in ordered]))
    return Insight("figures", tuple(sentences)) if sentences else None


def difference(found: Sequence[Clause], language: str) -> Insight | None:
    """Two outlets that give different values for one thing, each in its own words."""
    pair = differences(found)
    if pair is None:
        return None
    text = say(
        "write-difference",
        language,
        words=pair[0].text,
        outlet=outlet_name(pair[0].document, language),
        other_words=pair[1].text,
        other_outlet=outlet_name(pair[1].document, language),
    )
    return Insight("difference", (_computed(text, [one.citation() for one in pair]),))


def coverage(story: Story, reports: Sequence[Document], language: str) -> Insight | None:
    """Who reports the event, each outlet once."""
    everyone = {outlet_name(document, language) for document in story.documents}
    named: dict[str, Document] = {}
    for document in reports:
        if document.title:
            named.setdefault(outlet_name(document, language), document)
    shown = list(named.items())[:NAMED_OUTLETS]
    if not shown:
        return None
    citations = [_title(document) for _, document in shown]
    if len(everyone) == 1:
        text = say("write-coverage-one", language, outlet=shown[0][0])
        return Insight("coverage", (_computed(text, citations),))
    names = [labelled_name(document, language) for _, document in shown]
    listed = say("write-comma", language).join(names)
    if len(everyone) > len(shown):
        listed = say("write-coverage-more", language, outlets=listed)
    text = say("write-coverage-many", language, count=len(everyone), outlets=listed)
    return Insight("coverage", (_computed(text, citations),))


def timeline(
    story: Story, reports: Sequence[Document], language: str, timezone: str
) -> Insight | None:
    """What came before: the earlier edition that carried it, or the days that it spans."""
    dated = [document for document in reports if document.title]
    if not dated:
        return None
    first = min(dated, key=lambda one: (one.published_at, one.id))
    last = max(dated, key=lambda one: (one.published_at, one.id))
    if story.continues is not None and story.new_document_ids:
        text = say(
            "write-timeline-continues",
            language,
            first_day=day(story.first_seen_at, language, timezone),
            count=len(story.new_document_ids),
        )
        return Insight("timeline", (_computed(text, [_title(first)]),))
    days = [day(one.published_at, language, timezone) for one in (first, last)]
    outlets = [outlet_name(one, language) for one in (first, last)]
    if days[0] == days[1] or outlets[0] == outlets[1]:
        return None
    text = say(
        "write-timeline-span",
        language,
        first_day=days[0],
        first_outlet=outlets[0],
        last_day=days[1],
        last_outlet=outlets[1],
    )
    return Insight("timeline", (_computed(text, [_title(first), _title(last)]),))


def day(moment: datetime, language: str, timezone: str) -> str:
    """A date as it is read in `timezone`, without the year."""
    local = moment.astimezone(ZoneInfo(timezone))
    name = _MONTHS[local.month - 1]
    return say("write-day", language, month=local.month, day=local.day, month_name=name)


def _computed(text: str, citations: Sequence[Citation]) -> Sentence:
    return Sentence(text, tuple(dict.fromkeys(citations)), kind="computed")


def _title(document: Document) -> Citation:
    words = document.title[:LONGEST_PRINTED]
    return Citation(document.id, words, 0, len(words), "title")
