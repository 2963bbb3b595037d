"""One text in two languages: the same numbers and the same Latin-script names, almost all of them.

Cautious on purpose. Two independent reports of one event share its chief figures, too, but not all
figures and all names; joining those is the business of cluster, which looks at meaning. Only what a
translator leaves as it is counts here: Arabic numbers, and names that keep their spelling.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from ribao.config import DedupeSettings
from ribao.dedupe.same import Link
from ribao.language.words import fold
from ribao.model import Document

LEAST_NUMBERS = 3  # two numbers coincide by chance in any pair of long texts
LEAST_NAMES = 2
SHARED = 0.75  # of all numbers of both texts, and of the names in the Chinese one
COMMON = 50  # documents with one number from which on it says nothing
LEAST_TEXT = 80  # characters of the shorter text
_NUMBER = re.compile(r"(?<![a-z0-9.])\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![a-z])[a-z][a-z0-9-]{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def translations(documents: Sequence[Document], settings: DedupeSettings) -> Iterator[Link]:
    """Pairs of a Chinese and another document that are one text."""
    marks = {n: _marks(document) for n, document in enumerate(documents) if _can_be(document)}
    having: dict[str, list[int]] = defaultdict(list)
    for n, (numbers, _) in marks.items():
        if documents[n].language != "zh":
            for number in sorted(numbers):
                having[number].append(n)
    for n, (numbers, names) in marks.items():
        if documents[n].language != "zh" or len(names) < LEAST_NAMES:
            continue
        shared = Counter(
            other
            for number in sorted(numbers)
            if len(having[number]) <= COMMON
            for other in having[number]
        )
        for other, count in sorted(shared.items()):
            if (
                count >= LEAST_NUMBERS
                and _same(marks[n], marks[other])
                and _near(documents[n], documents[other], settings)
            ):
                yield n, other, "translation: the same numbers and names"


def _can_be(document: Document) -> bool:
    return bool(document.language) and len(document.text) >= LEAST_TEXT


def _marks(document: Document) -> tuple[set[str], set[str]]:
    """The numbers (years and single digits apart) and the Latin words of a document."""
    text = fold(f"{document.title}\n{document.text}")
    numbers = {number.replace(",", "") for number in _NUMBER.findall(text)}
    told = {number for number in numbers if len(number) > 1 and not _YEAR.match(number)}
    return told, set(_NAME.findall(text))


def _same(chinese: tuple[set[str], set[str]], other: tuple[set[str], set[str]]) -> bool:
    shared, names = chinese[0] & other[0], chinese[1] & other[1]
    return len(shared) >= SHARED * len(chinese[0] | other[0]) and len(names) >= max(
        LEAST_NAMES, SHARED * len(chinese[1])
    )


def _near(one: Document, two: Document, settings: DedupeSettings) -> bool:
    apart = abs(one.published_at - two.published_at)
    return apart <= timedelta(hours=2 * settings.headline_hours)
