"""Dates and periods in Chinese and English text."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.language.dates import DateMention, contains, find_dates, find_durations, same_time
from ribao.language.quantities import find_quantities

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
        ("前11个月", "2025-01-01", "2025-11-30", "month"),
        ("二季度", "2025-04-01", "2025-06-30", "quarter"),
        ("2025年前三季度", "2025-01-01", "2025-09-30", "quarter"),
        ("11月27-28日", "2025-11-27", "2025-11-28", "day"),
        ("2025-06", "2025-06-01", "2025-06-30", "month"),
        ("2007-11", "2007-01-01", "2011-12-31", "year"),
        ("1995-1997年", "1995-01-01", "1997-12-31", "year"),
        ("三年后", "2028-01-01", "2028-12-31", "year"),
        ("昨日", "2025-12-18", "2025-12-18", "day"),
        ("2026年春节", "2026-02-17", "2026-02-17", "day"),
        ("Wednesday, 17 December 2025", "2025-12-17", "2025-12-17", "day"),
        ("Nov. 18-19, 2025", "2025-11-18", "2025-11-19", "day"),
        ("two years ago", "2023-01-01", "2023-12-31", "year"),
        ("from May to June 2025", "2025-05-01", "2025-06-30", "month"),
        ("last Friday", "2025-12-12", "2025-12-12", "day"),
        ("Thanksgiving 2025", "2025-11-27", "2025-11-27", "day"),
        ("the second half of 2026", "2026-07-01", "2026-12-31", "half"),
        ("end-2026", "2026-12-02", "2026-12-31", "year"),
        ("end-March", "2026-03-25", "2026-03-31", "month"),
        ("the Monday before last", "2025-12-08", "2025-12-08", "day"),
        ("two Tuesdays ago", "2025-12-09", "2025-12-09", "day"),
        ("Tuesday after next", "2025-12-30", "2025-12-30", "day"),
        ("early 1990s", "1990-01-01", "1993-12-31", "decade"),
        ("上世纪", "1900-01-01", "1999-12-31", "century"),
        ("上世纪70年代末", "1979-01-01", "1979-12-31", "decade"),
        ("上个世纪末", "1990-01-01", "1999-12-31", "century"),
        ("本世纪以来", "2000-01-01", "2025-12-19", "century"),
        ("今夏", "2025-06-01", "2025-08-31", "season"),
        ("去冬", "2024-12-01", "2025-02-28", "season"),
        ("明春", "2026-03-01", "2026-05-31", "season"),
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


@pytest.mark.parametrize("text", ["如今春天来了", "他说明夏令营的事", "他去夏威夷过冬", "清明春耕"])
def test_signs_of_seasons_within_other_words_are_no_times(text: str) -> None:
    """今, 去 and 明 before a season belong to 如今, 去 (to go) and 说明 as well."""
    assert not [it for it in find_dates(text, ANCHOR) if it.grain == "season"]


@pytest.mark.parametrize("text", ["5月销售额增长", "5月均价", "5月租金"])
def test_a_month_in_digits_is_one_before_any_word(text: str) -> None:
    """月销 and 月均 are words where no digit stands before 月."""
    (found,) = find_dates(text, ANCHOR)
    assert (found.first.month, found.text) == (5, "5月")
    assert not find_quantities(text)


def test_this_winter_of_january_began_last_year() -> None:
    """A winter is that of the year in which it begins."""
    (found,) = find_dates("今冬", date(2026, 1, 15))
    assert found.first == date(2025, 12, 1)


def one(text: str) -> DateMention:
    """The one date of a text."""
    (found,) = find_dates(text, ANCHOR)
    return found


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("by the end of 2026", "by"),
        ("since 2023", "since"),
        ("2023年以来", "since"),
        ("2026年之前", "before"),
        ("截至12月16日", "until"),
        ("after May 3", "after"),
    ],
)
def test_a_bound_is_part_of_the_mention(text: str, bound: str) -> None:
    """Words that make a date the end of a period are kept apart from it."""
    assert (one(text).text, one(text).bound) == (text, bound)


def test_an_hour_stays_with_its_day() -> None:
    """10:30 belongs to the day before it; a bare hour is no date."""
    assert (one("12月18日上午10:30").clock, one("12月18日上午10:30").first) == (
        "10:30",
        date(2025, 12, 18),
    )
    assert find_dates("上午10:30", ANCHOR) == ()


@pytest.mark.parametrize(
    "text",
    [
        "每周一",
        "一带一路",
        "三国",
        "may be",
        "the march on",
        "2000 people",
        "$2,025",
        "1080p",
        "今日头条",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Recurring days, names and amounts are left alone."""
    assert find_dates(text, ANCHOR) == ()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("2026年", "明年", True),
        ("12月18日", "December 18, 2025", True),
        ("1月6日", "January 6, 2025", True),  # the other reading of a day without its year
        ("2025年初", "明年", False),
        ("2025年12月", "12月18日", True),  # the coarser telling of a day
        ("12月18日10:30", "12月18日11:30", False),
        ("周三", "12月17日", True),
    ],
)
def test_same_time_sees_through_the_form(a: str, b: str, same: bool) -> None:  # noqa: FBT001  a column of the table
    """Two tellings of one time agree, and a wrong year does not."""
    assert same_time(one(a), one(b)) is same
    assert same_time(one(b), one(a)) is same


def test_a_day_lies_in_its_month() -> None:
    """`contains` compares whole intervals."""
    assert contains(one("2025年12月"), one("12月18日"))
    assert not contains(one("12月18日"), one("2025年12月"))


def test_durations_are_kept_apart() -> None:
    """A length of time is no date."""
    (found,) = find_durations("用时三个半小时")
    assert (str(found.low), found.unit) == ("3.5", "hour")
    assert find_dates("用时三个半小时", ANCHOR) == ()
    assert [it.unit for it in find_durations("half an hour")] == ["hour"]
