"""The queue beside an edition: stories that a run knew and did not print, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ribao.beat import Beat
from ribao.config import Config
from ribao.model import DocumentId, Score, Story, StoryId
from ribao.rank.place import section_of
from ribao.rank.weigh import Occasion, relevance_of, weigh
from ribao.rank.wording import Wording

OUT_OF_THE_QUESTION = frozenset({"off-topic", "too-old", "other-language"})
LENGTH = 400  # stories of one day; nobody reads further down


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that might come in, and why it did not."""

    story_id: StoryId
    headline: str
    url: str
    language: str  # of its lead
    section: str  # that the beat gives it
    outlets: tuple[str, ...]
    reports: int
    reason: str  # of the ledger: low-score, no-room, ...
    detail: str
    score: Score
    document_ids: tuple[DocumentId, ...] = ()


def queue(
    stories: Sequence[Story],
    fates: Mapping[str, tuple[str, str]],
    beat: Beat,
    config: Config,
    *,
    now: datetime,
    printed: Sequence[Story] = (),
) -> tuple[Candidate, ...]:
    """The stories of a day that were left out, the most points first.

    `fates` has the reason and the words of the ledger for each story that was dropped; `now` is
    when the edition closes, `printed` what earlier editions carried.
    """
    wording = Wording.of(stories, printed)
    occasion = Occasion(beat, config.rank, config.edition.language, now, wording, tuple(printed))
    found = []
    for story in stories:
        reason, detail = fates.get(story.id, ("", ""))
        if not reason or reason in OUT_OF_THE_QUESTION or not story.documents:
            continue
        score = weigh(story, relevance_of(story, beat), occasion)
        found.append(candidate(story, beat, reason, detail, score))
    found.sort(key=lambda one: (-one.score.total, one.story_id))
    return tuple(found[:LENGTH])


def candidate(
    story: Story, beat: Beat, reason: str, detail: str, score: Score | None = None
) -> Candidate:
    """A story as it stands in the queue."""
    outlets = dict.fromkeys(one.outlet or one.source_id for one in story.documents)
    return Candidate(
        story.id,
        story.headline,
        story.lead.url,
        story.lead.language,
        section_of(story, beat).id,
        tuple(outlets),
        len(story.documents),
        reason,
        detail,
        score or story.score,
        tuple(one.id for one in story.documents),
    )
