"""Where a Chinese headline may break: between words, never inside one.

Browsers break Chinese between any two characters, which cuts names in two in large type. With
`word-break: keep-all` and a `<wbr>` after each word they break where a sub-editor would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import rjieba
from markupsafe import Markup, escape

from ribao.publish.sanitise import plain

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_HYPHENED = re.compile(  # a name with a number in it, not "state-of-the-art"
    r"(?<![\w-])(?=[\w.-]{3,20}(?![\w.-]))(?=[A-Za-z.-]{0,19}\d)"
    r"[A-Za-z0-9][\w.]*(?:-[A-Za-z0-9.]+)+(?![\w-])",
    re.ASCII,
)
_WHOLE = Markup('<span class="whole">{}</span>')
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
    for word in _words(line):
        if found and (word[0] in _STICKS_TO_THE_LEFT or found[-1][-1] in _STICKS_TO_THE_RIGHT):
            found[-1] += word
        else:
            found.append(word)
    return found


def _words(line: str) -> Iterator[str]:
    """The words of a line; a name with hyphens (GPT-9-Mini) is one."""
    at = 0
    for name in _HYPHENED.finditer(line):
        yield from _segmenter().cut(line[at : name.start()])
        yield name.group()
        at = name.end()
    yield from _segmenter().cut(line[at:])


def phrases(text: str) -> Markup:
    """Escaped text with a `<wbr>` wherever it may break beside its spaces."""
    line = plain(text)
    return (
        Markup("<wbr>").join(map(_kept_whole, pieces(line)))
        if _HAN.search(line)
        else (_kept_whole(line))
    )


def _kept_whole(piece: str) -> Markup:
    """A piece in which no name breaks at its hyphens, unless it is as long as a line."""
    kept = Markup()
    at = 0
    for name in _HYPHENED.finditer(piece):
        kept += escape(piece[at : name.start()]) + _WHOLE.format(name.group())
        at = name.end()
    return kept + escape(piece[at:])
