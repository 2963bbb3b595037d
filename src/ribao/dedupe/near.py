"""Near-duplicates among many texts: MinHash signatures, banded, then the exact Jaccard similarity.

Broder 1997 (MinHash) and Indyk and Motwani 1998 (bands). 16 bands of 4 rows find a pair of Jaccard
.8 with odds of .9998 and one of .7 with .987; what they propose is checked exactly against the
shingle sets, so the bands decide about recall only, never about precision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from ribao.dedupe.shingles import I64, U32, U64, mixed, shingles

BANDS = 16
ROWS = 4
SEED = 20251219  # any fixed number; signatures must be equal on every machine
BATCH = 4096  # texts whose shingles are hashed at once: about 1 MB per array, which stays in cache


class NearIndex:
    """Holds the shingle sets and signatures of texts, in the order in which they came."""

    def __init__(self) -> None:
        random = np.random.default_rng(SEED)
        self._flip = random.integers(0, 2**32, BANDS * ROWS, dtype=np.uint32)
        self._times = random.integers(0, 2**32, BANDS * ROWS, dtype=np.uint32) | np.uint32(1)
        self._hashes: list[U32] = []
        self._bounds: list[I64] = [np.zeros(1, np.int64)]
        self._keys: list[U32] = []
        self._size = 0

    def add(self, texts: Iterable[str]) -> None:
        """Take in texts, in batches."""
        stream = iter(texts)
        while batch := list(islice(stream, BATCH)):
            self._add_batch(batch)

    def _add_batch(self, texts: Sequence[str]) -> None:
        hashes, bounds = shingles(texts)
        self._hashes.append(hashes)
        self._bounds.append(bounds[1:] + self._size)
        self._size += len(hashes)
        self._keys.append(self._band_keys(hashes, bounds))

    def _band_keys(self, hashes: U32, bounds: I64) -> U32:
        """One 32-bit key per text and band; 0 for a text without shingles."""
        keys = np.zeros((BANDS, len(bounds) - 1), np.uint32)
        filled = np.flatnonzero(np.diff(bounds))
        if not len(filled):
            return keys
        starts = bounds[filled]
        for band in range(BANDS):
            key = np.zeros(len(filled), np.uint64)
            for row in range(band * ROWS, (band + 1) * ROWS):
                least = np.minimum.reduceat((hashes ^ self._flip[row]) * self._times[row], starts)
                key = mixed(key + least)
            keys[band, filled] = (key >> np.uint64(32)).astype(np.uint32) | np.uint32(1)
        return keys

    def pairs(self, least_jaccard: float) -> Iterator[tuple[int, int, float]]:
        """Every found pair (i, j, Jaccard) with i < j and the similarity at least as asked."""
        if not self._keys:
            return
        # One array in place of many, each list emptied at once: a million texts fit in memory once.
        self._keys = [np.concatenate(self._keys, axis=1)]
        candidates = self._candidates(self._keys[0])
        self._hashes = [np.concatenate(self._hashes)]
        self._bounds = [np.concatenate(self._bounds)]
        hashes, bounds = self._hashes[0], self._bounds[0]
        for code in candidates:
            i, j = int(code >> np.uint64(32)), int(code & np.uint64(0xFFFFFFFF))
            one, two = hashes[bounds[i] : bounds[i + 1]], hashes[bounds[j] : bounds[j + 1]]
            similarity = jaccard(one, two)
            if similarity >= least_jaccard:
                yield i, j, similarity

    @staticmethod
    def _candidates(keys: U32) -> U64:
        """Pairs that share a band: each text with the first of its bucket and its neighbour."""
        found: list[U64] = []
        for band in keys:
            order = np.argsort(band, kind="stable")
            values = band[order]
            same = np.flatnonzero((values[1:] == values[:-1]) & (values[1:] != 0)) + 1
            if not len(same):
                continue
            new = np.append(True, values[1:] != values[:-1])
            first = np.maximum.accumulate(np.where(new, np.arange(len(values)), 0))[same]
            for other in (first, same - 1):
                i, j = order[other].astype(np.uint64), order[same].astype(np.uint64)
                found.append((i << np.uint64(32)) | j)
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.uint64)


def jaccard(one: npt.NDArray[np.uint32], two: npt.NDArray[np.uint32]) -> float:
    """The Jaccard similarity of two ascending sets of hashes."""
    if not len(one) or not len(two):
        return 0.0
    places = np.searchsorted(two, one)
    places[places == len(two)] = 0
    common = int(np.count_nonzero(two[places] == one))
    return common / (len(one) + len(two) - common)
