"""One story -> one article, made of whole sentences of its reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from ribao.catalogue import say
from ribao.config import WriteSettings
from ribao.language.names import find_names
from ribao.language.words import words
from ribao.model import (
    Article,
    Document,
    DocumentId,
    Insight,
    Reference,
    Sentence,
    Story,
    by_id,
)
from ribao.outcome import Drop, Outcome, Reason
from ribao.write.card import card
from ribao.write.days import misdated
from ribao.write.headline import LONGEST_PRINTED, clean_title, headline, is_cut, title_tongue
from ribao.write.insights import insights, timeline
from ribao.write.outlets import directness, linkable, outlet_name, reference_name
from ribao.write.passages import Passage, alike, choose, content_words, passages
from ribao.write.styles import dress, load_style, shaped
from ribao.write.voices import voices

READ_REPORTS = 12  # of one story; beyond these a report adds nothing that we would print
TIMEZONES = {"zh": "Asia/Shanghai"}  # where readers of a language are, unless the edition says
ORIGINALS = {"zh": ("en",)}  # languages that the readers of an edition are expected to read
SAME_EVENT = 0.4  # share of the words of two titles that tell of one event
HALF_FULL = 0.5  # a paragraph that is shorter gets one sentence of a second report


@dataclass(frozen=True, slots=True)
class Desk:
    """What the writer holds of one story: its reports, and the passages found in each."""

    story: Story
    language: str  # of the edition
    reports: tuple[Document, ...]  # lead first, each address once
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
    What is written is dressed in the house style of the settings.

    Raises:
        ConfigError: the style cannot be read.
    """
    zone = timezone or TIMEZONES.get(language, "UTC")
    settings = shaped(settings)
    outcomes = [_write_one(story, settings, language, zone, now) for story in stories]
    return Outcome.join(outcomes)


def _write_one(
    story: Story, settings: WriteSettings, language: str, timezone: str, now: datetime
) -> Outcome[Article]:
    told = [one for one in story.documents if one.published_at <= now]
    titled = [one for one in told if any(map(str.isalpha, clean_title(one.title)[1:]))]
    if not titled:
        detail = "none of its reports has a title with a word in it"
        return Outcome(dropped=(Drop(story.id, Reason.NOTHING_TO_SAY, detail),))
    linked = [one for one in titled if linkable(one.url)]
    if not linked:
        detail = f"none of its {len(titled)} reports has an http or https address"
        return Outcome(dropped=(Drop(story.id, Reason.UNSAFE_LINK, detail),))
    desk = _open_desk(story, linked[:READ_REPORTS], language)
    article = _article(desk, settings, language, timezone)
    worn = dress(article, load_style(settings.style))
    return Outcome(kept=(worn,), dropped=_cut(article, desk))


def _cut(article: Article, desk: Desk) -> tuple[Drop, ...]:
    """What is left out of a headline that is longer than any headline."""
    (citation,) = article.headline.citations
    source = by_id(desk.reports)[citation.document_id]
    if citation.field != "title" or not is_cut(source.title):
        return ()
    detail = say(
        "write-title-cut",
        desk.language,
        outlet=outlet_name(source, desk.language),
        characters=len(source.title),
    )
    return (Drop(article.story_id, Reason.CUT_SHORT, detail),)


def _article(desk: Desk, settings: WriteSettings, language: str, timezone: str) -> Article:
    story = desk.story
    chosen = _lead_passages(desk, settings)
    heading = headline(desk.reports, chosen, language)
    chosen = _with_another_voice(desk, settings, chosen, heading)
    paragraph = tuple(passage.sentence() for passage in chosen)
    if not paragraph:
        read = (language, *ORIGINALS.get(language, ()))
        paragraph = voices(desk.reports, heading, language, read)
    if story.kind == "release" and (facts := card(desk.reports, (heading, *paragraph), language)):
        paragraph = (*paragraph, facts)
    kind = "brief" if story.kind == "story" and not paragraph else story.kind
    bullets: tuple[Insight, ...] = ()
    if kind == "story":
        bullets = insights(
            story, desk.reports, heading, chosen, language=language, timezone=timezone
        )
        printed = load_style(settings.style).bullets
        bullets = tuple(bullet for bullet in bullets if bullet.kind in printed)
    elif story.continues is not None:  # releases and briefs have no bullets to say so
        since = timeline(story, desk.reports, language, timezone)
        paragraph = (*paragraph, *(since.sentences if since else ()))
    sentences = [heading, *paragraph, *(one for bullet in bullets for one in bullet.sentences)]
    url = _link(desk, heading)
    return Article(
        story_id=story.id,
        kind=kind,  # a headline alone is no full story, however much it matters
        section=story.section,
        headline=heading,
        url=url,
        paragraph=paragraph,
        insights=bullets,
        references=_references(desk, sentences, url, settings.references),
        language=language,
        score=story.score,
        continues=story.continues,
    )


def _open_desk(story: Story, documents: Sequence[Document], language: str) -> Desk:
    """Read the reports and put the best one to print from first; one report for each address."""
    titles = {one.id: content_words(clean_title(one.title)) for one in documents}
    about = _shared(titles.values()) or content_words(clean_title(documents[0].title))
    named = {one.id: {name.id for name in find_names(one.title)} for one in documents}
    subjects = _shared(named.values()) or frozenset(named[documents[0].id])
    found = {one.id: passages(one, about | titles[one.id]) for one in documents}
    place = {one.id: at for at, one in enumerate(documents)}

    def worth(document: Document) -> float:
        own = [one for one in found[document.id] if not _restates(one, titles[document.id])]
        best = max((passage.points for passage in own if not passage.leaning), default=0.0)
        points = 6.0 * (document.language == language) + 2.0 * (best > 0) + min(best, 1.5)
        points += 0.4 * directness(document) - 0.5 * (document.copy_of is not None)
        points += 0.3 * (title_tongue(document) == language)
        title = titles[document.id]
        points += len(title & about) / max(3, len(title))
        points += 2.0 * len(named[document.id] & subjects) / max(1, len(subjects))
        return points + 0.5 * (place[document.id] == 0) - 0.05 * place[document.id]

    ordered = sorted(documents, key=lambda one: (-worth(one), place[one.id]))
    by_address: dict[str, Document] = {}
    for document in ordered:
        by_address.setdefault(document.url, document)
    odd = misdated(documents)
    printable = {id_: [one for one in told if not odd(one)] for id_, told in found.items()}
    return Desk(story, language, tuple(by_address.values()), printable)


