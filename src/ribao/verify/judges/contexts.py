"""A figure that a report has of something else, where it has another figure of this thing.

What stands in the clause of a figure, and the figures on both sides, are compared with those of the
same figure in the reports, and with those of every other figure of its kind and size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from ribao.language.quantities import Quantity
from ribao.model import Finding
from ribao.verify.agreement import agrees
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, DATE, Claim, Value
from ribao.verify.evidence import Place
from ribao.verify.judges.counterparts import keys_of
from ribao.verify.judges.occurrences import PLAIN, Occurrence, printed_alike
from ribao.verify.passages import Passage
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import Proof, contradicted, proof_of

BREAK = re.compile(
    r"[，。；！？;!?]|,(?!\d)|[.:]\s|\b(?:and|while|but|whereas|of which|compared with|against)\b"
)
_BARE = 1000  # a smaller bare number may be part of a name: Route 495


def of_another(
    claim: Claim, value: Quantity, found: Sequence[Occurrence], case: Case
) -> Finding | None:
    """The finding on a figure beside whose words the report has another one."""
    if value.kind in {"duration", "age"} or (value.kind in PLAIN and value.low <= _BARE):
        return None
    if case.copied:
        return None
    mine = _context(case.sentence.text, claim.start, claim.end, case.claims, 0)
    if not mine.keys and not mine.stems:
        return None
    own = max(
        _shared(mine, _context_of(*_at(one), case), one.place.passage, case).score for one in found
    )
    if mine.most < own + _AHEAD:
        return None
    rival = _better(mine, own, claim, found, case)
    return contradicted(claim, rival, case.language) if rival is not None else None


class _Context(NamedTuple):
    """What stands around a figure: words of its clause, and the figures before and after it."""

    keys: frozenset[str]
    stems: frozenset[str]
    beside: tuple[Claim, ...]
    dates: tuple[Claim, ...]

    @property
    def most(self) -> float:
        """What another context could have in common with this one."""
        words = max(len(self.keys), len(self.stems))
        return words + _NEIGHBOUR * len(self.beside) + len(self.dates)


def _context(text: str, start: int, end: int, claims: Sequence[Claim], base: int) -> _Context:
    """The context of a figure at a place of a sentence; claims stand `base` further on."""
    first, last = _clause(text, start, end)
    clause = f"{text[first:start]} {text[end:last]}"
    amounts = [c for c in claims if c.family == AMOUNT and c.end - base <= start]
    after = [c for c in claims if c.family == AMOUNT and c.start - base >= end]
    dates = [
        c for c in claims if c.family == DATE and first <= c.start - base and c.end - base <= last
    ]
    stems = frozenset(s for s in stems_of(topics_of(clause)) if not s[0].isdigit())
    return _Context(keys_of(clause), stems, (*amounts[-1:], *after[:1]), tuple(dates))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((m.end() for m in BREAK.finditer(text, 0, start)), default=0)
    after = BREAK.search(text, end)
    return first, after.start() if after else len(text)


def _at(one: Occurrence) -> tuple[Passage, int, Claim]:
    return one.place.passage, one.place.number, one.figure


def _context_at(one: Occurrence) -> _Context:
    passage, number = one.place.passage, one.place.number
    base = passage.sentences[number].start
    claims = [*passage.claims(number, AMOUNT), *passage.claims(number, DATE)]
    claims.sort(key=lambda claim: claim.start)
    return _context(one.place.text, one.start, one.end, claims, base)


class _Shared(NamedTuple):
    """What two contexts have in common."""

    words: int  # names, things and words of the clause
    figures: int  # before and after
    days: int

    @property
    def score(self) -> float:
        return self.words + _NEIGHBOUR * self.figures + self.days


def _words(mine: _Context, theirs: _Context) -> int:
    return max(len(mine.keys & theirs.keys), len(mine.stems & theirs.stems))


def _shared(mine: _Context, theirs: _Context, passage: Passage, case: Case) -> _Shared:
    alike = {one.start for b in theirs.beside for one in printed_alike(passage, b, case)}
    return _Shared(
        _words(mine, theirs),
        sum(a.start in alike for a in mine.beside),
        sum(any(agrees(a, b) for b in theirs.dates) for a in mine.dates),
    )


_NEIGHBOUR = 2.0  # what a figure beside counts against a word


def _better(
    mine: _Context, own: float, claim: Claim, found: Sequence[Occurrence], case: Case
) -> Proof | None:
    """Another figure of the same kind that stands in a context much more like that of the claim."""
    best: Proof | None = None
    most = own + _AHEAD
    beside = mine.most - max(len(mine.keys), len(mine.stems))
    for passage in dict.fromkeys(one.place.passage for one in found):
        for number, told in _figures_of(passage, claim.value):
            if not rivals(claim.value, told.value):
                continue
            theirs = _context_of(passage, number, told, case)
            words = _words(mine, theirs)
            if not words or words + beside < most:
                continue  # whatever stands beside it
            if printed_alike(passage, told, case):
                continue  # the sentence has that one, too, at its own place
            shared = _shared(mine, theirs, passage, case)
            if shared.score >= most:
                place = Place(passage, number, case.evidence.tier(passage), 0.0)
                best, most = proof_of(place, told), shared.score + 0.01
    return best


_Figures = dict[tuple[str, str], list[tuple[int, Claim]]]
_FIGURES: WeakKeyDictionary[Passage, _Figures] = WeakKeyDictionary()


def _figures_of(passage: Passage, value: Value) -> Sequence[tuple[int, Claim]]:
    """The figures of a passage that are of the kind and unit of another, with their sentences."""
    if not isinstance(value, Quantity):
        return ()
    if passage not in _FIGURES:
        found: _Figures = {}
        for number in range(len(passage.sentences)):
            for told in passage.claims(number, AMOUNT):
                if isinstance(told.value, Quantity):
                    kind = told.value.kind, told.value.unit
                    found.setdefault(kind, []).append((number, told))
        _FIGURES[passage] = found
    return _FIGURES[passage].get((value.kind, value.unit), ())


_CONTEXTS: WeakKeyDictionary[Passage, dict[int, _Context]] = WeakKeyDictionary()


def _context_of(passage: Passage, number: int, told: Claim, case: Case) -> _Context:
    """The context of a figure of a report; made once for all sentences that ask."""
    known = _CONTEXTS.setdefault(passage, {})
    if told.start not in known:
        start = passage.sentences[number].start
        place = Place(passage, number, case.evidence.tier(passage), 0.0)
        one = Occurrence(place, told, told.start - start, told.end - start)
        known[told.start] = _context_at(one)
    return known[told.start]


def rivals(value: Value, other: Value) -> bool:
    """Tell whether two figures are of one kind and size, so that one may stand for the other."""
    if not isinstance(other, Quantity) or not isinstance(value, Quantity):
        return False
    alike = other.kind == value.kind and other.unit == value.unit and value.low > 0 < other.low
    return alike and max(value.low, other.low) <= _SIZE * min(value.low, other.low)


_SIZE = 30  # times that one figure may be the other
_AHEAD = 2.0  # more must be in common with the context of the other figure
