"""Floors of the stories on days whose labels are our own (labels/README.md); they only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.editions import whole_day
from ribao.cli.agreement import bcubed, pairs
from ribao.cli.labels import Result, read_labels
from ribao.cli.scoring import follow
from ribao.gateways.address import page_key

pytestmark = [pytest.mark.shared, pytest.mark.timeout(300)]

LABELS = Path(__file__).parent / "labels"
# day: BCubed F1 of all links, of events; recall and precision of zh-en pairs; near misses merged
FLOORS = {
    "2025-12-17": (0.96, 0.93, 0.55, 0.95, 3),
    "2025-12-20": (0.96, 0.93, 0.75, 0.95, 2),
}


def _day(day: str) -> Result:
    return follow([whole_day(day)])


@pytest.mark.parametrize("day", FLOORS)
def test_stories_agree_with_labels_of_other_days(shared: Path, day: str) -> None:
    """What holds on the days that the constants were set on holds on others."""
    assert shared.is_dir()
    result = _day(day)
    labels = read_labels(LABELS / f"clusters-{day}.jsonl")
    there = [label for label in labels if label.key in result.story_of]
    assert len(there) > 200
    stories = [str(result.story_of[label.key].id) for label in there]
    events = [label.event for label in there]
    told = [at for at, label in enumerate(there) if label.kind == "event"]
    all_links, of_events, recall, precision, merged = FLOORS[day]
    assert bcubed(events, stories).f1 >= all_links
    assert bcubed([events[at] for at in told], [stories[at] for at in told]).f1 >= of_events
    across, true = pairs(events, stories, [label.language for label in there])
    assert true > 20
    assert across.recall >= recall
    assert across.precision >= precision
    assert len(_merged(day, result)) <= merged


def _merged(day: str, result: Result) -> list[tuple[str, str]]:
    """Pairs of near misses that stand in one story."""
    lines = (LABELS / f"apart-{day}.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for one, other in map(json.loads, lines):
        first, second = (result.story_of.get(page_key(link)) for link in (one, other))
        if first is not None and second is not None and first.id == second.id:
            found.append((one, other))
    return found
