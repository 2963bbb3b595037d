"""How alike two headlines are: shared words count by how rare they are among the headlines at hand.

A second net under the clusters. What cluster keeps apart stays two stories, but two that read alike
are not printed on one page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ribao.language.aliases import known_names
from ribao.language.names import find_names
from ribao.language.words import words
from ribao.model import SourceId, Story

SAME_EVENT = 0.5  # cosine of weighted headline words from which two stories read like one
TELLING_WORD = 2  # characters; shorter words say nothing
HEADLINES = 16_384  # of a day and of a week before, whose words are kept
HOUSEHOLD = 8  # sources that name a product on one day; more name it every day
OFTEN, OFTEN_SHARE = 8, 0.02  # headlines, and share of all, from which a word says little
SHARED_WORDS = 2  # one word in common is a subject, not an event


@dataclass(frozen=True, slots=True)
class Wording:
    """How often each word stands in the headlines of a day and of the week before."""

    counts: Counter[str]
    headlines: int
    talk: dict[str, frozenset[SourceId]]  # which sources speak of a product

    @classmethod
    def of(cls, stories: Iterable[Story], printed: Iterable[Story] = ()) -> Wording:
        """Count the words of headlines, and the sources that speak of each product today."""
        today = tuple(stories)
        headlines = [telling(story.headline) for story in (*today, *printed)]
        talk: dict[str, set[SourceId]] = {}
        for story in today:
            for document in story.documents:
                for product in products(document.title):
                    talk.setdefault(product, set()).add(document.source_id)
        counts = Counter(word for one in headlines for word in one)
        return cls(counts, len(headlines), {key: frozenset(talk[key]) for key in sorted(talk)})

    def talked_of(self, headline: str) -> tuple[str, int]:
        """Which product of a headline most sources speak of today, and how many of them do.

        Household names, which half of the sources name every day, do not count.
        """
        found = [
            (len(self.talk.get(product, ())), product)
            for product in products(headline)
            if len(self.talk.get(product, ())) <= HOUSEHOLD
        ]
        count, product = max(found, default=(0, ""))
        return product, count

    def rare(self, headline: str) -> frozenset[str]:
        """Words of a headline that few other headlines have."""
        often = max(OFTEN, self.headlines * OFTEN_SHARE)
        return frozenset(word for word in telling(headline) if self.counts[word] <= often)

    def likeness(self, one: Story, other: Story) -> float:
        """Weighted cosine of the words of two headlines, 0.0 to 1.0."""
        ours, theirs = telling(one.headline), telling(other.headline)
        shared = ours & theirs
        if len(shared) < SHARED_WORDS:
            return 0.0
        return self._square(shared) / math.sqrt(self._square(ours) * self._square(theirs))

    def _square(self, some: Iterable[str]) -> float:
        return math.fsum(
            math.log(1 + (1 + self.headlines) / (1 + self.counts[word])) ** 2 for word in some
        )


@lru_cache(HEADLINES)
def telling(headline: str) -> frozenset[str]:
    """Words of a headline that are long enough to say something."""
    return frozenset(word for word in words(headline) if len(word) >= TELLING_WORD)


@lru_cache(HEADLINES)
def products(headline: str) -> frozenset[str]:
    """Known products that a headline names, versions of one product as one."""
    return frozenset(
        name.family or name.id for name in find_names(headline) if name.kind == "product"
    )


@lru_cache(HEADLINES)
def organisations(text: str) -> frozenset[str]:
    """Find who is named in a text, by name, by a part or by a product: the owner of it all."""
    known = known_names()
    found = set()
    for name in find_names(text):
        entry = known.get(name.family or name.id)
        if entry is not None:
            found.add(entry.owner or (entry.id if entry.kind == "organisation" else ""))
    return frozenset(found - {""})


@lru_cache(HEADLINES)
def versions(headline: str) -> frozenset[str]:
    """Versions of products that a headline names: two stories of one version are one too many."""
    return frozenset(name.id for name in find_names(headline) if name.family)
