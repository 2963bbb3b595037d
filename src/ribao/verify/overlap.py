"""The copyright guard: how much of a source stands in what is printed, word for word.

Two measures, for each source: the longest run that is the same, and the share of the source's own
words that were taken. Units are words in Latin script and characters in Chinese. What stands in
quotation marks is a quotation and counts apart, up to a limit of its own. A licence that allows
reuse (Creative Commons, public domain) has no limit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ribao.language.directions import find_quotations
from ribao.language.words import fold

_UNIT = re.compile(r"[a-z0-9\u00c0-\u024f]+(?:['’.-][a-z0-9]+)*|[\u3400-\u9fff]")
_FREE = re.compile(
    r"\b(?:cc[- ]?(?:0|by)|creative commons|public domain|mit|apache)\b", re.IGNORECASE
)
GRAM = {"zh": 8, "en": 5}  # units that must be the same in a row before they count as taken


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be taken from one source: units in a row, share of the source, units in quotes."""

    run: int
    share: float
    quoted: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """How one printed text overlaps one source. Offsets are of the longest run in the print."""

    longest: int  # units
    start: int
    end: int
    taken: int  # units of the print that stand in the source, quotations left out
    share: float  # of the units of the source
    quoted: int  # units inside quotation marks


def limits_for(licence: str, language: str) -> Limits | None:
    """The limits of a licence; None where it allows reuse. An unknown licence is the strict one."""
    if _FREE.search(licence):
        return None
    return Limits(90, 0.25, 120) if language == "zh" else Limits(60, 0.25, 80)


def overlap(printed: str, source: str, language: str) -> Overlap:
    """Measure what of `printed` stands in `source` word for word.

    Args:
        printed: one printed text, for instance all sentences of an article that cite the source.
        source: the whole text of the source.
        language: "zh" or "en", which sets how many units in a row count as taken.
    """
    size = GRAM["zh" if language == "zh" else "en"]
    mine, theirs = units(printed), [word for _, _, word in units(source)]
    marks = [(mark.start, mark.end) for mark in find_quotations(printed)]
    free = [any(a <= start and end <= b for a, b in marks) for start, end, _ in mine]
    grams = {tuple(theirs[i : i + size]) for i in range(len(theirs) - size + 1)}
    taken = [False] * len(mine)
    for i in range(len(mine) - size + 1):
        if tuple(word for _, _, word in mine[i : i + size]) in grams:
            taken[i : i + size] = [True] * size
    longest, first = _longest([hit and not quote for hit, quote in zip(taken, free, strict=True)])
    counted = sum(hit and not quote for hit, quote in zip(taken, free, strict=True))
    start, end = (mine[first][0], mine[first + longest - 1][1]) if longest else (0, 0)
    return Overlap(longest, start, end, counted, counted / max(1, len(theirs)), sum(free))


def units(text: str) -> list[tuple[int, int, str]]:
    """The words (Latin) and characters (Chinese) of a text, folded, with their places."""
    folded = fold(text)
    if len(folded) != len(text):
        folded = text.lower()
    return [(m.start(), m.end(), m.group()) for m in _UNIT.finditer(folded)]


def over(found: Overlap, limits: Limits, source_units: int) -> str:
    """Which limit is passed: "run", "share", "quoted" or "" for none.

    The share counts for sources of some length only: of three lines any quotation is much.
    """
    if found.longest > limits.run:
        return "run"
    if source_units >= 4 * limits.run and found.share > limits.share:
        return "share"
    return "quoted" if found.quoted > limits.quoted else ""


def _longest(flags: Sequence[bool]) -> tuple[int, int]:
    best, first, run = 0, 0, 0
    for place, flag in enumerate(flags):
        run = run + 1 if flag else 0
        if run > best:
            best, first = run, place - run + 1
    return best, first
