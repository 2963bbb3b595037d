"""Floors of the stories and of their choice on recorded days; they only rise.

docs/benchmarks.md has the figures. Here the two days that hold the labels and the one after them;
`python -m bench stories` and `python -m bench editions` follow more.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.editions import DAYS, LABELLED, choose, found_events, whole_day
from ribao.beat import load_beat
from ribao.cli.agreement import auc, bcubed, pairs
from ribao.cli.labels import Result, read_labels
from ribao.cli.scoring import follow, merged_near_misses

pytestmark = [pytest.mark.shared, pytest.mark.timeout(300)]

RECALL = {"zh": 13, "en": 11}  # of the 15 labelled events that the archive carries


@pytest.fixture(scope="module")
def result(shared: Path) -> Result:
    """The stories after the labelled days, fed in order."""
    assert shared.is_dir()
    return follow(whole_day(day) for day in ("2025-12-18", LABELLED))


@pytest.fixture(scope="module")
def gold(shared: Path, result: Result) -> list[tuple[str, str, str, str]]:
    """Event, story, language and kind of every labelled link."""
    labels = read_labels(shared / "replay" / "gold-clusters-2025-12-17_18.jsonl")
    return [
        (label.event, str(result.story_of[label.key].id), label.language, label.kind)
        for label in labels
        if label.key in result.story_of
    ]


def test_every_labelled_link_is_in_a_story(gold: list[tuple[str, str, str, str]]) -> None:
    """No labelled link is lost on the way."""
    assert len(gold) == 402


def test_stories_agree_with_the_labels(gold: list[tuple[str, str, str, str]]) -> None:
    """BCubed over all links, and over the links of events alone."""
    assert bcubed([g[0] for g in gold], [g[1] for g in gold]).f1 >= 0.952
    events = [g for g in gold if g[3] == "event"]
    assert bcubed([g[0] for g in events], [g[1] for g in events]).f1 >= 0.905


def test_stories_cross_the_languages(gold: list[tuple[str, str, str, str]]) -> None:
    """Pairs of one Chinese and one English report of an event."""
    across, true = pairs([g[0] for g in gold], [g[1] for g in gold], [g[2] for g in gold])
    assert true >= 60
    assert across.recall >= 0.71
    assert across.precision >= 0.96


def test_near_misses_stay_apart(shared: Path, result: Result) -> None:
    """What only shares names with an event is not in its story."""
    assert merged_near_misses(shared / "replay" / "gold-2025-12-19.json", result) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_editors_events_are_in_the_edition(shared: Path, language: str) -> None:
    """Of the events that a human editor printed that day, we print so many, each once."""
    assert shared.is_dir()
    found = found_events(choose(LABELLED, language).outcome.kept)
    assert sum(bool(stories) for stories in found.values()) >= RECALL[language]
    assert [event for event, stories in found.items() if len(stories) > 1] == []


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
    assert [story.headline for story in again.values() if story.continues is None] == []
    beat = load_beat("ai")
    for story in again.values():
        updates = any(part.name == "update" for part in story.score.parts)
        assert updates is (story.continues is not None), story.headline
    for story in (*yesterday, *today):  # and none of both days is off topic
        assert max(beat.judge(one.title, one.text).points for one in story.documents) > 0


def test_the_measures_measure() -> None:
    """The scores themselves, on cases that are known by hand."""
    assert bcubed("aab", "aab").f1 == 1.0
    assert bcubed("aabb", "xxxx").precision == pytest.approx(0.5)
    assert bcubed("aabb", "wxyz").recall == pytest.approx(0.5)
    assert pairs("aab", "xxx")[0].precision == pytest.approx(1 / 3)
    assert auc([0.9, 0.8], [0.1, 0.85]) == pytest.approx(0.75)
