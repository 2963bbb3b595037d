"""From all stories of a day to the ones that are printed, in the order of print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from ribao.beat import Beat, Relevance
from ribao.catalogue import say
from ribao.config import EditionSettings, RankSettings
from ribao.model import Drop, Failure, Outcome, Points, Reason, Score, Story
from ribao.plugins.kinds import Ranker
from ribao.rank.memory import Earlier, earlier
from ribao.rank.patterns import acts
from ribao.rank.place import section_of
from ribao.rank.weigh import (
    FRONT,
    NOVELTY,
    Occasion,
    relevance_of,
    rescored,
    scaled,
    speaking_of,
    weigh,
)
from ribao.rank.wording import SAME_EVENT, Wording, products, versions

VARIETY, VARIETY_POINTS = "variety", 2.0  # points per story of the same company that stands above
ONCE_A_DAY = frozenset(("price", "people"))  # acts that a company rarely does twice on one day


def rank(
    stories: Sequence[Story],
    beat: Beat,
    settings: RankSettings,
    *,
    edition: EditionSettings,
    now: datetime,
    history: Sequence[Story] = (),
    rankers: Sequence[Ranker] = (),
) -> Outcome[Story]:
    """Choose the stories of an edition.

    `now` is the moment at which the edition closes, `history` what was printed in the last seven
    days (as stories with their documents), `rankers` are further reasons from plugins. Kept stories
    come in the order of print, with score, section and kind; every other one is dropped with its
    reason. A plugin that raises costs its points and is reported under `failed`.
    """
    wording = Wording.of(stories, history)
    occasion = Occasion(beat, settings, edition.language, now, wording, tuple(history))
    scored: list[Story] = []
    dropped: list[Drop] = []
    failed: list[Failure] = []
    for story in sorted(stories, key=lambda one: one.id):
        result = _candidate(story, occasion, edition)
        if isinstance(result, Drop):
            dropped.append(result)
            continue
        result = _with_plugins(result, rankers, occasion, failed)
        if result.score.total < settings.minimum_score:
            detail = say(
                "rank-low-score",
                edition.language,
                points=result.score.total,
                wanted=settings.minimum_score,
            )
            dropped.append(Drop(story.id, Reason.LOW_SCORE, detail))
        else:
            scored.append(result)
    kept, left_out = _fill(scored, occasion, edition)
    return Outcome(kept, (*dropped, *left_out), tuple(failed))


def _candidate(story: Story, occasion: Occasion, edition: EditionSettings) -> Story | Drop:
    language = occasion.language
    age = occasion.now - max(document.published_at for document in story.documents)
    if age > timedelta(hours=edition.window_hours):
        hours = age.total_seconds() / 3600
        detail = say("rank-too-old", language, hours=hours, window=edition.window_hours)
        return Drop(story.id, Reason.TOO_OLD, detail)
    relevance = relevance_of(story, occasion.beat)
    if relevance.points < occasion.beat.threshold:
        return Drop(story.id, Reason.OFF_TOPIC, _off_topic(relevance, occasion))
    before = earlier(story, occasion.printed, occasion.wording)
    repeat = before and _repeat(story, before, occasion)
    if repeat:
        return repeat
    witnesses = replace(story, documents=speaking_of(story, occasion))
    score = rescored(weigh(witnesses, relevance, occasion), (_novelty(before, occasion),))
    section = section_of(witnesses, occasion.beat)
    return replace(
        story,
        score=score,
        section=section.id,
        kind=section.kind,
        continues=before.story.id if before else story.continues,
        new_document_ids=tuple(one.id for one in before.documents)
        if before
        else story.new_document_ids,
    )


def _off_topic(relevance: Relevance, occasion: Occasion) -> str:
    language = occasion.language
    if relevance.noise:
        noise, words = ", ".join(relevance.noise), ", ".join(relevance.off)
        return say("rank-off-topic-noise", language, noise=noise, words=words)
    return say(
        "rank-off-topic",
        language,
        points=relevance.points,
        wanted=occasion.beat.threshold,
        words=", ".join(relevance.on) or say("rank-no-words", language),
    )


def _repeat(story: Story, before: Earlier, occasion: Occasion) -> Drop | None:
    headline = before.story.headline
    if not before.documents:
        detail = say("rank-already-printed", occasion.language, headline=headline)
        return Drop(story.id, Reason.ALREADY_PRINTED, detail)
    if len(before.facts) < occasion.settings.new_facts:
        detail = say("rank-nothing-new", occasion.language, headline=headline)
        return Drop(story.id, Reason.NOTHING_NEW, detail)
    return None


def _novelty(before: Earlier | None, occasion: Occasion) -> Points:
    if before is None:
        because = say("rank-novelty", occasion.language)
        return scaled(Points("novelty", NOVELTY, because), occasion.settings)
    facts = ", ".join(before.facts[:6])
    because = say("rank-update", occasion.language, facts=facts)
    return scaled(Points("update", -2 * NOVELTY, because), occasion.settings)


def _with_plugins(
    story: Story, rankers: Sequence[Ranker], occasion: Occasion, failed: list[Failure]
) -> Story:
    for ranker in rankers:
        try:
            parts = [scaled(part, occasion.settings) for part in ranker.points(story)]
        except Exception as error:  # noqa: BLE001  # a plugin may raise anything; it costs its points
            what = say("rank-plugin", occasion.language, name=ranker.name)
            failed.append(Failure(story.id, f"{what}: '{story.id}': {error}"))
            continue
        story = replace(story, score=rescored(story.score, parts))
    return story


def _fill(
    scored: Sequence[Story], occasion: Occasion, edition: EditionSettings
) -> tuple[tuple[Story, ...], tuple[Drop, ...]]:
    """Give out the places, best story first; what finds none is dropped with its reason."""
    pages = _Pages(occasion, edition, scored)
    dropped: list[Drop] = []
    waiting = [(-story.score.total, story.id, story) for story in scored]
    heapify(waiting)
    while waiting:
        story = heappop(waiting)[2]
        crowded = pages.crowded(story)
        if crowded.score.total < story.score.total:
            heappush(waiting, (-crowded.score.total, crowded.id, crowded))
            continue
        drop = pages.place(crowded)
        if drop is not None:
            dropped.append(drop)
    return pages.printed(), tuple(dropped)


def _does_the_same(story: Story, other: Story) -> bool:
    """Whether two headlines tell a change of prices, or of people, of one company."""
    ours, theirs = ({act.name for act in acts(one.headline)} for one in (story, other))
    return bool(ours & theirs & ONCE_A_DAY)


class _Pages:
    """The places of one edition: full stories, releases and briefs, and who fills them."""

    def __init__(
        self, occasion: Occasion, edition: EditionSettings, scored: Sequence[Story]
    ) -> None:
        self._beat, self._language = occasion.beat, occasion.language
        self._settings, self._wording = occasion.settings, occasion.wording
        self._room = {
            "story": edition.stories,
            "release": edition.releases,
            "brief": edition.briefs,
        }
        self._of_section = max(1, round(edition.stories * occasion.settings.section_share))
        self._placed: list[Story] = []
        self._waiting = Counter(one.section for one in scored if one.kind == "story")
        self._in_section: Counter[str] = Counter()
        self._full: Counter[str] = Counter()
        self._all: Counter[str] = Counter()
        self._products: Counter[str] = Counter()

    def crowded(self, story: Story) -> Story:
        """Take points from a story for every story of its company that is placed already."""
        company = self._company(story)
        count = self._all[company] if company else 0
        parts = tuple(part for part in story.score.parts if part.name != VARIETY)
        if not count:
            return story
        because = say("rank-variety", self._language, count=count, name=company)
        part = scaled(Points(VARIETY, -VARIETY_POINTS * count, because), self._settings)
        return replace(story, score=rescored(Score(parts), (part,)))

    def _company(self, story: Story) -> str:
        """Who acts in a story: the organisation at the front of its headline, or ""."""
        places = self._beat.places(story.headline)
        return next((one for one, place in places.items() if place <= FRONT), "")

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
        self._products.update(products(story.headline))
        if placed.kind == "story":
            self._full[company] += 1
            self._in_section[placed.section] += 1
        return None

    def _twin(self, story: Story) -> Story | None:
        """Find what is placed already and reads like this story, or is about the same product."""
        ours = versions(story.headline)
        for one in self._placed:
            if ours & versions(one.headline) or self._wording.likeness(story, one) >= SAME_EVENT:
                return one
            company = self._company(story)
            if company and company == self._company(one) and _does_the_same(story, one):
                return one
        limit = self._settings.items_per_product
        full = {name for name in products(story.headline) if self._products[name] >= limit}
        return next((one for one in self._placed if full & products(one.headline)), None)

    def _found_place(self, story: Story, company: str) -> Story | None:
        if self._room.get(story.kind, 0) > 0 and (
            story.kind != "story" or self._may_be_full(story, company)
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
        order = {section.id: place for place, section in enumerate(self._beat.sections)}
        return tuple(
            sorted(self._placed, key=lambda one: (order[one.section], -one.score.total, one.id))
        )
