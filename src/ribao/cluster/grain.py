"""How coarse stories are: the constants of likeness and of joining, in two measured settings.

`event`: one launch, one ruling, one filing. `topic`: all that is said of a matter for days, as in
an archive of headlines.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grain:
    """One setting; docs/concepts/stories.md says what each constant does and how it was found."""

    threshold: float  # strength from which two events are one
    words_share: float  # of the likeness within one language: the same words
    event_share: float  # within one language: the same names with the same facts or words
    across_share: float  # the same in two languages, where words cannot agree
    top_share: float  # of the strength: the three strongest ties; the rest is the average
    counted: int  # members of an event that count in the average; larger ones are no vaguer
    step_share: float  # of the strength, where one outlet tells of both more than a day apart
    postings: int  # newest documents of a term that are looked at
    neighbours: int  # most alike documents that are kept of a document
    faintest: float  # likeness below which two documents have nothing to do with each other
    damping: float  # power of the rarity of a term: 0.5 is its square root
    own_pace: bool  # time counts between events, by the pace of each, not between documents
    corrected: bool  # whether late evidence moves documents and parts events
    settle_every: int  # documents of a batch between two joinings; 0: once, when all are there


EVENT = Grain(
    threshold=0.22,
    words_share=0.4,
    event_share=0.6,
    across_share=0.65,
    top_share=0.5,
    counted=24,
    step_share=0.5,
    postings=64,
    neighbours=48,
    faintest=0.04,
    damping=1.0,
    own_pace=False,
    corrected=True,
    settle_every=0,
)
TOPIC = Grain(
    threshold=0.012,
    words_share=1.0,
    event_share=0.0,
    across_share=0.65,
    top_share=0.0,
    counted=5_000,
    step_share=1.0,
    postings=600,
    neighbours=1_000,
    faintest=0.01,
    damping=0.5,
    own_pace=True,
    corrected=False,
    settle_every=50,
)
GRAINS = {"event": EVENT, "topic": TOPIC}
