"""How much each trait weighs: rare ones bind (SchedMD), common ones do not (OpenAI)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ribao.cluster.traits import Traits

# Lengths under these are treated as these: a headline of two words must not bind by one of them.
# Unit: tf-idf mass; about the tenth percentile of documents that have a lead.
WORDS_FLOOR = 30.0
PIVOTS_FLOOR = 18.0
# A handful of documents cannot tell rare from common: weigh as if there were a day's news.
FEWEST_DOCUMENTS = 400
# Character pairs and word pairs repeat what their words say already.
PAIR_SHARE = 0.7
CHARACTERS_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Profile:
    """The traits of one document, weighed; both vectors have length 1 or less."""

    language: str
    words: Mapping[str, float]
    pivots: Mapping[str, float]
    links: frozenset[str]


class Rarity:
    """Counts in how many documents a trait stands, and weighs traits by it (IDF)."""

    def __init__(self) -> None:
        self.documents = 0
        self._words: Counter[str] = Counter()
        self._pivots: Counter[str] = Counter()

    def learn(self, many: Iterable[Traits]) -> None:
        """Count the traits of further documents."""
        for traits in many:
            self.documents += 1
            self._words.update(traits.words.keys())
            self._pivots.update(traits.pivots.keys())

    def weigh(self, traits: Traits) -> Profile:
        """Weigh one document by what was learned so far."""
        total = math.log(max(self.documents, FEWEST_DOCUMENTS) + 1.0)
        words = {
            term: (1.0 + math.log(tf)) * (total - math.log(self._words[term] + 0.5)) * _share(term)
            for term, tf in traits.words.items()
        }
        pivots = {
            term: (1.0 + math.log(max(tf, 1.0))) * (total - math.log(self._pivots[term] + 0.5))
            for term, tf in traits.pivots.items()
        }
        return Profile(
            traits.language.partition("-")[0],
            _scaled(words, WORDS_FLOOR),
            _scaled(pivots, PIVOTS_FLOOR),
            traits.links,
        )


def _share(term: str) -> float:
    if term[0] == "~":
        return CHARACTERS_SHARE
    return PAIR_SHARE if "_" in term else 1.0


def _scaled(vector: dict[str, float], floor: float) -> dict[str, float]:
    positive = {term: weight for term, weight in vector.items() if weight > 0.0}
    length = max(math.sqrt(sum(weight * weight for weight in positive.values())), floor)
    return {term: weight / length for term, weight in positive.items()}


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The sum of the products of the weights that two vectors share."""
    if len(a) > len(b):
        a, b = b, a
    return sum(weight * b[term] for term, weight in a.items() if term in b)
