"""cluster: documents -> stories. One event is one story, across outlets, languages and days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from ribao.cluster.explain import explain_join, explain_pair
from ribao.cluster.grouping import Grouping, group
from ribao.cluster.stories import in_order, make_story
from ribao.config import ClusterSettings
from ribao.language.aliases_learned import LearnedAlias, learn_aliases, merged
from ribao.model import Document, DocumentId, Story, StoryId, by_id
from ribao.outcome import Outcome

__all__ = ["cluster", "explain_join", "explain_pair", "names_in"]


def cluster(
    documents: Sequence[Document],
    earlier: Sequence[Story],
    settings: ClusterSettings,
    *,
    printed: frozenset[StoryId] = frozenset(),
    aliases: Sequence[LearnedAlias] = (),
) -> Outcome[Story]:
    """Put every document into exactly one story.

    `earlier` are the stories of the days before: a document that belongs to one of them keeps its
    story, and the story its id; where an edition carried it (`printed`) the story `continues` it.
    Copies and revisions go where their original goes. A story holds the earlier documents of its
    event too; stories without any of `documents` are not returned. `aliases` are names that were
    learned on days before; what today's documents teach is added. Order changes nothing.
    """
    known = _still_open(documents, earlier, settings)
    everything = by_id([doc for story in known for doc in story.documents]) | by_id(documents)
    names = merged(aliases, names_in(everything.values()))
    grouping = group(in_order(everything.values()), _story_of(known), settings, names)
    wanted = {document.id for document in documents}
    by_story = {story.id: story for story in known}
    stories = [
        _story(members, grouping, by_story, printed)
        for members in _members(grouping, everything)
        if any(document.id in wanted for document in members)
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


def _story_of(known: Sequence[Story]) -> dict[DocumentId, StoryId]:
    """The story that each earlier document belongs to; the first one that holds it."""
    found: dict[DocumentId, StoryId] = {}
    for story in known:
        for document in story.documents:
            found.setdefault(document.id, story.id)
    return found


def _members(grouping: Grouping, everything: Mapping[DocumentId, Document]) -> list[list[Document]]:
    members: defaultdict[int, list[Document]] = defaultdict(list)
    for id_, event in grouping.event_of.items():
        members[event].append(everything[id_])
    return [members[event] for event in sorted(members)]


def _story(
    members: list[Document],
    grouping: Grouping,
    by_story: Mapping[StoryId, Story],
    printed: frozenset[StoryId],
) -> Story:
    """One group as a story: of earlier stories in it a printed one, else the oldest, goes on."""
    found = {grouping.story_of[d.id] for d in members if d.id in grouping.story_of}
    ids = sorted(found, key=lambda id_: (id_ not in printed, by_story[id_].first_seen_at, id_))
    joins = [grouping.joins[document.id] for document in in_order(members)]
    earlier = by_story[ids[0]] if ids else None
    return make_story(members, joins, earlier=earlier, printed=bool(ids) and ids[0] in printed)
