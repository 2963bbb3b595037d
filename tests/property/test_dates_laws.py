"""Laws of dates: one day told in any form is that day, and no other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ribao.language.dates import DateMention, find_dates, same_time

ANCHOR = date(2026, 3, 15)
_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def one(text: str) -> DateMention:
    """The only date of a text."""
    (found,) = find_dates(text, ANCHOR)
    return found


def spellings(day: date) -> list[str]:
    """Ways to tell a day of this year or the last, none of them with another date inside."""
    month = _MONTHS.split()[day.month - 1]
    end = (
        {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th") if day.day not in {11, 12, 13} else "th"
    )
    year = "this year" if day.year == ANCHOR.year else "last year"
    named = f"{day:%A}"
    forms = [
        f"on {month} {day.day}, {day.year}", f"on {day.day} {month} {day.year}", f"on {day}",
        f"on {month} {day.day} {year}", f"on {day.day} {month} {year}",
        f"on the {day.day}{end} of {month} {day.year}", f"on {month} {day.day}{end} of {year}",
        f"on {named}, {month} {day.day}, {day.year}", f"on {month} {day.day}, {day.year} ({named})",
        f"于{day.year}年{day.month}月{day.day}日", f"于{day.year}年{day.month:02}月{day.day:02}日",
        f"于{'今年' if day.year == ANCHOR.year else '去年'}{day.month}月{day.day}日",
        f"于{day.year}.{day.month:02}.{day.day:02}", f"于{day.year}/{day.month}/{day.day}",
        f"于周{_WEEKDAYS[day.weekday()]}（{day.year}年{day.month}月{day.day}日）",
    ]  # fmt: skip
    if ANCHOR - timedelta(days=365) < day < ANCHOR:
        forms += [f"last {month} {day.day}", f"last {day.day} {month}"]
    if day > ANCHOR:
        forms += [f"next {month} {day.day}", f"next {day.day} {month}"]
    return forms


_DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@settings(max_examples=40)
@given(_DAYS, st.integers(1, 200))
def test_a_day_is_the_same_in_every_spelling_and_no_other_day(day: date, apart: int) -> None:
    """Fifteen spellings and more of one day agree, and those of another day do not."""
    mine = [one(f"The pact was signed {form}.") for form in spellings(day)]
    assert all((it.first, it.last) == (day, day) for it in mine), [(it.text) for it in mine]
    other = [one(form) for form in spellings(day + timedelta(days=apart))]
    assert not any(same_time(a, b) for a in mine for b in other)


@pytest.mark.parametrize(
    "row",
    [
        "1,000 years ago|1000 years ago|a thousand years ago|one thousand years ago",
        "100 years ago|a hundred years ago|one hundred years ago|a century ago|100年前",
        "twenty-five years ago|25 years ago|twenty five years ago|二十五年前|25年前",
        "thirteen years ago|13 years ago|十三年前",
        "forty years ago|four decades ago|40年前",
        "two years ago|两年前|2年前|2024",
        "a fortnight ago|two weeks ago|14 days ago|fourteen days ago|两周前",
        "the day before yesterday|两天前|前天|two days ago",
        "1Q26|1Q 2026|Q1 2026|2026年1-3月|今年1至3月|the first quarter of this year",
        "1H25|H1 2025|2025年上半年|2025上半年|2025年1-6月|first half of last year",
        "Christmas Day last year|December 25 last year|去年圣诞节",
        "year-end|将于年底|今年年底|the end of this year",
    ],
)
def test_periods_are_the_same_in_every_spelling(row: str) -> None:
    """Words, digits with and without commas, and both languages tell one time."""
    first, *others = [one(form) for form in row.split("|")]
    assert [it.text for it in others if not same_time(first, it)] == []


def test_the_weekday_that_is_told_with_a_day_is_still_compared() -> None:
    """A day that takes its weekday into its words does not hide that it is the wrong one."""
    assert one("周二（3月3日）").text.startswith("周二")
    assert one("March 3 (Tuesday)").text.endswith("(Tuesday)")
