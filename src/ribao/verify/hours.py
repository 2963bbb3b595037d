"""Times of day as claims: 17:30, 下午5点半 and "5:30 p.m." are one hour.

Whatever day they are of is judged by itself. A sentence that names a time zone is left alone, since
its report may tell the hour of another; so are scores and ratios (21:15), which look like hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ribao.language.clocks import Clock, find_clocks
from ribao.language.widths import plain


class Hour(NamedTuple):
    """A time of day: `text == whole[start:end]`; it may mean any of `readings`, in seconds."""

    start: int
    end: int
    text: str
    readings: tuple[Clock, ...]


_POINT = re.compile(
    r"\d:\d\d(?!:)|[ap]\.?[ ]?m|clock|noon|midnight|past|\d[ ]?时|点[半整钟]|[点时]\d|刻"
    r"|(?:凌晨|清晨|早晨|早上|早间|上午|中午|午间|下午|午后|傍晚|晚上|晚间|晚|深夜|夜间|早|晨|夜).{1,3}[点时]",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?:[ECMP][SD]T|GMT|UTC|BST|CET|JST|ET|PT)\b|北京时间|美东|美国东部|格林尼治|东部时间|太平洋时间"
)
_NO_HOURS = re.compile(
    r"比分|[一二三四\d]局|[获取]胜|不敌|[击战]?[败胜]了?|比例|\b(?:score|scores|set|won|win|beat|ratio|scale|lost)\b",
    re.IGNORECASE,
)


def find_hours(text: str) -> Iterator[Hour]:
    """Find the times of day of a sentence; parts of a day alone (上午) are none."""
    told = find_clocks(plain(text))
    if not told or _ZONE.search(text):
        return
    looks = _NO_HOURS.search(text) is not None
    for one in told:
        words = text[one.start : one.end]
        if one.part or not _POINT.search(words) or re.search(r":\d\d:", words):
            continue
        if looks and re.fullmatch(r"\d{1,2}[:：]\d\d", words):
            continue
        yield Hour(one.start, one.end, words, one.readings)


def same_hour(mine: Hour, told: Hour) -> bool:
    """Tell whether the report's hour bears out the printed one, which may be one end of a range."""
    ends = {edge for reading in told.readings for edge in reading}
    return any(
        reading in told.readings if reading[0] != reading[1] else reading[0] in ends
        for reading in mine.readings
    )
