"""What Chinese and English sentences have in common beside names and figures: a few concepts.

Across languages the words of a sentence cannot be laid beside those of a passage. Two tables help:
grave news must be borne out by a passage in either language, and everyday words tie a sentence to
the passage that it tells.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources


@cache
def _tables() -> dict[str, tuple[re.Pattern[str], ...]]:
    file = resources.files("ribao.write.phrasing") / "words.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: tuple(map(_pattern, table[name].strip().splitlines())) for name in ("grave", "shared")
    }


def _pattern(line: str) -> re.Pattern[str]:
    """One concept: its Chinese words anywhere, its English ones where a word begins."""
    chinese, english = line.split(" | ")
    words = "|".join(map(re.escape, chinese.split()))
    beginnings = "|".join(map(re.escape, english.split()))
    return re.compile(rf"{words}|\b(?:{beginnings})", re.IGNORECASE)


def ungrounded(text: str, passages: Sequence[str]) -> str:
    """The first grave word of a Chinese sentence that no passage bears out; "" where there is none.

    English beginnings are wide on purpose, so that a passage is understood in many wordings; in an
    English sentence they would find more than is meant, and its words are compared anyway.
    """
    there = "\n".join(passages)
    for concept in _tables()["grave"]:
        found = next((one for one in concept.finditer(text) if not one.group().isascii()), None)
        if found is not None and not concept.search(there):
            return found.group()
    return ""


def in_common(text: str, passages: Sequence[str]) -> int:
    """How many everyday concepts a sentence and passages share."""
    there = "\n".join(passages)
    tables = _tables()
    return sum(
        bool(concept.search(text) and concept.search(there))
        for concept in (*tables["shared"], *tables["grave"])
    )
