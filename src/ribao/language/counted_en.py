"""What English forms of counted time mean ("two years ago", "the last three weeks"); see `readings_en`."""

from __future__ import annotations

import re
from datetime import date

from ribao.language import calendar as cal
from ribao.language import numerals_en
from ribao.language import readings_en as en
from ribao.language.calendar import Reading

TENS = {
    word: int(value) for word, value in numerals_en.WORDS.items() if value in range(20, 100, 10)
}
ONES = {
    word: int(value)
    for word, value in numerals_en.WORDS.items()
    if value in range(1, 10) and len(word) > 2
}  # no a, an
WORDS = {word: int(value) for word, value in numerals_en.WORDS.items() if value} | {
    "couple": 2, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 3,
}  # fmt: skip


def _moved(amount: int, unit: str, anchor: date) -> date | None:
    days = {"day": 1, "business day": 1, "working day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days:
        return cal.shift(anchor, days=amount * days)
    size = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1200)
    return cal.shift(anchor, months_on=amount * size)


def word_amount(text: str) -> int:
    """Value of the small number words that stand before units of time ("a couple of")."""
    words = text.lower()
    if words in WORDS:
        return WORDS[words]
    first, last = re.split("[ -]", words, maxsplit=1)  # a hundred, twenty-five
    return (
        TENS[first] + ONES[last]
        if last in ONES
        else WORDS[first] * (1000 if last == "thousand" else 100)
    )


def _amount(text: str) -> int:
    digits = text.replace(",", "")
    return int(digits) if digits.isdigit() else word_amount(text)


def read_ago(match: re.Match[str], anchor: date) -> Reading | None:
    """Two years ago, in three weeks, two days from now."""
    groups = match.groupdict()
    way = (groups.get("way") or "in").lower()
    sign = -1 if way in {"ago", "earlier", "before", "back", "prior"} else 1
    unit = match["u"].lower()
    origin = {"tomorrow": 1, "tmrw": 1, "yesterday": -1}.get(
        (groups.get("origin") or "").lower(), 0
    )
    base = cal.shift(anchor, days=origin)
    found = _moved(sign * _amount(match["n"]), unit, base) if base else None
    if found is None:
        return None
    grain = "year" if unit in {"year", "decade", "century", "centurie"} else unit
    span = {
        "year": cal.years(found.year),
        "month": cal.months(found.year, found.month),
        "quarter": cal.months(found.year, found.month),
    }.get(grain, (found, found))
    if span is None:
        return None
    vague = "day" not in grain
    return Reading(
        (span,), grain if vague else "day", relative=True, approximate=vague, edges=(found, found)
    )


def read_recent(match: re.Match[str], anchor: date) -> Reading | None:
    """The last three years, the next two weeks: up to the anchor, or from the next day on."""
    unit, amount = match["u"].lower(), _amount(match["n"])
    if unit == "quarter":
        return _whole_quarters(amount, anchor, later=en.offset_of(match["way"]) > 0)
    if en.offset_of(match["way"]) > 0:
        tomorrow, edge = cal.shift(anchor, days=1), _moved(amount, unit, anchor)
        stop = cal.shift(edge, days=1) if edge else None
        edges = (tomorrow, stop) if tomorrow and stop else None
        span = (anchor, edge) if edge else None
    else:
        edge = _moved(-amount, unit, anchor)
        span = edges = (edge, anchor) if edge else None
    if span is None:
        return None
    return Reading(
        (span,),
        unit.removeprefix("business ").removeprefix("working "),
        relative=True,
        approximate=True,
        edges=edges,
    )


def _whole_quarters(amount: int, anchor: date, *, later: bool) -> Reading | None:
    """The last two quarters are whole ones; the running quarter is not among them."""
    here = (anchor.month + 2) // 3
    first = here + 1 if later else here - amount
    return cal.one(cal.months(anchor.year, 3 * first - 2, 3 * amount), "quarter", relative=True)


def read_within(match: re.Match[str], anchor: date) -> Reading | None:
    """Within two weeks: from the anchor to that day."""
    edge = _moved(_amount(match["n"]), match["u"].lower(), anchor)
    if edge is None:
        return None
    return Reading(
        ((anchor, edge),), match["u"].lower(), relative=True, approximate=True, edges=(anchor, edge)
    )
