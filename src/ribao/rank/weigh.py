"""What a story is worth: points, each with its reason in words. The score is their sum.

The scale: an ordinary report of the field has about 6 points, a launch by a big lab that ten
outlets carry about 25. The factors were set on the events that human editors chose for such a
daily.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from ribao.beat import Beat, Relevance
from ribao.catalogue import say
from ribao.config import RankSettings
from ribao.model import Document, Points, Score, Story
from ribao.rank.patterns import Pattern, acts, genres
from ribao.rank.voices import best_source, first_hand, host_of, voices
from ribao.rank.wording import Wording

OUTLETS_FACTOR, OUTLETS_CAP = 2.5, 9.0  # points per doubling of the number of outlets
SOURCES_FACTOR, SOURCES_CAP = 1.5, 4.5  # points per doubling of the number of our own sources
TALK_CAP = 3.0
FOREIGN = -4.0  # no report in the language of the edition
LANGUAGES = 1.0  # an event that both languages report is a large one
SOURCE_FACTOR = 2.0  # points per unit of source weight above or below 1.0
PRIMARY, PRIMARY_OWN = 2.0, 3.0  # first-hand; from an organisation of the beat itself
NOVELTY = 1.0
RELEVANCE_FACTOR, RELEVANCE_CAP = 0.6, 5.0
ENTITY_FURTHER, ENTITY_CAP = 0.25, 4.5  # share of the second and later organisations
ENTITY_BACK = 0.5  # who is named behind the front of a headline counts half
FRONT = 0.25  # of a headline: who is named there mostly acts, who comes later is compared with
PAPERS = "papers"  # lists of papers copy one another, so they are one source
COMMUNITY = 1.5  # somebody found it worth a link
HEAT_FACTOR, HEAT_CAP = 1.6, 8.0  # points per factor of ten in upvotes
FRESH, FRESH_HALF_HOURS = 3.0, 48.0  # an event of two days ago may still be news
SUBSTANCE_LETTERS = 150  # a Chinese brief has about so many; one letter of Latin counts a third
HEADLINE_ONLY = -1.0  # unless the page itself is the news, such as a repository
ACTS_CAP, ACT_TOLD = 4.5, 0.5  # an act that only the first words of the text tell counts half
FIRST_WORDS = 120  # characters
JUDGED = 12  # documents; the titles of more reports of one event say nothing new
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is the same for all stories of an edition."""

    beat: Beat
    settings: RankSettings
    language: str
    now: datetime
    wording: Wording
    printed: tuple[Story, ...] = ()


def originals(story: Story) -> tuple[Document, ...]:
    """Documents of a story that are nobody's copy; all of them where every one is."""
    own = tuple(document for document in story.documents if document.copy_of is None)
    return (own or story.documents)[:JUDGED]


def speaking_of(story: Story, occasion: Occasion) -> tuple[Document, ...]:
    """Documents that may speak for a story: the lead, and those of the field or with its words.

    A report of something else that came into a story by mistake must not lend it its weight.
    """
    beat, lead = occasion.beat, occasion.wording.rare(story.lead.title)
    return tuple(
        one
        for one in story.documents
        if one.id == story.lead.id
        or beat.judge(one.title, one.text).points > 0
        or lead & occasion.wording.rare(one.title)
        or beat.speaks_for(one.url)
    )


def relevance_of(story: Story, beat: Beat) -> Relevance:
    """Judge a story by its lead or by all of its reports, whichever says more.

    A hot list often has a bare cry for a title, which must not push a story off the page; one
    report of the field among many of something else must not bring a story in.
    """
    documents = originals(story)
    judged = [beat.judge(one.title, one.text) for one in documents]
    lead = beat.judge(story.lead.title, story.lead.text)
    best = max((lead, *judged), key=lambda found: (found.points, found.on))
    points = max(lead.points, median(found.points for found in judged))
    speakers = {name for one in documents for name in beat.speaks_for(one.url)}
    own = max((one.relevance for one in beat.organisations if one.id in speakers), default=0.0)
    return Relevance(points + own, best.on, lead.off, lead.noise)


