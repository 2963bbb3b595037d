"""The places of the reports that have a figure of the printed sentence, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ribao.language.quantities import Quantity
from ribao.verify.agreement import agrees
from ribao.verify.alike_figures import Figures
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, Claim
from ribao.verify.evidence import Place
from ribao.verify.passages import Passage

UNITS = 10  # counts up to this are everywhere
PLAIN = frozenset({"number", "count"})
_LEADING = 2  # digits of a figure by which the sentences that may have it are told


class Occurrence(NamedTuple):
    """The same figure in a report; `start` and `end` count from where its sentence begins."""

    place: Place
    figure: Claim
    start: int
    end: int


def figures(case: Case, *, shortened: bool = False) -> Iterator[tuple[Claim, Quantity]]:
    """The figures of a printed sentence that may be those of something else.

    None of a sentence that is all but the report's own: there the twin decides,
    unless it is `shortened` by a clause.
    """
    amounts = [one for one in case.claims if one.family == AMOUNT]
    copied = not shortened and case.copied and case.twin is not None and not case.twin.new
    if not amounts or copied:
        return
    for claim in amounts:
        value = claim.value
        if not isinstance(value, Quantity) or value.kind == "ordinal":
            continue
        if value.kind in PLAIN and value.low <= UNITS:
            continue
        yield claim, value


def printed_alike(passage: Passage, told: Claim, case: Case) -> tuple[Claim, ...]:
    """The figures of a printed sentence that agree with one of a report; asked once for each."""
    known = case.once(_known)
    key = passage, told.start, told.end
    if key not in known:
        known[key] = tuple(its for its in case.once(_printed).like(told) if agrees(its, told))
    return known[key]


def _known(_case: Case) -> dict[tuple[Passage, int, int], tuple[Claim, ...]]:
    return {}


def _printed(case: Case) -> Figures:
    return Figures([its for its in case.claims if its.family == AMOUNT])


def at_home(claim: Claim, case: Case) -> list[Occurrence]:
    """The same figure in the twin, where there is one."""
    if case.twin is None:
        return []
    place = case.twin.place
    return list(_in_sentence(claim, place.passage, place.number, case))


def occurrences(claim: Claim, value: Quantity, case: Case) -> list[Occurrence]:
    """All places of the cited reports that have a figure; looked for once."""
    known = case.once(_found)
    key = claim.start, claim.end
    if key not in known:
        known[key] = _occurrences(claim, value, case)
    return known[key]


def _found(_case: Case) -> dict[tuple[int, int], list[Occurrence]]:
    return {}


def _occurrences(claim: Claim, value: Quantity, case: Case) -> list[Occurrence]:
    leading = _digits(f"{value.low:f}").strip("0")[:_LEADING]
    return [
        one
        for passage in case.evidence.cited_passages
        for number, span in enumerate(passage.sentences)
        if leading in _digits(span.text)
        for one in _in_sentence(claim, passage, number, case)
    ]


def _in_sentence(claim: Claim, passage: Passage, number: int, case: Case) -> Iterator[Occurrence]:
    base = passage.sentences[number].start
    for told in passage.claims(number, AMOUNT):
        if agrees(claim, told):
            place = Place(passage, number, case.evidence.tier(passage), 0.0)
            yield Occurrence(place, told, told.start - base, told.end - base)


_NUMERALS = str.maketrans("一二两三四五六七八九十", "12234567891")
_NO_DIGITS = re.compile(r"\D+")


@lru_cache(maxsize=8192)
def _digits(text: str) -> str:
    return _NO_DIGITS.sub("", text.translate(_NUMERALS))
