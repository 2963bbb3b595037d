"""Quantities of Chinese and English text, normalised so that equal amounts compare equal.

`find_quantities` reads numerals (see `numerals`), passes over what is no quantity (see `lookalikes`)
and looks at both sides of each for the unit, the currency, the bound and the kind of change.
309B, 3.09亿 × 1000, "309 billion" and 3090亿 are one value. Nothing here knows about news or
evidence; `agreement` says when two quantities agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ribao.language.amounts import Quantity, comparable, conflicts, same_value
from ribao.language.lookalikes import lookalikes
from ribao.language.numerals import Numeral, find_numerals, plain
from ribao.language.units import Unit, unit_at

_CURRENCY = re.compile(
    r"(?:(US|HK|NT|CA|C|AU|A|S|NZ|R|Mex)?\$|([€£₩₹₽¥])|\b(RMB|USD|CNY|EUR|GBP|HKD|JPY|AUD|CAD|SGD|KRW|INR)"
    r"|(人民币|美元|港币|港元))[ ]?\Z"
)
_DOLLARS = {
    "US": "USD", "HK": "HKD", "NT": "TWD", "CA": "CAD", "C": "CAD", "AU": "AUD", "A": "AUD",
    "S": "SGD", "NZ": "NZD", "R": "BRL", "Mex": "MXN", "": "USD",
}  # fmt: skip
_SIGNS = {
    "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "₽": "RUB", "¥": "CNY",
    "人民币": "CNY", "美元": "USD", "港币": "HKD", "港元": "HKD",
}  # fmt: skip
_BEFORE = re.compile(
    r"(?:(?P<about>约为?|大约|大概|近乎|左右|上下|大致|预计约|some|about|around|approximately|approx\.?|roughly|circa|an estimated|~|≈)"
    r"|(?P<under>接近|将近|逼近|近|nearly|almost|close to|approaching|just under|just shy of)"
    r"|(?P<over>超过?了?|逾|突破|高于|多于|大于|不止|more than|over|above|exceed(?:s|ed|ing)?|upwards of|greater than|surpass(?:es|ed|ing)?|top(?:s|ped|ping)|north of|>)"
    r"|(?P<least>至少|不少于|不低于|最低|起码|at least|no less than|no fewer than|a minimum of|>=|≥)"
    r"|(?P<most>至多|最多|最高|多达|高达|不超过|不多于|不高于|以内|up to|at most|as many as|as much as|no more than|a maximum of|<=|≤)"
    r"|(?P<less>不足|不到|低于|少于|小于|未到|under|less than|fewer than|below|short of|<))"
    r"(?:了|the|a)?[ ]?\Z",
    re.IGNORECASE,
)
_BOUNDS = {
    "about": "about", "under": "under", "over": "over", "least": "at-least", "most": "at-most",
    "less": "under",
}  # fmt: skip
_AFTER = re.compile(
    r"[ ]?(?:(?P<over>\+(?!\d)|多(?!少)|余(?![额下])|以上|-plus\b|plus\b|or more\b|or higher\b)"
    r"|(?P<about>左右|上下|or so\b)|(?P<under>以下|以内|or less\b|or fewer\b))"
)
_CHANGE_TO = re.compile(r"(?:[至到达]|增为|成为|[ ]to|[ ]at|reach(?:ed|es|ing)?|hit)[ ]?\Z")
_CHANGE_BY = re.compile(
    r"(?:增长|增加|增|提升|提高|上涨|涨|下降|下跌|跌|减少|降低|下滑|上升|扩大|攀升|回落|缩减|高出|多出|快|增幅|降幅|涨幅|跌幅|\bby|\bup|\bdown)"
    r"(?:了|约|近|超|逾|达|超过|幅度)*[ ]?\Z"
)
_PERCENT = re.compile(
    r"[ ]?(?:(?P<points>个?百分点|percentage[ -]points?|(?:pp|ppt|pts)\b)|(?P<basis>个?基点|basis points?\b|bps?\b)"
    r"|(?P<percent>%|％|[- ]?(?:percent|per cent|pct)\b)|(?P<tenths>成(?![立为功本员交果熟长就分品都人年])|成(?=以上|左右))"
    r"|(?P<off>折(?![叠射腾磨扇返旧算合])))",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"[ -]?(?:倍(?![速频镜率感])|times\b(?!,? the (?:new york|financial))|fold\b|[xX×](?![A-Za-z0-9\d]))"
)
_PER = re.compile(
    r"[ ]?(?:/|每|per |an? (?=hour|minute|second|day|week|month|year|share|token))[ ]?(?P<many>百万|千|million |1M |M |1K |1k )?",
)
_RANGE = re.compile(r"[ ]?(?:-|–|—|~|～|至|到|to|and|或)[ ]?(?:(?:US|HK|NT|A|C)?[$€£¥])?[ ]?\Z")
_DEGREES = re.compile(r"(?:零下|负|minus )[ ]?\Z")
_PREFIX = re.compile(r"(?:(?P<ordinal>第|\b[Nn]o\.?[ ]?|\b[Nn]umber[ ]|#)|(?P<percent>百分之))\Z")


def find_quantities(text: str, language: str = "") -> tuple[Quantity, ...]:
    """Find the quantities of a text, from left to right and without overlaps.

    `language` is a hint ("zh", "en") that today changes nothing: both are read in any text, because
    Chinese news quotes English figures. Versions, dates, times and scores are left out.
    """
    folded = plain(text)
    masks = lookalikes(folded)
    found: list[Quantity] = []
    place = 0
    numerals = list(find_numerals(folded))
    for numeral in numerals:
        while place < len(masks) and masks[place][1] <= numeral.start:
            place += 1
        if place < len(masks) and masks[place][0] < numeral.end:
            continue
        quantity = _measure(text, folded, numeral)
        if quantity is None:
            continue
        if found and quantity.start < found[-1].end:
            continue
        found.append(quantity)
    return tuple(_join_ranges(text, folded, found))


def _measure(text: str, folded: str, numeral: Numeral) -> Quantity | None:
    """Read what stands on both sides of a numeral; None where it counts nothing."""
    start, sign = _sign(folded, numeral.start)
    start, currency = _currency(folded, start)
    prefix = _PREFIX.search(folded[max(0, start - 7) : start])
    if prefix:
        start -= len(prefix.group())
        kind, unit = ("ordinal", "") if prefix["ordinal"] else ("percent", "%")
        end, value = numeral.end, numeral.value
    else:
        kind, unit, end, value = _unit(folded, numeral, currency)
    if kind == "":
        return None
    bound, end = _bound(folded, start, end)
    per, end = _per(folded, end) if kind != "ordinal" else ("", end)
    factor = value / numeral.value if numeral.value else Decimal(1)
    before = folded[max(0, start - 14) : start]
    change = ""
    if kind in {"multiple", "percent", "money", "number", "count"}:
        change = "to" if _CHANGE_TO.search(before) else "by" if _CHANGE_BY.search(before) else ""
    low = value * sign
    return Quantity(
        start, end, text[start:end], kind, low, low, unit, bound, change, per, numeral.step * factor
    )


def _sign(folded: str, start: int) -> tuple[int, int]:
    before = folded[max(0, start - 4) : start]
    if before[-1:] in {"-", "−"} and not re.search(r"[\w%)\]][ ]?[-−]\Z", before):
        return start - 1, -1
    match = _DEGREES.search(folded[max(0, start - 6) : start])
    return (start - len(match.group()), -1) if match else (start, 1)


def _currency(folded: str, start: int) -> tuple[int, str]:
    before = folded[max(0, start - 5) : start]
    match = _CURRENCY.search(before)
    if match is None:
        return start, ""
    start -= len(before) - match.start()
    if match[2] or match[4]:
        return start, _SIGNS[match[2] or match[4]]
    if match[3]:
        return start, "CNY" if match[3] == "RMB" else match[3]
    return start, _DOLLARS[match[1] or ""]


def _unit(folded: str, numeral: Numeral, currency: str) -> tuple[str, str, int, Decimal]:
    """Kind, unit, end and value; kind "" where the numeral is an article or an idiom."""
    end, value = numeral.end, numeral.value
    more = _AFTER.match(folded, end)
    if more and more["over"] in {"多", "余"}:
        end = more.end()
    percent = _PERCENT.match(folded, end)
    if percent and not currency:
        return _percent(percent, value)
    times = _TIMES.match(folded, end)
    if times and not currency:
        return "multiple", "x", times.end(), value
    unit = unit_at(folded, end)
    if currency:
        stop = unit[1] if unit and unit[0].name == currency else numeral.end
        return "money", currency, stop, value
    if unit is None:
        return _bare(numeral, end)
    measured, stop = unit
    if numeral.scale in {"m", "t", "b"} and not measured.kind == "money":
        return "", "", end, value
    if (
        numeral.form != "digits"
        and measured.kind == "count"
        and value in {1, 2}
        and measured.name == "item"
    ):
        return "", "", end, value
    return measured.kind, _item(measured), stop, value * _share(measured)


def _item(unit: Unit) -> str:
    return unit.name.split("-")[0] if unit.kind == "money" else unit.name


def _share(unit: Unit) -> Decimal:
    return unit.factor if unit.kind in {"money", "count"} else Decimal(1)


def _percent(match: re.Match[str], value: Decimal) -> tuple[str, str, int, Decimal]:
    end = match.end()
    if match["points"]:
        return "percentage-points", "pp", end, value
    if match["basis"]:
        return "percentage-points", "pp", end, value / 100
    if match["tenths"]:
        return "percent", "%", end, value * 10
    if match["off"]:
        return "discount", "%", end, value * 10 if value < 10 else value
    return "percent", "%", end, value


def _bare(numeral: Numeral, end: int) -> tuple[str, str, int, Decimal]:
    """A numeral without a unit: digits count, words and Han characters only when they are large."""
    if numeral.form == "digits":
        return ("" if numeral.scale == "m" else "number"), "", end, numeral.value
    large = numeral.value >= 10 and numeral.end - numeral.start > 1
    return ("number" if large else ""), "", end, numeral.value


def _bound(folded: str, start: int, end: int) -> tuple[str, int]:
    before = _BEFORE.search(folded[max(0, start - 24) : start])
    inner = folded[start:end]
    if "多" in inner or "余" in inner:
        return "over", end
    after = _AFTER.match(folded, end)
    if after:
        return _BOUNDS[after.lastgroup or "about"], after.end()
    return (_BOUNDS[before.lastgroup or "about"] if before else "exact"), end


def _per(folded: str, end: int) -> tuple[str, int]:
    match = _PER.match(folded, end)
    if match is None:
        return "", end
    unit = unit_at(folded, match.end())
    if unit is None or unit[0].kind == "money":
        return "", end
    many = (match["many"] or "").strip()
    prefix = "million " if many in {"百万", "million", "1M", "M"} else "thousand " if many else ""
    return prefix + unit[0].name, unit[1]


def _join_ranges(text: str, folded: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Join "10到20亿" and "$5 to $10 billion": the first amount takes unit and scale of the second."""
    joined: list[Quantity] = []
    for quantity in found:
        if joined and _RANGE.fullmatch(folded[joined[-1].end : quantity.start]):
            pair = _range(text, folded, joined[-1], quantity)
            if pair is not None:
                joined[-1] = pair
                continue
        joined.append(quantity)
    return joined


def _range(text: str, folded: str, a: Quantity, b: Quantity) -> Quantity | None:
    if a.low != a.high or a.kind not in {b.kind, "number"} or a.unit not in {b.unit, ""}:
        return None
    between = folded[a.end : b.start].strip()
    if between == "and" and not re.search(r"between[ ]\Z", folded[max(0, a.start - 9) : a.start]):
        return None
    low, step = a.low, a.step
    shared = b.step / (a.step if a.step < 1 else Decimal(1))
    if a.step <= 1 < shared and low * shared < b.high:  # "5 to $10 billion": both are billions
        low, step = low * shared, step * shared
    if not low < b.high:
        return None
    return replace(b, start=a.start, text=text[a.start : b.end], low=low, step=min(b.step, step))


__all__ = ["Quantity", "comparable", "conflicts", "find_quantities", "same_value"]
