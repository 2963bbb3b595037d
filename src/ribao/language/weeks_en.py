"""What English forms of weeks and weekdays mean; see `readings_en`."""

from __future__ import annotations

import re
from datetime import date

from ribao.language import calendar as cal
from ribao.language import readings_en as en
from ribao.language.calendar import Reading


def read_weekday(match: re.Match[str], anchor: date) -> Reading | None:
    """Friday, last Friday, next week on Friday."""
    target = en.WEEKDAYS[match["wd"][:3].lower()]
    rel = (match.groupdict().get("rel") or "").lower()
    if rel in {"this past", "past", "the past"}:
        back = (anchor.weekday() - target - 1) % 7 + 1
        return cal.on(cal.shift(anchor, days=-back), relative=True)
    if rel:
        week = cal.week(anchor, en.offset_of(rel))
        return cal.on(cal.shift(week[0], days=target) if week else None, relative=True)
    shifts = (n + target - anchor.weekday() for n in (-7, 0, 7))
    days = [it for n in shifts if (it := cal.shift(anchor, days=n))]
    reading = cal.around(days, anchor)
    if reading is None or len(reading.spans) < 2:
        return reading
    today = (anchor, anchor)
    if today in reading.spans:  # on a Monday, "Monday" is today; else the one before
        before = cal.shift(anchor, days=-7)
        return Reading((today, (before, before)) if before else (today,), "day", relative=True)
    past, later = sorted(reading.spans)  # news tells of what was: "on Friday" is the last one
    return Reading((past, later), "day", relative=True)


def read_weekday_away(match: re.Match[str], anchor: date) -> Reading | None:
    """The Monday before last, the Friday after next, two Mondays ago.

    "Last Monday" may be the one of last week or the last there was, and what is counted from it too.
    """
    target = en.WEEKDAYS[match["wd"][:3].lower()]
    weeks = 3 if (match.groupdict().get("n") or "").lower() == "three" else 2
    sign = 1 if match["after"] else -1
    apart = sign * (target - anchor.weekday()) % 7 or 7  # days to the nearest one on that side
    here = target - anchor.weekday()
    away = dict.fromkeys((sign * (apart + 7 * (weeks - 1)), here + sign * 7 * weeks))
    days = [it for days in away if (it := cal.shift(anchor, days=days))]
    return Reading(tuple((it, it) for it in days), "day", relative=True) if days else None


def read_week_of(match: re.Match[str], anchor: date) -> Reading | None:
    """The week of July 23."""
    day = en.read_mdy(match, anchor)
    if day is None:
        return None
    spans = tuple(week for first, _ in day.spans if (week := cal.week(first)))
    return Reading(spans, "week", day.relative)


def read_nth_week(match: re.Match[str], anchor: date) -> Reading | None:
    """The last week of 2016, the first week of July."""
    groups = match.groupdict()
    nth = en.ORDINALS[match["nth"].lower()]
    if groups.get("mn") and groups.get("y2"):
        span = cal.months(int(match["y2"]), en.month_number(match["mn"]))
    elif groups.get("mn"):
        month = en.read_my(match, anchor)
        span = month.spans[0] if month else None
    else:
        year, _ = en.year_of(groups, anchor)
        span = cal.years(year)
    if span is None:
        return None
    if nth < 0:
        start = cal.shift(span[1], days=-3)
        return cal.one(cal.week(start) if start else None, "week")
    start = cal.shift(span[0], days=3)
    return cal.one(cal.week(start, nth - 1) if start else None, "week")


def read_nth_weekday(match: re.Match[str], anchor: date) -> Reading | None:
    """The first Monday of next month, the last Friday of October 2025."""
    groups = match.groupdict()
    if groups.get("mn"):
        month = en.read_my(match, anchor)
    else:
        month = en.period("month", en.offset_of(groups.get("rel")), anchor)
    if month is None:
        return None
    spans = []
    for first, _ in month.spans:
        found = cal.nth_weekday(
            first.year,
            first.month,
            en.WEEKDAYS[match["wd"][:3].lower()],
            en.ORDINALS[match["nth"].lower()],
        )
        if found:
            spans.append((found, found))
    return Reading(tuple(spans), "day", month.relative) if spans else None


def read_weekday_number(match: re.Match[str], anchor: date) -> Reading | None:
    """Monday 21, Mon 13th: the nearest months whose 21st is a Monday."""
    target, number = en.WEEKDAYS[match["wd"][:3].lower()], en.day_number(match["d"])
    days = []
    for away in range(-14, 15):
        month = cal.months(anchor.year, anchor.month + away)
        found = cal.day(month[0].year, month[0].month, number) if month else None
        if found and found.weekday() == target:
            days.append(found)
    return cal.around(days, anchor)
