"""How alike two documents are. One formula, few parts, each of which can be shown to a person.

Words say that two texts are about the same; names say about whom; facts (figures and concepts of
the bilingual lexicon) say what happened. Names alone bring everything of one company together,
facts alone all launches of a day: only their product means one event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ribao.cluster.grain import Grain

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

NAMES_AS_FACTS = 0.3  # rare names that all agree stand in for facts that were told otherwise
NO_FACTS = 0.7  # of the words count for what happened where no fact is shared: names are words, too
NAMELESS = 0.7  # of the words stand in for names where one of two texts has none
OTHER_SUBJECT = 0.3  # left where neither text knows whom the other's title is about
SIBLING = 0.5  # left where the titles are about two products of one family
SAME_LINK = 0.9  # one names the other's page, or both one paper
HALF_LIFE_DAYS = 2.0


@dataclass(frozen=True, slots=True)
class Meaning:
    """How the cosine of an embedder's vectors counts: what is left above the floor, shared out."""

    share: float
    floor: float

    def of(self, cosines: Floats) -> Floats:
        """What likenesses of vectors say of facts in common."""
        left: Floats = (cosines - np.float32(self.floor)) / np.float32(1.0 - self.floor)
        return np.float32(self.share) * np.clip(left, 0.0, 1.0)


def likeness(
    words: Floats,
    names: Floats,
    facts: Floats,
    *,
    across: Bools,
    nameless: Bools,
    grain: Grain,
    meaning: Floats | None = None,
) -> Floats:
    """Join the cosines of the three channels; 0.0 is nothing in common, from 0.2 on is kinship.

    Where there is an embedder, a like `meaning` stands in for facts that were told otherwise; whom
    a text is about it cannot say.
    """
    facts = facts if meaning is None else np.maximum(facts, meaning)
    whom = np.where(nameless, NAMELESS * words, names)
    told = np.where(facts > 0.0, words, NO_FACTS * words)
    event = np.sqrt(whom * np.maximum(facts, told))
    within = grain.words_share * words + grain.event_share * event
    between = grain.across_share * np.sqrt(names * np.maximum(facts, NAMES_AS_FACTS * names**3))
    found: Floats = np.where(across, between, within)
    return found


def siblings(many: NDArray[np.int32], one: tuple[int, int, int]) -> Bools:
    """Where products are another member of the family of `one`.

    Each is a family, a generation and a full name (-1 where there is no more to it than the
    generation): gemini 3 flash is no gemini 2 and no gemini 3 pro, but it may be gemini 3.
    """
    family, generation, name = one
    other_name = (many[:, 2] != name) & (many[:, 2] >= 0) & (name >= 0)
    found: Bools = (many[:, 0] == family) & ((many[:, 1] != generation) | other_name)
    return found & (family >= 0)  # who has no family has no siblings


def decay(gap_days: Floats) -> Floats:
    """What is left of a likeness after a time: half after two days, a sixteenth after four."""
    left: Floats = np.exp2(-np.square(gap_days / HALF_LIFE_DAYS))
    return left
