"""The sentences of the evidence that speak of the same thing as a printed sentence.

In one language these are the twin and the sentences with the same words. In two languages there
are no words to compare; there the same figures, names and things of the bilingual tables tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ribao.language.names import NameMention
from ribao.language.scripts import detect_language
from ribao.language.senses import find_senses
from ribao.language.things import synonyms_of, things_of
from ribao.verify.agreement import agrees
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, DATE, NAME, VERSION, Claim
from ribao.verify.evidence import OTHER_DOCUMENT, Place
from ribao.verify.naming import span_of
from ribao.verify.passages import Passage
from ribao.verify.topics import topics_of

ALIKE = 0.5  # of the topics: in one language a sentence that much alike speaks of the same
LESS_ALIKE = 0.3  # is enough where they have a figure in common, too
FIGURE, NAMED = 2.0, 1.0  # what a figure, a name or a thing in common counts
BOND = 2.0  # in two languages so much must be in common
NEXT = 0.7  # of the strongest bond: sentences that are held for counterparts beside the first
ACTS = frozenset({"opposites", "acts"})  # words of senses.toml that say what happened
MOST = 8  # sentences looked into


class Counterpart(NamedTuple):
    """A sentence of the evidence on the same thing; `bond` says how much the two have in common."""

    place: Place
    bond: float
    foreign: bool  # in another language than the printed sentence


def counterparts(case: Case) -> tuple[Counterpart, ...]:
    """The sentences on the same thing, the nearest first; none where the evidence has no such."""
    return case.once(_found)


def _found(case: Case) -> tuple[Counterpart, ...]:
    return tuple([*_in_its_language(case), *_in_another(case)][:MOST])


def _in_its_language(case: Case) -> Iterator[Counterpart]:
    language = detect_language(case.sentence.text)
    seen = set()
    if case.twin is not None:
        seen.add(case.twin.place.text)
        yield Counterpart(case.twin.place, 10 * case.twin.share, foreign=False)
    for place in (*case.evidence.cited_places, *case.evidence.ranked[:MOST]):
        if place.passage.language != language or place.text in seen or place.alike < LESS_ALIKE:
            continue
        if place.alike >= ALIKE or _figures(case, place):
            seen.add(place.text)
            yield Counterpart(place, place.alike, foreign=False)


def _in_another(case: Case) -> list[Counterpart]:
    text = case.sentence.text
    language = detect_language(text)
    wanted = keys_of(text)
    found = []
    for passage in case.evidence.cited_passages:
        if passage.language == language:
            continue
        tier = case.evidence.tier(passage)
        named = [_named_in(claim, passage) for claim in case.claims if claim.family == NAME]
        for number, span in enumerate(passage.sentences):
            shared = len(wanted & keys_of(span.text))
            place = Place(passage, number, tier, 0.0)
            figures = _figures(case, place)
            shared += sum(number in its for its in named)
            bond = NAMED * shared + FIGURE * figures - (0.5 if tier == OTHER_DOCUMENT else 0.0)
            if bond >= BOND:
                found.append(Counterpart(place, bond, foreign=True))
    found.sort(key=lambda one: (-one.bond, one.place.tier, one.place.passage.document.id))
    best = found[0].bond if found else 0.0
    return [one for one in found if one.bond >= NEXT * best]


def told_across(case: Case) -> bool:
    """Tell whether a sentence may be drawn from a report in another language.

    Then its words cannot be looked for. Where reports in both languages are cited, something must
    be in common with one of the other language.
    """
    language = detect_language(case.sentence.text)
    cited = case.evidence.cited_passages
    foreign = [passage for passage in cited if passage.language != language]
    if not foreign or len(foreign) == len(cited):
        return bool(foreign)
    wanted = keys_of(case.sentence.text)
    return any(
        not wanted.isdisjoint(keys_of(span.text)) or _figures(case, Place(passage, number, 0, 0.0))
        for passage in foreign
        for number, span in enumerate(passage.sentences)
    )


def known_otherwise(words: frozenset[str], passages: Sequence[Passage]) -> frozenset[str]:
    """Those of some words that the reports have in another form: 开建 for 开工, 法庭 for 法院."""
    kinds = {word: kinds_of(word) for word in words}
    if not any(kinds.values()):
        return frozenset()
    told = frozenset[str]().union(*(kinds_of(passage.text) for passage in passages))
    return frozenset(word for word, its in kinds.items() if its & told)


@lru_cache(maxsize=8192)
def kinds_of(text: str) -> frozenset[str]:
    """The things and the poles of words that a text has."""
    poles = (pole for sense in find_senses(text) for pole in sense.poles if pole.group in ACTS)
    return frozenset(
        {f"#{number}" for number in synonyms_of(text)}
        | {f"~{pole.axis}{pole.number}" for pole in poles}
    )


def _figures(case: Case, place: Place) -> int:
    """How many figures and days of the printed sentence a sentence of the evidence has, too."""
    found = 0
    for family in (AMOUNT, DATE, VERSION):
        mine = [claim for claim in case.claims if claim.family == family]
        if mine:
            told = place.passage.claims(place.number, family)
            found += sum(any(agrees(claim, one) for one in told) for claim in mine)
    return found


def _named_in(claim: Claim, passage: Passage) -> frozenset[int]:
    """The sentence that names first what a claim names, where that is not a name of the table."""
    if isinstance(claim.value, NameMention) and f"@{claim.value.id}" in keys_of(claim.text):
        return frozenset()
    span = span_of(claim, passage)
    return frozenset({passage.sentence_at(span[0])}) if span else frozenset()


@lru_cache(maxsize=8192)
def keys_of(text: str) -> frozenset[str]:
    """What of a sentence is the same in both languages: names, Latin words, things."""
    found = {word for word in topics_of(text) if word[0] == "@" or word.isupper()}
    found.update(f"#{number}" for number in things_of(text))
    found.update(
        f"~{pole.axis}" for sense in find_senses(text) for pole in sense.poles if pole.group in ACTS
    )
    return frozenset(found)
