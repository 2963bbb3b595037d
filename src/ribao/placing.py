"""The noun Placing: where earlier days and editors put the reports that a day meets again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ribao.model import DocumentId, EditionId, StoryId


@dataclass(frozen=True, slots=True)
class Bundle:
    """The reports of one story, as an editor chose them."""

    story_id: StoryId
    document_ids: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor made of the stories of one edition: no two of its bundles are one story."""

    edition_id: EditionId
    bundles: tuple[Bundle, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """Where reports stood last, and what editors decided, the newest decision first."""

    latest: Mapping[DocumentId, tuple[StoryId, ...]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    refused: frozenset[tuple[str, str]] = frozenset()  # Chinese and Latin names that are not one
