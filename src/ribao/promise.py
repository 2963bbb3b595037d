"""The noun Promise: one dated announcement, with the passage that made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ribao.model import Citation, StoryId


@dataclass(frozen=True, slots=True)
class Promise:
    """One dated announcement. It falls due between `first` and `last`, both inclusive."""

    id: str
    story_id: StoryId
    text: str  # the sentence, word for word
    first: date
    last: date
    bound: str  # by, before, after, since, until or ""
    made_at: datetime
    citation: Citation
