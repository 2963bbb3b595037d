"""Near-duplicates among a million short texts: processor time, memory, recall and precision.

The texts are made here from invented words, English and Chinese, with a fixed seed. Each tenth is a
copy of an earlier one with some words changed, moved, cut or added. What a copy shares with its
original is counted here in plain Python over words (English) or characters (Chinese), three in a
row, and not by the code under test.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from random import Random

from ribao.dedupe.near import NearIndex

SEED = 20260301
COPIES = 10  # every tenth text is a copy
REMEMBERED = 997  # a copy is of one of so many texts before it
LEAST = 0.7  # the similarity from which on a pair is reported, as in the settings
SURE = 0.8  # the similarity from which on a pair must be found
BATCH = 8192


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run gave."""

    texts: int
    seconds: float  # of processor time, making the texts apart
    megabytes: int  # at the highest, making the texts included
    recall: float  # of planted pairs that share at least SURE
    precision: float  # of reported pairs, by being of one family of copies


class Maker:
    """Makes texts; remembers what it planted."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = Random(seed)  # noqa: S311 - invented texts need no secrets
        self._words = [self._word() for _ in range(30_000)]
        self._signs = [chr(code) for code in range(0x4E00, 0x4E00 + 4_000)]
        self._zipf = {
            n: list(accumulate(1 / (rank + 3) for rank in range(n))) for n in (30_000, 4_000)
        }
        self.family: list[int] = []  # of each text, the first text of its family
        self.planted: list[tuple[int, int, float]] = []

    def _word(self) -> str:
        return "".join(
            self._random.choices("abcdefghijklmnoprstuvwy", k=self._random.randint(3, 9))
        )

    def texts(self, count: int) -> Iterator[str]:
        """Make texts, one after the other."""
        recent: list[tuple[list[str], bool]] = []
        for n in range(count):
            if n % COPIES == COPIES - 1:
                back = self._random.randint(1, len(recent))
                units, chinese = recent[-back]
                changed = self._changed(units, chinese=chinese)
                self.planted.append((n - back, n, shared(units, changed)))
                self.family.append(self.family[n - back])
                units = changed
            else:
                chinese = self._random.random() < 0.5
                units = self._drawn(self._random.randint(20, 80), chinese=chinese)
                self.family.append(n)
            recent.append((units, chinese))
            del recent[:-REMEMBERED]
            yield ("" if chinese else " ").join(units)

    def _drawn(self, count: int, *, chinese: bool) -> list[str]:
        pool = self._signs if chinese else self._words
        return self._random.choices(pool, cum_weights=self._zipf[len(pool)], k=count)

    def _changed(self, units: Sequence[str], *, chinese: bool) -> list[str]:
        """Change up to a tenth of the words, each in one of four ways."""
        changed = list(units)
        for _ in range(self._random.randint(0, max(1, len(units) // 20))):
            place = self._random.randrange(len(changed))
            way = self._random.randrange(4)
            if way == 0:
                changed[place] = self._drawn(1, chinese=chinese)[0]
            elif way == 1:
                del changed[place]
            elif way == 2:
                changed.insert(place, self._drawn(1, chinese=chinese)[0])
            else:
                changed.append(changed.pop(place))
        return changed


def shared(one: Sequence[str], two: Sequence[str]) -> float:
    """Jaccard similarity of the sets of three units in a row."""
    first, second = (set(zip(x, x[1:], x[2:], strict=False)) for x in (one, two))
    return len(first & second) / max(1, len(first | second))


def measure(count: int, seed: int = SEED) -> Figures:
    """Index `count` made texts and compare what is found with what was planted."""
    maker, index, seconds = Maker(seed), NearIndex(), 0.0
    stream = maker.texts(count)
    while batch := list(islice(stream, BATCH)):
        start = time.process_time()
        index.add(batch)
        seconds += time.process_time() - start
    start = time.process_time()
    found = {(i, j) for i, j, _ in index.pairs(LEAST)}
    seconds += time.process_time() - start
    family = maker.family
    right = sum(family[i] == family[j] for i, j in found)
    sure = [(i, j) for i, j, similarity in maker.planted if similarity >= SURE]
    joined = joined_families(found, count)
    return Figures(
        count,
        seconds,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        sum(joined[i] == joined[j] for i, j in sure) / max(1, len(sure)),
        right / max(1, len(found)),
    )


def joined_families(pairs: set[tuple[int, int]], count: int) -> list[int]:
    """Of each text, the first text that it is joined with through reported pairs."""
    parent = list(range(count))
    for i, j in sorted(pairs):
        one, two = i, j
        while parent[one] != one:
            one = parent[one]
        while parent[two] != two:
            two = parent[two]
        parent[max(one, two)] = min(one, two)
    for n in range(count):
        parent[n] = parent[parent[n]]
    return parent


def main() -> None:
    """Print a table for a hundred thousand and a million texts."""
    print("texts       CPU s   texts/s   peak MB   recall at .8   precision")
    sizes = [int(argument) for argument in sys.argv[2:] if argument.isdigit()]
    for count in sizes or (100_000, 1_000_000):
        figures = measure(count)
        print(
            f"{count:9,}{figures.seconds:8.1f}{count / figures.seconds:10,.0f}"
            f"{figures.megabytes:10,}{figures.recall:15.4f}{figures.precision:12.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
