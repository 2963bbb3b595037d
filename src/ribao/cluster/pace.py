"""How much time counts against joining two events: each matter has a pace of its own.

One half-life for all is wrong for most: where it suits a quarrel of one afternoon, it tears apart a
trial of three weeks. So the spread in time of an event is estimated from its own reports, with a
prior that weighs as one report (normal-inverse-gamma), and the gap between two events is weighed by
Student's t: a burst that was over within the hour is soon closed, a slow matter stays open. In the
Dirichlet-Hawkes process (Du et al. 2015) the clock follows the story, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

PRIOR_DAYS = 0.5  # news goes by mornings and evenings until its own pace is known
PRIOR_REPORTS = 1.0  # so many reports does the prior weigh
# Feeds are read by the hour: what is finer tells of the reading, not of the matter.
FINEST_DAYS = 1.0 / 24.0
FREEDOM = 3.0  # degrees of Student's t: stragglers are common


@dataclass(frozen=True, slots=True)
class Pace:
    """The times of an event's reports in short; all in days."""

    count: int
    mean: float
    squares: float  # sum of the squared distances from the mean
    first: float
    last: float

    def joined(self, other: Pace) -> Pace:
        """The pace of two events as one."""
        count = self.count + other.count
        apart = other.mean - self.mean
        return Pace(
            count,
            self.mean + apart * other.count / count,
            self.squares + other.squares + apart * apart * self.count * other.count / count,
            min(self.first, other.first),
            max(self.last, other.last),
        )

    def left(self, other: Pace) -> float:
        """What the gap between two events leaves of a tie: 1.0 where they overlap, towards 0.0."""
        gap = max(other.first - self.last, self.first - other.last)
        if gap <= 0.0:
            return 1.0
        known = PRIOR_REPORTS * PRIOR_DAYS**2 + self.squares + other.squares
        variance = known / (PRIOR_REPORTS + self.count + other.count - 2)
        scale = max(variance, FINEST_DAYS**2)
        return float((1.0 + gap * gap / (FREEDOM * scale)) ** (-(FREEDOM + 1.0) / 2.0))


def pace_of(days: Iterable[float]) -> Pace:
    """The pace of reports at some times, one at least."""
    return reduce(Pace.joined, (Pace(1, at, 0.0, at, at) for at in days))
