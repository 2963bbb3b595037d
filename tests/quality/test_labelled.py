"""Floors of the checker on sets that people labelled. They only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import checks

pytestmark = [pytest.mark.shared, pytest.mark.timeout(300)]


def test_made_up_continuations_are_told_from_true_ones(shared: Path) -> None:
    """UHGEval: most inventions fail, no sentence of the article itself does."""
    found = checks.score(checks.halves(list(checks.uhgeval(shared))))
    assert found.alarms == 0
    assert found.accuracy >= 0.92


def test_summaries_with_errors_are_told_from_right_ones(shared: Path) -> None:
    """FaithBench: better than counting new words."""
    found = checks.score(checks.halves(list(checks.faithbench(shared))))
    assert found.accuracy >= 0.62
    assert found.alarms <= 0.21
    assert found.accuracy > found.baseline
