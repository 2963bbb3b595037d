"""Chinese names in Latin letters: Lingchuan may be 凌川, Yu Chengzhi 余承志.

Tones are not written and many signs share a syllable, so this only asks whether a given name may be
one that stands in a Chinese text; it makes no Chinese name of a Latin one.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

FILE = "pinyin.toml"
_LONGEST_SYLLABLE = 6  # letters: zhuang
_MOST_READINGS = 8  # ways to cut a word into syllables; xian is 先 and 西安
_APOSTROPHES = re.compile("['’ʼ-]")


@lru_cache(maxsize=4096)
def signs_for(word: str) -> str:
    """A pattern of the Chinese signs that a Latin word may spell; "" where it is no pinyin."""
    readings = _cut(_APOSTROPHES.sub("", word.casefold()).replace("ü", "v"))
    return "|".join("".join(f"[{_syllables()[it]}]" for it in reading) for reading in readings)


def syllables_in(word: str) -> int:
    """How many syllables of pinyin a Latin word has at least; 0 where it is none."""
    readings = _cut(_APOSTROPHES.sub("", word.casefold()).replace("ü", "v"))
    return min(map(len, readings), default=0)


@lru_cache(maxsize=4096)
def _cut(word: str) -> tuple[tuple[str, ...], ...]:
    """All ways to cut a word into syllables, up to a limit."""
    if not word.isascii() or not word.isalpha() or len(word) > 4 * _LONGEST_SYLLABLE:
        return ()
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            syllable = word[start:end]
            if syllable in _syllables():
                ways[end] += [(*way, syllable) for way in ways[start]]
        del ways[end][_MOST_READINGS:]
    return tuple(ways[-1])


@cache
def _syllables() -> dict[str, str]:
    """The signs of each syllable, without tones."""
    raw = (resources.files(__package__) / FILE).read_text(encoding="utf-8")
    return {str(key): str(signs) for key, signs in tomllib.loads(raw).items()}
