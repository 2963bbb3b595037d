"""Floors of the writing: what of the recorded days is told, whose language, and no flaw."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.editions import DAYS
from bench.writing import read

TOLD = 0.86  # of the articles in Chinese have a paragraph; the others' reports hold titles alone
OWN = 0.84  # of the headlines of a Chinese edition are Chinese


@pytest.mark.shared
@pytest.mark.timeout(300)
def test_the_recorded_days_are_told_whole_and_proved(shared: Path) -> None:
    """No sentence is cut off, said twice or too long, and verify finds nothing wrong."""
    assert shared.is_dir()
    days = [read(day, "zh") for day in DAYS[1::3]]  # `python -m bench writing` reads all six
    articles = sum(len(day.articles) for day in days)
    assert articles >= 40
    assert [flaw for day in days for flaw in day.flaws] == []
    assert sum(day.failing for day in days) == 0
    assert sum(day.told for day in days) >= TOLD * articles
    assert sum(day.own_headlines for day in days) >= OWN * articles
