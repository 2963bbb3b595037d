"""From groups to stories: which id a group goes on under, and what became of those it left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ribao.cluster.correction import FEWEST
from ribao.cluster.grouping import Grouping
from ribao.cluster.stories import in_order, make_story
from ribao.model import Document, DocumentId, Join, Points, Story, StoryId, content_id


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes the stories of a day of its groups, knowing the stories of the days before."""

    earlier: Mapping[StoryId, Story]
    printed: frozenset[StoryId]
    story_of: Mapping[DocumentId, StoryId]  # where each known document stood
    grouping: Grouping

    def story(self, event: int, members: Sequence[Document]) -> Story:
        """One group as a story: of earlier stories in it a printed one, else the oldest, goes on.

        A group of reports that left an earlier story, which goes on elsewhere, is a story of its
        own with `split_from`.
        """
        ids = self._ids(event)
        left = Counter(
            story
            for one in members
            if (story := self.story_of.get(one.id)) is not None
            and self.grouping.home_of.get(story, event) != event
        )
        joins = [self._join(one) for one in in_order(members)]
        if ids:
            earlier = self.earlier.get(ids[0])
            printed = ids[0] in self.printed
            return make_story(members, joins, id_=ids[0], earlier=earlier, printed=printed)
        origin = min(left, key=lambda story: (-left[story], story), default=None)
        if origin is None or left[origin] < FEWEST:
            return make_story(members, joins)
        oldest = in_order(members)[0].id
        cut = StoryId(content_id("split", origin, oldest))
        because = (
            f"{left[origin]} of its reports stood in that story; with what is known now they and "
            "the others there are two events"
        )
        return replace(
            make_story(members, joins, id_=cut), split_from=origin, split_because=because
        )

    def is_new_part(self, story: Story) -> bool:
        """Whether a story was parted from another one just now, and must be remembered."""
        return story.split_from is not None and story.id not in self.earlier

    def _ids(self, event: int) -> list[StoryId]:
        """The earlier stories that this group is, the one whose id it keeps first."""
        found = [story for story, home in self.grouping.home_of.items() if home == event]
        return sorted(found, key=self._standing)

    def _standing(self, story: StoryId) -> tuple[bool, bool, float, StoryId]:
        known = self.earlier.get(story)
        first = known.first_seen_at.timestamp() if known else 0.0
        return story not in self.printed, known is None, first, story

    def _join(self, document: Document) -> Join:
        """Why a document is in its story, and which other one it left for it."""
        join = self.grouping.joins[document.id]
        before = self.story_of.get(document.id)
        event = self.grouping.event_of[document.id]
        if before is None or self.grouping.home_of.get(before, event) == event:
            return join
        note = Points("moved", 0.0, f"stood in story {before} before")
        return replace(join, because=(*join.because, note))
