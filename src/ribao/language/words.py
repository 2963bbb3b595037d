"""Words of Chinese and English text, folded so that equal words compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import rjieba
from zhconv_rs import zhconv

_TOKEN = re.compile(r"[a-z0-9]+(?:[.'’-][a-z0-9]+)*|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def fold(text: str) -> str:
    """Fold width, case and traditional characters, so that spellings of one text compare equal."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return str(zhconv(plain, "zh-hans")) if _HAN.search(plain) else plain


@cache
def _segmenter() -> rjieba.Jieba:
    return rjieba.Jieba()


def segment(han: str) -> list[str]:
    """Cut a run of simplified Chinese into words; joined they are the run again."""
    return list(_segmenter().cut(han))


def is_word(word: str) -> bool:
    """Whether the dictionary of the segmenter has a word."""
    return bool(_segmenter().has_word(word))


def words(text: str) -> list[str]:
    """Cut a text into folded words, in order: Latin words and numbers whole, Chinese segmented."""
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        token = match.group()
        if _HAN.match(token):
            found.extend(_segmenter().cut(token))
        else:
            found.append(token)
    return found
