"""What English forms of dates mean: each function reads one form of `dates_en`; see `counted_en` for counted time."""

from __future__ import annotations

import re
from datetime import date

from ribao.language import calendar as cal
from ribao.language import holidays, numerals_en
from ribao.language.calendar import Reading

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: i for i, name in enumerate(_NAMES, start=1)}
WEEKDAYS = {d: i for i, d in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_COUNTED = {word: int(value) for word, value in numerals_en.ORDINALS.items()}
ORDINAL_DAYS = (
    {word: i for word, i in _COUNTED.items() if 1 <= i <= 20}
    | {f"twenty{gap}{word}": 20 + i for word, i in _COUNTED.items() if 1 <= i <= 9 for gap in " -"}
    | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "last": -1}  # fmt: skip


def offset_of(words: str | None) -> int:
    """How many periods away "last", "next" or "this" is."""
    last = (words or "this").lower().split()[-1]
    return {
        "last": -1,
        "past": -1,
        "previous": -1,
        "next": 1,
        "coming": 1,
        "upcoming": 1,
        "following": 1,
    }.get(last, 0)


def month_number(name: str) -> int:
    """January is 1; full names and abbreviations."""
    return _MONTHS[name[:3].lower()]


def day_number(text: str) -> int:
    """18, 18th, eighteenth."""
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else ORDINAL_DAYS[text.lower()]


def read_mdy(match: re.Match[str], anchor: date) -> Reading | None:
    """December 18, 18 December 2025, Dec. 18 of next year."""
    month, dom = month_number(match["mn"]), day_number(match["d"])
    groups = match.groupdict()
    if groups.get("y"):
        return cal.on(cal.day(int(groups["y"]), month, dom))
    if groups.get("rel"):
        return cal.on(cal.day(anchor.year + offset_of(groups["rel"]), month, dom), relative=True)
    return cal.in_some_year(month, dom, anchor)


def read_now(match: re.Match[str], anchor: date) -> Reading | None:
    """Now, where it is one end of a period."""
    del match
    return cal.on(anchor, relative=True)


def read_month_days(match: re.Match[str], anchor: date) -> Reading | None:
    """December 18-19, 5 to 7 June: the month is told once."""
    whole = read_mdy(match, anchor)
    if whole is None:
        return None
    first = day_number(match["d1"])
    starts = ((cal.day(last.year, last.month, first), last) for last, _ in whole.spans)
    spans = tuple((start, last) for start, last in starts if start and start < last)
    return Reading(spans, "day", whole.relative, edges=spans[0]) if spans else None


def read_iso(match: re.Match[str], anchor: date) -> Reading | None:
    """2025-12-18."""
    del anchor
    return cal.on(cal.day(int(match["y"]), int(match["m"]), int(match["d"])))


def read_slashes(match: re.Match[str], anchor: date) -> Reading | None:
    """Day and month in either order: 18/12/2025 can only be one, 5/6/2025 is read the American way."""
    a, b = int(match["a"]), int(match["b"])
    if not match["y"]:
        return cal.in_some_year(a, b, anchor) or cal.in_some_year(b, a, anchor)
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    return cal.on(cal.day(year, a, b) or cal.day(year, b, a))


def read_year_month(match: re.Match[str], anchor: date) -> Reading | None:
    """2025-12; but 2007-11, whose end would come after its begin, are years as 2025-26 are."""
    del anchor
    year, month = int(match["y"]), int(match["m"])
    if month > year % 100:
        return _years(year, year // 100 * 100 + month)
    return cal.one(cal.months(year, month), "month")


def read_my(match: re.Match[str], anchor: date) -> Reading | None:
    """December 2025, early December, December of last year."""
    groups = match.groupdict()
    month = month_number(match["mn"])
    if groups.get("y"):
        reading = cal.one(cal.months(int(groups["y"]), month), "month")
    elif groups.get("rel2"):
        reading = cal.one(
            cal.months(anchor.year + offset_of(groups["rel2"]), month), "month", relative=True
        )
    else:
        reading = cal.month_of_some_year(month, anchor)
    return cal.parted(reading, _part_name(groups.get("part")))


def _part_name(words: str | None) -> str:
    word = (words or "").lower()
    if not word:
        return ""
    if "early" in word or "beginning" in word or "start" in word:
        return "early"
    if "mid" in word:
        return "mid"
    return "end" if "end" in word or "close" in word else "late"


def read_year_end(match: re.Match[str], anchor: date) -> Reading | None:
    """By year-end."""
    del match
    return cal.parted(period("year", 0, anchor), "end")


def read_rel_month_name(match: re.Match[str], anchor: date) -> Reading | None:
    """Last May, next March, this August: the nearest before, after, or in this year."""
    month, offset, year = month_number(match["mn"]), offset_of(match["rel"]), anchor.year
    if offset < 0 and month >= anchor.month:
        year -= 1
    if offset > 0 and month <= anchor.month:
        year += 1
    return cal.one(cal.months(year, month), "month", relative=True)


def read_rel_month_day(match: re.Match[str], anchor: date) -> Reading | None:
    """Last December 30, last 30 December, next May 4: the nearest before or after, or in this year."""
    month, number = month_number(match["mn"] or match["mn2"]), int(match["d1"] or match["d2"])
    offset, told, year = offset_of(match["rel"]), (month, number), anchor.year
    if offset < 0:
        year -= told >= (anchor.month, anchor.day)
    elif offset > 0:
        year += told <= (anchor.month, anchor.day)
    return cal.on(cal.day(year, month, number), relative=True)


def period(unit: str, offset: int, anchor: date) -> Reading | None:
    """A whole week, month, ... some periods away from the anchor."""
    unit = unit.lower()
    quarter = (anchor.month + 2) // 3
    week = cal.week(anchor, offset)
    saturday = cal.shift(week[0], days=5) if week else None
    spans = {
        "week": week,
        "weekend": (saturday, week[1]) if week and saturday else None,
        "month": cal.months(anchor.year, anchor.month + offset),
        "quarter": cal.quarter(anchor.year, quarter + offset),
        "year": cal.years(anchor.year + offset),
        "decade": cal.years((anchor.year // 10 + offset) * 10, 10),
        "century": cal.years((anchor.year // 100 + offset) * 100, 100),
    }
    return cal.one(spans[unit], unit, relative=True)


def read_rel_unit(match: re.Match[str], anchor: date) -> Reading | None:
    """Last month, the end of this year, the week after next."""
    groups = match.groupdict()
    offset = (
        2 if groups.get("after") else -2 if groups.get("before") else offset_of(groups.get("rel"))
    )
    reading = period(match["unit"].split()[-1], offset, anchor)
    return cal.parted(reading, _part_name(groups.get("part")))


def read_quarter(match: re.Match[str], anchor: date) -> Reading | None:
    """Q4 2025, the third quarter of last year."""
    groups = match.groupdict()
    word = (groups.get("q") or groups.get("qw") or "").lower()
    number = int(word) if word.isdigit() else ORDINALS[word]
    year, relative = year_of(groups, anchor)
    return cal.one(cal.quarter(year, 4 if number < 0 else number), "quarter", relative=relative)


def read_half(match: re.Match[str], anchor: date) -> Reading | None:
    """H1 2026, the second half of the year."""
    groups = match.groupdict()
    word = (groups.get("h") or groups.get("hw") or "").lower()
    year, relative = year_of(groups, anchor)
    number = int(word) if word.isdigit() else ORDINALS[word]
    return cal.one(cal.half(year, 2 if number < 0 else number), "half", relative=relative)


def year_of(groups: dict[str, str | None], anchor: date) -> tuple[int, bool]:
    """The year that a match names, and whether it needs the anchor."""
    for name in ("y", "y2"):
        digits = groups.get(name)
        if digits:
            return int(digits) + (2000 if int(digits) < 100 else 0), False
    return anchor.year + offset_of(groups.get("rel")), True


def read_years(match: re.Match[str], anchor: date) -> Reading | None:
    """2025-2034, 2025-26."""
    del anchor
    first, last = int(match["a"]), int(match["b"])
    last += first // 100 * 100 if last < 100 else 0
    return _years(first, last)


def _years(first: int, last: int) -> Reading | None:
    if not 0 < last - first <= 60:  # 2015-32 is no period
        return None
    end = cal.day(last, 1, 1)
    span = cal.years(first, last - first + 1) if last > first else None
    return Reading((span,), "year", edges=(span[0], end)) if span and end else None


def read_year(match: re.Match[str], anchor: date) -> Reading | None:
    """2026, early 2026, FY2026."""
    del anchor
    groups = match.groupdict()
    year = int(match["y"]) + (2000 if int(match["y"]) < 100 else 0)
    return cal.parted(cal.one(cal.years(year), "year"), _part_name(groups.get("part")))


def read_season(match: re.Match[str], anchor: date) -> Reading | None:
    """Summer 2025, last winter."""
    groups = match.groupdict()
    year, relative = year_of(groups, anchor)
    first = {"s": {"p": 3, "u": 6}.get(match["season"][1].lower(), 3), "f": 9, "a": 9, "w": 12}[
        match["season"][0].lower()
    ]
    return cal.one(cal.months(year, first, 3), "season", relative=relative)


def read_decade(match: re.Match[str], anchor: date) -> Reading | None:
    """The 1990s."""
    del anchor
    first = int(match["dec"])
    first += 1900 if first < 100 else 0
    reading = cal.one(cal.years(first, 10), "decade")
    return cal.parted(reading, _part_name(match.groupdict().get("part")))


def read_century(match: re.Match[str], anchor: date) -> Reading | None:
    """The 15th century."""
    del anchor
    return cal.one(cal.years((day_number(match["c"]) - 1) * 100, 100), "century")


_REL_DAYS = {
    "yesterday": -1, "tomorrow": 1, "tmrw": 1, "tmr": 1, "the day before yesterday": -2, "day before yesterday": -2,
    "the day after tomorrow": 2, "day after tomorrow": 2, "the next day": 1, "next day": 1,
    "the previous day": -1, "this": 0, "last": -1, "the day before": -1,
}  # fmt: skip


def read_rel_day(match: re.Match[str], anchor: date) -> Reading | None:
    """Today, yesterday, the day after tomorrow."""
    return cal.on(cal.shift(anchor, days=_REL_DAYS.get(match["rd"].lower(), 0)), relative=True)


def read_the_nth(match: re.Match[str], anchor: date) -> Reading | None:
    """On the 18th: of the month that brings it next to the anchor."""
    return cal.on_some_month(day_number(match["d"]), anchor)


def read_so_far(match: re.Match[str], anchor: date) -> Reading | None:
    """Earlier this year: from its first day to the anchor; later this year: from then on."""
    unit = match["unit"].lower()
    whole = period(unit, 0, anchor)
    if whole is None:
        return None
    first, last = whole.spans[0]
    span = (anchor, last) if match["way"].lower().startswith("later") else (first, anchor)
    return Reading((span,), unit, relative=True, approximate=True)


def read_holiday(match: re.Match[str], anchor: date) -> Reading | None:
    """Christmas, Thanksgiving 2025."""
    name = holidays.ENGLISH[match["h"].lower().replace("’", "'")]
    groups = match.groupdict()
    if groups.get("y") or groups.get("rel"):
        year, relative = year_of(groups, anchor)
        return cal.on(holidays.holiday(name, year), relative=relative)
    near = holidays.holiday_near(name, anchor)
    if near is None or not groups.get("rel3") or groups["rel3"].lower() == "this":
        return near
    later = groups["rel3"].lower() == "next"
    spans = tuple(span for span in near.spans if (span[0] > anchor) == later)
    return Reading(spans, "day", relative=True) if spans else None
