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
from ribao.language.senses import Sense, find_senses
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import Claim, claim_of
from ribao.verify.judges.contexts import BREAK, of_another
from ribao.verify.judges.occurrences import Occurrence, at_home, figures, occurrences
from ribao.verify.verdicts import Proof, contradicted, part_of

GROUPS = ("basis", "measures", "scope")  # of senses.toml
_FAR = 40  # characters between a figure and the word that says what it is
_RATE = re.compile(
    r"[$€£]?[\d.,]*\d(?: (?:million|billion))?(?: [a-z]+){0,2}? (?:an?|per|each) "
    r"(?P<of>(?!cent\b)[a-z]{3,})\b"
)


class _Label(NamedTuple):
    """A word beside a figure, as a span of its sentence."""

    start: int
    end: int
    text: str
    keys: frozenset[str]  # what it may mean; two labels with one in common agree


def figures_of_others(case: Case) -> Iterator[Finding]:
    """Findings on figures that stand in a report, but of something else.

    Of a figure that stands opposite its like in the twin only the words beside it are asked, there
    first: if those of the twin are no others, none are looked for.
    """
    for claim, value in figures(case):
        if case.settled(claim.start, claim.end):
            home = at_home(claim, case)
            if not home or next(mislabelled(claim, home, case), None) is None:
                continue
        found = occurrences(claim, value, case)
        if not found:
            continue
        yield from mislabelled(claim, found, case)
        other = of_another(claim, value, found, case)
        if other is not None:
            yield other


def mislabelled(claim: Claim, found: Sequence[Occurrence], case: Case) -> Iterator[Finding]:
    """Findings on words beside a figure that the reports put beside another one."""
    text = case.sentence.text
    for group in ("direction", *GROUPS):
        mine = _label(group, claim.start, claim.end, text)
        if mine is not None:
            yield from _unlike(mine, group, found, case)
    yield from _other_rate(claim, found, case)


def _label(group: str, start: int, end: int, text: str) -> _Label | None:
    """The word of a group that stands nearest to a figure in its clause."""
    best: _Label | None = None
    least = _FAR
    for label in _labels(group, text):
        between = text[min(end, label.end) : max(start, label.start)]
        gap = max(start - label.end, label.start - end, 0)
        inside = label.start < end and start < label.end
        if not inside and gap < least and not BREAK.search(between):
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


def _unlike(mine: _Label, group: str, found: Sequence[Occurrence], case: Case) -> Iterator[Finding]:
    """The finding on a label that contradicts that of the figure wherever a report has it."""
    against: tuple[_Label, Occurrence] | None = None
    for one in found:
        theirs = _label(group, one.start, one.end, one.place.text)
        if theirs is None or theirs.keys & mine.keys:
            return
        against = against or (theirs, one)
    if against is not None:
        theirs, one = against
        yield _contradicted(mine, part_of(one.place, theirs.start, theirs.end), case)


def _contradicted(mine: _Label, proof: Proof, case: Case) -> Finding:
    claim = claim_of(mine.text, mine.start, mine.end, "sense")
    return contradicted(claim, proof, case.language)


def _other_rate(claim: Claim, found: Sequence[Occurrence], case: Case) -> Iterator[Finding]:
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
