"""Groups documents by event: known ones where they belong, copies with their originals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ribao.cluster.explain import Aids, Evidence, grain_of, outlet_of
from ribao.cluster.index import Neighbour
from ribao.cluster.tracker import Tracker
from ribao.config import ClusterSettings
from ribao.model import Document, DocumentId, Join, Points, StoryId, by_id


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the documents from earlier days, and what may not be changed."""

    story_of: Mapping[DocumentId, StoryId]
    pinned: frozenset[DocumentId] = frozenset()  # by which readers know a printed story
    decisions: Sequence[Sequence[Sequence[DocumentId]]] = ()  # of each edition its bundles


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which event each document is in, why, and which event each earlier story became."""

    event_of: Mapping[DocumentId, int]
    joins: Mapping[DocumentId, Join]
    home_of: Mapping[StoryId, int]


def group(
    documents: Sequence[Document],
    before: Before,
    settings: ClusterSettings,
    aids: Aids,
) -> Grouping:
    """Group documents, given in their one order."""
    index = by_id(documents)
    roots = {document.id: original_of(document, index) for document in documents}
    originals = [document for document in documents if roots[document.id] == document.id]
    evidence = Evidence(originals, grain_of(settings), aids)
    tracker = Tracker(grain_of(settings), window_days=math.inf, meaning=aids.meaning)
    neighbours = _fed(tracker, originals, before, evidence)
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
    return Grouping(event_of, joins, _homes(originals, event_of, before))


def _fed(
    tracker: Tracker, originals: Sequence[Document], before: Before, evidence: Evidence
) -> list[list[Neighbour]]:
    """Give the tracker all documents; return what each of them is like.

    What is known of earlier days and of editors stands before anything is joined.
    """
    opened: dict[StoryId, int] = {}
    neighbours: list[list[Neighbour]] = []
    places = [n for n, document in enumerate(originals) if document.id in before.story_of]
    known = max(places, default=-1)
    every = tracker.events.grain.settle_every
    for number, document in enumerate(originals):
        story = before.story_of.get(document.id)
        if story is not None and story not in opened:
            opened[story] = tracker.events.open()
        event = opened[story] if story is not None else None
        at = document.published_at.timestamp()
        links = evidence.links(document.id)
        profile, outlet = evidence.profile(document.id), outlet_of(document)
        neighbours.append(tracker.add(profile, at, links, event, outlet=outlet))
        if number == known:
            _obey(tracker, originals, before)
        if every and number > known and (number + 1) % every == 0:
            tracker.settle()
    return neighbours


def _obey(tracker: Tracker, originals: Sequence[Document], before: Before) -> None:
    """Tell the tracker what may not be changed."""
    number_of = {document.id: number for number, document in enumerate(originals)}
    tracker.pin(number_of[id_] for id_ in before.pinned if id_ in number_of)
    for decision in before.decisions:
        bundles = [[number_of[id_] for id_ in one if id_ in number_of] for one in decision]
        tracker.decide([bundle for bundle in bundles if bundle])  # copies follow their originals


def _homes(
    originals: Sequence[Document], event_of: Mapping[DocumentId, int], before: Before
) -> dict[StoryId, int]:
    """The event that each earlier story became.

    Where its reports were parted: the one with the report that it was printed by, else the one with
    most of them, else the one with the oldest.
    """
    shares: dict[StoryId, dict[int, int]] = {}
    for document in originals:
        story = before.story_of.get(document.id)
        if story is not None:
            share = shares.setdefault(story, {})
            event = event_of[document.id]
            pinned = len(originals) if document.id in before.pinned else 0
            share[event] = share.get(event, 0) + 1 + pinned
    return {story: max(share, key=lambda event: share[event]) for story, share in shares.items()}


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
