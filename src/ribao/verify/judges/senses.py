"""Words that say the contrary of a report: upheld for rejected, done for planned, all for most.

Two sentences are compared only where they speak of the same thing: the printed one with its twin,
with the sentences of its language that have the same words, and across languages with those that
have the same figures, names and things. A word is let pass where any of them has one that says the
same; so a report that tells of both, a rejection and its reversal, contradicts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ribao.language.directions import Signal, find_hedges
from ribao.language.senses import DONE, NOW, PLANNED, POSSIBLE, Pole, Sense, find_senses, mode_of
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import NEGATION, Claim, claim_of
from ribao.verify.evidence import Place
from ribao.verify.judges.counterparts import Counterpart, counterparts
from ribao.verify.topics import around, stems_of
from ribao.verify.verdicts import Proof, contradicted, part_of

_SENSE = "sense"
VERBS = frozenset({"opposites", "shares"})  # compared wherever two sentences speak of one thing
QUALITIES = frozenset({"qualities"})  # compared in one language, beside the same words


_MUCH_ALIKE = 0.6  # of the topics: words need no word beside them in common


class _Told(NamedTuple):
    """A sentence of the evidence with its words."""

    counterpart: Counterpart
    senses: tuple[Sense, ...]


def turned_senses(case: Case) -> Iterator[Finding]:
    """Findings on words that say the contrary of what the reports say of the same thing."""
    mine = find_senses(case.sentence.text)
    if not mine:
        return
    twin = case.twin
    if twin is not None and case.copied:  # if it contradicts nothing, nothing else does
        told = [_told(Counterpart(twin.place, twin.share, foreign=False))]
        if next(_turned(mine, told, case), None) is None:
            return
    told = [_told(one) for one in counterparts(case)]
    if told:
        yield from _turned(mine, told, case)


def _told(counterpart: Counterpart) -> _Told:
    return _Told(counterpart, find_senses(counterpart.place.text))


def _turned(mine: Sequence[Sense], told: Sequence[_Told], case: Case) -> Iterator[Finding]:
    for sense in mine:
        found = (
            _opposed(sense, mine, told, case)
            or _other_mode(sense, told, case)
            or _other_denial(sense, told, case)
        )
        if found is not None:
            yield found


def _opposed(
    sense: Sense, mine: Sequence[Sense], told: Sequence[_Told], case: Case
) -> Finding | None:
    """The finding on a word whose contrary stands in the sentence on the same thing."""
    poles = frozenset(pole for pole in sense.poles if pole.group in VERBS | QUALITIES)
    if not poles or any(poles & other.poles for one in told for other in one.senses):
        return None
    for one in told:
        for other in one.senses:
            if not _conflict(poles, other.poles, one.counterpart):
                continue
            if any(its is not sense and its.poles & other.poles for its in mine):
                continue
            if from_the_other_side(sense, other, one.counterpart.place, case.sentence.text):
                continue
            if one.counterpart.foreign or _of_one_thing(sense, other, one, case):
                return _contradicted(sense, other, one, case)
    return None


_OF_TWO_SIDES = frozenset({"trade", "win"})  # A sold to B what B bought from A
_CLAUSE_END = re.compile(r"[，,。；;：:]\s*|\.\s+")
_FIRST_NAME = re.compile(r"[\u4e00-\u9fff]{2}|[A-Z]\w+")


def from_the_other_side(sense: Sense, other: Sense, place: Place, text: str) -> bool:
    """Tell whether two contrary words tell one deed from its two sides.

    Then who stands first in the clause of the one stands behind the word of the other; a title may
    leave that side to its text.
    """
    if not any(a.axis in _OF_TWO_SIDES for a in sense.poles):
        return False
    told, passage = place.text, place.passage
    clause = _CLAUSE_END.split(text[: sense.start])[-1]
    name = _FIRST_NAME.search(clause)
    if name is None or name[0] in told[: other.start]:
        return False
    return name[0] in told[other.end :] or (
        passage.field == "title" and name[0] in passage.document.text
    )


def _conflict(mine: frozenset[Pole], told: frozenset[Pole], counterpart: Counterpart) -> bool:
    """Tell whether two words lie at two poles of an axis."""
    return any(
        a.group == b.group and a.axis == b.axis and a.number != b.number
        for a in mine
        for b in told
        if a.group in VERBS or not counterpart.foreign
    )


def _of_one_thing(sense: Sense, other: Sense, one: _Told, case: Case) -> bool:
    """Tell whether two words stand at one place of two twins, or beside a common word."""
    twin = case.twin
    if twin is not None and one.counterpart.place == twin.place:
        start, end, _ = twin.opposite(sense.start, sense.end)
        if start <= other.end and other.start <= end:
            return True
    if one.counterpart.bond >= _MUCH_ALIKE:
        return True
    text = case.sentence.text
    beside = around(text, sense.start, sense.end, clause=True)
    theirs = around(one.counterpart.place.text, other.start, other.end, clause=True)
    return bool(stems_of(beside) & stems_of(theirs))


def _contradicted(sense: Sense, other: Sense, one: _Told, case: Case) -> Finding:
    claim = claim_of(sense.text, sense.start, sense.end, _SENSE)
    return contradicted(claim, _at(other, one), case.language)


# --- planned and done ----------------------------------------------------------------------------


# What a word says and what the report says: mode of the sentence, mode of the report, and why not.
_STRONGER = {
    (DONE, PLANNED): "hedge-lost",
    (DONE, POSSIBLE): "hedge-lost",
    (NOW, POSSIBLE): "hedge-lost",
    (PLANNED, POSSIBLE): "hedge-lost",
    (PLANNED, DONE): "hedge-added",
}


def _other_mode(sense: Sense, told: Sequence[_Told], case: Case) -> Finding | None:
    """The finding on a plan told as done, on what is done told as a plan, on a doubt left out."""
    mode = mode_of(sense, case.sentence.text)
    against: tuple[Sense, _Told, str] | None = None
    for one in told if mode else ():
        for other in one.senses:
            if not sense.poles & other.poles:
                continue
            its = mode_of(other, one.counterpart.place.text)
            words = _STRONGER.get((mode, its), "")
            if its and not words:
                return None
            alike = one.counterpart.foreign or _of_one_thing(sense, other, one, case)
            if words and against is None and alike:
                against = other, one, words
    if against is None:
        return None
    other, one, words = against
    proof = _with_its_hedge(other, one) if words == "hedge-lost" else _at(other, one)
    return contradicted(_certainty(sense, mode), proof, case.language, words)


def _certainty(sense: Sense, mode: str) -> Claim:
    start, end = sense.start, sense.end
    signal = Signal(start, end, sense.text, mode)
    return Claim(start, end, sense.text, "certainty", NEGATION, signal)


def _at(other: Sense, one: _Told) -> Proof:
    return part_of(one.counterpart.place, other.start, other.end)


def _with_its_hedge(other: Sense, one: _Told) -> Proof:
    """The word of the report, with the "plans to" before it, which was lost."""
    place = one.counterpart.place
    before = [hedge for hedge in find_hedges(place.text) if hedge.end <= other.start]
    return part_of(place, before[-1].start if before else other.start, other.end)


# --- denied and not ------------------------------------------------------------------------------


def _other_denial(sense: Sense, told: Sequence[_Told], case: Case) -> Finding | None:
    """The finding on an act that a report in another language denies, or that only this denies.

    In one language the words of denial are compared beside the twin; what has a contrary of its
    own was turned with its denial.
    """
    acts = frozenset(pole for pole in sense.poles if pole.group == "acts")
    against: tuple[Sense, _Told] | None = None
    for one in told if acts else ():
        for other in one.senses:
            if not acts & other.poles or not (
                one.counterpart.foreign or _done_for_not_yet(sense, other, one, case)
            ):
                continue
            if other.denied == sense.denied:
                return None
            against = against or (other, one)
    if against is None:
        return None
    other, one = against
    place = one.counterpart.place
    proof = part_of(place, max(0, other.start - _BEFORE), other.end)
    words = "negation-added" if sense.denied else "negation-lost"
    start, end = sense.start, sense.end
    signal = Signal(start, end, sense.text, words)
    claim = Claim(start, end, sense.text, NEGATION, NEGATION, signal)
    return contradicted(claim, proof, case.language, words)


def _done_for_not_yet(sense: Sense, other: Sense, one: _Told, case: Case) -> bool:
    """Tell whether one is told as done of what the other, in the same language, denies."""
    done = mode_of(sense, case.sentence.text) == DONE and other.denied
    return (done or other.denied == sense.denied) and _of_one_thing(sense, other, one, case)


_BEFORE = 8  # characters before a verb that hold its "not"
