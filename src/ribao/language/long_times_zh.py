"""Chinese forms of long times: seasons told by one sign, decades, centuries; see `readings_zh`."""

from __future__ import annotations

import re
from datetime import date

from ribao.language import calendar as cal
from ribao.language.calendar import Reading
from ribao.language.readings_zh import number

_YEARS = {"前": -2, "去": -1, "昨": -1, "今": 0, "当": 0, "明": 1}
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_CENTURIES = {"上": -1, "本": 0, "这": 0, "下": 1}
_PARTS = {"初": "early", "中": "mid", "后": "late", "末": "end"}
SPRING = 3  # the first month in which 今冬 is the winter to come


def read_season(match: re.Match[str], anchor: date) -> Reading | None:
    """今夏, 去冬: a winter is that of its first year; 今冬 of a January is the running one."""
    year = anchor.year + _YEARS[match["ry"]]
    if match["season"] == "冬" and match["ry"] == "今" and anchor.month < SPRING:
        year -= 1
    span = cal.months(year, _SEASONS[match["season"]], 3)
    return cal.one(span, "season", relative=True)


def read_decade(match: re.Match[str], anchor: date) -> Reading | None:
    """20世纪90年代, 上世纪90年代, 九十年代."""
    base = number(match["d"])
    century = _century(match, anchor)
    if base >= 100:
        reading = cal.one(cal.years(base, 10), "decade")
    elif century is not None:
        reading = cal.one(cal.years(century + base, 10), "decade")
    else:
        spans = [span for past in (1900, 2000) if (span := cal.years(past + base, 10))]
        spans.sort(key=lambda span: span[0] > anchor)
        reading = Reading(tuple(spans), "decade")
    return cal.parted(reading, _PARTS.get((match["part"] or "")[:1], ""))


def read_century(match: re.Match[str], anchor: date) -> Reading | None:
    """21世纪, 上世纪末, 本世纪以来."""
    first = _century(match, anchor)
    if first is None:
        return None
    told = bool(match["c"])
    if (match["part"] or "") == "以来":
        since = cal.day(first, 1, 1)
        return cal.one((since, anchor) if since else None, "century", relative=True)
    whole = cal.one(cal.years(first, 100), "century", relative=not told)
    return cal.parted(whole, _PARTS.get((match["part"] or "")[:1], ""))


def _century(match: re.Match[str], anchor: date) -> int | None:
    """The year with which the century of a match begins; None where it tells none."""
    if match["c"]:
        return (number(match["c"]) - 1) * 100
    if match["rc"]:
        return (anchor.year // 100 + _CENTURIES[match["rc"][0]]) * 100
    return None
