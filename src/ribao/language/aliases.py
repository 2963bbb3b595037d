"""The bilingual table of names: what `aliases.toml` knows, loaded once and searched fast.

All spellings are looked for in folded text (width, case, simplified) with one Aho-Corasick
automaton; offsets are those of the original text, since folding is done character by character.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ahocorasick_rs import AhoCorasick
from zhconv_rs import zhconv

from ribao.language.scripts import detect_language

FILE = "aliases.toml"


@dataclass(frozen=True, slots=True)
class Known:
    """One entry of the table: how it is called in English and in Chinese, and whose it is."""

    id: str
    kind: str  # organisation, person, product or place
    en: str
    zh: str
    owner: str  # id of the organisation that it belongs to, or ""
    spellings: tuple[str, ...]
    exact: tuple[str, ...]  # of these, the ones that count in exactly this case only


class _Folding(dict[int, str]):
    """Folds one character at a time, so that offsets can be kept; `str.translate` fills it."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).casefold()
        folded = str(zhconv(plain, "zh-hans")) if code > 0x2E7F else plain
        self[code] = folded or " "
        return self[code]


_FOLDING = _Folding()


def fold_by_character(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold a text and say where each folded character stands in it.

    The offsets are empty where both texts run in step (nearly always); otherwise they have one
    entry more than the folded text has characters.
    """
    if text.isascii():
        return text.lower(), ()
    folded = text.translate(_FOLDING)
    if len(folded) == len(text):
        return folded, ()
    offsets = [at for at, char in enumerate(text) for _ in _FOLDING[ord(char)]]
    return folded, (*offsets, len(text))


@cache
def known_names() -> dict[str, Known]:
    """Every entry of the table, by id."""
    raw = (resources.files(__package__) / FILE).read_text(encoding="utf-8")
    found: dict[str, Known] = {}
    for kind, entries in tomllib.loads(raw).items():
        for id_, line in entries.items():
            found[id_] = _parse(id_, kind, line)
    return found


def _parse(id_: str, kind: str, line: str) -> Known:
    names, exact, owner, latin_in_chinese = [], [], "", False
    for part in line.split(" | "):
        if part.startswith("@"):
            owner = part[1:]
            continue
        latin_in_chinese = latin_in_chinese or part.startswith("!")
        name = part.lstrip("!=")
        names.append(name)
        if "=" in part[:2]:
            exact.append(name)
    latin = [name for name in names if detect_language(name) != "zh"]
    han = [name for name in names if detect_language(name) == "zh"]
    en = (latin or names)[0]
    zh = en if latin_in_chinese else (han or names)[0]
    return Known(id_, kind, en, zh, owner, tuple(names), tuple(exact))


@dataclass(frozen=True, slots=True)
class _Pattern:
    folded: str
    id: str
    exact: str  # the spelling that the original must have, or ""


@cache
def _table() -> tuple[AhoCorasick, tuple[_Pattern, ...]]:
    patterns: dict[str, _Pattern] = {}
    for entry in known_names().values():
        for name in entry.spellings:
            folded = name.translate(_FOLDING)
            exact = name if name in entry.exact else ""
            patterns.setdefault(folded, _Pattern(folded, entry.id, exact))
    ordered = tuple(patterns.values())
    return AhoCorasick([pattern.folded for pattern in ordered]), ordered


def match_aliases(text: str) -> list[tuple[int, int, str]]:
    """Every known name of a text as (start, end, id), leftmost and longest first choice.

    A Latin name counts only between word borders ("Meta" is not in "metadata").
    """
    folded, offsets = fold_by_character(text)
    automaton, patterns = _table()
    candidates = []
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        if not is_bounded(folded, start, end):
            continue
        first, last = (offsets[start], offsets[end]) if offsets else (start, end)
        pattern = patterns[index]
        if pattern.exact and not _is_exactly(text[first:last], pattern.exact):
            continue
        candidates.append((first, last, pattern.id))
    candidates.sort(key=lambda found: (found[0], -found[1]))
    chosen: list[tuple[int, int, str]] = []
    for found in candidates:
        if not chosen or found[0] >= chosen[-1][1]:
            chosen.append(found)
    return chosen


def _is_exactly(surface: str, exact: str) -> bool:
    if not surface.isascii():
        surface = unicodedata.normalize("NFKC", surface)
    return surface in (exact, exact.upper())


def is_bounded(folded: str, start: int, end: int) -> bool:
    """Whether a name stands free: "Meta" does not in "metadata", and does in 用Meta的."""
    return _is_start(folded, start) and _is_end(folded, end)


def _is_start(text: str, at: int) -> bool:
    """Whether a Latin word can start here; Chinese runs on without borders."""
    return at == 0 or not (_is_word(text[at - 1]) and _is_word(text[at]))


def _is_end(text: str, at: int) -> bool:
    """Whether a Latin word can end here; a number may follow without a border ("Qwen3")."""
    if at == len(text) or not (_is_word(text[at - 1]) and _is_word(text[at])):
        return True
    return text[at].isdecimal() and not text[at - 1].isdecimal()


def _is_word(char: str) -> bool:
    return char.isalnum() and ord(char) < 0x2E80
