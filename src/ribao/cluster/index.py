"""Finds what a document is like among those of the window, at a cost that does not grow with time.

Each document is a row of a ring of arrays. An inverted index over its strongest terms, capped at
the newest rows of a term, names candidates; these are then compared exactly, all at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ribao.cluster.grain import Grain
from ribao.cluster.likeness import (
    OTHER_SUBJECT,
    SAME_LINK,
    SIBLING,
    Meaning,
    decay,
    likeness,
    siblings,
)
from ribao.cluster.weights import WIDTHS, Profile

DAY = 86_400.0
# An outlet that comes back to a matter after more than a day has a new step of it to tell; lists
# that are made once a day repeat themselves after 24 hours.
NEW_STEP_DAYS = 25.0 / 24.0
QUERY_WORDS = 20  # strongest words of a document that look for candidates
# Two documents are compared on a table of this size, which fits into the cache of a processor; that
# two terms of a hundred fall on one place is rare, and adds a hundredth to a likeness when they do.
SPREAD = 1 << 18


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document of the window and how much the new one is like it."""

    number: int
    likeness: float
    step: bool = False  # the same outlet told of it more than a day before or after


@dataclass(frozen=True, slots=True)
class _Asker:
    """A document that is compared with rows: its terms as the rows hold them."""

    places: dict[str, NDArray[np.int32]]
    weights: dict[str, NDArray[np.float32]]
    language: int
    subject: int  # -1 where the title has no name
    version: tuple[int, int, int]
    vector: NDArray[np.float32] | None


@dataclass(slots=True)
class _Rows:
    """The arrays of the ring; row of a document is its number modulo the size."""

    size: int
    places: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    weights: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    language: NDArray[np.int32] = field(init=False)
    subject: NDArray[np.int32] = field(init=False)
    outlet: NDArray[np.int32] = field(init=False)
    version: NDArray[np.int32] = field(init=False)  # as in a profile
    vectors: NDArray[np.float32] | None = None  # of an embedder, from the first one on
    at: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        for name, width in WIDTHS.items():
            self.places[name] = np.full((self.size, width), SPREAD, dtype=np.int32)
            self.weights[name] = np.zeros((self.size, width), dtype=np.float32)
        self.language = np.zeros(self.size, dtype=np.int32)
        self.subject = np.full(self.size, -1, dtype=np.int32)
        self.outlet = np.zeros(self.size, dtype=np.int32)
        self.version = np.full((self.size, 3), -1, dtype=np.int32)
        self.at = np.zeros(self.size, dtype=np.float64)

    def write(self, row: int, profile: Profile, language: int, outlet: int, at: float) -> None:
        """Put a document into a row."""
        for name, terms in profile.channels.items():
            count = len(terms.places)
            self.places[name][row, :count] = terms.places & (SPREAD - 1)
            self.places[name][row, count:] = SPREAD
            self.weights[name][row, :count] = terms.weights
            self.weights[name][row, count:] = 0.0
        if profile.vector is not None and self.vectors is None:
            self.vectors = np.zeros((self.size, len(profile.vector)), dtype=np.float32)
        if self.vectors is not None:
            self.vectors[row] = 0.0 if profile.vector is None else profile.vector
        self.language[row], self.outlet[row], self.at[row] = language, outlet, at
        self.version[row] = profile.version
        self.subject[row] = profile.subject & (SPREAD - 1) if profile.subject >= 0 else -1


