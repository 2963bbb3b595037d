"""Dates and periods of Chinese and English text, as intervals of days.

A mention is read against an anchor, the day on which its text was published: 明年 in a report of
2025-12-19 is 2026. A form without a year means the year that brings it next to the anchor. Rules
live in `dates_zh` and `dates_en`; they are joined to one pattern that walks over the text once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from ribao.language import dates_en, dates_zh
from ribao.language.amounts import Quantity
from ribao.language.quantities import find_quantities
from ribao.language.widths import plain


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date or period: `text == whole[start:end]`, from `first` to `last`, both inclusive."""

    start: int
    end: int
    text: str
    first: date
    last: date
    grain: str  # day, weekend, week, month, quarter, season, half, year, decade
    relative: bool = False  # it needs the anchor to be read
    approximate: bool = False  # 年初, "mid-May": the edges are a convention
    bound: str = ""  # by, before, after, since, until, or "" for a plain mention
    other: tuple[date, date] | None = None  # the second reading of a form without a year


_RULES = (*dates_zh.RULES, *dates_en.RULES)


@cache
def _compiled() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """The pattern that finds any form, and the pattern of each rule with its named parts."""
    any_rule = "|".join(
        f"(?P<rule{i}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', pattern)})"
        for i, (pattern, _) in enumerate(_RULES)
    )
    return re.compile(any_rule), tuple(re.compile(pattern) for pattern, _ in _RULES)


_BOUND = re.compile(
    r"(?i:\b(?P<by>by)|(?P<before>before|prior to|ahead of)|(?P<after>after)|(?P<since>since|starting|as of|from)|(?P<until>until|till|through))"
    r"(?: the)?[ ]\Z|(?P<zsince>自从?|从)\Z"
)
_BOUND_AFTER = re.compile(r"(?P<by>(?:之|以)?前)|(?P<since>以来|起)|(?P<after>(?:之|以)?后(?!半))")


def find_dates(text: str, anchor: date, language: str = "") -> tuple[DateMention, ...]:
    """Find the dates and periods of a text, from left to right and without overlaps.

    `anchor` is the day of publication in the reader's zone. `language` is a hint that changes nothing.
    """
    del language
    folded = plain(text)
    any_rule, rules = _compiled()
    found: list[DateMention] = []
    place = 0
    while match := any_rule.search(folded, place):
        place = match.end() if match.end() > match.start() else match.end() + 1
        index = int((match.lastgroup or "rule0")[4:])
        parts = rules[index].match(folded, match.start())
        reading = _RULES[index][1](parts, anchor) if parts else None
        if reading is None:
            continue
        start, end = match.span()
        bound, end = _bound(folded, start, end)
        found.append(
            DateMention(
                start,
                end,
                text[start:end],
                *reading.span,
                reading.grain,
                reading.relative,
                reading.approximate,
                bound,
                reading.other,
            )
        )
    return tuple(found)


def _bound(folded: str, start: int, end: int) -> tuple[str, int]:
    after = _BOUND_AFTER.match(folded, end)
    if after:
        return after.lastgroup or "", after.end()
    before = _BOUND.search(folded[max(0, start - 14) : start])
    return ((before.lastgroup or "").removeprefix("z") if before else ""), end


def find_durations(text: str, language: str = "") -> tuple[Quantity, ...]:
    """Find lengths of time (三小时, "two weeks"): the quantities of kind "duration"."""
    return tuple(it for it in find_quantities(text, language) if it.kind == "duration")


def same_time(a: DateMention, b: DateMention) -> bool:
    """Tell whether two mentions can mean one time: equal, or one is a coarser telling of the other."""
    return any(
        _inside(x, y, a, b) or _inside(y, x, b, a) for x in _readings(a) for y in _readings(b)
    )


def contains(whole: DateMention, part: DateMention) -> bool:
    """Tell whether every day of `part` lies within `whole`."""
    return whole.first <= part.first and part.last <= whole.last


def _readings(mention: DateMention) -> tuple[tuple[date, date], ...]:
    own = (mention.first, mention.last)
    return (own, mention.other) if mention.other else (own,)


def _inside(
    inner: tuple[date, date], outer: tuple[date, date], inner_of: DateMention, outer_of: DateMention
) -> bool:
    if inner_of.approximate and outer_of.approximate:
        return inner[0] <= outer[1] and outer[0] <= inner[1]
    return outer[0] <= inner[0] and inner[1] <= outer[1]


__all__ = ["DateMention", "contains", "find_dates", "find_durations", "same_time"]
