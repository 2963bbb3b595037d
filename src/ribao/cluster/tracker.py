"""The online tracker: takes documents one after the other and says which event each belongs to.

Candidates come from an inverted index whose postings are capped and whose window is bounded, so
the cost of a document does not grow with the number of documents seen. An event takes a document in
by its three best members *and* by all of them, so that a chain of ever weaker likenesses cannot
grow.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from ribao.cluster.likeness import decay, likeness
from ribao.cluster.weights import Profile

QUERY_TERMS = 16  # strongest words, and as many pivots, that look for candidates
POSTINGS = 64  # newest documents of a trait that are looked at
CANDIDATES = 6  # events that are compared in full
MEMBERS = 24  # members of an event that are compared: the first ones and the newest
DAY = 86_400.0

T = TypeVar("T")


@dataclass(slots=True)
class Event:
    """One event as the tracker sees it; `members` are numbers of documents, in order of arrival."""

    number: int
    members: list[int] = field(default_factory=list)
    last_at: float = 0.0  # seconds, UTC

    def compared(self) -> list[int]:
        """The members that stand for the event."""
        if len(self.members) <= MEMBERS:
            return self.members
        return self.members[: MEMBERS // 4] + self.members[-(MEMBERS - MEMBERS // 4) :]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a document went, and which member it resembles most (None if it began the event)."""

    event: int
    nearest: int | None
    likeness: float


class Tracker:
    """Keeps the events of the window. Numbers of documents count up from 0 in order of arrival."""

    def __init__(self, *, threshold: float, window_days: float) -> None:
        self.threshold, self.window = threshold, window_days * DAY
        self.events: dict[int, Event] = {}
        self.event_of: dict[int, int] = {}
        self._profiles: dict[int, Profile] = {}
        self._times: deque[tuple[float, int]] = deque()
        self._postings: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=POSTINGS))
        self._next_document = self._next_event = 0

    def add(self, profile: Profile, at: float, event: int | None = None) -> Placed:
        """Place one document; `event` puts it where it is known to belong."""
        self._forget(at - self.window)
        number = self._next_document
        self._next_document += 1
        placed = Placed(event, None, 1.0) if event is not None else self._place(profile, at)
        self._keep(number, profile, at, placed.event)
        return placed

    def open_event(self) -> int:
        """Begin an event and return its number."""
        number = self._next_event
        self._next_event += 1
        self.events[number] = Event(number)
        return number

    def _place(self, profile: Profile, at: float) -> Placed:
        best = Placed(-1, None, 0.0)
        for event in self._candidates(profile):
            placed = self._compare(profile, at, self.events[event])
            if placed.likeness > best.likeness:
                best = placed
        if best.likeness >= self.threshold:
            return best
        return Placed(self.open_event(), None, 1.0)

    def _candidates(self, profile: Profile) -> list[int]:
        points: defaultdict[int, float] = defaultdict(float)
        for terms, share in ((profile.words, 0.5), (profile.pivots, 0.5)):
            strongest = heapq.nlargest(QUERY_TERMS, ((w, term) for term, w in terms.items()))
            for weight, term in strongest:
                for number in self._postings.get(term, ()):
                    if number in self._profiles:
                        points[number] += share * weight * weight
        best: dict[int, float] = {}
        for number, score in points.items():
            event = self.event_of[number]
            best[event] = max(best.get(event, 0.0), score)
        return [event for _, event in _largest(CANDIDATES, ((s, e) for e, s in best.items()))]

    def _compare(self, profile: Profile, at: float, event: Event) -> Placed:
        found = sorted(
            (
                (likeness(profile, self._profiles[number]), -number)
                for number in event.compared()
                if number in self._profiles
            ),
            reverse=True,
        )
        if not found:
            return Placed(event.number, None, 0.0)
        top = found[:3]
        near = sum(score for score, _ in top) / len(top)
        whole = sum(score for score, _ in found) / len(found)
        left = decay(max(0.0, at - event.last_at) / DAY)
        return Placed(event.number, -found[0][1], (0.7 * near + 0.3 * whole) * left)

    def _keep(self, number: int, profile: Profile, at: float, event: int) -> None:
        self._profiles[number] = profile
        self.event_of[number] = event
        self._times.append((at, number))
        kept = self.events[event]
        kept.members.append(number)
        kept.last_at = max(kept.last_at, at)
        for terms in (profile.words, profile.pivots):
            for _, term in _largest(QUERY_TERMS, ((w, term) for term, w in terms.items())):
                self._postings[term].append(number)

    def _forget(self, before: float) -> None:
        while self._times and self._times[0][0] < before:
            _, number = self._times.popleft()
            del self._profiles[number]
            event = self.events[self.event_of.pop(number)]
            event.members.remove(number)
            if not event.members:
                del self.events[event.number]


def _largest(count: int, pairs: Iterable[tuple[float, T]]) -> list[tuple[float, T]]:
    return heapq.nlargest(count, pairs)
