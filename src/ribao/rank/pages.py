"""The places of one edition: who fills them, and who gives way for the sake of variety."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ribao.catalogue import say
from ribao.config import EditionSettings
from ribao.model import Points, Score, Story
from ribao.outcome import Drop, Reason
from ribao.rank.patterns import acts
from ribao.rank.voices import own_pages
from ribao.rank.weigh import FRONT, Occasion, originals, rescored, scaled
from ribao.rank.wording import SAME_EVENT, products, versions

VARIETY, VARIETY_POINTS = "variety", 2.0  # points per story of the same company that stands above
RELEASE_GRACE = 8.0  # points by which a release may be weaker than the last line of the page
ONCE_A_DAY = frozenset(
    ("price", "people", "safety and failure")
)  # acts that a company rarely does twice on one day


def _does_the_same(story: Story, other: Story) -> bool:
    """Whether two headlines tell a change of prices or people, or a failure, of one company."""
    ours, theirs = ({act.name for act in acts(one.headline)} for one in (story, other))
    return bool(ours & theirs & ONCE_A_DAY)


def _versions_of(story: Story) -> frozenset[str]:
    """Versions of products that the headline names, or at least half of the titles."""
    titles = [one.title for one in originals(story)]
    counts = Counter(version for title in titles for version in versions(title))
    return versions(story.headline) | {
        version for version, count in counts.items() if 2 * count >= len(titles)
    }


class Pages:
    """The places of one edition: full stories, releases and briefs, and who fills them.

    Give it stories best first.
    """

    def __init__(
        self,
        occasion: Occasion,
        edition: EditionSettings,
        scored: Sequence[Story],
        *,
        more_briefs: int = 0,
        least_release: float = -math.inf,
    ) -> None:
        self._asked = (occasion, edition, scored)
        self._beat, self._language = occasion.beat, occasion.language
        self._settings, self._wording = occasion.settings, occasion.wording
        self._room = {
            "story": edition.stories,
            "release": edition.releases,
            "brief": edition.briefs + more_briefs,
        }
        self._least_release = least_release  # points below which one is a line among others
        self._of_section = max(1, round(edition.stories * occasion.settings.section_share))
        self._placed: list[Story] = []
        self._waiting = Counter(one.section for one in scored if one.kind == "story")
        self._in_section: Counter[str] = Counter()
        self._full: Counter[str] = Counter()
        self._all: Counter[str] = Counter()
        self._large: Counter[str] = Counter()
        self._products: Counter[str] = Counter()

    def second_try(self) -> Pages | None:
        """Pages on which empty places, and those of weak releases, are lines; None if all is well.

        Only where more stories wait than there are lines: then the last line tells what is weak.
        """
        lines = [one.score.total for one in self._placed if one.kind == "brief"]
        if self._room["brief"] > 0 or not lines:
            return None
        least = min(lines) - RELEASE_GRACE
        weak = [one for one in self._placed if one.kind == "release" and one.score.total < least]
        free = self._room["story"] + self._room["release"] + len(weak)
        occasion, edition, scored = self._asked
        if not free:
            return None
        return Pages(occasion, edition, scored, more_briefs=free, least_release=least)

    def crowded(self, story: Story) -> Story:
        """Take points from a story for every story of its company that is placed already."""
        company = self._company(story)
        count = self._large[company] if company else 0  # a brief is one line and fills no page
        parts = tuple(part for part in story.score.parts if part.name != VARIETY)
        if not count:
            return story
        because = say("rank-variety", self._language, count=count, name=company)
        part = scaled(Points(VARIETY, -VARIETY_POINTS * count, because), self._settings)
        return replace(story, score=rescored(Score(parts), (part,)))

    def _company(self, story: Story) -> str:
        """Who acts in a story: the organisation at the front of its headline, or the only one."""
        places = self._beat.places(story.headline)
        alone = next(iter(places)) if len(places) == 1 else ""
        return next((one for one, place in places.items() if place <= FRONT), alone)

    def place(self, story: Story) -> Drop | None:
        """Give a story a place, or say why it gets none. Stories come best first."""
        if story.kind == "story":
            self._waiting[story.section] -= 1
        company = self._company(story)
        if company and self._all[company] >= self._settings.items_per_company:
            count = self._all[company]
            detail = say("rank-same-company", self._language, count=count, name=company)
            return Drop(story.id, Reason.SAME_COMPANY, detail)
        twin = self._twin(story)
        if twin is not None and self._is_foreign(twin) and not self._is_foreign(story):
            return self._told_at_home(story, twin)
        if twin is not None:
            detail = say("rank-twin", self._language, headline=twin.headline)
            return Drop(story.id, Reason.SAME_COMPANY, detail)
        placed = self._found_place(story, company)
        if placed is None:
            last = self._placed[-1].score.total if self._placed else 0.0
            detail = say("rank-no-room", self._language, points=story.score.total, last=last)
            return Drop(story.id, Reason.NO_ROOM, detail)
        self._placed.append(placed)
        self._room[placed.kind] -= 1
        self._all[company] += 1
        self._large[company] += placed.kind != "brief"
        self._products.update(products(story.headline))
        if placed.kind == "story":
            self._full[company] += 1
            self._in_section[placed.section] += 1
        return None

    def _twin(self, story: Story) -> Story | None:
        """Find what is placed already and reads like this story, or is about the same product."""
        ours = _versions_of(story)
        pages = own_pages(story, self._beat)
        for one in self._placed:
            if pages & own_pages(one, self._beat):
                return one
            if ours & _versions_of(one) or self._wording.likeness(story, one) >= SAME_EVENT:
                return one
            company = self._company(story)
            if company and company == self._company(one) and _does_the_same(story, one):
                return one
        limit = self._settings.items_per_product
        full = {name for name in products(story.headline) if self._products[name] >= limit}
        return next((one for one in self._placed if full & products(one.headline)), None)

    def _is_foreign(self, story: Story) -> bool:
        """Whether no report of a story is in the language of the edition."""
        return all(one.language.partition("-")[0] != self._language for one in story.documents)

    def _told_at_home(self, story: Story, twin: Story) -> Drop:
        """Give the place of a story to its twin that readers of this edition can read."""
        at = self._placed.index(twin)
        self._placed[at] = replace(story, kind=twin.kind, section=twin.section)
        detail = say("rank-twin", self._language, headline=story.headline)
        return Drop(twin.id, Reason.SAME_COMPANY, detail)

    def _found_place(self, story: Story, company: str) -> Story | None:
        weak = story.kind == "release" and story.score.total < self._least_release
        if (
            self._room.get(story.kind, 0) > 0
            and not weak
            and (story.kind != "story" or self._may_be_full(story, company))
        ):
            return story
        if self._room["brief"] > 0:
            return replace(story, kind="brief", section=self._brief_section())
        return None

    def _may_be_full(self, story: Story, company: str) -> bool:
        here = self._in_section[story.section]
        if here >= self._of_section:
            return False
        if here >= self._settings.section_minimum and self._promised() >= self._room["story"]:
            return False
        return not company or self._full[company] < self._settings.full_stories_per_company

    def _promised(self) -> int:
        """Full places that are kept for sections which have too few stories as yet."""
        least = self._settings.section_minimum
        return sum(
            min(left, max(0, least - self._in_section[section]))
            for section, left in self._waiting.items()
        )

    def _brief_section(self) -> str:
        return next(
            (one.id for one in self._beat.sections if one.kind == "brief"),
            self._beat.sections[-1].id,
        )

    def printed(self) -> tuple[Story, ...]:
        """Everything that has a place, in the order of print."""
        order = {section.id: place for place, section in enumerate(self._beat.sections)}
        return tuple(
            sorted(self._placed, key=lambda one: (order[one.section], -one.score.total, one.id))
        )
