"""Puts documents together into events, the surest pairs first, and takes in late evidence.

Every document begins as an event of its own. Two events become one when the ties between them are
strong enough: half by the three strongest, half by all pairs of their members, so that a chain of
weak likenesses cannot grow. A single tie counts less than three. Later documents may bring two
events together that seemed apart: that is the late correction.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from ribao.cluster.grain import Grain
from ribao.cluster.index import Neighbour

TOP = 3  # strongest ties that count for themselves
DOUBT = 0.3  # added to the number of ties: one tie counts as 1 / 1.3 of itself, three as 3 / 3.3


@dataclass(slots=True)
class _Tie:
    """What joins two events: the sum of all likenesses and the strongest ones, falling."""

    total: float = 0.0
    best: list[float] = field(default_factory=list)
    step: bool = False  # an outlet stands on both sides, more than a day apart

    def add(self, likeness: float, *, step: bool) -> None:
        self.total += likeness
        self.step |= step
        self._keep([likeness])

    def take(self, other: _Tie) -> None:
        self.total += other.total
        self.step |= other.step
        self._keep(other.best)

    def _keep(self, more: list[float]) -> None:
        self.best = sorted(self.best + more, reverse=True)[:TOP]


class Events:
    """The events of the window. Numbers of events count up; a joined event keeps the lower one."""

    def __init__(self, grain: Grain) -> None:
        self.grain = grain
        self.members: dict[int, list[int]] = {}
        self.event_of: dict[int, int] = {}
        self._ties: dict[int, dict[int, _Tie]] = {}
        self._touched: set[tuple[int, int]] = set()
        self._next = 0

    def open(self) -> int:
        """Begin an empty event."""
        number = self._next
        self._next += 1
        self.members[number], self._ties[number] = [], {}
        return number

    def add(self, document: int, neighbours: Iterable[Neighbour], event: int) -> None:
        """Put a document into an event, and tie that to the events of its neighbours."""
        self.members[event].append(document)
        self.event_of[document] = event
        ties = self._ties[event]
        for neighbour in neighbours:
            other = self.event_of[neighbour.number]
            if other == event:
                continue
            tie = ties.get(other)
            if tie is None:
                tie = ties[other] = self._ties[other][event] = _Tie()
            tie.add(neighbour.likeness, step=neighbour.step)
            self._touched.add((min(event, other), max(event, other)))

    def settle(self) -> None:
        """Join events whose ties are strong enough, the strongest first."""
        tied = (pair for pair in self._touched if pair[1] in self._ties.get(pair[0], ()))
        heap = [(-self.strength(a, b), a, b) for a, b in tied]
        self._touched.clear()
        heapq.heapify(heap)
        while heap:
            strength, a, b = heapq.heappop(heap)
            if -strength < self.grain.threshold:
                break
            if b not in self._ties.get(a, ()) or -self.strength(a, b) != strength:
                continue  # one of them was joined meanwhile; the pair came into the heap again
            for other in self._join(a, b):
                first, second = min(a, other), max(a, other)
                heapq.heappush(heap, (-self.strength(first, second), first, second))

    def strength(self, a: int, b: int) -> float:
        """How strongly two tied events belong together."""
        tie = self._ties[a][b]
        counted, top_share = self.grain.counted, self.grain.top_share
        pairs = min(counted, len(self.members[a])) * min(counted, len(self.members[b]))
        near = sum(tie.best) / (min(TOP, pairs) + DOUBT)
        whole = min(tie.total / (pairs + DOUBT), near)
        strength = top_share * near + (1.0 - top_share) * whole
        return strength * self.grain.step_share if tie.step else strength

    def drop(self, event: int) -> None:
        """Forget an event that is over."""
        for other in self._ties.pop(event):
            del self._ties[other][event]
        for document in self.members.pop(event):
            del self.event_of[document]

    def _join(self, a: int, b: int) -> list[int]:
        """Put event `b` into the older event `a`; return the events that are tied to it now."""
        for document in self.members[b]:
            self.event_of[document] = a
        self.members[a] += self.members.pop(b)
        ties = self._ties[a]
        del ties[b]
        for other, tie in self._ties.pop(b).items():
            if other == a:
                continue
            del self._ties[other][b]
            mine = ties.get(other)
            if mine is None:
                ties[other] = self._ties[other][a] = tie
            else:
                mine.take(tie)
        return sorted(ties)