def weigh(story: Story, relevance: Relevance, occasion: Occasion) -> Score:
    """Give a story its points. `relevance` comes from `relevance_of`."""
    parts = (
        _outlets(story, occasion),
        _sources(story, occasion),
        _talk(story, occasion),
        _language(story, occasion),
        _source(story, occasion),
        _primary(story, occasion),
        _relevance(relevance, occasion),
        _entities(story, occasion),
        _heat(story, occasion),
        _freshness(story, occasion),
        _substance(story, occasion),
        *_acts(story, occasion),
        *_genres(story, occasion),
    )
    return Score(tuple(scaled(part, occasion.settings) for part in parts if part.points))


def scaled(part: Points, settings: RankSettings) -> Points:
    """Apply the factor that the owner of this newsroom gave to a reason, by its name."""
    factor = settings.weights.get(part.name, 1.0)
    return part if factor == 1.0 else Points(part.name, part.points * factor, part.because)


def _outlets(story: Story, occasion: Occasion) -> Points:
    names = voices(story)
    points = min(OUTLETS_CAP, OUTLETS_FACTOR * math.log2(len(names))) if names else 0.0
    shown = ", ".join(names[:6])
    return Points(
        "outlets",
        points,
        say("rank-outlets", occasion.language, count=len(names), names=shown),
    )


def _sources(story: Story, occasion: Occasion) -> Points:
    """Count the editors whom we read and who all chose this event; a second language adds to it.

    A copy is no voice of its own, but whoever carries it has chosen it.
    """
    documents = story.documents
    sources = len({one.category if one.category == PAPERS else one.source_id for one in documents})
    languages = len({one.language for one in documents} & {"zh", "en"})
    points = min(SOURCES_CAP, SOURCES_FACTOR * math.log2(sources)) + LANGUAGES * (languages == 2)
    because = say("rank-sources", occasion.language, count=sources, languages=languages)
    return Points("sources", points, because)


def _talk(story: Story, occasion: Occasion) -> Points:
    """Count sources that speak of the same product in other stories: a launch has many sides."""
    product, count = occasion.wording.talked_of(story.headline)
    others = count - len({one.source_id for one in story.documents})
    points = min(TALK_CAP, math.log2(1 + others)) if others > 0 else 0.0
    because = say("rank-talk", occasion.language, name=product, count=max(0, others))
    return Points("talk", points, because)


def _language(story: Story, occasion: Occasion) -> Points:
    """An English reader cannot read Chinese evidence; a Chinese one mostly reads English."""
    told = {one.language for one in story.documents}
    foreign = occasion.language == "en" and "en" not in told
    return Points("language", FOREIGN * foreign, say("rank-language", occasion.language))


def _source(story: Story, occasion: Occasion) -> Points:
    best = best_source(originals(story))
    name = best.outlet or host_of(best.url)
    return Points(
        "source",
        SOURCE_FACTOR * (best.weight - 1.0),
        say("rank-source", occasion.language, name=name, weight=best.weight),
    )


def _primary(story: Story, occasion: Occasion) -> Points:
    host, own = first_hand(story, occasion.beat)
    points = (PRIMARY_OWN if own else PRIMARY) if host else 0.0
    return Points("primary", points, say("rank-primary", occasion.language, host=host))


def _relevance(found: Relevance, occasion: Occasion) -> Points:
    points = min(RELEVANCE_CAP, RELEVANCE_FACTOR * found.points)
    words = ", ".join(found.on[:8])
    return Points("relevance", points, say("rank-relevance", occasion.language, words=words))


