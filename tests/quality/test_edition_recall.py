"""Floors of the choice: how many of an editor's events are printed, none twice, no noise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.editions import DAYS, LABELLED, choose, found_events
from ribao.beat import load_beat

RECALL = {"zh": 12, "en": 10}  # of the 15 labelled events that the archive carries
REPEATED = 2  # reports of one launch that stand in other stories; it should be 0


@pytest.mark.shared
@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_editors_events_are_in_the_edition(shared: Path, language: str) -> None:
    """Of the events that a human editor printed that day, we print so many, each once."""
    assert shared.is_dir()
    found = found_events(choose(LABELLED, language).outcome.kept)
    assert sum(bool(stories) for stories in found.values()) >= RECALL[language]
    assert [event for event, stories in found.items() if len(stories) > 1] == []


@pytest.mark.shared
@pytest.mark.timeout(300)
def test_the_next_day_repeats_nothing_but_marked_updates(shared: Path) -> None:
    """An event of the day before comes again only as an update that names what is new."""
    assert shared.is_dir()
    yesterday = choose(LABELLED).outcome.kept
    printed = {event for event, stories in found_events(yesterday).items() if stories}
    links = {document.url for story in yesterday for document in story.documents}
    today = choose(DAYS[DAYS.index(LABELLED) + 1], history=yesterday).outcome.kept
    again = {
        story.id: story
        for event, stories in found_events(today).items()
        if event in printed
        for story in stories
    }
    again |= {one.id: one for one in today if links.intersection(d.url for d in one.documents)}
    unmarked = [story.headline for story in again.values() if story.continues is None]
    assert len(unmarked) <= REPEATED, unmarked
    for story in again.values():
        updates = any(part.name == "update" for part in story.score.parts)
        assert updates is (story.continues is not None), story.headline


@pytest.mark.shared
@pytest.mark.timeout(300)
@pytest.mark.parametrize("day", DAYS[1::3])  # `python -m bench editions` shows all six
def test_every_printed_story_speaks_of_the_field(shared: Path, day: str) -> None:
    """The headline of each printed story carries more words of the beat than words of noise."""
    assert shared.is_dir()
    beat = load_beat("ai")
    for story in choose(day).outcome.kept:
        assert max(beat.judge(one.title, one.text).points for one in story.documents) > 0