class Index:
    """The documents of the window. Numbers count up from 0 in the order of arrival."""

    def __init__(self, grain: Grain, *, rows: int = 4096, meaning: Meaning | None = None) -> None:
        self._grain = grain
        self._meaning = meaning
        self.first = self.next = 0  # numbers of the oldest document kept and of the next one
        self._rows = _Rows(rows)
        self._postings: dict[int, list[int]] = {}
        self._links: dict[str, list[int]] = {}
        self._languages: dict[str, int] = {}
        self._outlets: dict[str, int] = {}
        # One float for every term: the document that asks is spread over it for a moment.
        self._spread = np.zeros(SPREAD + 1, dtype=np.float32)

    def at(self, number: int) -> float:
        """When a document of the window was published, in seconds."""
        return float(self._rows.at[number % self._rows.size])

    def add(
        self, profile: Profile, at: float, links: Iterable[str] = (), outlet: str = ""
    ) -> list[Neighbour]:
        """Take a document in; return what it is like, most alike first."""
        publisher = self._outlets.setdefault(outlet, len(self._outlets)) if outlet else -1
        found = self._search(profile, at, links, publisher)
        if self.next - self.first >= self._rows.size:
            self._grow()
        number = self.next
        self.next += 1
        language = self._languages.setdefault(profile.language, len(self._languages))
        self._rows.write(number % self._rows.size, profile, language, publisher, at)
        words, names = self._asking(profile)
        for place in (*words, *names):
            posting = self._postings.setdefault(place, [])
            posting.append(number)
            if len(posting) > 2 * self._grain.postings:
                del posting[: -self._grain.postings]
        for link in links:
            self._links.setdefault(link, []).append(number)
        return found

    def forget(self, before: float) -> list[int]:
        """Drop documents older than a moment; return their numbers."""
        dropped = []
        while self.first < self.next and self.at(self.first) < before:
            dropped.append(self.first)
            self.first += 1
        return dropped

    def sweep(self) -> None:
        """Free what the index still holds of documents that were dropped."""
        first = self.first
        self._postings = {key: rows for key, rows in self._postings.items() if rows[-1] >= first}
        self._links = {key: rows for key, rows in self._links.items() if rows[-1] >= first}

    def _asking(self, profile: Profile) -> tuple[list[int], list[int]]:
        """The terms that look for candidates: the strongest words, and all names."""
        words: list[int] = profile.channels["words"].places[:QUERY_WORDS].tolist()
        names: list[int] = profile.channels["names"].places.tolist()
        return words, names

    def _search(
        self, profile: Profile, at: float, links: Iterable[str], outlet: int
    ) -> list[Neighbour]:
        words, names = self._asking(profile)
        hits: Counter[int] = Counter()
        for place in words:
            hits.update(self._postings.get(place, ())[-self._grain.postings :])
        # One shared word never makes an event; one shared name may, across languages.
        candidates = {number for number, count in hits.items() if count > 1}
        for place in names:
            candidates.update(self._postings.get(place, ())[-self._grain.postings :])
        linked = {number for link in links for number in self._links.get(link, ())}
        candidates |= linked
        numbers = np.fromiter(candidates, dtype=np.int64, count=len(candidates))
        numbers = np.sort(numbers[numbers >= self.first])
        if not len(numbers):
            return []
        points = self._compare(profile, at, numbers % self._rows.size)
        if linked:
            points[np.isin(numbers, list(linked))] = SAME_LINK
        order = np.argsort(-points, kind="stable")[: self._grain.neighbours]
        order = order[points[order] >= self._grain.faintest]
        steps = self._steps(outlet, at, numbers[order] % self._rows.size)
        found = zip(numbers[order].tolist(), points[order].tolist(), steps.tolist(), strict=True)
        return [Neighbour(*one) for one in found]

    def among(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Likeness of all pairs of documents of the window, apart from time and links.

        Returns a symmetrical square with 0.0 on its diagonal, in the order of `numbers`.
        """
        rows = np.array(numbers, dtype=np.int64) % self._rows.size
        found = np.zeros((len(rows), len(rows)), dtype=np.float32)
        for place in range(1, len(rows)):
            points = self._likeness(self._row(int(rows[place])), rows[:place])
            found[place, :place] = found[:place, place] = points
        return found

    def _compare(self, profile: Profile, at: float, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        asker = _Asker(
            {name: terms.places & (SPREAD - 1) for name, terms in profile.channels.items()},
            {name: terms.weights for name, terms in profile.channels.items()},
            self._languages.get(profile.language, -1),
            profile.subject & (SPREAD - 1) if profile.subject >= 0 else -1,
            profile.version,
            profile.vector,
        )
        gaps = np.abs(self._rows.at[rows] - at) / DAY
        points = self._likeness(asker, rows)
        return points if self._grain.own_pace else points * decay(gaps.astype(np.float32))

    def _row(self, row: int) -> _Asker:
        """A document of the window as one that asks."""
        counts = {name: int((self._rows.places[name][row] < SPREAD).sum()) for name in WIDTHS}
        family, generation, name = self._rows.version[row].tolist()
        return _Asker(
            {name: self._rows.places[name][row, :count] for name, count in counts.items()},
            {name: self._rows.weights[name][row, :count] for name, count in counts.items()},
            int(self._rows.language[row]),
            int(self._rows.subject[row]),
            (family, generation, name),
            None if self._rows.vectors is None else self._rows.vectors[row],
        )

    def _likeness(self, asker: _Asker, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """What a document and those of some rows share, apart from time."""
        cosines = [self._cosines(name, asker, rows) for name in ("words", "names", "facts")]
        across = self._rows.language[rows] != asker.language
        nameless = self._rows.places["names"][rows, 0] == SPREAD
        nameless |= not len(asker.places["names"])
        meaning = None
        if self._meaning and asker.vector is not None and self._rows.vectors is not None:
            meaning = self._meaning.of(self._rows.vectors[rows] @ asker.vector)
        points = likeness(
            *cosines, across=across, nameless=nameless, grain=self._grain, meaning=meaning
        )
        points[self._other_subject(asker, rows)] *= OTHER_SUBJECT
        if asker.version[0] >= 0:
            points[siblings(self._rows.version[rows], asker.version)] *= SIBLING
        return points

    def _cosines(self, name: str, asker: _Asker, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        places = asker.places[name]
        self._spread[places] = asker.weights[name]
        theirs = self._rows.weights[name][rows]
        found: NDArray[np.float32] = np.einsum(
            "ij,ij->i", self._spread[self._rows.places[name][rows]], theirs
        )
        self._spread[places] = 0.0
        return found

    def _other_subject(self, asker: _Asker, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Where neither document names the rarest name of the other's title."""
        subjects = self._rows.subject[rows]
        if asker.subject < 0:
            return np.zeros(len(rows), dtype=np.bool_)
        names = asker.places["names"]
        mine = (subjects[:, np.newaxis] == names[np.newaxis, :]).any(axis=1)
        theirs = (self._rows.places["names"][rows] == asker.subject).any(axis=1)
        other: NDArray[np.bool_] = (subjects >= 0) & ~mine & ~theirs
        return other

    def _steps(self, outlet: int, at: float, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Where the same outlet published more than a day before or after."""
        late = np.abs(self._rows.at[rows] - at) > NEW_STEP_DAYS * DAY
        steps: NDArray[np.bool_] = late & (self._rows.outlet[rows] == outlet) & (outlet >= 0)
        return steps

    def _grow(self) -> None:
        """Double the ring; every document moves to its row in the larger one."""
        old, new = self._rows, _Rows(2 * self._rows.size)
        numbers = np.arange(self.first, self.next)
        source, target = numbers % old.size, numbers % new.size
        for name in WIDTHS:
            new.places[name][target] = old.places[name][source]
            new.weights[name][target] = old.weights[name][source]
        new.language[target] = old.language[source]
        new.subject[target] = old.subject[source]
        new.outlet[target] = old.outlet[source]
        new.version[target] = old.version[source]
        new.at[target] = old.at[source]
        if old.vectors is not None:
            new.vectors = np.zeros((new.size, old.vectors.shape[1]), dtype=np.float32)
            new.vectors[target] = old.vectors[source]
        self._rows = new
