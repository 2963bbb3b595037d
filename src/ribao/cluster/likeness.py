"""How alike two documents are. One formula, few parts, each of which can be shown to a person.

Words say that two texts are about the same; names say about whom; facts (figures and concepts of
the bilingual lexicon) say what happened. Names alone bring everything of one company together,
facts alone all launches of a day: only their product means one event.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORDS_SHARE = 0.4  # of the likeness within one language
EVENT_SHARE = 0.6  # names times matter, within one language
EVENT_SHARE_ACROSS = 0.65  # names times facts, across languages: words cannot agree
NAMES_AS_FACTS = 0.15  # rare names that all agree stand in for facts that were told otherwise
OTHER_SUBJECT = 0.4  # left where neither text knows whom the other's title is about
SAME_LINK = 0.9  # one names the other's page, or both one paper
HALF_LIFE_DAYS = 2.0


def likeness(words: Floats, names: Floats, facts: Floats, *, across: NDArray[np.bool_]) -> Floats:
    """Join the cosines of the three channels; 0.0 is nothing in common, from 0.2 on is kinship."""
    within = WORDS_SHARE * words + EVENT_SHARE * np.sqrt(names * np.maximum(facts, words))
    between = EVENT_SHARE_ACROSS * np.sqrt(names * np.maximum(facts, NAMES_AS_FACTS * names))
    found: Floats = np.where(across, between, within)
    return found


def decay(gap_days: Floats) -> Floats:
    """What is left of a likeness after a time: half after two days, a sixteenth after four."""
    left: Floats = np.exp2(-np.square(gap_days / HALF_LIFE_DAYS))
    return left
