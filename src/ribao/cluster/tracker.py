"""The online tracker: takes documents as they come and says which event each belongs to.

What a document costs depends on the window, not on how many were seen before: postings are capped,
old documents fall out, and an event without reports for a window is over.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from ribao.cluster.events import Events
from ribao.cluster.grain import Grain
from ribao.cluster.index import DAY, Index, Neighbour
from ribao.cluster.weights import Profile

SWEEP_EVERY = 20_000  # documents between two sweeps of the index


class Tracker:
    """Keeps the events of the window. Numbers of documents count up from 0 in order of arrival."""

    def __init__(self, grain: Grain, *, window_days: float) -> None:
        self.window = window_days * DAY
        self.events = Events(grain)
        self.index = Index(grain)
        self._ending: deque[tuple[float, int]] = deque()

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
        where = self.events.open() if event is None else event
        alive = self.events.event_of
        ties = [n for n in neighbours if n.number in alive]
        self.events.add(number, ties, where)
        self._ending.append((at, number))
        if number % SWEEP_EVERY == SWEEP_EVERY - 1:
            self.index.sweep()
        return neighbours

    def settle(self) -> None:
        """Join what belongs together, with all that is known by now."""
        self.events.settle()

    def event_of(self, number: int) -> int:
        """The event of a document of the window."""
        return self.events.event_of[number]

    def _forget(self, now: float) -> None:
        """Drop documents out of the window, and events whose documents are all out of it."""
        self.index.forget(now - self.window)
        while self._ending and self._ending[0][0] < now - self.window:
            _, number = self._ending.popleft()
            event = self.events.event_of.get(number)
            if event is not None and max(self.events.members[event]) <= number:
                self.events.drop(event)
