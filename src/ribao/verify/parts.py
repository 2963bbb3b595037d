"""So many of so many: "all four" where the report has two of the four, all of it for two thirds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ribao.language.parts import Part, find_parts
from ribao.language.quantities import Quantity
from ribao.language.senses import Sense, find_senses
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, Claim
from ribao.verify.counterparts import Counterpart, counterparts
from ribao.verify.readers import Vague
from ribao.verify.verdicts import Proof, contradicted, part_of

_ALL = 0  # the number of the pole of senses.toml that says all of a whole
_WHOLE = Decimal("0.99")  # a share from here on may be told as all


def other_parts(case: Case) -> Iterator[Finding]:
    """Findings on parts of a whole that the report on the same thing gives otherwise."""
    text = case.sentence.text
    mine = find_parts(text)
    told = [one for one in find_senses(text) if _says_all(one)]
    if not mine and not told:
        return
    near = counterparts(case)
    for part in mine:
        rival = _other_part(part, near)
        if rival is not None:
            yield _finding(part.start, part.end, rival, case)
    for sense in told:
        if any(part.start <= sense.start < part.end for part in mine):
            continue
        rival = _less_than_all(near)
        if rival is not None:
            yield _finding(sense.start, sense.end, rival, case)


def _finding(start: int, end: int, rival: Proof, case: Case) -> Finding:
    words = case.sentence.text[start:end]
    claim = Claim(start, end, words, "sense", AMOUNT, Vague(start, end, words, 0, ""))
    return contradicted(claim, rival, case.language)


def _says_all(sense: Sense) -> bool:
    return any(pole.group == "shares" and pole.number == _ALL for pole in sense.poles)


def _other_part(part: Part, near: tuple[Counterpart, ...]) -> Proof | None:
    """Another part of a whole of the same number; None where a report has the same part."""
    found: Proof | None = None
    for one in near:
        for told in find_parts(one.place.text):
            if told.whole != part.whole:
                continue
            if told.part == part.part:
                return None
            found = found or part_of(one.place, told.start, told.end)
    return found


def _less_than_all(near: tuple[Counterpart, ...]) -> Proof | None:
    """A share below all in the nearest sentence on the same thing, if no sentence says all."""
    if any(_says_all(sense) for one in near for sense in find_senses(one.place.text)):
        return None
    for one in near[:1]:
        place = one.place
        for told in find_parts(place.text):
            if told.part < told.whole:
                return part_of(place, told.start, told.end)
        for sense in find_senses(place.text):
            if any(pole.group == "shares" for pole in sense.poles):
                return part_of(place, sense.start, sense.end)
        for figure in place.passage.claims(place.number, AMOUNT):
            value = figure.value
            if isinstance(value, Quantity) and value.kind == "fraction" and value.high < _WHOLE:
                return Proof(place.passage, figure.start, figure.end, place.tier)
    return None
