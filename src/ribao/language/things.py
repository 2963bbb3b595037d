"""The things that a sentence speaks of, the same in Chinese and English: 法院 and "court" are one.

They say nothing that could be wrong; they help to find the sentence of a report in another language
that a sentence was made from. The words are in things.toml.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ribao.language.words import fold


class _Things(NamedTuple):
    automaton: AhoCorasick
    numbers: tuple[int, ...]  # of the thing that each pattern of the automaton names
    english: dict[str, int]
    alike: int  # the words of lines before this one stand for each other in one language, too


@cache
def _things() -> _Things:
    table = tomllib.loads(files(__package__).joinpath("things.toml").read_text("utf-8"))
    chinese: dict[str, int] = {}
    english: dict[str, int] = {}
    lines = table["words"].strip().splitlines()
    for number, line in enumerate([*lines, *table["abroad"].strip().splitlines()]):
        han, _, latin = line.partition("|")
        for word in han.split():
            chinese.setdefault(word, number)
        for term in latin.split():
            english.setdefault(term, number)
    automaton = AhoCorasick(list(chinese), matchkind=MatchKind.LeftmostLongest)
    return _Things(automaton, tuple(chinese.values()), english, len(lines))


_LATIN = re.compile(r"[a-z]+(?:[.'’-][a-z]+)*")


@lru_cache(maxsize=4096)
def things_of(text: str) -> frozenset[int]:
    """The numbers of the things of the table that a text names."""
    things = _things()
    folded = fold(text)
    found = {
        things.numbers[index] for index, _, _ in things.automaton.find_matches_as_indexes(folded)
    }
    previous = ""
    for word in _LATIN.findall(folded):
        single = _singular(word)
        for term in (single, word, f"{previous}_{single}"):
            if term in things.english:
                found.add(things.english[term])
        previous = word
    return frozenset(found)


def synonyms_of(text: str) -> frozenset[int]:
    """Those of its things of which one language, too, has one word for the other."""
    return frozenset(number for number in things_of(text) if number < _things().alike)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
