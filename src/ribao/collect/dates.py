"""Dates of entries: every spelling met in feeds, and what to do where a date is missing or odd.

Reading a date never guesses day against month: a form that could be read in two ways is not read. A
date without a zone is placed by the zone of its source; `Moment.zone` says whether it had one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv januar enero gennaio jan. ian jän",
            "feb february fév fev febr februar",
            "mar march mars märz mär",
            "apr april avr avril abr",
            "may mai maj mayo máj",
            "jun june juin juni jún",
            "jul july juil juli júl",
            "aug august août aout ago",
            "sep sept september szept set",
            "oct october okt oktober out",
            "nov november novembre",
            "dec december déc dez dezember dic",
        ),
        1,
    )
    for name in names.split()
}
# Hours from UTC of the zone names of RFC 822 and of the names that feeds use beside them. CST is
# read as US Central unless the source is Chinese (see `_offset`).
_ZONES = {
    "ut": 0.0, "utc": 0.0, "gmt": 0.0, "z": 0.0, "wet": 0.0, "west": 1.0, "bst": 1.0, "ist": 5.5,
    "cet": 1.0, "cest": 2.0, "met": 1.0, "mest": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0,
    "est": -5.0, "edt": -4.0, "et": -5.0, "cst": -6.0, "cdt": -5.0, "ct": -6.0, "mst": -7.0,
    "mdt": -6.0, "mt": -7.0, "pst": -8.0, "pdt": -7.0, "pt": -8.0, "akst": -9.0, "akdt": -8.0,
    "hst": -10.0, "ast": -4.0, "adt": -3.0, "nst": -3.5, "ndt": -2.5, "jst": 9.0, "kst": 9.0,
    "hkt": 8.0, "sgt": 8.0, "aest": 10.0, "aedt": 11.0, "acst": 9.5, "awst": 8.0, "nzst": 12.0,
    "nzdt": 13.0, "brt": -3.0, "art": -3.0, "gst": 4.0, "pht": 8.0, "wib": 7.0, "ict": 7.0,
}  # fmt: skip
_MILITARY = "yxwvutsrqponzabcdefghiklm"  # RFC 822 2.6: from Y (-12) over Z (0) to M (+12), no J

_CLOCK = (
    r"(?P<h>\d{1,2})\s*[:：.時时点]\s*(?P<mi>\d{1,2})"
    r"(?:\s*[:：.分]\s*(?P<s>\d{1,2})(?:[.,](?P<f>\d{1,9}))?)?秒?分?"
)
_ZONE = (
    r"(?:\s*(?P<z>[+-]\d{1,2}:?\d{2}|[+-]\d{1,2}|(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?"
    r"|[A-Za-z]{1,5}(?![A-Za-z]))(?:\s*\(.*\))?)?"
)
_HALF = r"\s*(?P<ap>[APap]\.?[Mm]\.?)?"
_RFC822 = re.compile(
    r"^(?:[^\W\d]+[.,]*\s*,?\s*)?(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s\-.,/]+"
    rf"(?P<m>[^\W\d]+)[.,]?[\s\-,/]*(?P<y>\d{{2,4}})(?:,?\s+{_CLOCK})?{_HALF}{_ZONE}\s*$"
)
_MONTH_FIRST = re.compile(
    rf"^(?:[^\W\d]+[.,]*\s+)?(?P<m>[^\W\d]{{3,}})[.,]?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?:,?\s+(?:at\s+|-\s+)?{_CLOCK})?{_HALF}{_ZONE}\s*$"
)
# Day and month in figures, year last: read where it can only be one way (see `_in_figures`).
_FIGURES = re.compile(
    rf"^(?P<a>\d{{1,2}})(?P<by>[./-])(?P<b>\d{{1,2}})(?P=by)(?P<y>\d{{4}})(?:,?\s+{_CLOCK})?{_HALF}{_ZONE}\s*$"
)
# Without a year, as Chinese pages and feeds have it beside news: the last such day.
_YEARLESS = re.compile(
    rf"^(?P<m>\d{{1,2}})(?:\s*[月월]\s*(?P<d>\d{{1,2}})\s*[日号號일]|-(?P<d2>\d{{2}})(?=\s+\d))(?:\s*{_CLOCK})?\s*$"
)
_NAMED_DAY = re.compile(
    r"^(?P<n>刚刚|剛剛|just now|今天|今日|today|昨天|昨日|yesterday|前天|前日)"
    rf"(?:,?\s*(?:at\s+)?{_CLOCK})?\s*$",
    re.IGNORECASE,
)
_DAYS_BACK = {
    "今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2, "前日": 2,
}  # fmt: skip
_ASCTIME = re.compile(
    rf"^[^\W\d]+,?\s+(?P<m>[^\W\d]{{3,}})\s+(?P<d>\d{{1,2}}),?\s+{_CLOCK}{_ZONE}\s+(?P<y>\d{{4}})\s*$"
)
_ISO = re.compile(
    rf"^(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?:(?:\s*[Tt]\s*|\s+|,\s*){_CLOCK})?{_HALF}{_ZONE}\s*$"
)
_ISO_HOUR = re.compile(rf"^(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})[Tt ](?P<h>\d{{2}}){_ZONE}$")
_ISO_SHORT = re.compile(r"^(?P<y>\d{4})-?(?P<m>\d{2})?$")
_COMPACT = re.compile(
    rf"^(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}})(?:[Tt]?(?P<h>\d{{2}}):?(?P<mi>\d{{2}}):?(?P<s>\d{{2}})?)?{_ZONE}$"
)
_ORDINAL = re.compile(r"^(?P<y>\d{4})-?(?P<n>\d{3})$")
_CJK = re.compile(
    rf"^(?P<y>\d{{4}})\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월]\s*(?P<d>\d{{1,2}})\s*[日号號일]?"
    rf"\s*(?:[(（]?(?:星期|周|週)?[一二三四五六日天]?[)）]?)?\s*(?P<ap>上午|下午|凌晨|早上|中午|晚上|오전|오후)?\s*(?:{_CLOCK})?{_ZONE}\s*$"
)
_EPOCH = re.compile(r"^(?P<n>\d{10}|\d{13})(?:\.\d+)?$")
_AGO = re.compile(
    r"^(?P<n>\d{1,3})\s*(?P<u>秒|分钟|分鐘|小时|小時|天|日|周|週|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)\s*(?:之?前|ago)$",
    re.IGNORECASE,
)
_AGO_SECONDS = {
    "秒": 1,
    "s": 1,
    "分": 60,
    "m": 60,
    "小": 3600,
    "h": 3600,
    "天": 86400,
    "日": 86400,
    "d": 86400,
    "周": 604800,
    "週": 604800,
    "w": 604800,
}
_FORMS = (_RFC822, _ISO, _CJK, _ISO_HOUR, _COMPACT, _ASCTIME, _MONTH_FIRST)
_USUAL = re.compile(
    r"(?:(\d{4})-(\d\d)-(\d\d)T|(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) )"
    r"(\d\d):(\d\d):([0-5]\d)(?: ?(Z|GMT|[+-][01]\d:?[0-5]\d))\Z"
)
_FARTHEST = timedelta(hours=15, minutes=59)  # from UTC; farther zones are a mistake
_URL_DATE = re.compile(
    r"/(?P<y>20\d{2})[/\-]?(?P<m>0[1-9]|1[0-2])[/\-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/\-_.]|$)"
)

LONGEST = 120  # characters of a date worth reading; longer ones are text in the wrong element
SKEW = timedelta(minutes=10)  # clocks of publishers that run ahead
OLDEST_YEAR = 1990  # before the first feed by years; an older date is a default of some program


class Moment(NamedTuple):
    """A date as read: the time in UTC, whether it named its zone, whether it had a time of day."""

    at: datetime
    zoned: bool
    timed: bool


@lru_cache(maxsize=8192)
def read_date(text: str, timezone_name: str = "", seen_at: datetime | None = None) -> Moment | None:
    """Read one date; None where it is not a date in any form that we know.

    `timezone_name` places a date that names no zone; `seen_at` is what "3 hours ago" counts from.
    """
    if (match := _USUAL.match(text)) and (moment := _usual(match)) is not None:
        return moment
    text = " ".join(text.replace("\u00a0", " ").replace("\u3000", " ").split())
    if not text or len(text) > LONGEST:
        return None
    local = _zone(timezone_name)
    found = _counted(text, seen_at) or _written(text, local, timezone_name)
    if found is None and seen_at is not None:
        found = _near(text, seen_at.astimezone(local), timezone_name)
    return found


def _usual(match: re.Match[str]) -> Moment | None:
    """The two forms that nearly all dates have; None where the long way must decide."""
    year, month, day, named_day, name, named_year, hour, minute, second, zone = match.groups()
    try:
        at = datetime(
            int(year or named_year), int(month) if month else _MONTHS[name.lower()],
            int(day or named_day), int(hour), int(minute), int(second), tzinfo=UTC,
        )  # fmt: skip
        if zone not in ("Z", "GMT", "+0000", "+00:00"):
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            if offset > _FARTHEST:
                return None
            at = at + offset if zone[0] == "-" else at - offset
    except (KeyError, ValueError, OverflowError):
        return None
    return Moment(at, zoned=True, timed=True)


def _counted(text: str, seen_at: datetime | None) -> Moment | None:
    """Seconds since 1970, or how long ago."""
    if match := _EPOCH.match(text):
        return _epoch(int(match["n"]))
    if (match := _AGO.match(text)) and seen_at is not None:
        seconds = int(match["n"]) * _AGO_SECONDS[match["u"][0].lower()]
        return Moment(seen_at - timedelta(seconds=seconds), zoned=True, timed=True)
    return None


def _written(text: str, local: ZoneInfo | timezone, timezone_name: str) -> Moment | None:
    """A date of the calendar, in one of the forms."""
    for form in _FORMS:
        if match := form.match(text):
            return _moment(match.groupdict(), local, timezone_name)
    if match := _FIGURES.match(text):
        return _in_figures(match, local, timezone_name)
    if match := _ORDINAL.match(text):
        return _ordinal(int(match["y"]), int(match["n"]), local)
    if match := _ISO_SHORT.match(text):
        parts = {**match.groupdict(), "m": match["m"] or "1", "d": "1"}
        return _moment(parts, local, timezone_name)
    return None


def _in_figures(
    match: re.Match[str], local: ZoneInfo | timezone, timezone_name: str
) -> Moment | None:
    """With full stops the day comes first everywhere; else only where one figure is no month."""
    parts = match.groupdict()
    first, second = int(parts["a"] or 0), int(parts["b"] or 0)
    if match["by"] == "." or first > 12 or first == second:
        return _moment({**parts, "d": parts["a"], "m": parts["b"]}, local, timezone_name)
    if second > 12:
        return _moment({**parts, "d": parts["b"], "m": parts["a"]}, local, timezone_name)
    return None


def _near(text: str, seen: datetime, timezone_name: str) -> Moment | None:
    """A day told by where it lies from the one on which it was seen (in the zone of its source)."""
    if match := _NAMED_DAY.match(text):
        name = match["n"].lower()
        if name not in _DAYS_BACK:
            return Moment(seen.astimezone(UTC), zoned=True, timed=True)
        day = seen - timedelta(days=_DAYS_BACK[name])
        return _on(day.year, day.month, day.day, match, seen)
    match = _YEARLESS.match(text)
    # Month-day with a hyphen is how East Asia writes it; elsewhere it may be day-month.
    if match is None or (match["d2"] and not timezone_name.startswith("Asia/")):
        return None
    month, number = int(match["m"]), int(match["d"] or match["d2"])
    this = _on(seen.year, month, number, match, seen)
    if this is not None and this.at <= seen + SKEW:
        return this
    return _on(seen.year - 1, month, number, match, seen)


def _on(year: int, month: int, day: int, clock: re.Match[str], seen: datetime) -> Moment | None:
    parts: dict[str, str | None] = {"y": str(year), "m": str(month), "d": str(day)}
    parts |= {name: value for name in ("h", "mi", "s") if (value := clock[name])}
    zone = seen.tzinfo
    assert isinstance(zone, ZoneInfo | timezone)  # noqa: S101 - `read_date` put it there
    return _moment(parts, zone, "")


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | timezone:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _epoch(number: int) -> Moment | None:
    seconds = number / 1000 if number >= 10**12 else number
    return Moment(datetime.fromtimestamp(seconds, UTC), zoned=True, timed=True)


def _ordinal(year: int, day: int, local: ZoneInfo | timezone) -> Moment | None:
    if year < OLDEST_YEAR or not 1 <= day <= 366:
        return None
    start = datetime(year, 1, 1, tzinfo=local) + timedelta(days=day - 1)
    return Moment(start.astimezone(UTC), zoned=False, timed=False)


def _moment(
    parts: dict[str, str | None], local: ZoneInfo | timezone, timezone_name: str
) -> Moment | None:
    year, month = int(parts["y"] or 0), _month(parts["m"] or "")
    if year < 100:
        year += 2000 if year < 70 else 1900  # as RFC 2822 4.3 does, with a later turn
    hour = _hour(int(parts.get("h") or 0), parts.get("ap") or "")
    offset = _offset(parts.get("z") or "", timezone_name)
    zone = local if offset is None else timezone(offset)
    fraction = (parts.get("f") or "").ljust(6, "0")[:6]
    try:
        at = datetime(year, month, int(parts["d"] or 1), tzinfo=zone) + timedelta(
            hours=hour,
            minutes=int(parts.get("mi") or 0),
            seconds=min(int(parts.get("s") or 0), 60),
            microseconds=int(fraction or 0),
        )
        return Moment(at.astimezone(UTC), zoned=offset is not None, timed=bool(parts.get("h")))
    except (ValueError, OverflowError):
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    lower = text.lower()
    return _MONTHS.get(lower) or _MONTHS.get(lower[:3], 0)


def _hour(hour: int, half: str) -> int:
    half = half.lower().replace(".", "")
    if half in ("pm", "下午", "晚上", "오후") and hour < 12:
        return hour + 12
    if half == "中午" and hour < 3:
        return hour + 12
    if half in ("am", "上午", "凌晨", "오전") and hour == 12:
        return 0
    return hour


def _offset(name: str, timezone_name: str) -> timedelta | None:
    """Turn `+08:00`, `GMT+8`, `EST`, `Z` into an offset; None where the name says nothing."""
    low = name.lower()
    for prefix in ("gmt", "utc"):
        if low.startswith(prefix) and len(low) > len(prefix):
            low = low.removeprefix(prefix)
    if low[:1] in ("+", "-"):
        digits = low[1:].replace(":", "")
        hours, minutes = (
            (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        )
        if hours > 15 or minutes > 59:
            return None
        return timedelta(hours=hours, minutes=minutes) * (-1 if low[0] == "-" else 1)
    if low == "cst" and timezone_name.startswith("Asia/"):
        return timedelta(hours=8)  # China Standard Time, in the mouth of a Chinese outlet
    if low in _ZONES:
        return timedelta(hours=_ZONES[low])
    if len(low) == 1 and low in _MILITARY:
        return timedelta(hours=_MILITARY.index(low) - _MILITARY.index("z"))
    return None


class Dating(NamedTuple):
    """When an entry was published, and why we say so where the feed did not simply say it."""

    at: datetime | None
    because: str = ""


def settle_date(texts: tuple[str, ...], url: str, seen_at: datetime, timezone_name: str) -> Dating:
    """Choose the date of an entry out of its date elements, best first, then of its address.

    A date that lies in the future is repaired, never dropped: a local time that was called UTC is
    placed in the zone of the source; anything else is taken as published when it was seen.
    """
    unread = ""
    for text in texts:
        moment = read_date(text, timezone_name, seen_at)
        if moment is None or moment.at.year < OLDEST_YEAR:
            unread = unread or text
            continue
        return _not_in_future(moment, text, seen_at, timezone_name)
    why = f"the date '{unread[:40]}' cannot be read" if unread else "the entry has no date"
    if match := _URL_DATE.search(url):
        moment = _moment(match.groupdict(), _zone(timezone_name), timezone_name)
        if moment is not None and moment.at <= seen_at:
            return Dating(moment.at, f"{why}: taken from its address")
    return Dating(None, f"{why}: known since it was seen")


def _not_in_future(moment: Moment, text: str, seen_at: datetime, timezone_name: str) -> Dating:
    if moment.at <= seen_at + SKEW:
        at = min(moment.at, seen_at)
        if not moment.zoned and moment.timed and timezone_name not in ("", "UTC"):
            return Dating(at, f"the date names no zone: placed in {timezone_name}")
        return Dating(at)
    local = moment.at.replace(tzinfo=None).replace(tzinfo=_zone(timezone_name)).astimezone(UTC)
    if local < moment.at and local <= seen_at + SKEW:
        return Dating(
            min(local, seen_at),
            f"the date lies in the future as UTC: read as local time of {timezone_name}",
        )
    return Dating(seen_at, f"the date '{text[:40]}' lies in the future: taken as when it was seen")
