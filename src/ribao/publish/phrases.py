"""Where a Chinese headline may break: between words, never inside one.

Browsers break Chinese between any two characters, which cuts names in two in large type. With
`word-break: keep-all` and a `<wbr>` after each word they break where a sub-editor would.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba
from markupsafe import Markup, escape

from ribao.publish.sanitise import plain

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_STICKS_TO_THE_LEFT = "，。！？；：、”’」』）》】〉·…—%％,.!?;:)"
_STICKS_TO_THE_RIGHT = "“‘「『（《【〈("


@cache
def _segmenter() -> rjieba.Jieba:
    return rjieba.Jieba()


def pieces(text: str) -> list[str]:
    """A line cut where it may break: after spaces, and between Chinese words."""
    line = plain(text)
    if not _HAN.search(line):
        return re.findall(r"\S+\s*", line)
    found: list[str] = []
    for word in _segmenter().cut(line):
        if found and (word[0] in _STICKS_TO_THE_LEFT or found[-1][-1] in _STICKS_TO_THE_RIGHT):
            found[-1] += word
        else:
            found.append(word)
    return found


def phrases(text: str) -> Markup:
    """Escaped text with a `<wbr>` wherever it may break beside its spaces."""
    line = plain(text)
    return Markup("<wbr>").join(pieces(text)) if _HAN.search(line) else escape(line)
