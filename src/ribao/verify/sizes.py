"""Counts of which only the size is said: 数十名, 上百辆, "dozens of", "several thousand".

The size is a power of ten, as for vague sums of money (`readers.find_vague`). The readers of
numbers take 十名 of 数十名 for ten, and "dozens" for twelve: a size hides them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ribao.language.amounts import Quantity
from ribao.language.units import unit_at
from ribao.language.widths import holds_han, latin_words
from ribao.verify.readers import BOUNDS, Vague

_ZH_SIZES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_EN_SIZES = {"ten": 1, "score": 1, "dozen": 1, "hundred": 2, "thousand": 3}
_EN_SIZES |= {"million": 6, "billion": 9, "trillion": 12}
_ZH = re.compile(
    r"(?:(?<![多少人次参指系总倍岁位件基])数|几|(?:超|通|经|胜|越)?过|超|逾|(?<![以之史界网路线身手地海船车马晚早周])上"
    r"|(?<![最附])近)(?P<size>[十百千]?[万亿]|[十百千])(?![十百千万亿元分])(?P<more>余|多(?!少))?"
)
_SPOILT = ("通", "经", "胜")  # 通过百人投票: what was passed is no bound
_NUMBERS = "ten|score|dozen|hundred|thousand|million|billion|trillion"
_EN = re.compile(
    rf"(?<![\w$€£¥.,-])(?i:(?:(?P<many>tens|dozens|hundreds) of "
    rf"(?P<of>thousands|millions|billions|trillions)"
    rf"|(?P<plural>dozens|hundreds|thousands|millions|billions|trillions|scores(?= of))"
    rf"|(?:several|a few|many) (?P<one>{_NUMBERS}))(?P<join> of)?)(?![\w-])"
)
_COINS = re.compile(r" (?:dollars|euros|pounds|yuan|yen|rupees|rubles|pesos|francs)\b")
_EN_SIGNS = frozenset([*_EN_SIZES, *(f"{word}s" for word in _EN_SIZES)]) - {"ten", "tens", "score"}
_ZH_SIGNS = re.compile("[数几上近超逾过][十百千万亿]")
_ALONE = frozenset("数几")  # what 上, 近 and 过 stand before must be counted: 上百人


def find_sizes(text: str) -> Iterator[Vague]:
    """Find counts and measures of which only the size is said; sums of money are not among them."""
    if holds_han(text) and _ZH_SIGNS.search(text):
        yield from _chinese(text)
    if not _EN_SIGNS.isdisjoint(latin_words(text)):
        yield from _english(text)


def _chinese(text: str) -> Iterator[Vague]:
    for match in _ZH.finditer(text):
        if match.group().startswith(_SPOILT):
            continue
        unit = unit_at(text, match.end())
        before = match.group()[: match.start("size") - match.start()][-1]
        if (unit is None and before not in _ALONE) or (unit and unit[0].kind == "money"):
            continue
        size = sum(_ZH_SIZES[sign] for sign in match["size"])
        times = text.startswith("倍", match.end())
        end = unit[1] if unit else match.end() + times
        name = unit[0].name if unit else "x" if times else ""
        words = text[match.start() : end]
        yield Vague(match.start(), end, words, size, name, "count", BOUNDS.get(before, ""))


def _english(text: str) -> Iterator[Vague]:
    for match in _EN.finditer(text):
        if _COINS.match(text, match.end()):
            continue
        words = [match["many"], match["of"], match["plural"], match["one"]]
        size = sum(_EN_SIZES[word.lower().removesuffix("s")] for word in words if word)
        unit = unit_at(text, match.end())
        name = unit[0].name if unit and unit[0].kind != "money" else ""
        end = match.end() - len(match["join"] or "")
        yield Vague(match.start(), end, text[match.start() : end], size, name, "count")


def hides_a_number(one: Vague) -> bool:
    """Tell whether the numeral in a size is no number of its own: 数百万, "hundreds"; 超百亿 is."""
    return not one.text.startswith(("超", "逾", "近", "过", "百", "千", "十", "万", "亿"))


_MANY = 2  # times the size, at least, is what "hundreds" are
_NEARLY = 0.8  # of the size is what is told as 近百


def as_large(one: Vague, amount: Quantity) -> bool:
    """Tell whether an exact amount may be told by its size: 47 by "dozens", 103 by 上百."""
    size: int = 10**one.size
    if not same_things(one.unit, amount.unit) or (one.kind == "count") == (amount.kind == "money"):
        return False
    if amount.kind in {"percent", "percentage-points", "ordinal", "fraction"}:
        return False
    if {one.bound, amount.bound} == {"over", "under"}:
        return False
    if one.bound == "under":
        return _NEARLY * size <= float(amount.low) <= size
    least = size if one.bound == "over" else _MANY * size
    return least <= amount.low < 10 * size


_PEOPLE = frozenset({"person", "employee", "user"})


def same_things(a: str, b: str) -> bool:
    """Tell whether two units may count the same; 个 and no unit at all may count anything."""
    return a == b or not {a, b}.isdisjoint({"", "item"}) or {a, b} <= _PEOPLE