def _shared(sets: Iterable[AbstractSet[str]]) -> frozenset[str]:
    """What stands in more than one of the sets."""
    counts = Counter(word for one in sets for word in one)
    return frozenset(word for word, count in counts.items() if count > 1)


def _lead_passages(desk: Desk, settings: WriteSettings) -> list[Passage]:
    """One to three sentences of the lead that say more than its title."""
    most = settings.sentences if desk.story.kind == "story" else 1
    title = content_words(clean_title(desk.lead.title))
    found = desk.found[desk.lead.id]
    fresh = [one for one in found if not _restates(one, title)]
    said = frozenset(one.place for one in found if _restates(one, title))
    chosen = choose(fresh, room=_room(desk, settings), most=most, said=said)
    if chosen:
        return chosen
    fuller = [one for one in found if not one.leaning and len(one.content - title) > 0]
    return choose(fuller, room=_room(desk, settings), most=1)  # the headline with a name more


def _with_another_voice(
    desk: Desk, settings: WriteSettings, chosen: list[Passage], heading: Sentence
) -> list[Passage]:
    """Where the lead is brief, a sentence of another report that names what the headline names."""
    room, used = _room(desk, settings), sum(one.size for one in chosen)
    if desk.story.kind != "story" or used > HALF_FULL * room or len(chosen) >= settings.sentences:
        return chosen
    title = content_words(heading.text)
    names = {mention.id for mention in find_names(heading.text)}
    subject = words(heading.text)[:1]
    for other in desk.reports[1:]:
        if other.copy_of is not None:
            continue
        if other.language != desk.lead.language:
            if not chosen and len(names) > 1 and other.language in ORIGINALS.get(desk.language, ()):
                chosen = _original(desk, settings, other, names)
            continue
        fresh = [
            one
            for one in desk.found[other.id]
            if not one.leaning
            and used + one.size <= room
            and not _restates(one, title)
            and all(alike(one.content, printed.content) < 0.45 for printed in chosen)
            and len(one.content & title) >= 3
            and set(subject) <= one.content
            and (not names or _most_named(names, one))
        ]
        if fresh:
            return [*chosen, max(fresh, key=lambda one: (one.points, -one.start))]
    return chosen


def _original(
    desk: Desk, settings: WriteSettings, other: Document, names: set[str]
) -> list[Passage]:
    """Where no report in the language has text: a foreign one that names all that it should."""
    found = desk.found[other.id]
    told = " ".join(passage.text for passage in found[:3])
    if not names <= {mention.id for mention in find_names(f"{other.title} {told}")}:
        return []
    return choose(found, room=_room(desk, settings, other.language), most=settings.sentences)


def _most_named(names: set[str], passage: Passage) -> bool:
    """Tell whether a sentence names at least half of what a headline names."""
    return 2 * len(names & {mention.id for mention in find_names(passage.text)}) >= len(names)


def _room(desk: Desk, settings: WriteSettings, language: str = "") -> int:
    """The room of a paragraph in `language` ("": the lead's), in the unit of that language."""
    chinese = (language or desk.lead.language) == "zh"
    return settings.paragraph_characters if chinese else settings.paragraph_words


def _restates(passage: Passage, title: frozenset[str]) -> bool:
    """Tell whether a sentence says the headline over again and nothing else."""
    joined = passage.content | title
    return len(passage.content & title) > 0.8 * len(joined) if joined else False


def _link(desk: Desk, heading: Sentence) -> str:
    """The lead's address, or that of a more direct report of the same thing if the lead relays."""
    if directness(desk.lead) > 0:
        return desk.lead.url
    title = content_words(heading.text)

    def near(document: Document) -> bool:
        if document.language != desk.lead.language:
            return False
        return alike(content_words(clean_title(document.title)), title) >= SAME_EVENT

    candidates = [one for one in desk.reports if near(one)]
    return max([desk.lead, *candidates], key=directness).url


def _references(
    desk: Desk, sentences: Sequence[Sentence], url: str, most: int
) -> tuple[Reference, ...]:
    """Number the cited reports as the reader meets them, then others up to `most`."""
    known = by_id(desk.reports)
    cited = [citation.document_id for sentence in sentences for citation in sentence.citations]
    linked = [one.id for one in desk.reports if one.url == url]
    order = list(dict.fromkeys([*cited, *linked]))
    named = {outlet_name(known[one], desk.language) for one in order}
    needed = len(order)
    for report in desk.reports:  # and one report of each other outlet
        if report.id not in order and outlet_name(report, desk.language) not in named:
            order.append(report.id)
            named.add(outlet_name(report, desk.language))
    return tuple(
        Reference(
            number=number,
            document_id=document_id,
            url=known[document_id].url,
            title=known[document_id].title[:LONGEST_PRINTED],
            outlet=reference_name(known[document_id], desk.language),
            language=known[document_id].language,
            published_at=known[document_id].published_at,
        )
        for number, document_id in enumerate(order[: max(most, needed)], 1)
    )
