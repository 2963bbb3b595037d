"""Dates and periods of Chinese and English text, as intervals of days.

A mention is read against an anchor, the day on which its text was published: 明年 in a report of
2025-12-19 is 2026. A form without a year means the year that brings it next to the anchor; the other
reading is kept beside it. The rules live in `dates_zh` and `dates_en`, `moments` joins them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from ribao.language.amounts import Quantity
from ribao.language.instants import Moment
from ribao.language.moments import find_moments
from ribao.language.quantities import find_quantities


class DateMention(NamedTuple):
    """One date or period: `text == whole[start:end]`, from `first` to `last`, both inclusive."""

    start: int
    end: int
    text: str
    first: date
    last: date
    grain: str  # day, weekend, week, month, quarter, season, half, year, decade, century
    relative: bool = False  # it needs the anchor to be read
    approximate: bool = False  # 年初, "mid-May": the edges are a convention
    bound: str = ""  # by, before, after, since, until, or "" for a plain mention
    other: tuple[date, date] | None = None  # the second reading of a form without a year
    clock: str = ""  # "10:30" where a time of day stands beside the day


def find_dates(text: str, anchor: date, language: str = "") -> tuple[DateMention, ...]:
    """Find the dates and periods of a text, from left to right and without overlaps.

    `anchor` is the day of publication in the zone of the text. `language` is a hint that changes
    nothing: both languages are read in any text. Bare times of day and 每周 are no dates.
    """
    del language
    return tuple(
        _mention(text, moment)
        for moment in find_moments(text, anchor)
        if moment.reading is not None
    )


def _mention(text: str, moment: Moment) -> DateMention:
    reading = moment.reading
    if reading is None:  # find_dates passes dated moments only
        raise TypeError("a moment without a date has no days")
    (first, last), *others = reading.spans
    return DateMention(
        start=moment.start,
        end=moment.end,
        text=text[moment.start : moment.end],
        first=first,
        last=last,
        grain=reading.grain,
        relative=reading.relative,
        approximate=reading.approximate,
        bound=moment.bound,
        other=others[0] if others else None,
        clock=_clock(moment),
    )


def _clock(moment: Moment) -> str:
    if not moment.clock or moment.kind != "datetime":
        return ""
    minutes = moment.clock[0][0] // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


_LOOSE = re.compile(
    r"(?i:\b(?P<n>half an|a couple of|a few|an|a|few|several|some)[ ](?P<u>(?<!a )second|minute|hour|day|week|month|year|decade)s?\b)"
)
_LOOSE_AMOUNTS = {
    "half an": ("0.5", "exact"), "a couple of": ("2", "about"), "an": ("1", "exact"), "a": ("1", "exact"),
}  # fmt: skip


def find_durations(text: str, language: str = "") -> tuple[Quantity, ...]:
    """Find lengths of time: quantities of kind "duration", and "an hour" or "a few days" besides.

    "a few" and "several" count as three, bound "about".
    """
    counted = [it for it in find_quantities(text, language) if it.kind == "duration"]
    for match in _LOOSE.finditer(text):
        start, end = match.span()
        if any(it.start < end and start < it.end for it in counted):
            continue
        value, bound = _LOOSE_AMOUNTS.get(match["n"].lower(), ("3", "about"))
        amount = Decimal(value)
        counted.append(
            Quantity(
                start, end, match.group(), "duration", amount, amount, match["u"].lower(), bound
            )
        )
    return tuple(sorted(counted, key=lambda it: it.start))


def same_time(a: DateMention, b: DateMention) -> bool:
    """Tell whether two mentions can mean one time: equal, or one is a coarser telling of the other."""
    if a.clock and b.clock and a.clock != b.clock:
        return False
    return any(_one_time(x, y, a, b) for x in _readings(a) for y in _readings(b))


def contains(whole: DateMention, part: DateMention) -> bool:
    """Tell whether every day of `part` lies within `whole`."""
    return whole.first <= part.first and part.last <= whole.last


def _readings(mention: DateMention) -> tuple[tuple[date, date], ...]:
    own = (mention.first, mention.last)
    return (own, mention.other) if mention.other else (own,)


def _one_time(x: tuple[date, date], y: tuple[date, date], a: DateMention, b: DateMention) -> bool:
    """One lies in the other; edges that are conventions (年初, "two years ago") need only overlap."""
    if a.approximate or b.approximate:
        slack = timedelta(days=31) if "year" in (a.grain, b.grain) else timedelta(days=3)
        slack = slack if a.approximate and b.approximate else timedelta()
        return x[0] <= y[1] + slack and y[0] <= x[1] + slack
    return (y[0] <= x[0] and x[1] <= y[1]) or (x[0] <= y[0] and y[1] <= x[1])


__all__ = ["DateMention", "contains", "find_dates", "find_durations", "same_time"]
