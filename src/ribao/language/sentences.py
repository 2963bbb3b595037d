"""Sentences of Chinese and English text, as spans of the text they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(
    r"""[。！？!?…]+[”’」』）)"']*        # an end mark with its closing quotes
      | (?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b(?:[Ii]nc))\.(?=[”"')\]]*\s+[“"'(\[A-Z\u4e00-\u9fff])[”"')\]]*
      | \n+""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `text == whole[start:end]`."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> tuple[Span, ...]:
    """Cut a text into sentences; every character but white space is in exactly one of them."""
    spans, start = [], 0
    for match in _END.finditer(text):
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return tuple(_trimmed(text, start, end) for start, end in spans if text[start:end].strip())


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right, piece[left:right])
