"""Groups documents by event: known ones where they belong, copies with their originals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ribao.cluster.likeness import explain_likeness
from ribao.cluster.tracker import Placed, Tracker
from ribao.cluster.traits import traits_of
from ribao.cluster.weights import Profile, Rarity
from ribao.config import ClusterSettings
from ribao.model import Document, DocumentId, Join, Points, StoryId, by_id


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which event each document is in, why, and the earlier story of those that had one."""

    event_of: Mapping[DocumentId, int]
    joins: Mapping[DocumentId, Join]
    story_of: Mapping[DocumentId, StoryId]


def group(
    documents: Sequence[Document],
    story_of: Mapping[DocumentId, StoryId],
    settings: ClusterSettings,
) -> Grouping:
    """Group documents, given in their one order; `story_of` says where known ones belong."""
    index = by_id(documents)
    originals = [d for d in documents if original_of(d, index) == d.id]
    profiles = profiles_of(originals)
    tracker = Tracker(threshold=settings.threshold, window_days=settings.window_days)
    event_of: dict[DocumentId, int] = {}
    joins: dict[DocumentId, Join] = {}
    opened: dict[StoryId, int] = {}
    placed_ids: list[DocumentId] = []
    for document in originals:
        story = story_of.get(document.id)
        event = None
        if story is not None:
            if story not in opened:
                opened[story] = tracker.open_event()
            event = opened[story]
        placed = tracker.add(profiles[document.id], document.published_at.timestamp(), event)
        event_of[document.id] = placed.event
        joins[document.id] = _join(document.id, placed, placed_ids, profiles)
        placed_ids.append(document.id)
    for document in documents:
        root = original_of(document, index)
        if root != document.id:
            event_of[document.id] = event_of[root]
            because = Points("copy", 1.0, document.copy_because)
            joins[document.id] = Join(document.id, root, 1.0, (because,))
    return Grouping(event_of, joins, story_of)


def original_of(document: Document, index: Mapping[DocumentId, Document]) -> DocumentId:
    """The document at the end of the chain of copies and revisions, as far as it is known."""
    seen = {document.id}
    while True:
        link = document.copy_of or document.revision_of
        if link is None or link not in index or link in seen:
            return document.id
        seen.add(link)
        document = index[link]


def profiles_of(documents: Sequence[Document]) -> dict[DocumentId, Profile]:
    """Weigh the traits of documents by how rare they are among these documents."""
    traits = {document.id: traits_of(document) for document in documents}
    rarity = Rarity()
    rarity.learn(traits.values())
    return {id_: rarity.weigh(found) for id_, found in traits.items()}


def _join(
    id_: DocumentId,
    placed: Placed,
    placed_ids: Sequence[DocumentId],
    profiles: Mapping[DocumentId, Profile],
) -> Join:
    if placed.nearest is None:
        return Join(id_, None, 1.0)
    nearest = placed_ids[placed.nearest]
    because = explain_likeness(profiles[id_], profiles[nearest])
    return Join(id_, nearest, round(min(placed.likeness, 1.0), 4), because)
