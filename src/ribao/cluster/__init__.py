"""cluster: documents -> stories. One event is one story, across outlets, languages and days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from ribao.cluster.explain import Aids, explain_join, explain_pair, meaning_of
from ribao.cluster.grouping import Before, Grouping, group
from ribao.cluster.stories import in_order
from ribao.cluster.telling import Teller
from ribao.cluster.versions import current_versions, up_to_date
from ribao.config import ClusterSettings
from ribao.language.aliases_learned import LearnedAlias, learn_aliases, merged
from ribao.model import Document, DocumentId, Story, StoryId, by_id
from ribao.outcome import Outcome
from ribao.placing import Placing

__all__ = ["Aids", "cluster", "explain_join", "explain_pair", "meaning_of", "names_in"]


def cluster(
    documents: Sequence[Document],
    earlier: Sequence[Story],
    settings: ClusterSettings,
    *,
    printed: frozenset[StoryId] = frozenset(),
    placing: Placing | None = None,
    aliases: Sequence[LearnedAlias] = (),
    vectors: Mapping[DocumentId, NDArray[np.float32]] | None = None,
) -> Outcome[Story]:
    """Put every document into exactly one story.

    `earlier` are the stories of the days before: a document that belongs to one of them keeps its
    story, and the story its id; where an edition carried it (`printed`) the story `continues` it.
    Where new documents show that an earlier story holds two events, it is parted: the new story
    has `split_from`. `placing` says where documents stood last and what editors decided, which is
    never undone. Copies and revisions go where their original goes. A story holds the earlier
    documents of its event too; stories without any of `documents` are not returned, unless they
    were parted just now. `aliases` are names that were learned on days before; what today's
    documents teach is added, but for the pairs that an editor refused. `vectors` are those of an
    embedder, where there is one. Order changes nothing.
    """
    now = current_versions(documents)
    known = _still_open(documents, [up_to_date(story, now) for story in earlier], settings)
    everything = by_id([doc for story in known for doc in story.documents]) | by_id(documents)
    placing = placing or Placing()
    taught = names_in(everything.values())
    names = merged(aliases, [one for one in taught if (one.han, one.latin) not in placing.refused])
    before = _before(known, printed, placing, everything, now)
    aids = Aids(names, vectors or {}, meaning_of(settings) if vectors else None)
    grouping = group(in_order(everything.values()), before, settings, aids)
    wanted = {document.id for document in documents}
    teller = Teller({story.id: story for story in known}, printed, before.story_of, grouping)
    told = [teller.story(event, members) for event, members in _members(grouping, everything)]
    stories = [
        story
        for story in told
        if any(document.id in wanted for document in story.documents) or teller.is_new_part(story)
    ]
    return Outcome(tuple(sorted(stories, key=lambda story: (story.first_seen_at, story.id))))


def names_in(documents: Iterable[Document]) -> tuple[LearnedAlias, ...]:
    """What documents teach of names: which Chinese and which Latin one are one."""
    return learn_aliases((one.url, f"{one.title}\n{one.text}") for one in documents)


def _still_open(
    documents: Sequence[Document], earlier: Sequence[Story], settings: ClusterSettings
) -> list[Story]:
    """The earlier stories that may go on: not silent for too long, or with a document of today."""
    if not documents:
        return []
    ids = {document.id for document in documents}
    silent_since = min(document.published_at for document in documents) - timedelta(
        days=settings.window_days
    )
    found = [
        story
        for story in earlier
        if story.last_seen_at >= silent_since or any(d.id in ids for d in story.documents)
    ]
    return sorted(found, key=lambda story: (story.first_seen_at, story.id))


def _before(
    known: Sequence[Story],
    printed: frozenset[StoryId],
    placing: Placing,
    everything: Mapping[DocumentId, Document],
    now: Mapping[DocumentId, Document],
) -> Before:
    """Where each document belongs by the last word on it: an editor's, else the latest day's.

    What was said of an earlier version of a document holds for the one of today.
    """
    latest = {(now[id_].id if id_ in now else id_): ids for id_, ids in placing.latest.items()}
    decided: dict[DocumentId, StoryId] = {}
    decisions: list[list[list[DocumentId]]] = []
    for decision in placing.decisions:
        bundles = []
        for bundle in decision.bundles:
            ids = {now[one].id if one in now else one for one in bundle.document_ids}
            ids = {one for one in ids if one in everything and one not in decided}
            bundles.append(sorted(ids))
            decided.update((id_, bundle.story_id) for id_ in ids)
        decisions.append([bundle for bundle in bundles if bundle])
    story_of = dict(decided)
    pinned: set[DocumentId] = set()
    for story in known:
        for document in story.documents:
            if story.id in latest.get(document.id, (story.id,)):
                story_of.setdefault(document.id, story.id)
        if story.id in printed and story_of.get(story.lead.id) == story.id:
            pinned.add(story.lead.id)
    return Before(story_of, frozenset(pinned), decisions)


def _members(
    grouping: Grouping, everything: Mapping[DocumentId, Document]
) -> list[tuple[int, list[Document]]]:
    members: defaultdict[int, list[Document]] = defaultdict(list)
    for id_, event in grouping.event_of.items():
        members[event].append(everything[id_])
    return sorted(members.items())
