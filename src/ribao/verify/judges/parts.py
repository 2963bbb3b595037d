"""So many of so many: "all four" where the report has two of the four, all of it for two thirds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ribao.language.parts import Part, find_parts
from ribao.language.quantities import Quantity
from ribao.language.senses import Sense, find_senses
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, claim_of
from ribao.verify.evidence import Place
from ribao.verify.judges.counterparts import Counterpart, counterparts, keys_of
from ribao.verify.verdicts import Proof, contradicted, part_of, proof_of

_ALL, _MOST = 0, 1  # the numbers of the poles of senses.toml that say all and most of a whole
_HALF = Decimal("0.5")
_WHOLE = Decimal("0.99")  # a share from here on may be told as all


def other_parts(case: Case) -> Iterator[Finding]:
    """Findings on parts of a whole that the report on the same thing gives otherwise."""
    text = case.sentence.text
    mine = find_parts(text)
    told = [one for one in find_senses(text) if _says(one, _ALL) or _says(one, _MOST)]
    if not mine and not told:
        return
    near = counterparts(case)
    for part in mine:
        rival = _other_part(part, near, free=case.twin is None)
        if rival is None and part.part == part.whole:
            rival = _some_of_them(part, case)
        if rival is not None:
            yield _finding(part.start, part.end, rival, case)
    for sense in told:
        if any(part.start <= sense.start < part.end for part in mine):
            continue
        rival = _less_than_all(near) if _says(sense, _ALL) else _less_than_half(near)
        if rival is not None:
            yield _finding(sense.start, sense.end, rival, case)


def _finding(start: int, end: int, rival: Proof, case: Case) -> Finding:
    words = case.sentence.text[start:end]
    claim = claim_of(words, start, end, "sense")
    return contradicted(claim, rival, case.language)


def _says(sense: Sense, number: int) -> bool:
    return any(pole.group == "shares" and pole.number == number for pole in sense.poles)


def _other_part(part: Part, near: tuple[Counterpart, ...], *, free: bool) -> Proof | None:
    """Another part of a whole of the same number; None where a report has the same part."""
    found: Proof | None = None
    for one in near:
        for told in find_parts(one.place.text):
            if told.whole != part.whole:
                continue
            rest = free and told.whole - told.part == part.part
            if told.part == part.part or rest:
                return None  # five of seven for it are two against it
            found = found or part_of(one.place, told.start, told.end)
    return found


def _some_of_them(part: Part, case: Case) -> Proof | None:
    """Some of as many of the same thing in a cited report: all three judges, two of the three.

    None where a sentence of it says all of them.
    """
    things = {key for key in keys_of(case.sentence.text) if key[0] == "#"}
    found: Proof | None = None
    for passage in case.evidence.cited_passages if things else ():
        for number, span in enumerate(passage.sentences):
            for told in find_parts(span.text):
                if told.whole != part.whole or not things & keys_of(span.text):
                    continue
                if told.part == told.whole:
                    return None
                place = Place(passage, number, case.evidence.tier(passage), 0.0)
                found = found or part_of(place, told.start, told.end)
    return found


def _less_than_all(near: tuple[Counterpart, ...]) -> Proof | None:
    """A share below all in the nearest sentence on the same thing, if no sentence says all."""
    if any(_says(sense, _ALL) for one in near for sense in find_senses(one.place.text)):
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
                return proof_of(place, figure)
    return None


def _less_than_half(near: tuple[Counterpart, ...]) -> Proof | None:
    """A share below half in the nearest sentence on the same thing, where this says most."""
    for one in near[:1]:
        place = one.place
        for told in find_parts(place.text):
            if 2 * told.part < told.whole:
                return part_of(place, told.start, told.end)
        for figure in place.passage.claims(place.number, AMOUNT):
            value = figure.value
            if not isinstance(value, Quantity) or value.kind != "fraction":
                continue
            before = place.text[: figure.start - place.start]
            under = value.bound in {"under", "below"} or _FEWER.search(before)
            if value.high < _HALF or (value.high == _HALF and under):
                return proof_of(place, figure)
    return None


_FEWER = re.compile(r"(?:fewer than|less than|under|不到|不足) ?$")
