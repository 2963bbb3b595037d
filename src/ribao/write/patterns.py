"""The patterns of `patterns.toml`, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Patterns:
    """The words and the compiled patterns, one for each key of the file."""

    stop_words: frozenset[str]
    boilerplate: re.Pattern[str]
    dateline: re.Pattern[str]
    leaning: re.Pattern[str]
    bait: re.Pattern[str]
    selling: tuple[re.Pattern[str], ...]
    outlet_tail: tuple[re.Pattern[str], ...]


@cache
def patterns() -> Patterns:
    """Read and compile the patterns that ship with ribao."""
    file = resources.files("ribao.write") / "patterns.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Patterns(
        stop_words=frozenset(table["stop_words"].split()),
        boilerplate=_any(table["boilerplate"]),
        dateline=_any(table["dateline"], 0),
        leaning=_any(table["leaning"]),
        bait=_any(table["bait"]),
        selling=tuple(re.compile(one, re.IGNORECASE) for one in table["selling"]),
        outlet_tail=tuple(re.compile(one) for one in table["outlet_tail"]),
    )


def _any(alternatives: list[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), flags)
