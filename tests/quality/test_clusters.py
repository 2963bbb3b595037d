"""Floors of topics on labelled headlines; they only rise. docs/benchmarks.md has the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import clusters
from ribao.cli.agreement import bcubed
from ribao.cluster.grain import TOPIC
from ribao.cluster.traits import make_traits
from ribao.cluster.weights import encode

pytestmark = [pytest.mark.shared, pytest.mark.timeout(300)]


def test_headlines_come_together_by_topic(shared: Path) -> None:
    """UCI titles as one stream, and the same with times drawn anew, so that no crawl helps."""
    rows = clusters.uci_rows(shared)
    encoded = [encode(make_traits(title, "", "en")) for _, title, _ in rows]
    stories = [story for _, _, story in rows]
    halves = {story: number % 2 for number, story in enumerate(sorted(set(stories)))}
    events = clusters.uci_online(rows, encoded, TOPIC)
    assert bcubed(stories, events).f1 >= 0.86
    assert min(clusters.half_score(stories, events, halves, half).f1 for half in (0, 1)) >= 0.86
    again = clusters.redrawn(rows, slow=False)
    chosen = [(at, rows[n][1], rows[n][2]) for at, n in again]
    events = clusters.uci_online(chosen, [encoded[n] for _, n in again], TOPIC)
    assert bcubed([story for _, _, story in chosen], events).f1 >= 0.80
