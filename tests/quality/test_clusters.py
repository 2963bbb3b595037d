"""Floors of the stories on labelled days; they only rise. docs/benchmarks.md has the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench._days import day_documents, read_labels
from bench._scores import auc, bcubed, pairs
from bench.stories import Result, follow, labelled_days, merged_near_misses
from ribao.config import ClusterSettings

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def result(shared: Path) -> Result:
    """The stories after the labelled days, fed in order."""
    days = (day_documents(path) for path in labelled_days(shared))
    return follow(days, ClusterSettings())


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
    assert bcubed([g[0] for g in gold], [g[1] for g in gold]).f1 >= 0.953
    events = [g for g in gold if g[3] == "event"]
    assert bcubed([g[0] for g in events], [g[1] for g in events]).f1 >= 0.910


def test_stories_cross_the_languages(gold: list[tuple[str, str, str, str]]) -> None:
    """Pairs of one Chinese and one English report of an event."""
    across, true = pairs([g[0] for g in gold], [g[1] for g in gold], [g[2] for g in gold])
    assert true >= 60
    assert across.recall >= 0.71
    assert across.precision >= 0.96


def test_near_misses_stay_apart(shared: Path, result: Result) -> None:
    """What only shares names with an event is not in its story."""
    assert merged_near_misses(shared / "replay" / "gold-2025-12-19.json", result) == []


def test_the_measures_measure() -> None:
    """The scores themselves, on cases that are known by hand."""
    assert bcubed("aab", "aab").f1 == 1.0
    assert bcubed("aabb", "xxxx").precision == pytest.approx(0.5)
    assert bcubed("aabb", "wxyz").recall == pytest.approx(0.5)
    assert pairs("aab", "xxx")[0].precision == pytest.approx(1 / 3)
    assert auc([0.9, 0.8], [0.1, 0.85]) == pytest.approx(0.75)
