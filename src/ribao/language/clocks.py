"""Times of day in Chinese and English text, as seconds since midnight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from ribao.language.readings_zh import number

HOUR = 3600
Clock = tuple[int, int]  # first second and the second after the last; equal for a point in time

# What a newspaper means with a part of the day, in hours (the conventions of TIMEX3's TMO, TAF, TEV, TNI).
_PARTS: dict[str, tuple[int, int]] = {
    "凌晨": (0, 6), "清晨": (5, 8), "早晨": (8, 12), "早上": (8, 12), "早间": (8, 12), "早": (8, 12), "晨": (8, 12),
    "上午": (8, 12), "中午": (11, 13), "午间": (11, 13), "下午": (12, 16), "午后": (12, 16), "傍晚": (16, 20), "晚上": (16, 20),
    "晚间": (16, 20), "晚": (16, 20), "深夜": (20, 24), "夜间": (20, 24), "夜": (20, 24),
    "morning": (8, 12), "afternoon": (12, 16), "evening": (16, 20), "night": (20, 24),
}  # fmt: skip
_ZH_PART = "|".join(sorted((it for it in _PARTS if not it.isascii()), key=len, reverse=True))
_LATE = {
    "下午",
    "午后",
    "傍晚",
    "晚上",
    "晚间",
    "晚",
    "深夜",
    "夜间",
    "夜",
    "afternoon",
    "evening",
    "night",
}
_HAN = "[零一二两三四五六七八九]?十?[零一二两三四五六七八九]"
_WORD_HOURS = {
    word: i
    for i, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
}
_WORD = "|".join(sorted(_WORD_HOURS, key=len, reverse=True))
_AMPM = r"[ ]?(?P<ap>[AaPp][Mm](?![A-Za-z])|[AaPp]\.[ ]?[Mm]\.?(?![A-Za-z])|[AaPp](?![A-Za-z\d]))"
_PATTERN = re.compile(
    rf"""(?:大约[ ]?)?(?:(?<=[今昨明])(?P<day>[晚早晨夜])间?[ ]?|(?P<zpart>{_ZH_PART})[ ]?)?
          (?P<zh>(?<![\d.])(?:2[0-4]|1\d|0?\d)|(?<![零一二三四五六七八九十])(?:二?十[一二三四]?|十[五六七八九]|[零一二两三四五六七八九]))[ ]?(?:点(?!评|击|名|火|赞|燃|到即|滴)|时(?!间|代|速|段|候|刻|隔|常|有|下))
          (?:(?P<half>半)|(?P<quarter>[一三])刻|整|钟|(?P<zm>[0-5]?\d|[一二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])[ ]?分?(?:(?P<zs>[0-5]?\d|[零一二三四五六七八九十]{{1,3}})秒)?)?
      | (?:(?<=[今昨明])(?P<day2>[晚早晨夜])间?[ ]?|(?P<zpart2>{_ZH_PART})[ ]?)?(?<![\d:.])(?P<h>2[0-4]|[01]?\d):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:])(?:{_AMPM})?
      | (?<![\d.:/$€£-])(?P<from>1[0-2]|0?[1-9])(?::(?P<fm>[0-5]\d))?[ ]?(?:-|–|to|until|till)[ ]?(?P<to>1[0-2]|0?[1-9])(?::(?P<tm>[0-5]\d))?[ ]?(?P<ap3>[AaPp][Mm](?![A-Za-z])|[AaPp]\.[Mm]\.?)
      | (?<![\d.:/-])(?P<h2>1[0-2]|0?[1-9])(?:\.(?P<m2>[0-5]\d))?[ ]?(?P<ap2>[AaPp][Mm](?![A-Za-z])|[AaPp][ ]?\.[ ]?[Mm](?![A-Za-z])(?:[ ]?\.)?)
      | (?i:\b(?P<past>half|quarter|ten|five|twenty)[ ](?P<side>past|to)[ ](?P<hw>{_WORD}|\d{{1,2}})\b(?:[ ]o['’]?clock)?)
      | (?i:\b(?P<hw2>{_WORD}|(?<!\d)\d{{1,2}})[ ]?o['’]?[ ]?clock)
      | (?i:\b(?P<named>noon|midday|midnight)\b)
      | (?<=[今昨明])(?P<part_day>[晚早晨夜])间?(?!报|点)|(?P<zpart_only>凌晨|清晨|早晨|早上|早间|上午|中午|午间|下午|午后|傍晚|晚上|晚间|深夜|夜间)|(?<=[日号])(?P<zpart_short>早|晚)(?!报|上|间|会|点)
      | (?i:(?<!good[ ])\b(?:(?:in[ ]the|early[ ]in[ ]the)[ ])?(?P<part_only>morning|afternoon|evening|night)\b)""",
    re.VERBOSE,
)


class ClockMention(NamedTuple):
    """One time or part of the day; two readings where neither am nor pm is told."""

    start: int
    end: int
    readings: tuple[Clock, ...]
    part: bool  # a part of the day (上午), not a point
    half_told: bool = False  # "am" or "pm" stands at the end


# Without one of these signs no text tells a time of day; most have none, and are done at once.
_MAY_TELL = AhoCorasick(
    ["noon", "midday", "midnight", "clock", "half past", "quarter past", "half to", "ten past",
     "five past", "twenty past", "quarter to", "morning", "evening", "night", "ten to", "five to", "twenty to"]
)  # fmt: skip
_MAY_TELL_IN_DIGITS = re.compile(r"\d[ ]?(?::|[ap](?:[ ]?\.)?[ ]?m)")
_MAY_TELL_IN_HAN = re.compile(
    r"[\d零一二两三四五六七八九十][ ]?[点时]|[今昨明日号][晚早晨夜]|[上中下]午|午[间后]|早[晨上间]|凌晨|清晨|傍晚|晚[上间]|深夜|夜间"
)


_HAN_SIGN = re.compile("[点时晚早晨夜午]")  # found five times faster than what follows


def _may_tell(lowered: str) -> bool:
    """Tell whether a text has one of the signs without which none tells a time of day."""
    if _HAN_SIGN.search(lowered) and _MAY_TELL_IN_HAN.search(lowered):
        return True
    found = _MAY_TELL.find_matches_as_indexes(lowered) or _MAY_TELL_IN_DIGITS.search(lowered)
    return bool(found)


@lru_cache(maxsize=512)  # dates and hours both ask
def find_clocks(folded: str) -> tuple[ClockMention, ...]:
    """The times of day of a plain text, from left to right."""
    return tuple(_clocks(folded)) if _may_tell(folded.lower()) else ()


def _clocks(folded: str) -> Iterator[ClockMention]:
    for match in _PATTERN.finditer(folded):
        groups = match.groupdict()
        readings = _part(groups) or _between(groups) or _point(groups)
        if readings:
            part = readings[0][0] != readings[0][1]
            half_told = bool(groups["ap"] or groups["ap2"])
            yield ClockMention(match.start(), match.end(), readings, part, half_told)


_BARE = re.compile(
    r"[ ](?:at|around|about)[ ](?P<at>1[0-2]|[1-9])(?![\d:./%,-]|[ ]?(?:[ap]\.?m\b|o['’]?clock|percent|million|billion))"
    r"|[ ](?:from|between)[ ](?P<a>1[0-2]|[1-9])(?::(?P<am>[0-5]\d))?[ ]?(?:-|–|to|and|until|till)[ ]?"
    r"(?P<b>1[0-2]|[1-9])(?::(?P<bm>[0-5]\d))?(?![\d:./%])(?![ ]?[ap]\.?m\b)",
    re.IGNORECASE,
)


def find_bare_hours(folded: str, ends: Iterator[int]) -> Iterator[ClockMention]:
    """Yield hours that only their day makes hours: "Friday at 5", "tomorrow from 10 to 3"."""
    for end in ends:
        match = _BARE.match(folded, end)
        if match is None:
            continue
        if match["at"]:
            first = int(match["at"]) % 12 * HOUR
            readings = tuple((first + noon, first + noon) for noon in (0, 12 * HOUR))
        else:
            first = int(match["a"]) % 12 * HOUR + int(match["am"] or 0) * 60
            last = int(match["b"]) % 12 * HOUR + int(match["bm"] or 0) * 60
            last += 12 * HOUR if last <= first else 0
            readings = tuple((first + noon, last + noon) for noon in (0, 12 * HOUR))
        yield ClockMention(match.start() + 1, match.end(), readings, part=False)


def _part(groups: dict[str, str | None]) -> tuple[Clock, ...]:
    for name in ("part_day", "zpart_only", "zpart_short", "part_only"):
        word = groups[name]
        if word:
            first, last = _PARTS[word.lower()]
            return ((first * HOUR, last * HOUR),)
    return ()


def _between(groups: dict[str, str | None]) -> tuple[Clock, ...]:
    """5-6pm: the half of the day is told once, at the end; 11-1pm begins before noon."""
    if not groups["from"] or not groups["to"]:
        return ()
    half = (groups["ap3"] or "").lower()[:1]
    last = (int(groups["to"]) % 12 + (12 if half == "p" else 0)) * HOUR + int(
        groups["tm"] or 0
    ) * 60
    first = (int(groups["from"]) % 12 + (12 if half == "p" else 0)) * HOUR + int(
        groups["fm"] or 0
    ) * 60
    return ((first if first < last else (first - 12 * HOUR) % (24 * HOUR), last),)


def _point(groups: dict[str, str | None]) -> tuple[Clock, ...]:
    if groups["named"]:
        hour = 0 if groups["named"].lower() == "midnight" else 12
        return ((hour * HOUR, hour * HOUR),)
    minute = second = 0
    if groups["zh"]:
        hour = number(groups["zh"].replace("两", "二"))
        minute = 30 if groups["half"] else 15 * number(groups["quarter"] or "0")
        minute = number(groups["zm"].replace("零", "") or "0") if groups["zm"] else minute
        second = number(groups["zs"]) if groups["zs"] else 0
    elif groups["past"]:
        hour, minute = _past(groups)
    else:
        digits = groups["h"] or groups["h2"] or groups["hw2"] or "0"
        hour = int(digits) if digits.isdigit() else _WORD_HOURS[digits.lower()]
        minute, second = int(groups["m"] or groups["m2"] or 0), int(groups["s"] or 0)
    told = groups["h"] or groups["zh"] or ""
    half_day = (groups["ap"] or groups["ap2"] or "").lower()[:1]
    word = groups["day"] or groups["zpart"] or groups["day2"] or groups["zpart2"] or ""
    if hour > 24 or minute > 59 or second > 59:
        return ()
    return _readings(hour, minute * 60 + second, half_day or _half_of(word), told)


def _half_of(part: str) -> str:
    return "" if not part else "p" if part in _LATE else "a"


def _readings(hour: int, rest: int, half_day: str, told: str) -> tuple[Clock, ...]:
    """Both halves of the day, unless one is told; 0:00, 13:00 and 08:00 tell it themselves."""
    if half_day == "p" and hour < 12:
        hour += 12
    if half_day == "a" and hour == 12:
        hour = 0
    first = hour % 24 * HOUR + rest
    plain_hour = 1 <= hour <= 12 and not half_day and not (told.startswith("0") and len(told) == 2)
    if not plain_hour:
        return ((first, first),)
    second = (hour + 12) % 24 * HOUR + rest
    return ((first, first), (second, second))


def _past(groups: dict[str, str | None]) -> tuple[int, int]:
    minutes = {"half": 30, "quarter": 15, "ten": 10, "five": 5, "twenty": 20}[
        (groups["past"] or "").lower()
    ]
    digits = groups["hw"] or "0"
    hour = int(digits) if digits.isdigit() else _WORD_HOURS[digits.lower()]
    if (groups["side"] or "").lower() == "to":
        return (hour - 1) % 24 or 12, 60 - minutes
    return hour, minutes
