"""Reckonings that need more than a sum or a quotient of two figures.

The whole of which a share is told, the value before a change, what is left of all shares, a share
moved by points, and spans of time between two months, two hours of the clock or told by a count
("the fifth monthly fall" is five months). `arithmetic` asks here for what it did not find itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ribao.language.amounts import Quantity, percent_of
from ribao.language.dates import DateMention
from ribao.language.directions import find_directions
from ribao.language.numerals_en import ORDINALS
from ribao.verify.claims import DATE
from ribao.verify.passages import Passage

SHARES = frozenset({"percent", "fraction"})
_HUNDRED = Decimal(100)
_WHOLES = frozenset({"money", "count", "number", "dimension"})


def of_share(x: Quantity, share: Quantity, text: str) -> Iterator[Decimal]:
    """What an amount and a share that stand together lead to: the whole, the value before.

    `text` is the sentence that has the share: only a word of change makes it a change.
    """
    part = percent_of(share) / _HUNDRED
    if x.kind not in _WHOLES or share.kind not in SHARES or not 0 < part < 1:
        return
    turns = {signal.key for signal in find_directions(text)}
    if share.change != "by":
        yield x.low / part
    if "up" in turns:
        yield x.low / (1 + part)
    if "down" in turns:
        yield x.low / (1 - part)


def moved_share(x: Quantity, points: Quantity) -> Iterator[Decimal]:
    """A share before it was moved by so many percentage points."""
    if x.kind == "percent" and points.kind == "percentage-points":
        yield x.low + points.low
        yield x.low - points.low


def left_over(shares: list[Quantity]) -> Iterator[Decimal]:
    """What is left of a whole when one share of a sentence or two are taken off it, in per cent."""
    parts = [percent_of(one) for one in shares if one.kind in SHARES]
    for count in (1, 2):
        for some in combinations(parts, count):
            if 0 < sum(some) < _HUNDRED:
                yield _HUNDRED - sum(some)


# --- spans of time -------------------------------------------------------------------------------

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[:：]|点)(\d{2})(?!\d)")
_NTH = re.compile(
    r"\b(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"
    r"(?: (?:straight|consecutive|successive))? (?P<unit>day|week|month|quarter|year)(?:ly|s)?\b"
    r"|第(?P<zh>[二三四五六七八九十])个?(?P<zhunit>天|日|周|月|季度?|年)",
    re.IGNORECASE,
)
_NUMBER = {name: value for name, value in ORDINALS.items() if value > 1}
_UNITS = {"天": "day", "日": "day", "周": "week", "月": "month", "季": "quarter", "年": "year"}
_NEXT_TO_A_MONTH = Decimal("0.5")


def span_told(value: Quantity, passage: Passage, number: int) -> tuple[int, int] | None:
    """Where in a sentence a span of time follows from what it says; None where it does not."""
    if value.kind != "duration":
        return None
    span = passage.sentences[number]
    return (
        _counted_span(value, span.text, span.start)
        or _clock_span(value, span.text, span.start)
        or _months_span(value, passage, number)
    )


def _counted_span(value: Quantity, text: str, base: int) -> tuple[int, int] | None:
    """Where "the fifth monthly fall" tells of five months."""
    for match in _NTH.finditer(text):
        english = match["nth"]
        count = _NUMBER[english.lower()] if english else _zh(match["zh"])
        unit = match["unit"].lower() if english else _UNITS[match["zhunit"][0]]
        if value.unit == unit and value.low == count:
            return base + match.start(), base + match.end()
    return None


def _zh(numeral: str) -> int:
    return "零一二三四五六七八九十".index(numeral)


def _clock_span(value: Quantity, text: str, base: int) -> tuple[int, int] | None:
    """40 minutes between 8:00 and 8:40."""
    minutes = {"minute": 1, "hour": 60}.get(value.unit, 0)
    times = list(_CLOCK.finditer(text)) if minutes else []
    for first, second in combinations(times, 2):
        apart = abs(_minutes(first) - _minutes(second))
        if apart and value.low * minutes == apart:
            return base + first.start(), base + second.end()
    return None


def _minutes(match: re.Match[str]) -> int:
    return 60 * int(match[1]) + int(match[2])


def _months_span(value: Quantity, passage: Passage, number: int) -> tuple[int, int] | None:
    """Half a year between December and next June, two years between 2025 and 2027."""
    months = _MONTHS.get(value.unit, 0) * value.low
    told = passage.claims(number, DATE) if months else []
    dates = [(one, one.value) for one in told if isinstance(one.value, DateMention)]
    for (a, first), (b, second) in combinations(dates, 2):
        apart = 12 * abs(second.first.year - first.first.year)
        if {first.grain, second.grain} <= {"month", "day"}:
            apart = abs(
                12 * (second.first.year - first.first.year) + second.first.month - first.first.month
            )
        if apart and abs(months - apart) <= _NEXT_TO_A_MONTH:
            return min(a.start, b.start), max(a.end, b.end)
    return None
