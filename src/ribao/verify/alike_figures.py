"""Which of many figures may agree with one: those of about its size, and those told vaguely.

A long sentence or report is not gone through for each figure. Two plain figures (one exact value,
no range and no bound) agree only if they are the same when rounded to two digits, so they stand in
one drawer or in two that touch; whatever is told otherwise lies in a drawer that is always opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, log

from ribao.language.amounts import Quantity
from ribao.language.units import factors
from ribao.verify.claims import Claim

_WIDTH = log(1.08)  # of a drawer; figures that agree when rounded lie less than 6 % apart
_PLAIN = frozenset(
    ["number", "count", "money", "percent", "percentage-points", "dimension", "duration", "bytes"]
)
_OTHER_BASE = frozenset(["money", "count"])  # their units are not converted


def _drawers(claim: Claim) -> tuple[int, ...]:
    """The drawers of a plain figure, by its value in the base unit and as written; else none."""
    value = claim.value
    if not isinstance(value, Quantity) or value.kind not in _PLAIN or value.bound != "exact":
        return ()
    if value.low != value.high or value.low <= 0 or claim.text.endswith("成"):
        return ()
    sizes = [float(value.low)]
    if value.kind not in _OTHER_BASE and value.unit in factors():
        sizes.append(sizes[0] * float(factors()[value.unit][1]))
    return tuple({floor(log(size) / _WIDTH) for size in sizes if size > 0})


class Figures:
    """Some figures of one text, in drawers."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        """Put every claim in its drawers, in order."""
        self._claims = claims
        self._plain: dict[int, list[int]] = {}
        self._vague: list[int] = []
        for place, claim in enumerate(claims):
            drawers = _drawers(claim)
            if not drawers:
                self._vague.append(place)
            for drawer in drawers:
                self._plain.setdefault(drawer, []).append(place)

    def like(self, claim: Claim) -> Iterator[Claim]:
        """The figures that may agree with a claim, in order; all for one that is not plain."""
        drawers = _drawers(claim)
        if not drawers:
            yield from self._claims
            return
        places = set(self._vague)
        for drawer in drawers:
            for one in (drawer - 1, drawer, drawer + 1):
                places.update(self._plain.get(one, ()))
        for place in sorted(places):
            yield self._claims[place]
