"""The copyright guard: how much of a source stands in what is printed, word for word.

Two measures, for each source: the longest run that is the same, and the share of the source's own
words that were taken. Units are words in Latin script and characters in Chinese. What stands in
quotation marks is a quotation and counts apart, up to a limit of its own. How much is allowed hangs
on the licence of the source: public domain has no limit, "all rights reserved" a narrow one.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ribao.language.directions import find_quotations
from ribao.language.words import fold

_UNIT = re.compile(r"[a-z0-9\u00c0-\u024f]+(?:['’.-][a-z0-9]+)*|[\u3400-\u9fff]")
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
    quoted: int  # units inside quotation marks that stand in the source


def limits_for(
    licence: str, ordinary: Limits, owners: Mapping[str, float] | None = None
) -> Limits | None:
    """The limits of a licence; None where it allows reuse.

    Args:
        licence: the words of a source's licence; "" and unknown words have the ordinary limits.
        ordinary: what may be taken where the licence says nothing else.
        owners: names of licences with their factors, which come before those of licences.toml; a
            factor is how many times the ordinary limits are allowed, below zero for no limit.
    """
    factor = _factor(licence, tuple((owners or {}).items()))
    if factor < 0:
        return None
    return Limits(
        int(ordinary.run * factor), min(1.0, ordinary.share * factor), int(ordinary.quoted * factor)
    )


@lru_cache(maxsize=1024)  # every document asks, and there are few licences
def _factor(licence: str, owners: tuple[tuple[str, float], ...]) -> float:
    """How many times the ordinary limits the longest name in the words of a licence allows."""
    words = f" {_plain(licence)} "
    known = {_plain(name): factor for name, factor in {**_factors(), **dict(owners)}.items()}
    names = [name for name in known if (f" {name} " if name.isascii() else name) in words]
    return known[max(names, key=lambda name: (len(name), name))] if names else 1.0


@cache
def _factors() -> dict[str, float]:
    table = tomllib.loads(files(__package__).joinpath("licences.toml").read_text("utf-8"))
    return {name: float(factor) for name, factor in table["factors"].items()}


def _plain(licence: str) -> str:
    """A licence without capitals, hyphens and versions: "CC-BY-SA 4.0" is cc by sa."""
    return " ".join(re.sub(r"[-_/()\s]+|\d+\.\d+", " ", licence.casefold()).split())


def overlap(printed: str, source: str, language: str) -> Overlap:
    """Measure what of `printed` stands in `source` word for word.

    Args:
        printed: one printed text, for instance all sentences of an article that cite the source.
        source: the whole text of the source.
        language: "zh" or "en", which sets how many units in a row count as taken.
    """
    size = GRAM["zh" if language == "zh" else "en"]
    mine, theirs = _print(printed, size), [word for _, _, word in units(source)]
    taken: set[int] = set()
    for gram in set(zip(*(theirs[i:] for i in range(size)), strict=False)):
        for place in mine.grams.get(gram, ()):
            taken.update(range(place, place + size))
    counted = sorted(place for place in taken if not mine.quoted[place])
    longest, first = _longest(counted)
    start, end = (mine.spans[first][0], mine.spans[first + longest - 1][1]) if longest else (0, 0)
    quoted = len(taken) - len(counted)
    return Overlap(longest, start, end, len(counted), len(counted) / max(1, len(theirs)), quoted)


class _Print(NamedTuple):
    """A printed text, read once for all its sources."""

    spans: list[tuple[int, int]]  # of each unit
    quoted: list[bool]  # whether a unit stands in quotation marks
    grams: dict[tuple[str, ...], list[int]]  # the units with which each gram begins


@lru_cache(maxsize=4)  # one story is held against all its reports
def _print(printed: str, size: int) -> _Print:
    mine = units(printed)
    marks = find_quotations(printed)
    begun = [mark.start for mark in marks]
    quoted = [
        (mark := bisect_right(begun, start)) > 0 and end <= marks[mark - 1].end
        for start, end, _ in mine
    ]
    words = [word for _, _, word in mine]
    grams: dict[tuple[str, ...], list[int]] = {}
    for place, gram in enumerate(zip(*(words[i:] for i in range(size)), strict=False)):
        grams.setdefault(gram, []).append(place)
    return _Print([(start, end) for start, end, _ in mine], quoted, grams)


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


def _longest(places: Sequence[int]) -> tuple[int, int]:
    """The length of the longest run of neighbours among ascending places, and its first."""
    best, first, run = 0, 0, 0
    for number, place in enumerate(places):
        run = run + 1 if number and places[number - 1] == place - 1 else 1
        if run > best:
            best, first = run, place - run + 1
    return best, first
