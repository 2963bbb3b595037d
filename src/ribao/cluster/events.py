"""Puts documents together into events, the surest pairs first, and takes in late evidence.

Every document begins as an event of its own. Two events become one when the ties between them are
strong enough: half by the three strongest, half by all pairs of their members, so that a chain of
weak likenesses cannot grow. A single tie counts less than three. Later documents may bring two
events together that seemed apart; what they show to be apart, or in the wrong place, is put right
by `ribao.cluster.correction`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from ribao.cluster.grain import Grain
from ribao.cluster.index import DAY, Neighbour
from ribao.cluster.pace import Pace, pace_of

TOP = 3  # strongest ties that count for themselves
DOUBT = 0.3  # added to the number of ties: one tie counts as 1 / 1.3 of itself, three as 3 / 3.3


@dataclass(slots=True)
class Tie:
    """What joins two events: the sum of all likenesses and the strongest ones, falling."""

    total: float = 0.0
    best: list[float] = field(default_factory=list)
    step: bool = False  # an outlet stands on both sides, more than a day apart

    def add(self, likeness: float, *, step: bool) -> None:
        """Count one more pair."""
        self.total += likeness
        self.step |= step
        self._keep([likeness])

    def take(self, other: Tie) -> None:
        """Count all pairs of another tie."""
        self.total += other.total
        self.step |= other.step
        self._keep(other.best)

    def strength(self, one: int, two: int, grain: Grain) -> float:
        """How strongly two events of `one` and `two` members belong together."""
        pairs = min(grain.counted, one) * min(grain.counted, two)
        near = sum(self.best) / (min(TOP, pairs) + DOUBT)
        whole = min(self.total / (pairs + DOUBT), near)
        strength = grain.top_share * near + (1.0 - grain.top_share) * whole
        return strength * grain.step_share if self.step else strength

    def _keep(self, more: list[float]) -> None:
        self.best = sorted(self.best + more, reverse=True)[:TOP]


class Events:
    """The events of the window. Numbers of events count up; a joined event keeps the lower one."""

    def __init__(self, grain: Grain) -> None:
        self.grain = grain
        self.members: dict[int, list[int]] = {}
        self.event_of: dict[int, int] = {}
        self.near: dict[int, dict[int, Neighbour]] = {}  # the pairs, seen from both sides
        self._ties: dict[int, dict[int, Tie]] = {}
        self._apart: dict[int, set[int]] = {}
        self._touched: set[tuple[int, int]] = set()
        self._next = 0
        self._days: dict[int, float] = {}  # when each document was published, with their own pace
        self._paces: dict[int, Pace] = {}

    def open(self) -> int:
        """Begin an empty event."""
        number = self._next
        self._next += 1
        self.members[number], self._ties[number] = [], {}
        return number

    def add(
        self, document: int, neighbours: Iterable[Neighbour], event: int, at: float = 0.0
    ) -> None:
        """Put a document into an event, and tie that to the events of its neighbours.

        `at` is when it was published, in seconds.
        """
        self.members[event].append(document)
        self.event_of[document] = event
        if self.grain.own_pace:
            self._days[document] = at / DAY
            self._keep_pace(event, pace_of((at / DAY,)))
        near = self.near[document] = {}
        ties = self._ties[event]
        for neighbour in neighbours:
            near[neighbour.number] = neighbour
            self.near[neighbour.number][document] = neighbour
            other = self.event_of[neighbour.number]
            if other == event:
                continue
            tie = ties.get(other)
            if tie is None:
                tie = ties[other] = self._ties[other][event] = Tie()
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
            if b in self._apart.get(a, ()):
                continue
            for other in self._join(a, b):
                first, second = min(a, other), max(a, other)
                heapq.heappush(heap, (-self.strength(first, second), first, second))

    def look_again(self) -> None:
        """Look at every tie at the next settling, also at those that nothing new has touched."""
        self._touched.update((a, b) for a, ties in self._ties.items() for b in ties if a < b)

    def strength(self, a: int, b: int) -> float:
        """How strongly two tied events belong together."""
        tie = self._ties[a][b]
        strength = tie.strength(len(self.members[a]), len(self.members[b]), self.grain)
        if self.grain.own_pace:
            strength *= self._paces[a].left(self._paces[b])
        return strength

    def keep_apart(self, a: int, b: int) -> None:
        """Never join two events, nor what they will have become."""
        if a != b:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def may_join(self, a: int, b: int) -> bool:
        """Whether nothing was said against joining two events."""
        return b not in self._apart.get(a, ())

    def tie_of(self, document: int, event: int) -> Tie:
        """What ties one document to the members of an event, its own or another one."""
        tie = Tie()
        for other in sorted(self.near[document]):
            if self.event_of[other] == event:
                neighbour = self.near[document][other]
                tie.add(neighbour.likeness, step=neighbour.step)
        return tie

    def rehome(self, documents: Iterable[int], event: int | None = None) -> int:
        """Take documents out of their events into another one, or a new one; their ties follow.

        A new event stays apart from what the old ones must stay apart from.
        """
        target = self.open() if event is None else event
        left: set[int] = set()
        for document in documents:
            source = self.event_of[document]
            self.members[source].remove(document)
            self.members[target].append(document)
            self.event_of[document] = target
            left.add(source)
        for source in sorted(left):
            if event is None:
                for other in tuple(self._apart.get(source, ())):
                    self.keep_apart(target, other)
            self._retie(source)
        self._retie(target)
        return target

    def drop(self, event: int) -> None:
        """Forget an event that is over."""
        for other in self._ties.pop(event):
            del self._ties[other][event]
        for other in self._apart.pop(event, ()):
            self._apart[other].discard(event)
        self._paces.pop(event, None)
        for document in self.members.pop(event):
            del self.event_of[document]
            self._days.pop(document, None)
            self.fade(document)
            del self.near[document]

    def fade(self, document: int) -> None:
        """Forget the pairs of a document out of the window whose event goes on."""
        for other in self.near[document]:
            del self.near[other][document]
        self.near[document] = {}

    def _keep_pace(self, event: int, more: Pace) -> None:
        """Count further reports in the pace of an event."""
        known = self._paces.get(event)
        self._paces[event] = known.joined(more) if known else more

    def _retie(self, event: int) -> None:
        """Make the ties of an event anew, from the pairs of its members."""
        for other in self._ties[event]:
            del self._ties[other][event]
        ties = self._ties[event] = {}
        if self.grain.own_pace and self.members[event]:
            self._paces[event] = pace_of(self._days[one] for one in self.members[event])
        for document in self.members[event]:
            for number, neighbour in self.near[document].items():
                other = self.event_of[number]
                if other == event:
                    continue
                tie = ties.get(other)
                if tie is None:
                    tie = ties[other] = self._ties[other][event] = Tie()
                    self._touched.add((min(event, other), max(event, other)))
                tie.add(neighbour.likeness, step=neighbour.step)

    def _join(self, a: int, b: int) -> list[int]:
        """Put event `b` into the older event `a`; return the events that are tied to it now."""
        for document in self.members[b]:
            self.event_of[document] = a
        self.members[a] += self.members.pop(b)
        if self.grain.own_pace:
            self._keep_pace(a, self._paces.pop(b))
        for other in self._apart.pop(b, ()):
            self._apart[other].discard(b)
            self.keep_apart(a, other)
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
