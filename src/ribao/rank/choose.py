"""From all stories of a day to the ones that are printed, in the order of print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from ribao.beat import Beat, Relevance
from ribao.catalogue import say
from ribao.config import EditionSettings, RankSettings
from ribao.model import Points, Story
from ribao.outcome import Drop, Failure, Outcome, Reason
from ribao.plugins.kinds import Ranker
from ribao.rank.exclusions import excluded
from ribao.rank.memory import Earlier, earlier
from ribao.rank.pages import Pages
from ribao.rank.place import section_of
from ribao.rank.weigh import (
    NOVELTY,
    Occasion,
    originals,
    relevance_of,
    rescored,
    scaled,
    speaking_of,
    weigh,
)
from ribao.rank.wording import Wording


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
    unwanted = excluded(originals(story), (*occasion.settings.exclude, *occasion.beat.exclude))
    if unwanted is not None:
        subject, words = unwanted
        detail = say("rank-excluded", language, subject=subject.name(language), words=words)
        return Drop(story.id, Reason.EXCLUDED, detail)
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
    """Give out the places, best story first; what finds none is dropped with its reason.

    Places that stay empty, or that only weak releases would take, go to further lines.
    """
    pages = Pages(occasion, edition, scored)
    dropped = _give_out(pages, scored)
    rest = pages.second_try()
    if rest is not None:
        pages, dropped = rest, _give_out(rest, scored)
    return pages.printed(), tuple(dropped)


def _give_out(pages: Pages, scored: Sequence[Story]) -> list[Drop]:
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
    return dropped
