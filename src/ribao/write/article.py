"""One story -> one article, made of whole sentences of its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ribao.config import WriteSettings
from ribao.model import (
    Article,
    Citation,
    Document,
    DocumentId,
    Drop,
    Insight,
    Outcome,
    Reason,
    Reference,
    Sentence,
    Story,
    by_id,
)
from ribao.write.headline import clean_title, headline
from ribao.write.insights import insights
from ribao.write.outlets import directness, linkable, outlet_name
from ribao.write.passages import Passage, alike, choose, content_words, passages

READ_REPORTS = 12  # of one story; beyond these a report adds nothing that we would print
TIMEZONES = {"zh": "Asia/Shanghai"}  # where readers of a language are, unless the edition says
HALF_FULL = 0.5  # a paragraph that is shorter gets one sentence of a second report


@dataclass(frozen=True, slots=True)
class Desk:
    """What the writer holds of one story: its reports, and the passages found in each."""

    story: Story
    reports: tuple[Document, ...]  # lead first
    found: dict[DocumentId, list[Passage]]

    @property
    def lead(self) -> Document:
        """The report that the paragraph is taken from."""
        return self.reports[0]


def write(
    stories: Sequence[Story],
    settings: WriteSettings,
    *,
    language: str,
    now: datetime,
    timezone: str = "",
) -> Outcome[Article]:
    """Write every story up in `language`; `timezone` names the days of the timelines.

    A story without a title, or without an address that may be printed, is dropped with its reason.
    """
    zone = timezone or TIMEZONES.get(language, "UTC")
    outcomes = [_write_one(story, settings, language, zone, now) for story in stories]
    return Outcome.join(outcomes)


def _write_one(
    story: Story, settings: WriteSettings, language: str, timezone: str, now: datetime
) -> Outcome[Article]:
    titled = [one for one in story.documents if one.title.strip() and one.published_at <= now]
    if not titled:
        detail = "none of its reports has a title"
        return Outcome(dropped=(Drop(story.id, Reason.NOTHING_TO_SAY, detail),))
    linked = [one for one in titled if linkable(one.url)]
    if not linked:
        detail = f"none of its {len(titled)} reports has an http or https address"
        return Outcome(dropped=(Drop(story.id, Reason.UNSAFE_LINK, detail),))
    desk = _open_desk(story, linked[:READ_REPORTS], language)
    return Outcome(kept=(_article(desk, settings, language, timezone),))


def _article(desk: Desk, settings: WriteSettings, language: str, timezone: str) -> Article:
    story = desk.story
    heading = headline(desk.reports, desk.lead, language)
    chosen = _paragraph(desk, settings, heading)
    paragraph = tuple(passage.sentence() for passage in chosen) or _titles(desk, heading, language)
    bullets: tuple[Insight, ...] = ()
    if story.kind == "story":
        bullets = insights(story, desk.reports, chosen, language=language, timezone=timezone)
    sentences = [heading, *paragraph, *(one for bullet in bullets for one in bullet.sentences)]
    return Article(
        story_id=story.id,
        kind=story.kind,
        section=story.section,
        headline=heading,
        url=_link(desk),
        paragraph=paragraph,
        insights=bullets,
        references=_references(desk, sentences, settings.references),
        language=language,
        score=story.score,
        continues=story.continues,
    )


def _open_desk(story: Story, reports: Sequence[Document], language: str) -> Desk:
    """Read the reports and put the best one to print from first."""
    about = frozenset[str]().union(*(content_words(clean_title(one.title)) for one in reports[:6]))
    found = {one.id: passages(one, about) for one in reports}
    place = {one.id: at for at, one in enumerate(reports)}

    def worth(document: Document) -> float:
        own = found[document.id]
        best = max((passage.points for passage in own if not passage.leaning), default=0.0)
        worth = 4.0 * (document.language == language) + 2.0 * (best > 0) + min(best, 1.5)
        worth += 0.4 * directness(document) - 0.5 * (document.copy_of is not None)
        return worth - 0.1 * place[document.id]

    ordered = sorted(reports, key=lambda one: (-worth(one), place[one.id]))
    return Desk(story, tuple(ordered), found)


def _paragraph(desk: Desk, settings: WriteSettings, heading: Sentence) -> list[Passage]:
    """One to three sentences of the lead, and at most one of a second report in its language."""
    most = settings.sentences if desk.story.kind == "story" else 1
    tongue = desk.lead.language
    room = settings.paragraph_characters if tongue == "zh" else settings.paragraph_words
    title = content_words(heading.text)
    own = [one for one in desk.found[desk.lead.id] if not _restates(one, title)]
    chosen = choose(own, room=room, most=most)
    used = sum(one.size for one in chosen)
    if most == 1 or used > HALF_FULL * room:
        return chosen
    for other in desk.reports[1:]:
        if other.language != tongue or other.copy_of is not None:
            continue
        fresh = [
            one
            for one in desk.found[other.id]
            if not one.leaning
            and used + one.size <= room
            and not _restates(one, title)
            and all(alike(one.content, printed.content) < 0.4 for printed in chosen)
            and len(one.content & title) >= 2
        ]
        if fresh:
            return [*chosen, max(fresh, key=lambda one: (one.points, -one.start))]
    return chosen


def _restates(passage: Passage, title: frozenset[str]) -> bool:
    """Tell whether a sentence says the headline over again and nothing else."""
    joined = passage.content | title
    return len(passage.content & title) > 0.8 * len(joined) if joined else False


def _titles(desk: Desk, heading: Sentence, language: str) -> tuple[Sentence, ...]:
    """Where no report has text: another title that says something else of the event."""
    printed = content_words(heading.text)
    for document in desk.reports:
        text = clean_title(document.title)
        if document.language == language and alike(content_words(text), printed) < 0.7:
            start = document.title.index(text)
            citation = Citation(document.id, text, start, start + len(text), "title")
            return (Sentence(text, (citation,), kind="quotation"),)
    return ()


def _link(desk: Desk) -> str:
    """The lead's address, or that of the most direct report in its language if the lead relays."""
    if directness(desk.lead) > 0:
        return desk.lead.url
    return max(
        desk.reports, key=lambda one: (directness(one), one.language == desk.lead.language)
    ).url


def _references(desk: Desk, sentences: Sequence[Sentence], most: int) -> tuple[Reference, ...]:
    """Number the cited reports as the reader meets them, then others up to `most`."""
    known = by_id(desk.reports)
    cited = [citation.document_id for sentence in sentences for citation in sentence.citations]
    linked = [one.id for one in desk.reports if one.url == _link(desk)]
    order = list(dict.fromkeys([*cited[1:2], *cited, *linked, *(one.id for one in desk.reports)]))
    needed = len(set(cited) | set(linked[:1]))
    return tuple(
        Reference(
            number=number,
            document_id=document_id,
            url=known[document_id].url,
            title=known[document_id].title,
            outlet=outlet_name(known[document_id]),
            language=known[document_id].language,
            published_at=known[document_id].published_at,
        )
        for number, document_id in enumerate(order[: max(most, needed)], 1)
    )
