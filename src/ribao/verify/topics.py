"""What a sentence is about: its words and names, so that it can be laid beside the right one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ribao.language.names import known_in
from ribao.language.widths import holds_han
from ribao.language.words import words
from ribao.model import Document
from ribao.verify.readers import signs


@cache
def _empty() -> frozenset[str]:
    """Words that stand in any sentence and say nothing of its subject."""
    return frozenset(signs()["empty"].split())


@lru_cache(maxsize=20_000)
def topics_of(text: str) -> frozenset[str]:
    """The folded words of a sentence without the empty ones, and `@id` for each name it knows.

    The names make sentences of two languages comparable: 英伟达 and NVIDIA are `@nvidia`.
    """
    empty = _empty()
    found = {word for word in words(text) if word not in empty}
    found.update(f"@{identity}" for _, _, identity in known_in(text))
    return frozenset(found)


_HEAD = 600  # characters of a document that say what it is about


def head_topics(document: Document) -> frozenset[str]:
    """The topics of the title and the first lines of a document."""
    return topics_of(f"{document.title}\n{document.text[:_HEAD]}")


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of the smaller set stands in the other: 0.0 to 1.0, and 0.0 where one is empty."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|s|ly|er|ions?)$")
_ENDS = ("ing", "ed", "s", "ly", "er", "ion")  # with one of these every such ending ends


def stems_of(topics: frozenset[str]) -> frozenset[str]:
    """The words without the commonest English endings, so that "launched" is "launches"."""
    return frozenset([_stem(word) if word.endswith(_ENDS) else word for word in topics])


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return _ENDING.sub("", word)


_FAR = {"zh": 12, "en": 40}  # characters on both sides of a figure that say what it measures


_CLAUSE = re.compile(r"[，。；：！？;!?]|,(?!\d)|[.:]\s")


def reach_in(text: str) -> int:
    """How many characters on each side of a figure or a word say what it is of."""
    return _FAR["zh" if holds_han(text) else "en"]


def around(text: str, start: int, end: int, *, clause: bool = False) -> frozenset[str]:
    """The topics beside a span of a sentence, numbers left out: what a figure there measures.

    With `clause` no further than to the next comma on each side.
    """
    far = reach_in(text)
    before, after = text[max(0, start - far) : start], text[end : end + far]
    if clause:
        before = _CLAUSE.split(before)[-1]
        after = _CLAUSE.split(after, maxsplit=1)[0]
    beside = topics_of(before) | topics_of(after)
    return frozenset(word for word in beside if not word[0].isdigit())
