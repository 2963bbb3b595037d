"""English forms of dates, and the forms that both languages share (2025-12-18, Q4 2025)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from ribao.language import calendar as cal
from ribao.language.calendar import Reading
from ribao.language.dates_zh import without_year

Rule = tuple[str, Callable[[re.Match[str], date], Reading | None]]

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: i for i, name in enumerate(_NAMES, start=1)}
WEEKDAYS = {d: i for i, d in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_FULL = (
    "january|february|march|april|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_MONTH = rf"(?P<mn>(?i:{_FULL})\b\.?|May\b)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<y>(?:1[0-9]|20)\d{2})\b"
_WEEKDAY = r"(?P<wd>(?i:mon|tues|wednes|thurs|fri|satur|sun)day|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?)"
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2,
}  # fmt: skip
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_AMOUNT = r"(?P<n>\d{1,4}|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple of|a couple of))"
_STEP = r"(?P<u>(?i:day|week|month|quarter|year|decade))s?\b"
_RELATIVE = {
    "this": 0,
    "current": 0,
    "last": -1,
    "past": -1,
    "previous": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
}
_WHICH = r"(?P<rel>(?i:this|last|next|previous|the\ past|coming|the\ current))"


def _month_number(name: str) -> int:
    return MONTHS[name[:3].lower()]


def _mdy(match: re.Match[str], anchor: date) -> Reading | None:
    month, dom = _month_number(match["mn"]), int(match["d"])
    if match["y"]:
        found = cal.day(int(match["y"]), month, dom)
        return Reading((found, found), "day") if found else None
    return without_year(month, dom, anchor)


def _iso(match: re.Match[str], anchor: date) -> Reading | None:
    del anchor
    found = cal.day(int(match["y"]), int(match["m"]), int(match["d"]))
    return Reading((found, found), "day") if found else None


def _slashes(match: re.Match[str], anchor: date) -> Reading | None:
    """Day and month in either order: 18/12/2025 can only be one, 5/6/2025 is read the American way."""
    del anchor
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 2000 if year < 100 else 0
    first, second = cal.day(year, a, b), cal.day(year, b, a)
    best = first or second
    if best is None:
        return None
    other = (second, second) if first and second and first != second else None
    return Reading((best, best), "day", other=other)


def _my(match: re.Match[str], anchor: date) -> Reading | None:
    month = _month_number(match["mn"])
    if match["y"]:
        span = cal.months(int(match["y"]), month)
        reading = Reading(span, "month") if span else None
    else:
        reading = _bare_month(month, anchor)
    return _parted(reading, match.groupdict().get("part"))


def _bare_month(month: int, anchor: date) -> Reading | None:
    spans = [span for y in (-1, 0, 1) if (span := cal.months(anchor.year + y, month))]
    spans.sort(key=lambda span: (abs((span[0] - anchor).days + 15), span[0]))
    return Reading(spans[0], "month", True, False, spans[1]) if len(spans) > 1 else None


def _parted(reading: Reading | None, part: str | None) -> Reading | None:
    if reading is None or not part:
        return reading
    word = part.lower().strip(" -")
    name = (
        "early"
        if word.startswith(("early", "beginning", "start"))
        else "mid"
        if word.startswith("mid")
        else "end"
        if "end" in word or "close" in word
        else "late"
    )
    return Reading(cal.part(reading.span, name), reading.grain, reading.relative, True)


def _rel_month_name(match: re.Match[str], anchor: date) -> Reading | None:
    month = _month_number(match["mn"])
    offset = _RELATIVE[match["rel"].lower().removeprefix("the ")]
    year = anchor.year
    if offset < 0 and month >= anchor.month:
        year -= 1
    if offset > 0 and month <= anchor.month:
        year += 1
    span = cal.months(year, month)
    return Reading(span, "month", True) if span else None


def _rel_unit(match: re.Match[str], anchor: date) -> Reading | None:
    offset = _RELATIVE[match["rel"].lower().removeprefix("the ")]
    unit = match["unit"].lower()
    if unit == "week":
        span = cal.week(anchor, offset)
    elif unit == "weekend":
        week = cal.week(anchor, offset)
        saturday = cal.shift(week[0], days=5) if week else None
        span = (saturday, week[1]) if week and saturday else None
    elif unit == "month":
        span = cal.months(anchor.year, anchor.month + offset)
    elif unit == "quarter":
        span = cal.quarter(anchor.year, (anchor.month + 2) // 3 + offset)
    elif unit == "decade":
        span = cal.years((anchor.year // 10 + offset) * 10, 10)
    else:
        span = cal.years(anchor.year + offset)
    reading = Reading(span, unit, True) if span else None
    return _parted(reading, match.groupdict().get("part"))


def _weekday(match: re.Match[str], anchor: date) -> Reading | None:
    target = WEEKDAYS[match["wd"][:3].lower()]
    rel = (match.groupdict().get("rel") or "").lower().removeprefix("the ")
    around = [
        it for n in (-7, 0, 7) if (it := cal.shift(anchor, days=n + target - anchor.weekday()))
    ]
    if rel in {"last", "past", "previous"}:
        found = max((it for it in around if it < anchor), default=None)
    elif rel in {"next", "coming"}:
        week = cal.week(anchor, 1)
        found = cal.shift(week[0], days=target) if week else None
    elif rel:
        week = cal.week(anchor)
        found = cal.shift(week[0], days=target) if week else None
    else:
        past = max((it for it in around if it <= anchor), default=None)
        later = min((it for it in around if it > anchor), default=None)
        if past is None:
            return None
        return Reading((past, past), "day", True, False, (later, later) if later else None)
    return Reading((found, found), "day", True) if found else None


def _quarter(match: re.Match[str], anchor: date) -> Reading | None:
    groups = match.groupdict()
    word = (groups.get("q") or groups.get("qw") or "").lower()
    number = int(word) if word.isdigit() else _ORDINALS[word]
    year, relative = _year_of(groups, anchor)
    span = cal.quarter(year, number)
    return Reading(span, "quarter", relative) if span else None


def _half(match: re.Match[str], anchor: date) -> Reading | None:
    groups = match.groupdict()
    word = (groups.get("h") or groups.get("hw") or "").lower()
    year, relative = _year_of(groups, anchor)
    span = cal.half(year, int(word) if word.isdigit() else _ORDINALS[word])
    return Reading(span, "half", relative) if span else None


def _year_of(groups: dict[str, str | None], anchor: date) -> tuple[int, bool]:
    for name in ("y", "y2"):
        if groups.get(name):
            year = int(groups[name] or 0)
            return (year + 2000 if year < 100 else year), False
    rel = (groups.get("rel") or "this").lower().removeprefix("the ")
    return anchor.year + _RELATIVE[rel], True


def _year(match: re.Match[str], anchor: date) -> Reading | None:
    del anchor
    span = cal.years(int(match["y"]))
    return _parted(Reading(span, "year"), match.groupdict().get("part")) if span else None


def _decade(match: re.Match[str], anchor: date) -> Reading | None:
    del anchor
    span = cal.years(int(match["dec"]), 10)
    return Reading(span, "decade") if span else None


def _rel_day(match: re.Match[str], anchor: date) -> Reading | None:
    word = match["rd"].lower()
    offset = {
        "yesterday": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }.get(word, 0)
    found = cal.shift(anchor, days=offset)
    return Reading((found, found), "day", True) if found else None


def _moved(amount: int, unit: str, anchor: date) -> date | None:
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        return cal.shift(anchor, days=amount * days)
    return cal.shift(
        anchor, months_on=amount * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    )


def _amount(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS[text.lower()]


def _ago(match: re.Match[str], anchor: date) -> Reading | None:
    sign = -1 if match["way"].lower() in {"ago", "earlier", "before", "back"} else 1
    unit = match["u"].lower()
    found = _moved(sign * _amount(match["n"]), unit, anchor)
    if found is None:
        return None
    if unit in {"year", "decade"}:
        span = cal.years(found.year)
    elif unit in {"month", "quarter"}:
        span = cal.months(found.year, found.month)
    else:
        span = (found, found)
    return Reading(span, unit, True, unit != "day") if span else None


def _recent(match: re.Match[str], anchor: date) -> Reading | None:
    sign = 1 if match["way"].lower().removeprefix("the ") in {"next", "coming", "following"} else -1
    unit = match["u"].lower()
    edge = _moved(sign * _amount(match["n"]), unit, anchor)
    return Reading((min(edge, anchor), max(edge, anchor)), unit, True, True) if edge else None


def _so_far(match: re.Match[str], anchor: date) -> Reading | None:
    unit = match["unit"].lower()
    whole = {
        "year": cal.years(anchor.year),
        "month": cal.months(anchor.year, anchor.month),
        "week": cal.week(anchor),
        "quarter": cal.quarter(anchor.year, (anchor.month + 2) // 3),
    }[unit]
    if whole is None:
        return None
    if match["way"].lower() == "later":
        return Reading((anchor, whole[1]), unit, True, True)
    return Reading((whole[0], anchor), unit, True, True)


_PART = r"(?P<part>(?i:early|mid|late|(?:the )?(?:end|beginning|start|middle|close)(?: of)?))[ -](?:the )?"
RULES: tuple[Rule, ...] = (
    (r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", _iso),
    (r"(?<![\d./])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)?\d{2})(?!\d)", _slashes),
    (rf"(?:{_WEEKDAY},?[ ])?{_MONTH}[ ]{_DAY}(?!,\d)(?:,?[ ](?P<y>(?:19|20)\d{{2}})\b)?", _mdy),
    (
        rf"(?:{_WEEKDAY},?[ ])?\b{_DAY}[ -](?:of[ ])?{_MONTH}(?:,?[ -](?P<y>(?:19|20)\d{{2}})\b)?",
        _mdy,
    ),
    (rf"(?:{_PART})?{_MONTH},?[ ](?:of[ ])?{_YEAR}", _my),
    (rf"(?:(?P<rel>(?i:this|last|next)))[ ]{_MONTH}", _rel_month_name),
    (rf"{_PART}{_MONTH}(?P<y>(?!))?", _my),
    (
        r"\bQ(?P<q>[1-4])(?:[ ]?(?:of[ ]|FY)?['’]?(?P<y>20\d{2}|\d{2}(?!\d))|(?:[ ]of)?[ ](?P<rel>(?i:this|last|next))[ ]year)?\b",
        _quarter,
    ),
    (r"(?P<y>20\d{2})[ ]?Q(?P<q>[1-4])\b", _quarter),
    (
        rf"(?i:\b(?P<qw>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter\b)(?:[ ](?:of[ ])?(?:{_YEAR}|(?P<rel>(?i:this|last|next))[ ]year))?",
        _quarter,
    ),
    (r"\bH(?P<h>[12])(?:[ ](?P<y>20\d{2})\b|(?=[ ,.]))", _half),
    (
        rf"(?i:\b(?P<hw>first|second)[ ]half[ ]of[ ](?:the[ ]year\b|{_YEAR}|(?P<rel>this|last|next)[ ]year))",
        _half,
    ),
    (r"\bFY[ ]?(?P<y>20\d{2})(?P<part>(?!))?\b", _year),
    (r"(?i:\b(?P<way>earlier|later)[ ]this[ ](?P<unit>week|month|quarter|year)\b)", _so_far),
    (
        rf"(?:{_PART})?\b{_WHICH}[ ](?P<unit>(?i:week|weekend|month|quarter|year|decade))\b(?![ -]old)",
        _rel_unit,
    ),
    (rf"\b{_WHICH}[ ]{_WEEKDAY}", _weekday),
    (
        r"(?i:\b(?P<rd>today|tonight|yesterday|tomorrow|the day before yesterday|the day after tomorrow)\b)",
        _rel_day,
    ),
    (
        rf"(?i:\b(?P<way>(?:the )?(?:past|last|next|coming|following|previous)))[ ]{_AMOUNT}[ ]{_STEP}",
        _recent,
    ),
    (rf"\b{_AMOUNT}[ ]{_STEP}[ ](?P<way>(?i:ago|from now|from today|later|hence))\b", _ago),
    (rf"\b{_WEEKDAY}(?<!\bSun)(?<!\bSat)(?<!\bMon)(?<!\bWed)", _weekday),
    (r"\b(?:the[ ])?(?P<dec>(?:1[5-9]|20)\d0)s\b", _decade),
    (
        rf"(?:{_PART})?(?<![\d.,$€£¥#/-])\b(?P<y>(?:19|20)\d{{2}})(?:年)?(?![\d.,]\d|[\d%]|[ -]?(?:元|美元|万|亿|人|名|个|家|分|块|余|多|[A-Za-z]*(?:tokens?|users?|people|mAh|jobs|employees|companies)\b|x\b|[kKmMgGtT]?[WBbgm]\b|nits?\b|px\b))",
        _year,
    ),
    (
        r"\b(?P<mn>(?:January|February|April|June|July|August|September|October|November|December)\b|(?<=in\ )(?:March|May)\b)(?P<y>(?!))?",
        _my,
    ),
)
