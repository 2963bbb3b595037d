"""Floors of number and date recognition on the public specs; they only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.recognizers import FAMILIES, NUMBERS, joined, judge
from bench.recognizers_moments import TYPES
from bench.recognizers_moments import judge as judge_dates

FAMILY_FLOORS = {
    "zh Number": 0.99,
    "zh Percentage": 0.99,
    "zh Ordinal": 0.99,
    "zh Currency": 0.91,
    "zh Dimension": 0.89,
    "zh Age": 0.89,
    "en Number": 0.88,
    "en Percentage": 0.75,
    "en Ordinal": 0.79,
    "en Currency": 0.66,
    "en Dimension": 0.72,
    "en Age": 0.91,
}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "floor"), FAMILY_FLOORS.items())
def test_a_family_of_numbers_keeps_its_floor(shared: Path, name: str, floor: float) -> None:
    """F1 of text, type and value, family by family."""
    assert shared.is_dir()
    (family,) = (it for it in FAMILIES if it.name == name)
    assert judge(family).f1 >= floor


@pytest.mark.shared
@pytest.mark.parametrize(("language", "floor"), [("zh", 0.99), ("en", 0.865)])
def test_numbers_of_a_language_keep_their_floor(shared: Path, language: str, floor: float) -> None:
    """Numbers, percentages and ordinals together."""
    assert shared.is_dir()
    assert joined(language, NUMBERS).f1 >= floor


@pytest.mark.shared
@pytest.mark.parametrize(("language", "floor"), [("zh", 0.95), ("en", 0.80)])
def test_dates_of_a_language_keep_their_floor(shared: Path, language: str, floor: float) -> None:
    """All eight types of dates, times, periods, durations and recurring times together."""
    assert shared.is_dir()
    tallies = judge_dates(language)
    right, wrong, missed = (sum(tallies[name][i] for name in TYPES) for i in range(3))
    assert 2 * right / (2 * right + wrong + missed) >= floor
