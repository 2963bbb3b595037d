"""Dates and periods in Chinese and English text."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.language.dates import find_dates

ANCHOR = date(2025, 12, 19)  # a Friday


@pytest.mark.parametrize(
    ("text", "first", "last", "grain"),
    [
        ("2025年1月6日", "2025-01-06", "2025-01-06", "day"),
        ("12月18日", "2025-12-18", "2025-12-18", "day"),
        ("1月6日", "2026-01-06", "2026-01-06", "day"),
        ("明年", "2026-01-01", "2026-12-31", "year"),
        ("上月", "2025-11-01", "2025-11-30", "month"),
        ("下周三", "2025-12-24", "2025-12-24", "day"),
        ("本季度", "2025-10-01", "2025-12-31", "quarter"),
        ("Dec. 18th, 2025", "2025-12-18", "2025-12-18", "day"),
        ("Q4 2025", "2025-10-01", "2025-12-31", "quarter"),
        ("next week", "2025-12-22", "2025-12-28", "week"),
        ("last month", "2025-11-01", "2025-11-30", "month"),
        ("2025-12-18", "2025-12-18", "2025-12-18", "day"),
        ("18/12/2025", "2025-12-18", "2025-12-18", "day"),
        ("the 1990s", "1990-01-01", "1999-12-31", "decade"),
    ],
)
def test_reads_one_date(text: str, first: str, last: str, grain: str) -> None:
    """Each form gives its interval of days and its grain."""
    (found,) = find_dates(text, ANCHOR)
    assert (found.text, found.first.isoformat(), found.last.isoformat(), found.grain) == (
        text,
        first,
        last,
        grain,
    )
