"""The Chinese of calendars: 早上五到六点, 还剩8天20时, 马上, and days that never come (2月30日)."""

from __future__ import annotations

import re
from datetime import timedelta

from ribao.language import calendar as cal
from ribao.language.appointment_line import Build, Form, Match, pattern
from ribao.language.calendar import Reading
from ribao.language.clocks import HOUR
from ribao.language.instants import Moment, at
from ribao.language.readings_zh import number


def _soon(match: Match) -> Moment | None:
    """马上: now."""
    here = match.now
    reading = Reading(((here.date(), here.date()),), "day", relative=True)
    return Moment(0, 0, "datetime", reading, ((here, here),))


def _lately(match: Match) -> Moment | None:
    today = match.now.date()
    return Moment(0, 0, "date", cal.on(today), ((at(today), at(today) + timedelta(days=1)),))


def _never(match: Match) -> Moment | None:
    """30 February, 29 February of a common year: a date that is none."""
    year, day = match.moment("y"), number(match["n"])
    if day == 29 and (year is None or cal.day(year.spans[0][0].year, 2, 29)):
        return None
    return Moment(0, 0, "daterange" if match["d"] else "date", None, ())


def _by_order(match: Match) -> Moment | None:
    """12-11-10 begins with the year, 1/2/2020 with the day."""
    day = match.moment("d")
    words = match.words(day) if day else ""
    parts = re.fullmatch(r"(\d\d)-(\d\d?)-(\d\d?)|(\d\d?)/(\d\d?)/(\d{4})", words)
    if parts is None:
        return None
    if parts[1]:
        found = cal.day(2000 + int(parts[1]), int(parts[2]), int(parts[3]))
    else:
        found = cal.day(int(parts[6]), int(parts[5]), int(parts[4]))
    return Moment(0, 0, "date", cal.on(found), ((at(found), at(found) + timedelta(days=1)),)) if found else None  # fmt: skip


def _between(match: Match) -> Moment | None:
    """早上五到六点."""
    part, last = match.moment("p"), match.moment("t")
    if part is None or last is None or not part.clock:
        return None
    late = part.clock[0][0] >= 12 * HOUR
    first = number(match["h"].replace("两", "二")) % 12 * HOUR + (12 * HOUR if late else 0)
    ends = [end for _, end in last.clock if end > first]
    if not ends:
        return None
    today = match.now.date()
    span = (at(today, first), at(today, min(ends)))
    return Moment(0, 0, "timerange", None, (span,), clock=((first, min(ends)),))


def _sum(match: Match) -> Moment | None:
    """两天又一个月, 8天20时."""
    a, b, hour = match.moment("a"), match.moment("b"), match.moment("t")
    if a is None:
        return None
    length = a.spans[0][1] - a.spans[0][0]
    if b is not None:
        length += b.spans[0][1] - b.spans[0][0]
    elif hour is not None and match.words(hour).endswith("时"):
        length += timedelta(seconds=hour.clock[0][0])
    else:
        return None
    return Moment(0, 0, "duration", None, ((match.now, match.now + length),))


EARLY: tuple[tuple[Form, Build], ...] = tuple(
    (pattern(words), build)
    for words, build in (
        (r"马上|立刻|立即", _soon),
        (r"最近(?!的|一|几|\d)", _lately),
        (r"(?:<R:y>)?[2二]月(?P<n>29|30|31|二十九|三十一?)[日号](?:[-至到~]<D:d>)?", _never),
        (r"<D:d>", _by_order),
        (r"<P:p>(?P<h>\d\d?|[一二两三四五六七八九十]{1,2})[到至-]<T:t>", _between),
    )
)
LATE: tuple[tuple[Form, Build], ...] = tuple(
    (pattern(words), build)
    for words, build in (
        (r"<L:a>[又余多]?<L:b>", _sum),
        (r"<L:a>[又余多]?<L:b>", _sum),  # once more: three lengths in a row
        (r"<L:a><T:t>", _sum),
    )
)
