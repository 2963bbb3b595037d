"""Lines that are not of the article, in the text that an extractor found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ribao.extract.pattern_tables import read_patterns
from ribao.language.words import fold

HEAD_LINES = 4  # a byline, a date and the like stand within the first lines
TAIL_LINES = 14  # longer tails of link lists and notices are rare
NOTICE_CHARS = 420  # a longer line tells something, whatever its first words
_LETTERS = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[.!?。！？…][\"”’」』）)\]]*(?:[（(][^（）()]{1,24}[）)])?$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    anywhere: re.Pattern[str]
    tail: re.Pattern[str]
    head: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    return _Patterns(*read_patterns("boilerplate.toml", "anywhere", "tail", "head"))


def without_boilerplate(
    lines: Sequence[str], titles: Sequence[str], link_lines: frozenset[str] = frozenset()
) -> list[str]:
    """Drop the lines that are not of the article.

    Args:
        lines: the paragraphs of the text, in order.
        titles: what the page calls itself; a line that repeats it is no sentence of the article.
        link_lines: folded lines that are links and nothing else on the page; they are dropped where
            they form the tail of the text.
    """
    patterns = _patterns()
    kept = [
        line
        for line in lines
        if not _matches(patterns.anywhere, line) and not _is_bare_link(line, link_lines)
    ]
    kept = _without_head(kept, patterns.head, {letters(title) for title in titles if title})
    return _without_tail(kept, patterns.tail, link_lines)


def _is_bare_link(line: str, link_lines: frozenset[str]) -> bool:
    """Tell a list item that is one link and no sentence: a pointer to another page."""
    return line.startswith("- ") and not _SENTENCE.search(line) and letters(line) in link_lines


def _without_head(lines: list[str], pattern: re.Pattern[str], titles: set[str]) -> list[str]:
    head, rest = lines[:HEAD_LINES], lines[HEAD_LINES:]
    while head:
        own = letters(head[0])
        if own and own not in titles and not _matches(pattern, head[0]):
            break
        head = head[1:]
    return [line for line in head if letters(line) not in titles] + rest


def _without_tail(
    lines: list[str], pattern: re.Pattern[str], link_lines: frozenset[str]
) -> list[str]:
    """Cut from the end as long as lines are notices or bare links; look past one odd line."""
    end, skipped = len(lines), False
    for place in range(len(lines) - 1, max(0, len(lines) - TAIL_LINES), -1):
        line = lines[place]
        if _matches(pattern, line) or letters(line) in link_lines or not letters(line):
            end = place
        elif skipped or _SENTENCE.search(line) or len(line) > 100:
            break
        else:
            skipped = True
    return lines[:end]


def _matches(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= NOTICE_CHARS and bool(pattern.match(line.strip(" \t-–—•*·[(【")))


def letters(text: str) -> str:
    """The letters and digits of a line, folded, for comparing."""
    return _LETTERS.sub("", fold(text))
