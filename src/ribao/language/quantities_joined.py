"""Amounts told by two numbers: ranges ("10到20亿", "$5 to $10 billion") and 8天20小时."""

from __future__ import annotations

import re
from decimal import Decimal

from ribao.language.amounts import Quantity
from ribao.language.units import unit_of
from ribao.language.widths import plain

_RANGE = re.compile(r"[ ]?(?:-|–|—|~|至|到|to|and|或)[ ]?")


_TO = frozenset({"to", "至", "到"})  # in a range they say nothing of a change
_DASHES = frozenset("-–—~")


def joined(text: str, folded: str, found: list[Quantity]) -> list[Quantity]:
    """Join "10到20亿" and "$5 to $10 billion", 8天20小时 and 5元3角."""
    kept: list[Quantity] = []
    for quantity in found:
        if kept:
            whole = _range(text, folded, kept[-1], quantity) or _compound(
                text, folded, kept[-1], quantity
            )
            if whole is not None:
                kept[-1] = whole
                continue
        kept.append(quantity)
    return kept


def _range(text: str, folded: str, a: Quantity, b: Quantity) -> Quantity | None:
    """The first amount takes the unit of the second, and its scale where it has none of its own."""
    between = _RANGE.fullmatch(folded, a.end, b.start)
    if between is None or not _could_range(folded, between.group().strip(), a, b):
        return None
    if a.kind == "money" and b.kind == "number":  # $40-50 million
        b = b._replace(kind="money", unit=a.unit)
    low, step = a.low, a.step
    if a.step <= 1 < b.step:  # "5 to $10 billion": both are billions
        scale = _scale_of(b)
        if low * scale < b.high:
            low, step = low * scale, step * scale
    if not low < b.high:
        return None
    return b._replace(
        start=a.start,
        text=text[a.start : b.end],
        low=low,
        step=min(b.step, step),
        bound=a.bound,
        change=a.change or ("" if between.group().strip() in _TO else b.change),
    )


def _could_range(folded: str, between: str, a: Quantity, b: Quantity) -> bool:
    """Tell whether two neighbours are the ends of one range: "rose from 5% to 20%" is a change."""
    if a.low != a.high:
        return False
    coins = a.kind == "money" and b.kind == "number" and between in _DASHES
    if not coins and (a.kind not in {b.kind, "number"} or a.unit not in {b.unit, ""}):
        return False
    left = folded[max(0, a.start - 9) : a.start].lower()
    if between == "and":
        return left.endswith("between ")
    bare = a.kind == "number" != b.kind  # "by 8 to 10 degrees": the unit is told once
    changes = (a.change == "by" and not bare) or left.rstrip().endswith(("from", "从", "由", "自"))
    return a.kind != "ordinal" and not (changes and between in {"to", "至", "到"})


def _scale_of(quantity: Quantity) -> Decimal:
    """What the written digits of an amount were multiplied with: 亿, million."""
    digits = re.sub(r"[^\d.]", "", plain(quantity.text)).strip(".")
    if not digits or digits.count(".") > 1 or not Decimal(digits):
        return quantity.step
    return quantity.low / Decimal(digits)


_DURATIONS = ("year", "month", "week", "day", "hour", "minute", "second")  # each holds the next
_NOTHING = re.compile("[ ]?(?:又|零|and )?[ ]?")


def _held(large: str, small: str) -> Decimal:
    """How many small units a large one holds when both are told together: a month is 30 days."""
    days = {"year": Decimal(365), "month": Decimal(30)}.get(large)
    if days is None or small == "month":
        return unit_of(large).factor / unit_of(small).factor
    return days * unit_of("day").factor / unit_of(small).factor


def _compound(text: str, folded: str, a: Quantity, b: Quantity) -> Quantity | None:
    """Add up 8天20小时 (in hours): units must become smaller, and nothing stand between."""
    if a.kind != b.kind or a.low != a.high or not _NOTHING.fullmatch(folded, a.end, b.start):
        return None
    if a.kind == "duration" and a.unit in _DURATIONS and b.unit in _DURATIONS:
        if _DURATIONS.index(a.unit) >= _DURATIONS.index(b.unit):
            return None
        low = a.low * _held(a.unit, b.unit) + b.low
    elif a.kind == "money" and a.unit == b.unit and a.step > b.step:
        low = a.low + b.low
    else:
        return None
    whole = text[a.start : b.end]
    return b._replace(start=a.start, text=whole, low=low, high=low, bound=a.bound, change=a.change)
