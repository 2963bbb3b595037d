"""Names by their capitals, as the reports of one story have them: Keld, Sablewood Partners.

A word that a report writes with a capital in the middle of a sentence, and nowhere without, is a
name in this story, whoever it names. So names of one word are found, which nothing else tells, and
names that begin a sentence. Headlines in title case teach nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from ribao.language.names import is_ordinary, is_title_case
from ribao.language.widths import lowered
from ribao.verify.claims import NAME, Claim
from ribao.verify.readers import Person, signs

_WORD = r"[A-ZÀ-Þ][\w&]*(?:[-’'][A-ZÀ-Þa-z][\w&]*)*"
_RUN = re.compile(rf"(?<![\w'’.-])(?:{_WORD}|[a-z][A-Z]\w*)(?:[ ](?:of[ ](?:the[ ])?)?{_WORD})*")
_INSIDE = re.compile(r"[a-z,;’'\")] \Z")  # the two signs before a word that begins no sentence
_FIRST = re.compile(r"(?:[.!?:] |[“\"\n]|\A)\Z")
_WORD_ENDS = re.compile(r"(?:['’]s?)?(?![\w&]|[-’'][A-Za-z])")
_LONG = 3  # letters
_OFTEN = 2  # times that a word begins a sentence of a report and stands nowhere in small letters
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{3,}")
_PIECE = re.compile(r"\S+")
_OWNER = re.compile(r"['’]s?$")
_SHORTEST = 3  # letters of a name of one word
_BEHIND = 40  # characters before a word that tell whether it is the first


def names_by_capitals(text: str, known: Container[str]) -> Iterator[Claim]:
    """Find the names of an English sentence; a first word is one where `known` has it."""
    if is_headline(text):
        return
    for match in _RUN.finditer(text):
        pieces = [(m.start() + match.start(), m.group()) for m in _PIECE.finditer(match.group())]
        before = text[max(0, match.start() - _BEHIND) : match.start()]
        first = not before.rstrip(" \"'“”‘’(")[-1:].strip(".:!?\n—–")
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

    Nothing is read before a word is asked for, and then only where it stands.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the texts."""
        self._texts = tuple(texts)

    def __contains__(self, word: object) -> bool:
        """Tell whether one of the texts has a word as a name."""
        return any(_names(text, str(word)) for text in self._texts)


@lru_cache(maxsize=4096)
def _names(text: str, word: str) -> bool:
    """Tell whether a text has a word as a name, and nowhere in small letters."""
    if len(word) < _SHORTEST:
        return False
    inside, first = False, 0
    folded = _folded(text)
    at = folded.find(word)
    while at >= 0:
        if _is_word(text, at, at + len(word)):
            if text[at].islower():
                return False
            before = text[max(0, at - 2) : at]
            if _INSIDE.search(before):
                inside = inside or not is_headline(_line(text, at))
            elif _FIRST.search(before) and not is_headline(_line(text, at)):
                first += 1
        at = folded.find(word, at + 1)
    return inside or first >= _OFTEN


_folded = lru_cache(maxsize=256)(lowered)


def _is_word(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is a whole word, or one with the mark of an owner."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "_-’'"):
        return False
    return _WORD_ENDS.match(text, end) is not None


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def is_headline(text: str) -> bool:
    """Tell whether capitals say nothing of names: in title case, and no sentence that ends."""
    if not is_title_case(text):
        return False
    ends = text.rstrip(' "”')[-1:] == "."
    return not (ends and any(len(word) > _LONG for word in _SMALL.findall(text)))


def _bare(word: str) -> str:
    return _OWNER.sub("", word).casefold()


@lru_cache(maxsize=4096)
def names_nothing(word: str) -> bool:
    """Tell whether a word with a capital names nothing by itself: a title, a month, "The"."""
    bare = _OWNER.sub("", word)
    return bare in {"of", "the"} or is_ordinary(bare) or bare in _no_names()


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    keys = ("no_english_people", "english_titles", "no_entities", "demonyms")
    words = " ".join(signs()[key] for key in keys)
    return frozenset(words.replace("\\.", "").split())
