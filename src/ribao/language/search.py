"""The words under which a text is found: of Chinese every two neighbours, of the rest every word.

Chinese has no spaces, and a dictionary that cuts the text in one way and the question in another
finds nothing. Two neighbouring characters need no dictionary; a question of several characters is
a row of such pairs. The last character of a row stands alone once more, so that a question of one
character is the beginning of some word. Traditional characters and full-width letters are folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ribao.language.words import fold

_RUNS = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+|[^\W_]+")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_TERMS = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
MAX_TERMS = 12  # of one question


def index_words(text: str) -> str:
    """The words of a text, in their order, with spaces between them."""
    return " ".join(_words(fold(text), closing=True))


def question(text: str) -> tuple[tuple[str, ...], ...]:
    """A question as rows of words: every row must be found, its words one after the other.

    What stands in quotation marks is one row. A row that is one Chinese character is the beginning
    of a word; it ends with `*`.
    """
    rows = []
    for match in _TERMS.finditer(text.replace("”", '"').replace("“", '"')):
        term = fold(next(part for part in match.groups() if part is not None))
        words = tuple(_words(term, closing=False))
        if words:
            rows.append(words)
    return tuple(rows[:MAX_TERMS])


def _words(text: str, *, closing: bool) -> Iterator[str]:
    for match in _RUNS.finditer(text):
        run = match.group()
        if not _HAN.match(run):
            yield from _mixed(run, closing=closing)
            continue
        yield from _pairs(run, closing=closing)


def _mixed(run: str, *, closing: bool) -> Iterator[str]:
    """A run of letters may hold Han characters behind its first one, as in `gpt模型`."""
    for part in re.findall(rf"{_HAN.pattern}+|[^{_HAN.pattern[1:-1]}]+", run):
        if _HAN.match(part):
            yield from _pairs(part, closing=closing)
        else:
            yield _stem(part)


def _pairs(run: str, *, closing: bool) -> Iterator[str]:
    for at in range(len(run) - 1):
        yield run[at : at + 2]
    if closing:
        yield run[-1]
    elif len(run) == 1:
        yield f"{run}*"


def _stem(word: str) -> str:
    """The singular of an English plural, roughly: alike in text and question is enough."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
