"""Quantities of Chinese and English text, normalised so that equal amounts compare equal.

`find_quantities` reads numerals (see `numerals`), passes over what is none (see `lookalikes`) and
looks at both sides of each for the unit, the currency, the bound and the kind of change. 309B and
3090亿 are one value; `amounts` says when two quantities agree. Nothing here knows about news.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ribao.language import affixes
from ribao.language.amounts import Quantity, comparable, conflicts, same_value
from ribao.language.figures_beside import millions, points
from ribao.language.lookalikes import lookalikes
from ribao.language.number_words import find_number_words
from ribao.language.numerals import Numeral, find_numerals
from ribao.language.quantities_joined import joined
from ribao.language.units import Unit, unit_at
from ribao.language.widths import plain

LEFT = 24  # characters before an amount that may hold its bound or currency
LONGEST_ID = 9  # more digits in one run, without unit or separator, are an identifier


class _Measure(NamedTuple):
    """What an amount is: its kind, unit and value, and where it ends."""

    kind: str
    unit: str
    end: int
    value: Decimal
    scale: Decimal = Decimal(1)  # what the value was multiplied with to come into `unit`


def find_quantities(text: str, language: str = "") -> tuple[Quantity, ...]:
    """Find the quantities of a text, from left to right and without overlaps.

    `language` is a hint that changes nothing: both languages are read in any text, because Chinese
    news quotes English figures. Versions, dates, times and scores are left out.
    """
    del language
    folded = plain(text)
    numerals, words = list(find_numerals(folded)), find_number_words(text, folded)
    if not numerals and not words:
        return ()
    masks = lookalikes(folded)
    found: list[Quantity] = []
    place = 0
    for numeral in numerals:
        while place < len(masks) and masks[place][1] <= numeral.start:
            place += 1
        if place < len(masks) and masks[place][0] < numeral.end:
            continue
        quantity = _measure(text, folded, numeral)
        if quantity is not None and not (found and quantity.start < found[-1].end):
            found.append(quantity)
    found = _merged(found, [it for it in words if not _hit(masks, it)])
    return tuple(points(text, folded, millions(joined(text, folded, found))))


def _hit(masks: list[tuple[int, int]], quantity: Quantity) -> bool:
    """Tell whether a mask touches an amount told in words; 一番 lies within 翻了一番."""
    return any(
        start < quantity.end and quantity.start < end
        for start, end in masks
        if not (quantity.start < start and end <= quantity.end)
    )


def _merged(found: list[Quantity], more: list[Quantity]) -> list[Quantity]:
    """Add the amounts told in words (doubled, third) where no numeral was read."""
    if not more:
        return found
    longer = [
        it
        for it in found
        if not any(
            word.start <= it.start and it.end <= word.end and it.text != word.text for word in more
        )
    ]
    free = [
        word
        for word in more
        if not any(it.start < word.end and word.start < it.end for it in longer)
    ]
    return sorted(longer + free, key=lambda it: it.start)


def _measure(text: str, folded: str, numeral: Numeral) -> Quantity | None:
    """Read what stands on both sides of a numeral; None where it counts nothing."""
    start, sign = numeral.start, 1
    cold = affixes.cold_before(folded[max(0, start - LEFT) : start])
    if cold:
        start, sign = start - cold, -1
    left = folded[max(0, start - LEFT) : start]
    measure: _Measure | None
    coin, prefix = affixes.currency_before(left), affixes.prefix_before(left)
    if coin:
        start -= len(left) - coin.start()
        measure = _money(folded, numeral, affixes.currency(coin))
    elif prefix:
        start -= len(left) - prefix.start()
        measure = _prefixed(numeral, prefix)
    else:
        measure = _unit(folded, numeral)
    if measure is None:
        return None
    if sign < 0:
        measure = measure._replace(value=-measure.value)
    return _bounded(text, folded, start, numeral, measure)


def _bounded(text: str, folded: str, start: int, numeral: Numeral, measure: _Measure) -> Quantity:
    left = folded[max(0, start - LEFT) : start]
    bound, end = affixes.bound_after(folded, measure.end)
    if not bound:
        more = _MORE.search(folded, start, end)
        told = "" if more is None else "about" if more.group() == "来" else "over"
        bound = told or affixes.bound_before(left) or "exact"
    per, change = "", ""
    if measure.kind != "ordinal":
        per, end = _per(folded, left, end)
        change = affixes.change(left)
        if measure.kind == "multiple" and not change and _TIMES_THAT.match(folded, end):
            change = "to"  # 2.1 times those of a year before
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        kind=measure.kind,
        low=measure.value,
        high=measure.value if numeral.high is None else measure.value + _spread(numeral, measure),
        unit=measure.unit,
        bound=bound,
        change=change,
        per=per,
        step=abs(numeral.step * measure.scale),
    )


_MORE = re.compile("[多余几来]")
_TIMES_THAT = re.compile(
    r" (?:those|that|as (?:many|much|high|large|big)|the (?:size|level|number))\b"
)


def _spread(numeral: Numeral, measure: _Measure) -> Decimal:
    """How far the upper end of 三四成 lies above the lower one, in the unit of the measure."""
    above = (numeral.high or numeral.value) - numeral.value
    return above * measure.value / numeral.value if numeral.value else above


def _per(folded: str, left: str, end: int) -> tuple[str, int]:
    after = affixes.per_after(folded, end)
    if after is not None:
        unit = unit_at(folded, after[1])
        if unit is not None and unit[0].kind != "money":
            power = folded.startswith("度", after[1])  # 0.5元/度 is the price of power
            return after[0] + ("kWh" if power else unit[0].name), unit[1]
    each = affixes.each_before(left)
    if each is not None:
        unit = unit_at("度电" if each[1] == "度" else each[1], 0)
        if unit is not None and unit[1] >= len(each[1]):
            return each[0] + unit[0].name, end
    return "", end


def _money(folded: str, numeral: Numeral, code: str) -> _Measure:
    """An amount behind a currency; where one follows as well (RMB 5元), that one counts."""
    unit = unit_at(folded, numeral.end)
    if unit is None or unit[0].kind != "money":
        return _Measure("money", code, numeral.end, numeral.value)
    return _Measure("money", unit[0].name.split("-")[0], unit[1], numeral.value)


def _prefixed(numeral: Numeral, prefix: re.Match[str]) -> _Measure | None:
    if prefix["ordinal"]:
        return _Measure("ordinal", "", numeral.end, numeral.value)
    below = affixes.percent_below(prefix["below"])
    if below is None:
        return None
    share = Decimal(1) / below
    return _Measure("percent", "%", numeral.end, numeral.value * share, share)


def _unit(folded: str, numeral: Numeral) -> _Measure | None:
    """The unit behind a numeral; None where it is an article, an idiom or an identifier."""
    more = affixes.MORE.match(folded, numeral.end)
    end = more.end() if more else numeral.end
    percent = affixes.PERCENT.match(folded, end)
    if percent:
        return _percent(percent, numeral.value)
    times = affixes.TIMES.match(folded, end)
    if times:
        return _Measure("multiple", "x", times.end(), numeral.value)
    half = folded.startswith("个半", end)  # 三个半小时
    unit = unit_at(folded, end + 2) if half else unit_at(folded, end)
    if unit is None or (unit[0].name == "l" and _RISES.match(folded, end)):
        return _bare(folded, numeral, end)
    if half:
        return _Measure(unit[0].kind, unit[0].name, unit[1], numeral.value + Decimal("0.5"))
    return _measured(folded, numeral, *unit)


_RISES = re.compile("[ ]?升(?:[至到为了破上回幅高温值级]|[ ]?[0-9])")  # 从64升到71: no litres


def _measured(folded: str, numeral: Numeral, unit: Unit, end: int) -> _Measure | None:
    value, scale = numeral.value, unit.factor if unit.kind in {"money", "count"} else Decimal(1)
    if _is_article(numeral, unit):
        return None
    spelled = end - numeral.end >= _SPELLED  # 8m tonnes are millions, 8m/s are metres
    if (
        numeral.scale == "m"
        and unit.kind not in {"money", "count", "parameters", "tokens"}
        and not spelled
    ):
        return _bare(folded, numeral, numeral.end)
    name = unit.name.split("-")[0] if unit.kind == "money" else unit.name
    change = _small_change(folded, end, unit)
    if change:
        value, end = value + change[0], change[1]
    elif unit.name in _AN_HOUR and _SPEED.search(folded, max(0, numeral.start - 6), numeral.start):
        name = _AN_HOUR[unit.name]
    elif unit.name == "degree" and _FAHRENHEIT.search(
        folded, max(0, numeral.start - 4), numeral.start
    ):
        name = "fahrenheit"
    elif unit.name == "degree" and _POWER.search(folded, max(0, numeral.start - 12), numeral.start):
        return _Measure("dimension", "kWh", end, value)
    elif unit.name == "mark" and (
        folded.startswith("小时", numeral.start - 2) or _SECONDS.match(folded, end)
    ):
        return _Measure("duration", "minute", end, value)
    elif folded[end : end + 1] == "半" and unit.kind in {"duration", "dimension"}:
        value, end = value + Decimal("0.5"), end + 1  # 三年半
    return _Measure(unit.kind, name, end, value * scale, scale)


def _is_article(numeral: Numeral, unit: Unit) -> bool:
    """一家, "one person" and 一天 are articles and idioms; so is 两个, which may mean "both"."""
    if numeral.form == "digits" or numeral.high is not None:  # 一两天 are two at most
        return False
    if numeral.value == 1:
        return unit.kind == "count" or unit.name == "day"
    return numeral.value == 2 and numeral.form == "han" and unit.name == "item"


_AN_HOUR = {"km": "km-per-hour", "mile": "mile-per-hour"}
_SPEED = re.compile("时速[为达超近约高过到至]{0,2}\\Z")
_POWER = re.compile("电[^，。；、]{0,8}\\Z")  # 节电1800万度: kilowatt-hours
_SECONDS = re.compile(r"[ ]?\d{1,2}(?:\.\d+)?秒")  # 19分48秒
_FAHRENHEIT = re.compile("华氏(?:温度)?\\Z")
_COIN = "([一二三四五六七八九]|[1-9])"
_COINS = {
    "CNY": re.compile(f"{_COIN}(?:[角毛](?:{_COIN}分)?|(?<=块.)(?![\\w.%-]))"),  # 三块五
    "CNY-jiao": re.compile(f"(){_COIN}分(?!钟)"),
}


def _small_change(folded: str, end: int, unit: Unit) -> tuple[Decimal, int] | None:
    """The coins of 五元三毛 and 一角二分, in `unit`, and where they end."""
    coins = _COINS[unit.name].match(folded, end) if unit.name in _COINS else None
    if coins is None:
        return None
    tenths, hundredths = (
        Decimal(digit if digit.isascii() else "零一二三四五六七八九".index(digit))
        for digit in (coins[1] or "0", coins[2] or "0")
    )
    return (tenths / 10 + hundredths / 100) / unit.factor, coins.end()


def _percent(match: re.Match[str], value: Decimal) -> _Measure | None:
    """Percent, percentage points, basis points, tenths (成), the price left by a discount (折)."""
    end = match.end()
    if match["points"] or match["points_en"]:
        return _Measure("percentage-points", "pp", end, value)
    if match["basis"] or match["basis_en"]:
        return _Measure("percentage-points", "pp", end, value / 100, Decimal("0.01"))
    if match["tenths"]:
        last = (match["more"] or "").strip()
        more = Decimal(5 if last == "半" else "零一二三四五六七八九".find(last) if last else 0)
        return _Measure("percent", "%", end, value * 10 + more, Decimal(10))
    if match["off"]:
        if value == 10:
            return None  # 十折 is no discount
        tens = Decimal(100 if value == Decimal("0.5") else 10 if value < 10 else 1)
        return _Measure("discount", "%", end, value * tens, tens)
    return _Measure("percent", "%", end, value)


_SPELLED = 5  # characters of a unit with its space that is written out: " tonnes"
_THINGS = re.compile(
    r" (?:square|cubic|metric|people\b|of (?:them|its|their|those)\b|a (?:year|month) earlier\b"
    r"|(?!hurdles|sprints|races|finals|heats|was|is|has|his|its|this)[a-z]{3,}s\b)"
)  # behind 5m: so many of them
_LETTER_UNITS = {"m": ("dimension", "m", Decimal(10**6)), "G": ("bytes", "GB", Decimal(10**9))}


def _bare(folded: str, numeral: Numeral, end: int) -> _Measure | None:
    """A numeral without a unit: digits count; words and Han characters only when they are large."""
    value = numeral.value
    if numeral.form == "fraction":
        return _Measure("fraction", "", numeral.end, value)
    if numeral.scale == "m" and _THINGS.match(folded, numeral.end):
        return _Measure("number", "", end, value)
    if numeral.scale in _LETTER_UNITS:  # 5m and 16G: the letter is a unit, not a scale
        kind, unit, scale = _LETTER_UNITS[numeral.scale]
        return _Measure(kind, unit, numeral.end, value / scale, 1 / scale)
    if numeral.form == "digits":
        following = folded[numeral.end : numeral.end + 1]
        glued = following.isalpha() and following.isascii()
        written = folded[numeral.start : numeral.end]
        counts = not glued and not (written.isdigit() and len(written) > LONGEST_ID)
    else:
        counts = abs(value) >= 10 and numeral.end - numeral.start > 1
    return _Measure("number", "", end, value) if counts else None


__all__ = ["Quantity", "comparable", "conflicts", "find_quantities", "same_value"]
