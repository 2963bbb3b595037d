"""What a figure is said to be of: compared with what the reports say of the same figure.

A figure that stands in a report can still be that of something else: of a fall and not a rise, of
the month, of the world, of another product. The words beside it in its clause tell what it is of;
they are compared with those beside the same figure in the reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ribao.language.directions import find_directions
from ribao.language.quantities import Quantity
from ribao.language.senses import Sense, find_senses
from ribao.model import Finding
from ribao.verify.agreement import agrees
from ribao.verify.case import CERTAIN, Case
from ribao.verify.claims import AMOUNT, DATE, Claim
from ribao.verify.counterparts import keys_of
from ribao.verify.evidence import Place
from ribao.verify.readers import Vague
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import Proof, contradicted, part_of

GROUPS = ("basis", "measures", "scope")  # of senses.toml
_FAR = 40  # characters between a figure and the word that says what it is
_BREAK = re.compile(
    r"[，。；！？;!?]|,(?!\d)|[.:]\s|\b(?:and|while|but|whereas|of which|compared with|against)\b"
)
_RATE = re.compile(
    r"\S+(?: (?:million|billion))?(?: [a-z]+){0,2}? (?:an?|per|each) (?P<of>[a-z]{3,})\b"
)
_UNITS = 10  # counts up to this are everywhere


class _Label(NamedTuple):
    """A word beside a figure, as a span of its sentence."""

    start: int
    end: int
    text: str
    keys: frozenset[str]  # what it may mean; two labels with one in common agree


class _Occurrence(NamedTuple):
    """The same figure in a report."""

    place: Place
    figure: Claim
    start: int  # in the sentence
    end: int


def mislabelled(case: Case) -> Iterator[Finding]:
    """Findings on words beside figures that the reports put beside another figure."""
    text = case.sentence.text
    for claim in case.claims:
        value = claim.value
        if claim.family != AMOUNT or not isinstance(value, Quantity) or value.kind == "ordinal":
            continue
        if value.kind in {"number", "count"} and value.low <= _UNITS:
            continue
        found = list(_occurrences(claim, case))
        if not found:
            continue
        for group in ("direction", *GROUPS):
            mine = _label(group, claim.start, claim.end, text)
            if mine is not None:
                yield from _unlike(mine, group, found, case)
        yield from _other_rate(claim, found, case)


def _occurrences(claim: Claim, case: Case) -> Iterator[_Occurrence]:
    for passage in case.evidence.cited_passages:
        for number, span in enumerate(passage.sentences):
            for told in passage.claims(number, AMOUNT):
                if agrees(claim, told):
                    place = Place(passage, number, case.evidence.tier(passage), 0.0)
                    start, end = told.start - span.start, told.end - span.start
                    yield _Occurrence(place, told, start, end)


def _label(group: str, start: int, end: int, text: str) -> _Label | None:
    """The word of a group that stands nearest to a figure in its clause."""
    best: _Label | None = None
    least = _FAR
    for label in _labels(group, text):
        between = text[min(end, label.end) : max(start, label.start)]
        gap = max(start - label.end, label.start - end, 0)
        inside = label.start < end and start < label.end
        if not inside and gap < least and not _BREAK.search(between):
            best, least = label, gap
    return best


@lru_cache(maxsize=4096)
def _labels(group: str, text: str) -> tuple[_Label, ...]:
    if group == "direction":
        found = [one for one in find_directions(text) if one.key in {"up", "down"}]
        return tuple(
            _Label(one.start, one.end, one.text, frozenset({one.key}))
            for one in found
            if one.text.lower() not in _BOUNDS
        )
    return tuple(
        _Label(sense.start, sense.end, sense.text, keys)
        for sense in find_senses(text)
        if (keys := _keys(sense, group))
    )


# Words of comparison: they bound a figure, and change nothing.
_BOUNDS = frozenset(
    [
        "高于",
        "低于",
        "超过",
        "多于",
        "少于",
        "突破",
        "超出",
        "高出",
        "不及",
        "跌破",
        "升破",
        "above",
        "below",
        "exceed",
        "exceeds",
        "exceeded",
        "higher",
        "lower",
        "more than",
        "less than",
        "record high",
    ]
)


def _keys(sense: Sense, group: str) -> frozenset[str]:
    return frozenset(f"{pole.axis}{pole.number}" for pole in sense.poles if pole.group == group)


def _unlike(
    mine: _Label, group: str, found: Sequence[_Occurrence], case: Case
) -> Iterator[Finding]:
    """The finding on a label that contradicts that of the figure wherever a report has it."""
    against: tuple[_Label, _Occurrence] | None = None
    for one in found:
        theirs = _label(group, one.start, one.end, one.place.text)
        if theirs is None or theirs.keys & mine.keys:
            return
        against = against or (theirs, one)
    if against is not None:
        theirs, one = against
        yield _contradicted(mine, part_of(one.place, theirs.start, theirs.end), case)


def _contradicted(mine: _Label, proof: Proof, case: Case) -> Finding:
    value = Vague(mine.start, mine.end, mine.text, 0, "")
    claim = Claim(mine.start, mine.end, mine.text, "sense", AMOUNT, value)
    return contradicted(claim, proof, case.language)


def _other_rate(claim: Claim, found: Sequence[_Occurrence], case: Case) -> Iterator[Finding]:
    """The finding on "38 minutes a week" of a report that has 38 minutes a shift."""
    text = case.sentence.text
    mine = _RATE.match(text, claim.start)
    if mine is None or any(one.place.passage.language != "en" for one in found):
        return
    theirs = [_RATE.match(one.place.text, one.start) for one in found]
    rates = [match["of"] for match in theirs if match is not None]
    if len(rates) == len(found) and mine["of"] not in rates:
        one, match = found[0], theirs[0]
        start, end = mine.span("of")
        span = match.span("of") if match is not None else (one.start, one.end)
        label = _Label(start, end, text[start:end], frozenset())
        yield _contradicted(label, part_of(one.place, *span), case)


# --- a figure of something else -------------------------------------------------------------------


def of_another(case: Case) -> Iterator[Finding]:
    """Findings on figures that a report has of something else, where it has another of this thing.

    What stands in the clause of the figure, and the figures on both sides, are compared with those
    of the same figure in the reports, and with those of every other figure of its kind.
    """
    if case.twin is not None and case.twin.share >= CERTAIN:
        return
    amounts = [one for one in case.claims if one.family == AMOUNT]
    for claim in amounts:
        value = claim.value
        if not isinstance(value, Quantity) or value.kind in {"ordinal", "duration", "age"}:
            continue
        if value.low <= (_BARE if value.kind == "number" else _UNITS) and value.kind in _PLAIN:
            continue
        found = list(_occurrences(claim, case))
        if not found:
            continue
        mine = _context(case.sentence.text, claim.start, claim.end, case.claims, 0)
        own = max(_shared(mine, _context_at(one)).score for one in found)
        rival = _better(mine, own, claim, found, case)
        if rival is not None:
            yield contradicted(claim, rival, case.language)


_PLAIN = frozenset({"number", "count"})
_BARE = 1000  # a smaller bare number may be part of a name: Route 495


class _Context(NamedTuple):
    """What stands around a figure: words of its clause, and the figures before and after it."""

    keys: frozenset[str]
    stems: frozenset[str]
    beside: tuple[Claim, ...]
    dates: tuple[Claim, ...]


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
    first = max((m.end() for m in _BREAK.finditer(text, 0, start)), default=0)
    after = _BREAK.search(text, end)
    return first, after.start() if after else len(text)


def _context_at(one: _Occurrence) -> _Context:
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


def _shared(mine: _Context, theirs: _Context) -> _Shared:
    return _Shared(
        max(len(mine.keys & theirs.keys), len(mine.stems & theirs.stems)),
        sum(any(agrees(a, b) for b in theirs.beside) for a in mine.beside),
        sum(any(agrees(a, b) for b in theirs.dates) for a in mine.dates),
    )


_NEIGHBOUR = 2.0  # what a figure beside counts against a word


def _better(
    mine: _Context, own: float, claim: Claim, found: Sequence[_Occurrence], case: Case
) -> Proof | None:
    """Another figure of the same kind that stands in a context much more like that of the claim."""
    value = claim.value
    best: Proof | None = None
    most = max(own + _AHEAD, _AHEAD)
    for passage in dict.fromkeys(one.place.passage for one in found):
        for number, span in enumerate(passage.sentences):
            for told in passage.claims(number, AMOUNT):
                other = told.value
                if not isinstance(other, Quantity) or not isinstance(value, Quantity):
                    continue
                if not _rivals(value, other) or agrees(claim, told):
                    continue
                if any(agrees(its, told) for its in case.claims if its.family == AMOUNT):
                    continue  # the sentence has that one, too, at its own place
                place = Place(passage, number, case.evidence.tier(passage), 0.0)
                at = _Occurrence(place, told, told.start - span.start, told.end - span.start)
                shared = _shared(mine, _context_at(at))
                if shared.words and shared.score >= most:
                    best, most = (
                        Proof(passage, told.start, told.end, place.tier),
                        shared.score + 0.01,
                    )
    return best


def _rivals(value: Quantity, other: Quantity) -> bool:
    """Tell whether two figures are of one kind and size, so that one may stand for the other."""
    alike = other.kind == value.kind and other.unit == value.unit and value.low > 0 < other.low
    return alike and max(value.low, other.low) <= _SIZE * min(value.low, other.low)


_SIZE = 30  # times that one figure may be the other
_AHEAD = 2.0  # more must be in common with the context of the other figure
