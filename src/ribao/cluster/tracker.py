"""The online tracker: takes documents as they come and says which event each belongs to.

What a document costs depends on the window, not on how many were seen before: postings are capped,
old documents fall out, and an event without reports for a window is over.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence

from ribao.cluster.correction import FEWEST, MOST, looks_whole, moves, parts
from ribao.cluster.events import Events
from ribao.cluster.grain import Grain
from ribao.cluster.index import DAY, Index, Neighbour
from ribao.cluster.likeness import SAME_LINK, Meaning
from ribao.cluster.weights import Profile

SWEEP_EVERY = 20_000  # documents between two sweeps of the index


class Tracker:
    """Keeps the events of the window. Numbers of documents count up from 0 in order of arrival."""

    def __init__(self, grain: Grain, *, window_days: float, meaning: Meaning | None = None) -> None:
        self.window = window_days * DAY
        self.events = Events(grain)
        self.index = Index(grain, meaning=meaning)
        self._ending: deque[tuple[float, int]] = deque()
        self._arrived: list[int] = []
        self._pinned: set[int] = set()
        self._bundles: list[frozenset[int]] = []

    def add(
        self,
        profile: Profile,
        at: float,
        links: Iterable[str] = (),
        event: int | None = None,
        *,
        outlet: str = "",
    ) -> list[Neighbour]:
        """Take one document in; `event` is where it is known to belong. Returns what it is like.

        Documents must come in the order of their time. Which event it joined is known after the
        next `settle`.
        """
        self._forget(at)
        number = self.index.next
        neighbours = self.index.add(profile, at, links, outlet)
        if event is None:
            self._arrived.append(number)
            event = self.events.open()
        alive = self.events.event_of
        self.events.add(number, [n for n in neighbours if n.number in alive], event, at)
        self._ending.append((at, number))
        if number % SWEEP_EVERY == SWEEP_EVERY - 1:
            self.index.sweep()
        return neighbours

    def pin(self, documents: Iterable[int]) -> None:
        """Let no later evidence move these documents."""
        self._pinned.update(documents)

    def decide(self, bundles: Sequence[Collection[int]]) -> None:
        """Keep the documents of each bundle, which stand in one event, together.

        No event will ever hold documents of two of these bundles: an editor saw to it.
        """
        events = [self.events.event_of[min(bundle)] for bundle in bundles]
        for place, event in enumerate(events):
            for other in events[:place]:
                self.events.keep_apart(event, other)
        self._bundles += [frozenset(bundle) for bundle in bundles]
        for bundle in bundles:
            self.pin(bundle)

    def settle(self) -> None:
        """Join what belongs together with all that is known by now, and part what does not."""
        self.events.settle()
        arrived = [number for number in self._arrived if number in self.events.event_of]
        self._arrived.clear()
        if not self.events.grain.corrected:
            return
        changed = False
        for number, target in moves(self.events, arrived, self._pinned):
            self.events.rehome((number,), target)
            changed = True
        for event in self._grown(arrived):
            changed |= self._part(event)
        if changed:
            self.events.settle()

    def event_of(self, number: int) -> int:
        """The event of a document of the window."""
        return self.events.event_of[number]

    def _grown(self, arrived: Iterable[int]) -> list[int]:
        """Events that were there before and have something new."""
        new: defaultdict[int, int] = defaultdict(int)
        for number in arrived:
            new[self.events.event_of[number]] += 1
        members = self.events.members
        return sorted(
            event for event, count in new.items() if 2 * FEWEST <= len(members[event]) > count
        )

    def _part(self, event: int) -> bool:
        """Part an event that holds two; whether it did."""
        members = sorted(n for n in self.events.members[event] if n >= self.index.first)[-MOST:]
        if len(members) < 2 * FEWEST or looks_whole(self.events, members):
            return False
        likeness = self.index.among(members)
        place_of = {number: place for place, number in enumerate(members)}
        for number in members:
            for other, neighbour in self.events.near[number].items():
                if neighbour.likeness >= SAME_LINK and other in place_of:
                    likeness[place_of[number], place_of[other]] = neighbour.likeness
        bundles = [[place_of[n] for n in bundle if n in place_of] for bundle in self._bundles]
        found = parts(likeness, self.events.grain, bundles)
        for group in found[1:]:
            self.events.rehome([members[place] for place in group])
        return len(found) > 1

    def _forget(self, now: float) -> None:
        """Drop documents out of the window, and events whose documents are all out of it."""
        self.index.forget(now - self.window)
        while self._ending and self._ending[0][0] < now - self.window:
            _, number = self._ending.popleft()
            event = self.events.event_of.get(number)
            if event is None:
                continue
            if max(self.events.members[event]) <= number:
                self.events.drop(event)
            else:
                self.events.fade(number)
