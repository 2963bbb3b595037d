"""Words of Chinese and English text, folded so that equal words compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import rjieba
from zhconv_rs import zhconv

# Latin with its accents, Greek, Cyrillic and Hangul words whole; runs of Han; runs of kana.
_LETTER = r"[a-z0-9\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\uac00-\ud7af]"
_TOKEN = re.compile(
    rf"{_LETTER}+(?:[.'’-]{_LETTER}+)*|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[\u3040-\u30ff]+"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def fold(text: str) -> str:
    """Fold width, case and traditional characters, so that spellings of one text compare equal."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return str(zhconv(plain, "zh-hans")) if _HAN.search(plain) else plain


@cache
def _segmenter() -> rjieba.Jieba:
    return rjieba.Jieba()


def segment(han: str) -> list[str]:
    """Cut a run of simplified Chinese into words; joined they are the run again."""
    return list(_segmenter().cut(han))


def tagged(han: str) -> list[tuple[str, str]]:
    """Cut a run of simplified Chinese into words, each with its sort: "nr" a person, "nz" a brand.

    The sorts are those of the ICTCLAS tag set, which the segmenter's dictionary uses.
    """
    return list(_segmenter().tag(han))


def is_word(word: str) -> bool:
    """Whether the dictionary of the segmenter has a word."""
    return bool(_segmenter().has_word(word))


def words(text: str) -> list[str]:
    """Cut a text into folded words, in order: Latin words and numbers whole, Chinese segmented."""
    found: list[str] = []
    cut = _segmenter().cut
    for token in _TOKEN.findall(fold(text)):
        if "\u3400" <= token[0] <= "\u9fff" or "\uf900" <= token[0] <= "\ufaff":
            found.extend(cut(token))
        else:
            found.append(token)
    return found


def bigrams(text: str) -> list[str]:
    """Cut a text into terms of an index, in order: Latin words whole, Chinese in pairs of signs.

    "雾港买船" gives 雾港, 港买, 买船; a sign that stands alone is a term of its own. Every
    phrase of a query that stands in the text is found by its own bigrams, however it is segmented.
    """
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        token = match.group()
        if _HAN.match(token) and len(token) > 1:
            found.extend(token[n : n + 2] for n in range(len(token) - 1))
        else:
            found.append(token)
    return found
