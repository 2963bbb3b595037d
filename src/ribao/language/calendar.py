"""Intervals of days: months, quarters, weeks, holidays; inclusive at both ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

Interval = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 500, 2999  # years outside are no dates of news


def day(year: int, month: int, number: int) -> date | None:
    """Return the day, or None where the calendar has none (30 February, month 13, year 0)."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and number >= 1):
        return None
    return date(year, month, number) if number <= month_length(year, month) else None


def month_length(year: int, month: int) -> int:
    """Number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def months(year: int, first: int, count: int = 1) -> Interval | None:
    """Return `count` months from month `first`, which moves the year where it is outside 1..12."""
    start, stop = year * 12 + first - 1, year * 12 + first - 1 + count - 1
    if not (start // 12 >= FIRST_YEAR and stop // 12 <= LAST_YEAR):
        return None
    last_year, last_month = stop // 12, stop % 12 + 1
    return (
        date(start // 12, start % 12 + 1, 1),
        date(last_year, last_month, month_length(last_year, last_month)),
    )


def quarter(year: int, number: int) -> Interval | None:
    """Return a quarter; `number` may lie outside 1..4 and then moves the year."""
    return months(year, 3 * number - 2, 3)


def half(year: int, number: int) -> Interval | None:
    """Return the first or second half of a year."""
    return months(year, 6 * number - 5, 6)


def years(first: int, count: int = 1) -> Interval | None:
    """Return `count` whole years."""
    return months(first, 1, 12 * count)


def week(anchor: date, offset: int = 0) -> Interval | None:
    """Return the week, Monday to Sunday, that lies `offset` weeks after the anchor's."""
    monday = shift(anchor, days=7 * offset - anchor.weekday())
    sunday = shift(monday, days=6) if monday else None
    return (monday, sunday) if monday and sunday else None


def shift(anchor: date, *, days: int = 0, months_on: int = 0) -> date | None:
    """Move a day; the day of the month shrinks where the month is shorter (31 Jan + 1 = 28 Feb)."""
    if months_on:
        index = anchor.year * 12 + anchor.month - 1 + months_on
        year, month = index // 12, index % 12 + 1
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        anchor = date(year, month, min(anchor.day, month_length(year, month)))
    if abs(days) > 400_000:
        return None
    try:
        moved = anchor + timedelta(days=days)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def nearest(candidates: list[date], anchor: date) -> date | None:
    """Return the day next to the anchor; of two equally far, the past one."""
    return min(candidates, key=lambda it: (abs((it - anchor).days), it > anchor), default=None)


def part(span: Interval, name: str) -> Interval:
    """Cut a month, quarter or year: "early", "mid", "late" are thirds, "end" the last tenth.

    Of a year, "end" is the last month and "early" the first three: so newspapers use 年初 and 年底.
    Of a decade or a century, the parts are thirds in whole years.
    """
    first, last = span
    size = (last - first).days + 1
    if size > _A_YEAR:
        return _part_of_years(first.year, last.year, name)
    if name == "early" and size > 300:
        return first, first + timedelta(days=89)
    if name == "early":
        return first, first + timedelta(days=max(0, size * 10 // 31 - 1))
    if name == "mid":
        return first + timedelta(days=size * 10 // 31), first + timedelta(days=size * 20 // 31 - 1)
    if name == "late":
        return first + timedelta(days=size * 20 // 31), last
    return last - timedelta(days=max(0, size * 31 // 366 - 1 if size > 40 else size // 5)), last


_A_YEAR = 366  # days


def _part_of_years(first: int, last: int, name: str) -> Interval:
    count = last - first + 1
    third = -(-count // 3)
    begin = {"early": first, "mid": first + third - 1, "late": last - third + 1}.get(
        name, last - count // 10 + 1
    )
    stop = begin + third - 1 if name in {"early", "mid"} else last
    return date(begin, 1, 1), date(stop, 12, 31)


class Reading(NamedTuple):
    """What a form of words can mean: one interval, or two where it does not name the year."""

    spans: tuple[Interval, ...]  # the likeliest first
    grain: str  # day, weekend, week, month, quarter, season, half, year, decade, century
    relative: bool = False  # it needs the anchor
    approximate: bool = False  # 年初, "two years ago": the edges are a convention
    edges: Interval | None = None  # what arithmetic gives, half-open; both equal for a point
    yearless: tuple[int, int] | None = None  # month and day still to be completed; 0 = not told


def one(span: Interval | None, grain: str, *, relative: bool = False) -> Reading | None:
    """A reading of one interval; None for an interval outside the calendar."""
    return Reading((span,), grain, relative) if span else None


def on(found: date | None, *, relative: bool = False) -> Reading | None:
    """A reading of one day; None for a day that the calendar does not have."""
    return Reading(((found, found),), "day", relative) if found else None


def around(days: list[date], anchor: date) -> Reading | None:
    """A day without its year or month: the nearest before the anchor (or on it) and after it."""
    past = max((it for it in days if it <= anchor), default=None)
    later = min((it for it in days if it > anchor), default=None)
    best = nearest([it for it in (past, later) if it], anchor)
    spans = tuple((it, it) for it in (best, later if best == past else past) if it)
    return Reading(spans, "day", relative=True) if spans else None


def in_some_year(month: int, number: int, anchor: date) -> Reading | None:
    """A day of a month, in the years that bring it next to the anchor."""
    years_around = (
        range(anchor.year - 8, anchor.year + 9)
        if (month, number) == (2, 29)
        else (
            anchor.year - 1,
            anchor.year,
            anchor.year + 1,
        )
    )
    days = [it for year in years_around if (it := day(year, month, number))]
    reading = around(days, anchor)
    return reading._replace(yearless=(month, number)) if reading else None


def on_some_month(number: int, anchor: date) -> Reading | None:
    """A day of the month, in the months that bring it next to the anchor."""
    days = []
    for offset in (-2, -1, 0, 1, 2):
        span = months(anchor.year, anchor.month + offset)
        found = day(span[0].year, span[0].month, number) if span else None
        if found:
            days.append(found)
    reading = around(days, anchor)
    return reading._replace(yearless=(0, number)) if reading else None


def month_of_some_year(month: int, anchor: date) -> Reading | None:
    """A month without its year: this year's if it is near, with the next nearest beside it."""
    spans = [span for y in (-1, 0, 1) if (span := months(anchor.year + y, month))]
    past = [span for span in spans if span[0] <= anchor]
    later = [span for span in spans if span[0] > anchor]
    pair = [*past[-1:], *later[:1]]
    pair.sort(key=lambda span: (abs((span[0] - anchor).days + 15), span[0]))
    if not pair:
        return None
    return Reading(tuple(pair), "month", relative=True, yearless=(month, 0))


def parted(reading: Reading | None, name: str) -> Reading | None:
    """Cut every interval of a reading: see `part`."""
    if reading is None or not name:
        return reading
    spans = tuple(part(span, name) for span in reading.spans)
    return reading._replace(spans=spans, approximate=True, yearless=None)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date | None:
    """Return the n-th Monday (0) .. Sunday (6) of a month, the last one for -1."""
    if number < 0:
        last = date(year, month, month_length(year, month))
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return day(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (number - 1))
