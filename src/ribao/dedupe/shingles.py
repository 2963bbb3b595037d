"""Texts -> sets of hashed shingles, for thousands of texts at once, in NumPy.

A token is a run of letters and digits, or one character of a script that is written without spaces.
A shingle is three tokens in a row. Width, case and traditional characters are folded by table, so
that a Taiwanese copy of a mainland report has the same shingles.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from zhconv_rs import zhconv

U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

TOKENS_PER_SHINGLE = 3
PLANE = (
    0x10000  # characters of the first plane are folded by table; those above stand for themselves
)
GAP, WORD, SIGN = 0, 1, 2  # what a character is: between words, part of a word, a word of its own
_LONGEST = 64  # letters of a token that count; longer tokens are addresses and noise
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2**64 / golden ratio: odd, well spread


@cache
def _tables() -> tuple[U32, npt.NDArray[np.uint8]]:
    """For each character of the first plane: what it folds to, and what it is."""
    characters = [chr(code) if not 0xD800 <= code < 0xE000 else " " for code in range(PLANE)]
    simple = zhconv("\n".join(characters[0x3400:0xA000]), "zh-hans").split("\n")
    characters[0x3400:0xA000] = [
        new[:1] or old for new, old in zip(simple, characters[0x3400:0xA000], strict=True)
    ]
    fold, kind = np.arange(PLANE, dtype=np.uint32), np.zeros(PLANE, dtype=np.uint8)
    for code, character in enumerate(characters):
        plain = unicodedata.normalize("NFKC", character).casefold()[:1] or " "
        fold[code] = ord(plain)
        if plain.isalnum():
            kind[code] = SIGN if _stands_alone(ord(plain)) else WORD
    return fold, kind


def _stands_alone(code: int) -> bool:
    """Han, kana, Thai, Lao, Khmer, Burmese: written without spaces between words."""
    return (
        0x3040 <= code < 0x3100
        or 0x3400 <= code < 0xA000
        or 0xF900 <= code < 0xFB00
        or 0x0E00 <= code < 0x0F00
        or 0x1000 <= code < 0x10A0
        or 0x1780 <= code < 0x1800
    )


@cache
def _powers() -> U64:
    powers = np.empty(_LONGEST, dtype=np.uint64)
    power = 1
    for n in range(_LONGEST):
        powers[n] = power
        power = power * _MULTIPLIER % 2**64
    return powers


def tokens(texts: Sequence[str]) -> tuple[U64, I64]:
    """Hash the tokens of many texts.

    Returns:
        the hashes of all tokens in order, and for each text where its tokens begin; one entry more
        than there are texts.
    """
    fold, kind_of = _tables()
    joined = "\0".join(texts) + "\0"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    low = np.minimum(codes, PLANE - 1)
    kind = kind_of[low]
    kind[codes >= 0x20000] = SIGN  # the later planes of Han; emoji lie below
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    kind[ends - 1] = GAP
    places = np.flatnonzero(kind)
    if not len(places):
        return np.zeros(0, np.uint64), np.zeros(len(texts) + 1, np.int64)
    begins = (kind[places] == SIGN) | (kind[places - 1] != WORD)
    begins[0] = True
    starts = np.flatnonzero(begins)
    lengths = np.diff(np.append(starts, len(places)))
    position = np.arange(len(places)) - np.repeat(starts, lengths)
    folded = np.where(codes[places] < PLANE, fold[low[places]], codes[places]).astype(np.uint64)
    folded *= _powers()[np.minimum(position, _LONGEST - 1)]
    hashes = mixed(np.add.reduceat(folded, starts))
    offsets = np.searchsorted(places[starts], np.append(0, ends))
    return hashes, offsets.astype(np.int64)


def shingles(texts: Sequence[str]) -> tuple[U32, I64]:
    """Hash the shingles of many texts; a text of fewer tokens than a shingle is one shingle.

    Returns:
        the hashes, each once and ascending within a text, and where each text's hashes begin.
    """
    hashes, offsets = tokens(texts)
    counts = np.diff(offsets)
    sizes = np.where(counts >= TOKENS_PER_SHINGLE, counts - TOKENS_PER_SHINGLE + 1, counts > 0)
    text_of = np.repeat(np.arange(len(texts)), sizes)
    begins = np.cumsum(sizes) - sizes
    first = np.repeat(offsets[:-1] - begins, sizes) + np.arange(len(text_of))
    last = np.repeat(offsets[1:], sizes) - 1
    value = np.zeros(len(first), np.uint64)
    for n in range(TOKENS_PER_SHINGLE):
        inside = first + n <= last
        value = value * np.uint64(_MULTIPLIER) + np.where(
            inside, hashes[np.minimum(first + n, len(hashes) - 1)] if len(hashes) else 0, 0
        ).astype(np.uint64)
    short = (mixed(value) >> np.uint64(32)).astype(np.uint64)
    keyed = np.unique((text_of.astype(np.uint64) << np.uint64(32)) | short)
    bounds = np.searchsorted(keyed, np.arange(len(texts) + 1, dtype=np.uint64) << np.uint64(32))
    return (keyed & np.uint64(0xFFFFFFFF)).astype(np.uint32), bounds.astype(np.int64)


def mixed(values: U64) -> U64:
    """Spread 64-bit values evenly (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
