"""What of much evidence is alike to one sentence or story, through an inverted index.

Of thousands of sentences only a few are looked at, so their likeness is counted in arrays, and
places are made when they are asked for: 4,000 lines against 4,000 lines take seconds where a place
for every pair took most of a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from math import log
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

T = TypeVar("T")
LONG = 400  # sentences of one passage from which on arrays are faster than sets


class Index:
    """Which of some sets of topics have a topic: of the sentences of a passage, or of documents."""

    def __init__(
        self, sets: Sequence[frozenset[str]], wanted: frozenset[str] | None = None
    ) -> None:
        """Read the sets; of them the topics of `wanted` alone, where it is given."""
        self.sizes = np.array([len(topics) for topics in sets], dtype=np.int64)
        self.having: dict[str, list[int]] = {}
        for number, topics in enumerate(sets):
            for topic in topics if wanted is None else topics & wanted:
                self.having.setdefault(topic, []).append(number)

    @cached_property
    def _rows(self) -> dict[str, npt.NDArray[np.int64]]:
        return {topic: np.array(numbers) for topic, numbers in self.having.items()}

    def alike(self, wanted: frozenset[str]) -> npt.NDArray[np.float64]:
        """The likeness of each set (`topics.likeness`), float64 of shape (sets,)."""
        rows = [self._rows[topic] for topic in wanted if topic in self._rows]
        if not rows:
            return np.zeros(len(self.sizes))
        shared = np.bincount(np.concatenate(rows), minlength=len(self.sizes))
        return shared / np.maximum(np.minimum(self.sizes, len(wanted)), 1)

    def weight(self, topic: str) -> float:
        """How much a topic tells of what a text is about: the rarer it is, the more."""
        return log(1 + len(self.sizes) / (len(self.having.get(topic, ())) + 0.5))


class Ranked(Sequence[T]):
    """Things in falling order of a score, made when asked for; equal ones as they came."""

    def __init__(self, scores: npt.NDArray[np.float64], make: Callable[[int, float], T]) -> None:
        """Order by `scores`; `make` is given the number of a thing and its score."""
        self._scores = scores
        self._order = np.argsort(-scores, kind="stable")
        self._make = make

    def __len__(self) -> int:
        """How many there are, whatever their score."""
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """The thing at a rank, or those at some ranks. Raises IndexError beyond the last."""
        if isinstance(place, slice):
            return tuple(map(self._at, self._order[place].tolist()))
        return self._at(int(self._order[place]))

    def __iter__(self) -> Iterator[T]:
        """The best first."""
        return map(self._at, self._order.tolist())

    def _at(self, number: int) -> T:
        return self._make(number, float(self._scores[number]))


def in_order(rows: Sequence[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """The scores of several passages behind each other."""
    return np.concatenate(rows)
