"""Which documents are certainly one report: same page, same words, same headline on one day."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from ribao.config import DedupeSettings
from ribao.gateways.address import page_key
from ribao.language.words import fold, words
from ribao.model import Document

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NOT_LETTERS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")

Link = tuple[int, int, str]  # two places in the batch, and why these two are one report


def letters(text: str) -> str:
    """The letters and digits of a text, folded: what remains equal when a report is set anew."""
    return _NOT_LETTERS.sub("", fold(text))


def same_page(documents: Sequence[Document]) -> Iterator[Link]:
    """Documents with one address, unless it is a page of many stories (other title, other text)."""
    pages = (
        f"{page_key(document.url)}#{document.anchor}" if document.url else ""
        for document in documents
    )
    for group in _groups(pages):
        for i, j in _couples(group):
            if related_titles(documents[i].title, documents[j].title):
                yield i, j, "same address"


def same_words(documents: Sequence[Document], settings: DedupeSettings) -> Iterator[Link]:
    """Documents whose title and text have the same letters; short ones only within some days."""
    texts = (
        f"{letters(document.title)}\n{letters(document.text)}".strip("\n") for document in documents
    )
    for group in _groups(texts):
        for i, j in _couples(group):
            one, two = documents[i], documents[j]
            if one.text or (says_something(one.title) and close(one, two, settings)):
                yield i, j, "same title and text"


def same_headline(documents: Sequence[Document], settings: DedupeSettings) -> Iterator[Link]:
    """One telling headline within some hours, where at least one has no text of its own."""
    titles = (
        letters(document.title) if says_something(document.title) else "" for document in documents
    )
    for group in _groups(titles):
        for i, j in _couples(group):
            one, two = documents[i], documents[j]
            if not (one.text and two.text) and close(one, two, settings):
                yield i, j, "same headline"


def says_something(title: str) -> bool:
    """Tell a headline from a rubric ("Morning briefing", "每日早报") by its length."""
    han = len(_HAN.findall(title))
    return han >= 8 or (han >= 4 and len(words(title)) >= 5) or len(set(words(title))) >= 5


def related_titles(one: str, two: str) -> bool:
    """Tell whether two titles can be of one report: most words in common, no other number."""
    if letters(one) == letters(two):
        return True
    if numbers(one) != numbers(two):
        return False
    first, second = set(words(one)), set(words(two))
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) >= 0.5 * smaller


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text as written: versions, sums and dates that tell reports apart."""
    return frozenset(_NUMBER.findall(fold(text)))


def close(one: Document, two: Document, settings: DedupeSettings) -> bool:
    """Tell whether two documents are so near in time that one headline means one report."""
    return abs(one.published_at - two.published_at) <= timedelta(hours=settings.headline_hours)


def _groups(keys: Iterable[str]) -> Iterator[list[int]]:
    """Places of equal keys, by a digest of each: a million whole texts would not fit in memory."""
    first: dict[bytes, int] = {}
    groups: dict[int, list[int]] = {}
    for n, key in enumerate(keys):
        if key:
            digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).digest()
            seen = first.setdefault(digest, n)
            if seen != n:
                groups.setdefault(seen, [seen]).append(n)
    yield from groups.values()


def _couples(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each member with its neighbour and with the first: enough to join them all, and linear."""
    for place in range(1, len(group)):
        yield group[place - 1], group[place]
        if place > 1:
            yield group[0], group[place]
