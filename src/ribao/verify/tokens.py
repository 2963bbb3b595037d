"""The smallest pieces of a sentence that one can change: words, signs of Chinese, digits, marks."""

from __future__ import annotations

import re
from functools import lru_cache

from ribao.language.widths import cut, holds_han, lowered

_WORD = r"[\u3400-\u9fff]|[A-Za-z\u00c0-\u024f]+|\d+(?:[.,]\d+)*|[^\w\s]|\w"
_PIECE = re.compile(f"({_WORD})")
# A "not" that is written together with its verb is a piece of its own: is|n't, can|not.
_PIECE_OR_NOT = re.compile(rf"([A-Za-z]+(?=n['’]t\b)|n['’]t\b|[Cc]an(?=not\b)|{_WORD})")


@lru_cache(maxsize=2048)
def _pieces(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The pieces of a sentence in lower case, and where each stands: thousands for an edition."""
    pattern = _PIECE_OR_NOT if "n't" in text or "n’t" in text or "annot" in text else _PIECE
    words, starts, ends = cut(pattern, lowered(text))
    return tuple(words), tuple(zip(starts, ends, strict=True))


def words_of(text: str) -> tuple[str, ...]:
    """The smallest pieces of a sentence that one can change, in lower case."""
    return _pieces(text)[0]


def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """Where the pieces of a sentence stand, as (start, end)."""
    return _pieces(text)[1]


_FEW_LATIN = 0.25  # of the signs of a sentence, where 0.3 of its words must stand in its twin


@lru_cache(maxsize=2048)
def _kinds(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


_LATIN = re.compile(r"[a-z\u00c0-\u024f]+|\d+(?:[.,]\d+)*")


@lru_cache(maxsize=2048)
def _latin_kinds(text: str) -> frozenset[str]:
    """The pieces that a sentence without Chinese signs could share with one that has them."""
    return frozenset(_LATIN.findall(text.lower()))


def in_common(text: str, other: str) -> float:
    """How much of a sentence another has in any order: no twin of the two can share more."""
    if other.isascii() and len(text.encode("ascii", "ignore")) < _FEW_LATIN * len(text):
        return 0.0  # a Chinese sentence beside an English one: a figure or two
    mine = [word for word in words_of(text) if word[0].isalnum()]
    abroad = holds_han(other) and not holds_han(text)
    told = _latin_kinds(other) if abroad else _kinds(other)
    return sum(map(told.__contains__, mine)) / max(1, len(mine))
