"""Periods told by their two ends: from May to June, 2014年到2018年, 下午5点到6点.

Either end may leave out what the other says: its year, its month, its half of the day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from ribao.language import calendar as cal
from ribao.language.calendar import Reading
from ribao.language.clocks import Clock
from ribao.language.instants import Moment, Span, at

_TO = re.compile(r"[ ]?(?:-|–|—|~|至|到|to|through|thru|till|until|up to)[ ]?")
_AND = re.compile(r"[ ]?(?:和|与|及|and)[ ]?")
FROM = re.compile(r"(?:从|自|(?i:\bfrom)|(?i:\bbetween))[ ]?\Z")
_BETWEEN = re.compile(r"[ ]?(?:之间|间(?!隔|接))")


def from_and_to(folded: str, a: Moment, b: Moment) -> Moment | None:
    """一月十日到十二日, "from May to June", "between 2014 and 2018", 下午5点到6点."""
    if a.bound or "set" in (a.kind, b.kind):
        return None
    left = FROM.search(folded, max(0, a.start - 8), a.start)
    after = _BETWEEN.match(folded, b.end)
    if not _TO.fullmatch(folded, a.end, b.start):
        closed = after or (left and left.group().lower().startswith("between"))
        if not closed or not _AND.fullmatch(folded, a.end, b.start):
            return None
    elif after and folded[a.end : b.start].strip() not in {"和", "与", "及"}:
        after = None
    start = left.start() if left else a.start
    return _ranged(start, after.end() if after else b.end, a, b)


def _ranged(start: int, end: int, a: Moment, b: Moment) -> Moment | None:
    if a.reading and b.reading and not a.clock and not b.clock:
        return None if a.kind == "datetime" == b.kind else _date_range(start, end, a, b)
    if b.kind in {"time", "timerange"} and a.clock and b.clock:
        return _time_range(start, end, a, b)
    if a.clock and b.clock and a.reading and b.reading:
        pairs = _pairs([it[0] for it in a.spans[:1]], [it[0] for it in b.spans])
        if pairs:
            return Moment(start, end, "datetimerange", a.reading, pairs[:1], clock=a.clock)
    return None


def _date_range(start: int, end: int, a: Moment, b: Moment) -> Moment | None:
    """Complete the end that lacks its year or month from the other, and pair the readings."""
    first, last = _completed(a.reading, b.reading)
    if first is None or last is None:
        return None
    begins = [span[0] for span in first.spans]
    pairs = []
    for begin in sorted(begins):
        finish = min((span for span in last.spans if span[0] > begin), default=None)
        if finish:
            pairs.append((begin, finish))
    if not pairs:
        return None
    pairs.sort(key=lambda pair: begins.index(pair[0]))
    spans = tuple((at(begin), at(finish[1]) + timedelta(days=1)) for begin, finish in pairs)
    edges = tuple((at(begin), _last_edge(finish, last)) for begin, finish in pairs)
    whole = tuple((begin, finish[1]) for begin, finish in pairs)
    grain = last.grain if last.grain != "day" else first.grain
    reading = Reading(
        whole, grain, first.relative or last.relative, first.approximate or last.approximate
    )
    return Moment(start, end, "daterange", reading, spans, edges)


def _last_edge(finish: cal.Interval, last: Reading) -> datetime:
    """Where a period ends: where its last part begins, but "to the end of 2008" is to its end."""
    after = at(finish[1]) + timedelta(days=1)
    return after if last.approximate and after.day == 1 else at(finish[0])


def around(moment: Moment, anchor: date) -> Moment:
    """Of the readings of a period, take the one that the anchor lies in, where there is one."""
    reading = moment.reading
    if reading is None or len(moment.edges) < 2 or moment.kind != "daterange":
        return moment
    for i, (first, last) in enumerate(reading.spans):
        if first <= anchor <= last:
            only = reading._replace(spans=((first, last),))
            return moment._replace(reading=only, spans=(moment.spans[i],), edges=(moment.edges[i],))
    return moment


def _completed(a: Reading | None, b: Reading | None) -> tuple[Reading | None, Reading | None]:
    """Give both ends their year and month: 2016年1月10日到12日, "Jan-Feb 2017", 10月到2月."""
    if a is None or b is None:
        return None, None
    if b.yearless and b.yearless[0] == 0 and not (a.yearless and a.yearless[0] == 0):
        month_day = [(first.year, first.month, b.yearless[1]) for first, _ in a.spans]
        days = [it for parts in month_day if (it := cal.day(*parts))]
        b = Reading(tuple((it, it) for it in days), "day", a.relative)
    elif b.yearless:
        years = {first.year for first, _ in a.spans}
        b = b._replace(spans=_in_years(b, sorted({*years, *(year + 1 for year in years)})))
    elif a.yearless and a.yearless[0] == 0:
        days = [
            it for first, _ in b.spans if (it := cal.day(first.year, first.month, a.yearless[1]))
        ]
        a = Reading(tuple((it, it) for it in days), "day", b.relative)
    elif a.yearless:
        years = {first.year for first, _ in b.spans}
        fitting = _in_years(a, sorted(years)) + _in_years(a, sorted(year - 1 for year in years))
        fitting = tuple(span for span in fitting if span[0] < b.spans[0][0])[:1]
        a = a._replace(spans=fitting)
    return (a if a.spans else None), (b if b.spans else None)


def _in_years(reading: Reading, years: list[int]) -> tuple[cal.Interval, ...]:
    month, number = reading.yearless or (0, 0)
    if number:
        return tuple((it, it) for year in years if (it := cal.day(year, month, number)))
    return tuple(span for year in years if (span := cal.months(year, month)))


def _time_range(start: int, end: int, a: Moment, b: Moment) -> Moment | None:
    """下午5点到6点: the second time takes the half of the day of the first."""
    pairs: list[Clock] = []
    for first, _ in a.clock:
        later = [it[1] for it in b.clock if it[1] > first]
        pairs.append((first, min(later) if later else b.clock[0][1]))
    if len(b.clock) == 1 and len(a.clock) == 2 and b.kind == "time" and b.half_told:
        first = max((it[0] for it in a.clock if it[0] < b.clock[0][1]), default=a.clock[0][0])
        pairs = [(first, b.clock[0][1])]  # "2:00 to 2:30 pm": pm is told once
    elif len(b.clock) == 1 and len(a.clock) == 2:
        pairs = pairs[:1] if b.clock[0][1] > a.clock[0][0] else pairs[1:]
    if a.reading is None:
        day = a.spans[0][0].date()
        spans = tuple((at(day, x), at(day, y)) for x, y in pairs)
        return Moment(start, end, "timerange", None, spans, clock=tuple(pairs))
    spans = tuple((at(first, x), at(first, y)) for x, y in pairs for first, _ in a.reading.spans)
    return Moment(start, end, "datetimerange", a.reading, spans, clock=tuple(pairs))


def _pairs(firsts: list[datetime], lasts: list[datetime]) -> tuple[Span, ...]:
    found = []
    for first in firsts:
        last = min((it for it in lasts if it > first), default=None)
        if last:
            found.append((first, last))
    return tuple(found)