def _entities(story: Story, occasion: Occasion) -> Points:
    weights = {one.id: one.weight for one in occasion.beat.organisations}
    named: dict[str, float] = {}
    for document in originals(story):
        for one in occasion.beat.speaks_for(document.url):
            named[one] = weights[one]
        for one, place in occasion.beat.places(document.title).items():
            share = 1.0 if place <= FRONT else ENTITY_BACK
            named[one] = max(named.get(one, 0.0), share * weights[one])
    ordered = sorted(named.values(), reverse=True)
    points = min(ENTITY_CAP, sum(ordered[:1]) + ENTITY_FURTHER * sum(ordered[1:]))
    names = ", ".join(sorted(named, key=lambda one: (-named[one], one)))
    return Points("entities", points, say("rank-entities", occasion.language, names=names))


def _heat(story: Story, occasion: Occasion) -> Points:
    heats = [document.heat for document in story.documents]
    upvotes = max((heat.points or 0 for heat in heats), default=0)
    comments = max((heat.comments or 0 for heat in heats), default=0)
    rank = min((heat.rank for heat in heats if heat.rank), default=0)
    points = HEAT_FACTOR * math.log10(1 + upvotes) + 0.5 * math.log10(1 + comments)
    points += max(0.0, 1.5 - rank / 20) if rank else 0.0
    points += COMMUNITY if any(one.category == "community" for one in story.documents) else 0.0
    language = occasion.language
    figures = [
        say(key, language, count=count)
        for key, count in (
            ("rank-heat-points", upvotes),
            ("rank-heat-comments", comments),
            ("rank-heat-rank", rank),
        )
        if count
    ] or [say("rank-heat-community", language)]
    because = say("rank-heat", language, figures=", ".join(figures))
    return Points("heat", min(HEAT_CAP, points), because)


def _freshness(story: Story, occasion: Occasion) -> Points:
    hours = max(0.0, (occasion.now - _first_report(story)).total_seconds() / 3600)
    points = FRESH * 0.5 ** (hours / FRESH_HALF_HOURS)
    return Points("freshness", points, say("rank-freshness", occasion.language, hours=hours))


def _first_report(story: Story) -> datetime:
    return min(document.published_at for document in story.documents)


def _substance(story: Story, occasion: Occasion) -> Points:
    text = max((document.text for document in story.documents), key=len)
    letters = sum(3 if "\u3400" <= one <= "\u9fff" else 1 for one in text[:2000]) // 3
    figures = len(FIGURE.findall(text[:2000]))
    if not letters:
        points = 0.0 if first_hand(story, occasion.beat)[0] else HEADLINE_ONLY
        return Points("substance", points, say("rank-headline-only", occasion.language))
    points = min(1.0, letters / SUBSTANCE_LETTERS) + min(1.0, figures / 6)
    because = say("rank-substance", occasion.language, letters=len(text), numbers=figures)
    return Points("substance", points, because)


def _acts(story: Story, occasion: Occasion) -> tuple[Points, ...]:
    found: dict[str, float] = {}
    for document in originals(story):
        for act in acts(document.title, document.url):
            found[act.name] = act.points
    for act in acts(story.lead.text[:FIRST_WORDS]):
        found.setdefault(act.name, ACT_TOLD * act.points)
    left, parts = ACTS_CAP, []
    for name in sorted(found, key=lambda one: (-found[one], one)):
        points = min(left, found[name])
        left -= points
        parts.append(Points("act", points, say("rank-act", occasion.language, act=name)))
    return tuple(part for part in parts if part.points)


def _genres(story: Story, occasion: Occasion) -> tuple[Points, ...]:
    """Count a kind of writing where half of the reports have it: one columnist makes no opinion."""
    documents = originals(story)
    counts: dict[str, int] = {}
    known: dict[str, Pattern] = {}
    for document in documents:
        for genre in genres(document.title, document.url, document.category):
            counts[genre.name] = counts.get(genre.name, 0) + 1
            known[genre.name] = genre
    return tuple(
        Points("genre", known[name].points, say("rank-genre", occasion.language, genre=name))
        for name in sorted(counts)
        if 2 * counts[name] >= len(documents) or (name == "paper" and documents[0] == story.lead)
    )


def rescored(score: Score, parts: Sequence[Points]) -> Score:
    """Add further parts to a score."""
    return Score((*score.parts, *(part for part in parts if part.points)))
