"""Which documents of many speak of the same thing as a story or a line of a newsletter.

Only the words that the newsletter has are looked up, in an inverted index over all documents, so
that a letter is held against the reports of a whole day in milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest

import numpy as np

from ribao.model import Document
from ribao.verify.ranking import Index
from ribao.verify.topics import head_topics, topics_of

MOST = 8  # documents that are found for one story or line
LEAST_HEAD = 0.2  # of a story's topics must stand in a document's title and first lines
LEAST_LINE = 0.25  # of the weight of a line's topics must stand in a document
_COMMON = 0.05  # of the documents have a topic: it tells little where others are rarer
_ENOUGH = 4  # topics of a line by which its reports are told
_FEWEST = 2  # topics that a document shares with a line, or one that is a name


class Retrieval:
    """The documents of one check, in the order in which they are handed over."""

    def __init__(self, documents: Sequence[Document], wanted: frozenset[str]) -> None:
        """Prepare to look for any topics of `wanted`, which are those of the whole newsletter."""
        self._documents = documents
        self._wanted = wanted

    @cached_property
    def _heads(self) -> Index:
        return Index([head_topics(one) for one in self._documents], self._wanted)

    @cached_property
    def _texts(self) -> Index:
        """Of the whole texts: a line may be drawn from any place of a report."""
        return Index([topics_of(f"{d.title}\n{d.text}") for d in self._documents], self._wanted)

    def of_story(self, wanted: frozenset[str]) -> tuple[Document, ...]:
        """The documents whose title and first lines are most alike, see `topics.likeness`."""
        alike = self._heads.alike(wanted)
        near = np.flatnonzero(alike >= LEAST_HEAD)
        best = near[np.argsort(-alike[near], kind="stable")[:MOST]]
        return tuple(self._documents[number] for number in best)

    def of_line(
        self, wanted: frozenset[str], language: str, least: float = LEAST_LINE
    ) -> tuple[Document, ...]:
        """The documents that have `least` of the weight of the topics of a line, the most first.

        Rare topics weigh most, see `Index.weight`.
        A number alone tells nothing. In a report of another language only names and numbers can
        be found again, so it counts for as much as half of a report of the same language.
        """
        index = self._texts
        topics = self._telling(wanted)
        whole = sum(weight for _, weight in topics)
        foreign = 2 * sum(w for topic, w in topics if _is_common(topic, language)) or whole
        scores: dict[int, float] = {}
        counts: Counter[int] = Counter()
        worded: set[int] = set()  # that share more than numbers
        for topic, weight in topics:
            having = index.having.get(topic, ())
            counts.update(having if topic[0] != "@" else [*having, *having])
            if not topic[0].isdigit():
                worded.update(having)
            for number in having:
                scores[number] = scores.get(number, 0.0) + weight
        ranked = (
            (-score / (whole if self._documents[number].language == language else foreign), number)
            for number, score in scores.items()
            if number in worded and counts[number] >= _FEWEST
        )
        best = nsmallest(MOST, (pair for pair in ranked if -pair[0] >= least))
        return tuple(self._documents[number] for _, number in best)

    def _telling(self, wanted: frozenset[str]) -> list[tuple[str, float]]:
        """The topics of a line with their weights, the rarest first; without those that are common.

        Of a line of common words alone all are kept.
        """
        index, most = self._texts, len(self._documents) * _COMMON
        weights = sorted((-index.weight(topic), topic) for topic in wanted)
        rare = sum(len(index.having.get(topic, ())) <= most for topic in wanted)
        return [(topic, -weight) for weight, topic in weights[: max(rare, _ENOUGH)]]


def _is_common(topic: str, language: str) -> bool:
    """Tell whether a topic of a line is written alike in both languages.

    That are known names, numbers, and in Chinese whatever is in Latin letters.
    """
    return topic[0] == "@" or topic[0].isdigit() or (language == "zh" and topic.isascii())
