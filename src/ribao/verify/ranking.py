"""The sentences of long evidence in the order of their likeness to one sentence.

Of thousands of sentences only a few are looked at, so their likeness is counted in arrays, through
an inverted index, and places are made when they are asked for: 4,000 lines against 4,000 lines take
seconds where a place for every pair took most of a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

T = TypeVar("T")
LONG = 400  # sentences of one passage from which on arrays are faster than sets


class Index:
    """Which sentences of a passage have a topic."""

    def __init__(self, topics: Sequence[frozenset[str]]) -> None:
        """Read the topics of each sentence."""
        having: dict[str, list[int]] = {}
        for number, words in enumerate(topics):
            for word in words:
                having.setdefault(word, []).append(number)
        self._having = {word: np.array(numbers) for word, numbers in having.items()}
        self._sizes = np.array([len(words) for words in topics], dtype=np.int64)

    def alike(self, wanted: frozenset[str]) -> npt.NDArray[np.float64]:
        """The likeness of each sentence (`topics.likeness`), float64 of shape (sentences,)."""
        rows = [self._having[word] for word in wanted if word in self._having]
        if not rows:
            return np.zeros(len(self._sizes))
        shared = np.bincount(np.concatenate(rows), minlength=len(self._sizes))
        return shared / np.maximum(np.minimum(self._sizes, len(wanted)), 1)


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
