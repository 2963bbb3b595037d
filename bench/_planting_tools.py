"""What planters are made of: their lists of words, and the exchange of one thing for another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random

from bench._wrong_numbers import other_number

Planter = Callable[[str, Random], str]

WORDS: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("_planting.toml").read_text(encoding="utf-8")
)


def read_words(key: str) -> list[str]:
    """The words of one list."""
    return WORDS[key].replace("\n", "|").strip("|").split("|")


def read_pairs(key: str) -> tuple[tuple[str, str], ...]:
    """The pairs of one list of words: what stands there, and what is put for it."""
    rows = (line.split(">") for line in WORDS[key].splitlines() if ">" in line)
    return tuple((old, new) for old, new in rows)


def language_of(text: str) -> str:
    """Chinese where there is any Chinese to speak of."""
    return "zh" if len(re.findall(r"[\u4e00-\u9fff]", text)) >= 4 else "en"


def swap(pattern: re.Pattern[str], group: int = 0) -> Planter:
    """Change the number in one match of a pattern."""

    def plant(text: str, random: Random) -> str:
        matches = [m for m in pattern.finditer(text) if any(m.groups() or (m.group(),))]
        if not matches:
            return ""
        match = random.choice(matches)
        at = group or match.lastindex or 0
        at = (
            next((i for i in range(1, (match.lastindex or 0) + 1) if match[i]), 0)
            if not group
            else at
        )
        start = match.start(at)
        number = re.match(r"\d[\d,]*(?:\.\d+)?", text[start:])
        if number is None:
            return ""
        words = number.group().rstrip(",")
        new = other_number(words, random)
        return text[:start] + new + text[start + len(words) :] if new else ""

    return plant


def pairs(key: str) -> Planter:
    """Put one phrase of a list for another, once, at a word border."""
    found: dict[str, list[str]] = {}
    for old, new in read_pairs(key):
        found.setdefault(old, []).append(new)
    longest = sorted(found, key=len, reverse=True)
    pattern = re.compile("|".join(_bordered(old) for old in longest))

    def plant(text: str, random: Random) -> str:
        matches = list(pattern.finditer(text))
        if not matches:
            return ""
        match = random.choice(matches)
        old = match.group()
        new = random.choice(found[old] if old in found else found[old[:1].lower() + old[1:]])
        if old[:1].isupper() and old not in found:
            new = new[:1].upper() + new[1:]
        changed = text[: match.start()] + new + text[match.end() :]
        return "" if "不不" in changed else changed

    return plant


def _bordered(words: str) -> str:
    """A pattern of words that are no part of longer ones; the first letter may be a capital."""
    before = r"\b" if words[0].isascii() and words[0].isalpha() else ""
    after = r"\b" if words[-1].isascii() and words[-1].isalpha() else ""
    first = f"[{words[0]}{words[0].upper()}]" if before else re.escape(words[0])
    return before + first + re.escape(words[1:]) + after
