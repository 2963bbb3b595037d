"""What a run remembers of earlier days, and what it tells the edition about itself."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from ribao.catalogue import say
from ribao.model import Document, DocumentId, Held, Item, Story, StoryId
from ribao.placing import Placing
from ribao.running.assignment import config_digest
from ribao.running.run import Run
from ribao.store.promises import Paper
from ribao.write import Frame, FrameSection
from ribao.write.reminders import Reminder, due_section
from ribao.write.styles import shaped

MEMORY_DAYS = 7  # how long a printed story is remembered as printed
OPEN_DAYS = 3  # how long a story that was not printed keeps its identifier


def earlier_stories(run: Run) -> tuple[tuple[Story, ...], frozenset[StoryId]]:
    """Stories known before this edition's day, and which of them an edition carried.

    A printed story comes as it was when it was printed, so that what is new since then shows.
    """
    work, editions = run.work, run.tools.store.editions
    printed = history(run)
    known = {story.id: story for story in editions.stories_before(work.day, days=OPEN_DAYS)}
    known.update((story.id, story) for story in printed)
    ordered = tuple(known[key] for key in sorted(known))
    return ordered, frozenset(story.id for story in printed)


def history(run: Run, stories: Sequence[Story] = ()) -> tuple[Story, ...]:
    """Stories that this paper printed in the days before this edition's day.

    Where one of today's `stories` was parted from a printed one, the reports that nothing printed
    rests on are the new story's alone: it was never told.
    """
    work, store = run.work, run.tools.store
    paper = Paper(run.tools.beat.id, work.language)
    found = store.editions.printed_before(work.day, paper.language, paper.beat, days=MEMORY_DAYS)
    told = []
    for story in found:
        parted = {one.id for new in stories if new.split_from == story.id for one in new.documents}
        if parted:
            parted -= store.placings.cited(paper, story.id, work.day, days=MEMORY_DAYS)
        told.append(without(story, parted))
    return tuple(told)


def without(story: Story, documents: Collection[DocumentId]) -> Story:
    """A story without some of its reports; never without all of them."""
    left = tuple(one for one in story.documents if one.id not in documents)
    return replace(story, documents=left) if left else story


def placing(run: Run) -> Placing:
    """Where reports stood on the days before, and what this paper's editors decided of them."""
    paper = Paper(run.tools.beat.id, run.work.language)
    store = run.tools.store
    found = store.placings.placing(paper, run.work.day, days=MEMORY_DAYS)
    return replace(found, refused=store.aliases.refused())


def evidence_of(stories: Sequence[Story]) -> dict[StoryId, tuple[Document, ...]]:
    """The reports that each story's sentences may rest on."""
    return {story.id: story.documents for story in stories}


def frame(
    run: Run, items: Sequence[Item], ranked: Sequence[Story], reminders: Sequence[Reminder] = ()
) -> Frame:
    """What the edition says of itself, and what was held back before it."""
    work, config, beat = run.work, run.tools.config, run.tools.beat
    masthead = beat.masthead(work.language)
    sections = [
        FrameSection(rule.id, rule.zh if work.language == "zh" else rule.en, rule.kind)
        for rule in beat.sections
    ]
    if reminders:  # before the briefs, which stay the last section
        briefs = (at for at, one in enumerate(sections) if one.kind == "brief")
        place = next(briefs, len(sections))
        sections.insert(place, due_section(reminders, work.day, work.language))
    return Frame(
        date=work.day,
        timezone=work.timezone,
        language=work.language,
        category=config.edition.category or masthead.category,
        tags=masthead.tags,
        # Words for search engines name real companies; the sample speaks of invented ones.
        seo=masthead.tags if work.mode == "demo" else masthead.seo,
        sections=tuple(sections),
        title=config.edition.title,
        cover_image=config.publish.cover_image,
        summary_lines=shaped(config.write).summary_lines,
        notes=notes(run),
        held=held(run, ranked),
        config_digest=config_digest(config, beat),
        input_digest=input_digest(items),
    )


def notes(run: Run) -> tuple[str, ...]:
    """What a reader must know: that this is a sample, and which sources are missing."""
    language, found = run.work.language, []
    if run.work.mode == "demo":
        found.append(say("run.sample", language))
    failed = run.tools.store.ledger.failed_sources(run.id)
    if failed:
        found.append(say("run.missing", language, failed=failed, all=len(run.tools.sources)))
    return (*found, *run.remarks)


def held(run: Run, ranked: Sequence[Story]) -> tuple[Held, ...]:
    """Stories that were chosen and then not printed, whole or in part, with the reason."""
    headlines: dict[str, str] = {story.id: story.headline for story in ranked}
    return tuple(
        Held(drop.subject, headlines.get(drop.subject, ""), drop.reason, drop.detail)
        for step in ("write", "verify")
        for drop in run.dropped.get(step, ())
        if drop.subject not in run.asides
    )


def input_digest(items: Sequence[Item]) -> str:
    """Digest of the items that an edition was made of."""
    digest = hashlib.blake2b(digest_size=16)
    for item in items:
        digest.update(f"{item.id}\n{item.title}\n{item.summary}\n{item.body}\n".encode())
    return digest.hexdigest()
