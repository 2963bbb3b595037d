"""Names by their capitals, as the reports of one story have them: Keld, Sablewood Partners.

A word that a report writes with a capital in the middle of a sentence, and nowhere without, is a
name in this story, whoever it names. So names of one word are found, which nothing else tells, and
names that begin a sentence. Headlines in title case teach nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from ribao.language.names import is_ordinary, is_title_case
from ribao.verify.claims import NAME, Claim
from ribao.verify.readers import Person, signs

_WORD = r"[A-ZÀ-Þ][\w&]*(?:[-’'][A-ZÀ-Þa-z][\w&]*)*"
_RUN = re.compile(rf"(?<![\w'’.-])(?:{_WORD}|[a-z][A-Z]\w*)(?:[ ](?:of[ ](?:the[ ])?)?{_WORD})*")
_INSIDE = re.compile(rf"(?<=[a-z,;’'\")] )(?:{_WORD})")
_FIRST = re.compile(rf"(?:^|(?<=[.!?:] )|(?<=[“\"])){_WORD}", re.MULTILINE)
_LONG = 3  # letters
_OFTEN = 2  # times that a word begins a sentence of a report and stands nowhere in small letters
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{3,}")
_PIECE = re.compile(r"\S+")
_OWNER = re.compile(r"['’]s?$")
_SHORTEST = 3  # letters of a name of one word


def names_by_capitals(text: str, known: Container[str]) -> Iterator[Claim]:
    """Find the names of an English sentence; a first word is one where `known` has it."""
    if is_headline(text):
        return
    for match in _RUN.finditer(text):
        pieces = [(m.start() + match.start(), m.group()) for m in _PIECE.finditer(match.group())]
        first = not text[: match.start()].rstrip(" \"'“”‘’(")[-1:].strip(".:!?\n—–")
        while pieces and (
            names_nothing(pieces[0][1])
            or (first and len(pieces) == 1 and _bare(pieces[0][1]) not in known)
        ):
            pieces.pop(0)
            first = False
        while pieces and names_nothing(pieces[-1][1]):
            pieces.pop()
        if not pieces:
            continue
        start, last = pieces[0][0], pieces[-1][0] + len(_OWNER.sub("", pieces[-1][1]))
        words = text[start:last]
        if len(words) >= _SHORTEST:
            yield Claim(start, last, words, NAME, NAME, Person(start, last, words))


class KnownByCapitals:
    """The words that English texts write with a capital inside of sentences, folded.

    A text is read only when a word is asked for that no text before it has.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the texts; read none of them yet."""
        self._texts = tuple(texts)

    def __contains__(self, word: object) -> bool:
        """Tell whether one of the texts has a word as a name."""
        return any(
            word in _capitals(text) for text in self._texts if _may_name(_folded(text), str(word))
        )


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return text.casefold()


def _may_name(folded: str, word: str) -> bool:
    """Tell whether a word stands where it could be seen to be a name: inside, or more than once.

    Most words that begin a sentence stand there alone, and no text has to be read for them.
    """
    at = folded.find(word)
    if at < 0:
        return False
    before = folded[max(0, at - 3) : at].rstrip(" ")[-1:]
    return before not in _BORDERS or folded.find(word, at + 1) >= 0


_BORDERS = frozenset({"", ".", "!", "?", ":", "“", '"', "\n"})


@lru_cache(maxsize=2048)
def _capitals(text: str) -> frozenset[str]:
    lines = [line for line in text.splitlines() if not is_headline(line)]
    found = {_bare(m.group()) for line in lines for m in _INSIDE.finditer(line)}
    first = Counter(_bare(m.group()) for line in lines for m in _FIRST.finditer(line))
    found.update(word for word, times in first.items() if times >= _OFTEN)
    small = {m.group() for line in lines for m in _SMALL.finditer(line)}
    return frozenset(word for word in found if len(word) >= _SHORTEST) - small


def is_headline(text: str) -> bool:
    """Tell whether capitals say nothing of names: in title case, and no sentence that ends."""
    plain = any(len(word) > _LONG for word in _SMALL.findall(text))
    return is_title_case(text) and not (plain and text.rstrip(' "”')[-1:] == ".")


def _bare(word: str) -> str:
    return _OWNER.sub("", word).casefold()


def names_nothing(word: str) -> bool:
    """Tell whether a word with a capital names nothing by itself: a title, a month, "The"."""
    bare = _OWNER.sub("", word)
    return bare in {"of", "the"} or is_ordinary(bare) or bare in _no_names()


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    keys = ("no_english_people", "english_titles", "no_entities", "demonyms")
    words = " ".join(signs()[key] for key in keys)
    return frozenset(words.replace("\\.", "").split())
