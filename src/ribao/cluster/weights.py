"""How much each trait weighs: rare ones bind (SchedMD), common ones do not (OpenAI).

Terms are numbers: a hash into a table of four million places, so that what is remembered of a
million documents stays small. Two terms on one place only make both look a little commoner.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ribao.cluster.traits import Traits

Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]

PLACES = 1 << 22
# A handful of documents cannot tell rare from common: weigh as if there were a few hundred.
FEWEST_DOCUMENTS = 400
# Vectors shorter than this are not stretched to length 1, so that a headline of two words does not
# bind by one of them. Unit: tf-idf mass; about the tenth percentile of documents with a lead.
FLOORS = {"words": 30.0, "names": 12.0, "facts": 14.0}
# Strongest terms that are kept of a document.
WIDTHS = {"words": 96, "names": 16, "facts": 24}
NO_VERSION = (-1, -1, -1)
RAREST = 8.0  # rarity that damping leaves as it is: of a term that stands once
# Character pairs and word pairs repeat what their words say already.
WORD_PAIR_SHARE, CHARACTER_PAIR_SHARE = 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one channel: places in the table, and term frequencies damped and shared out."""

    places: Numbers
    weights: Floats


@dataclass(frozen=True, slots=True)
class Encoded:
    """Traits as numbers, before rarity is known."""

    language: str
    channels: Mapping[str, Terms]
    title_names: Numbers
    version: tuple[int, int, int] = NO_VERSION  # of the title: family, generation, full name


@dataclass(frozen=True, slots=True)
class Profile:
    """One document, weighed; each vector has length 1 or less, its strongest term first."""

    language: str
    channels: Mapping[str, Terms]
    subject: int  # the rarest name of the title, -1 where it has none
    version: tuple[int, int, int] = NO_VERSION
    vector: Floats | None = None  # of length 1, where an embedder made one


def place_of(term: str) -> int:
    """The place of a term in the table."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) & (PLACES - 1)


def encode(traits: Traits) -> Encoded:
    """Turn the traits of a document into numbers."""
    channels = {
        "words": _terms(traits.words),
        "names": _terms(traits.names),
        "facts": _terms(traits.facts),
    }
    title = np.array([place_of(name) for name in traits.title_names], dtype=np.int32)
    family, generation, name = (place_of(part) if part else -1 for part in traits.version)
    language = traits.language.partition("-")[0]
    return Encoded(language, channels, title, (family, generation, name))


def share_of(term: str) -> float:
    """How much a term counts beside the others of its channel."""
    if term[0] == "~":
        return CHARACTER_PAIR_SHARE
    return WORD_PAIR_SHARE if "_" in term else 1.0


def _terms(frequencies: Mapping[str, float]) -> Terms:
    places = np.array([place_of(term) for term in frequencies], dtype=np.int32)
    counts = np.array(list(frequencies.values()), dtype=np.float32)
    shares = np.array([share_of(term) for term in frequencies], dtype=np.float32)
    damped = np.float32(1.0) + np.log(np.maximum(counts, np.float32(1.0)))
    return Terms(places, (damped * shares).astype(np.float32))


class Rarity:
    """Counts in how many documents each term stands, and weighs terms by it (IDF).

    `damping` is the power of it that counts: 0.5 binds less by what stands once or twice.
    """

    def __init__(self, damping: float = 1.0) -> None:
        self.documents = 0
        self._damping = damping
        self._counts = np.zeros(PLACES, dtype=np.float32)

    def learn(self, many: Iterable[Encoded]) -> None:
        """Count the terms of further documents."""
        for encoded in many:
            self.documents += 1
            for terms in encoded.channels.values():
                self._counts[terms.places] += 1.0

    def of(self, places: Numbers) -> Floats:
        """The rarity of terms: 0.0 for what stands everywhere, about 8 for what stands once."""
        total = np.log(max(self.documents, FEWEST_DOCUMENTS) + 1.0)
        counts: Floats = self._counts[places]
        found: Floats = np.maximum(total - np.log(counts + 0.5), 0.0).astype(np.float32)
        if self._damping != 1.0:
            found = (RAREST * (found / RAREST) ** self._damping).astype(np.float32)
        return found

    def weigh(self, encoded: Encoded) -> Profile:
        """Weigh one document by what was learned so far."""
        channels = {
            name: self._scaled(terms, FLOORS[name], WIDTHS[name])
            for name, terms in encoded.channels.items()
        }
        subject = -1
        if len(encoded.title_names):
            subject = int(encoded.title_names[np.argmax(self.of(encoded.title_names))])
        return Profile(encoded.language, channels, subject, encoded.version)

    def _scaled(self, terms: Terms, floor: float, width: int) -> Terms:
        weights = terms.weights * self.of(terms.places)
        length = max(float(np.sqrt(weights @ weights)), floor)
        order = np.argsort(-weights, kind="stable")[:width]
        order = order[weights[order] > 0.0]
        return Terms(terms.places[order], weights[order] / np.float32(length))
