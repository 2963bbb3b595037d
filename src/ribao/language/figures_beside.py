"""Figures that the others of their sentence explain: 21.5m beside tonnes, a quarter of a point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ribao.language.amounts import Quantity


def millions(found: list[Quantity]) -> list[Quantity]:
    """Read "21.5m" as millions where another figure of the sentence is in so many m of things."""
    if not any(
        it.kind != "money" and it.step >= _LEAST_MILLIONS and _M.search(it.text) for it in found
    ):
        return found
    return [
        it._replace(
            kind="number",
            unit="",
            low=it.low * _MILLION,
            high=it.high * _MILLION,
            step=it.step * _MILLION,
        )
        if it.unit == "m" and it.text.endswith("m")
        else it
        for it in found
    ]


_M = re.compile(r"\dm ")
_MILLION = Decimal(10**6)
_LEAST_MILLIONS = 1000  # the worth of the last digit of 4.25m, at least


_POINT = re.compile(r"(?: (?:of )?an?)?[ -](?:percentage[ -])?points?\b")


def points(text: str, folded: str, found: list[Quantity]) -> Iterator[Quantity]:
    """A part of a point is one of a percentage point: "a quarter point", "half a point"."""
    for quantity in found:
        point = _POINT.match(folded, quantity.end) if quantity.kind == "fraction" else None
        if point is None:
            yield quantity
            continue
        end = point.end()
        words = text[quantity.start : end]
        step = quantity.low
        yield quantity._replace(end=end, text=words, kind="percentage-points", unit="pp", step=step)
