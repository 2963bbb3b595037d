"""One mention of a time, and the hours that are counted from now (两小时前, "in 5 minutes")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ribao.language import counted_en, readings_zh
from ribao.language.calendar import Reading
from ribao.language.clocks import Clock
from ribao.language.widths import latin_words

Span = tuple[datetime, datetime]  # half-open


class Moment(NamedTuple):
    """One mention. Several readings where the text leaves the year or the half of the day open."""

    start: int
    end: int
    kind: str  # date, daterange, time, timerange, datetime, datetimerange, set
    reading: Reading | None  # of the date, None for a bare time
    spans: tuple[Span, ...]  # half-open; times without a date stand on the anchor's day
    edges: tuple[Span, ...] = ()  # from the beginning of the first to the beginning of the last
    bound: str = ""  # before, after, since, until, by
    clock: tuple[Clock, ...] = ()
    half_told: bool = False  # "pm" stands at its end


def at(day: date, seconds: int = 0) -> datetime:
    """The second of a day, without a zone: a text rarely tells its own."""
    return datetime.combine(day, time()) + timedelta(seconds=seconds)


_HOURS = re.compile(
    r"(?P<n>(?<![\d.])\d{1,4}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|半)[ ]?(?P<zu>秒钟?|分钟|个?小时|个?钟头)(?:之|以)?(?P<zway>前|后(?!续))"
    r"|(?P<zway2>之前|之后|过去|未来|接下来|还剩|[上下](?=一?个小时))[ ]?(?P<n2>\d{1,4}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|(?=个小时))[ ]?(?P<zu2>秒钟?|分钟|个?小时)"
    r"|(?i:\b(?P<en>\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)[ ](?P<eu>second|minute|min|hour|hr)s?[ ](?P<eway>ago|earlier|later|from now|before|after)\b)"
    r"|(?i:\b(?:in|within)[ ](?P<en2>\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)[ ](?P<eu2>second|minute|min|hour|hr)s?\b)"
)


_UNITS_EN = frozenset(
    f"{unit}{s}" for unit in ("second", "minute", "min", "hour", "hr") for s in ("", "s")
)
_UNITS_ZH = re.compile("小时|分钟|秒|钟头")


def hours_away(folded: str, anchor: date, now: datetime | None) -> Iterator[Moment]:
    """Two hours ago, 之后5分钟: a point in time, or a span that ends or begins now."""
    if _UNITS_EN.isdisjoint(latin_words(folded)) and not _UNITS_ZH.search(folded):
        return
    here = now or at(anchor)
    for match in _HOURS.finditer(folded):
        groups = match.groupdict()
        count = groups["n"] or groups["n2"] or groups["en"] or groups["en2"] or "1"
        amount = _amount(count)
        unit = groups["zu"] or groups["zu2"] or groups["eu"] or groups["eu2"] or ""
        size = {"秒": 1, "分": 60, "s": 1, "m": 60}.get(unit[:1].lower(), 3600)
        way = groups["zway"] or groups["zway2"] or (groups["eway"] or "in").lower()
        past = way in {"前", "之前", "过去", "上", "ago", "earlier", "before"}
        moved = here + timedelta(seconds=size * amount * (-1 if past else 1))
        day = (min(here, moved).date(), max(here, moved).date())
        reading = Reading((day,), "day", relative=True, approximate=now is None)
        if groups["zway2"] or match.group().lower().startswith("within"):
            span = (min(here, moved), max(here, moved))
            yield Moment(match.start(), match.end(), "datetimerange", reading, (span,), (span,))
        else:
            point = reading._replace(spans=((moved.date(), moved.date()),))
            yield Moment(match.start(), match.end(), "datetime", point, ((moved, moved),))


def _amount(text: str) -> float:
    if text == "半":
        return 0.5
    if text.isascii() and not text.isdigit():
        return counted_en.word_amount(text)
    return readings_zh.number(text)
