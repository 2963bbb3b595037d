"""Groups documents by event: known ones where they belong, copies with their originals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ribao.cluster.explain import Evidence, grain_of, outlet_of
from ribao.cluster.index import Neighbour
from ribao.cluster.tracker import Tracker
from ribao.config import ClusterSettings
from ribao.language.aliases_learned import LearnedAlias
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
    aliases: Sequence[LearnedAlias] = (),
) -> Grouping:
    """Group documents, given in their one order; `story_of` says where known ones belong."""
    index = by_id(documents)
    roots = {document.id: original_of(document, index) for document in documents}
    originals = [document for document in documents if roots[document.id] == document.id]
    grain = grain_of(settings)
    evidence = Evidence(originals, grain, aliases)
    tracker = Tracker(grain, window_days=math.inf)
    opened: dict[StoryId, int] = {}
    neighbours: list[list[Neighbour]] = []
    for document in originals:
        story = story_of.get(document.id)
        if story is not None and story not in opened:
            opened[story] = tracker.events.open()
        event = opened[story] if story is not None else None
        at = document.published_at.timestamp()
        links = evidence.links(document.id)
        profile, outlet = evidence.profile(document.id), outlet_of(document)
        neighbours.append(tracker.add(profile, at, links, event, outlet=outlet))
    tracker.settle()
    events = [tracker.event_of(number) for number in range(len(originals))]
    joins = _joins(originals, events, neighbours, evidence)
    event_of = {document.id: event for document, event in zip(originals, events, strict=True)}
    for document in documents:
        root = roots[document.id]
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


def _joins(
    originals: Sequence[Document],
    events: Sequence[int],
    neighbours: Sequence[Sequence[Neighbour]],
    evidence: Evidence,
) -> dict[DocumentId, Join]:
    """The nearest member of its own event for every document, and what the two share.

    A likeness is found by the later of two documents; the earlier one learns of it here.
    """
    best: list[Neighbour | None] = [None] * len(originals)
    begun: set[int] = set()
    for number, found in enumerate(neighbours):
        for near in found:
            if events[near.number] != events[number]:
                continue
            for one, two in ((number, near.number), (near.number, number)):
                known = best[one]
                if known is None or near.likeness > known.likeness:
                    best[one] = Neighbour(two, near.likeness)
    joins: dict[DocumentId, Join] = {}
    for number, document in enumerate(originals):
        nearest = best[number]
        if nearest is None or events[number] not in begun:
            joins[document.id] = Join(document.id, None, 1.0)
        else:
            other = originals[nearest.number].id
            because = evidence.shared(document.id, other)
            similarity = round(min(nearest.likeness, 1.0), 4)
            joins[document.id] = Join(document.id, other, similarity, because)
        begun.add(events[number])
    return joins
