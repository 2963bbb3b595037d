"""When a claim and the words of a report agree, and when both cannot be true."""

from __future__ import annotations

import re
from itertools import product

from ribao.language import amounts
from ribao.language.dates import DateMention
from ribao.language.names import NameMention
from ribao.language.quantities import Quantity
from ribao.language.versions import Version
from ribao.verify.claims import Claim
from ribao.verify.hours import Hour, same_hour
from ribao.verify.readers import Person, Vague
from ribao.verify.sizes import as_large, same_things

_FROM_TO = re.compile(r"[至到~～–—-]|\b(?:to|and|through)\b")
_UNTIL = re.compile(r"\buntil\b")  # renewed on Tuesday until 2036
_WEEK_OF = re.compile(r"\bweek of\D+(\d{1,2})\b", re.IGNORECASE)
NAMING = (Version, NameMention, Person)


def agrees(claim: Claim, told: Claim) -> bool:
    """Tell whether the words of a report (`told`) bear the claim out."""
    mine, theirs = claim.value, told.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        return _same_amount(mine, theirs, claim.text, told.text)
    if isinstance(mine, Hour) and isinstance(theirs, Hour):
        return same_hour(mine, theirs)
    if isinstance(mine, Vague) or isinstance(theirs, Vague):
        return _same_size(mine, theirs)
    if isinstance(mine, DateMention) and isinstance(theirs, DateMention):
        return _same_time(mine, theirs)
    if isinstance(mine, NameMention) and isinstance(theirs, NameMention):
        return f"{theirs.id} ".startswith(f"{mine.id} ")
    return isinstance(mine, NAMING) and isinstance(theirs, NAMING) and same_words(claim, told)


def _same_amount(mine: Quantity, theirs: Quantity, printed: str, told: str) -> bool:
    """Tell whether the amount of a report bears out the printed one, given the words of both."""
    often = mine.kind == "multiple" and (mine.per or told.endswith(("次", "回")))
    if often or {mine.kind, theirs.kind} == {"age", "number"}:
        return mine.low == theirs.low  # 20 times: 20次; "21-year-old" of "Smith, 21,"
    if mine.kind == "number" and theirs.kind in _MEASURED and mine.low >= _LARGE:
        mine = mine._replace(kind=theirs.kind, unit=theirs.unit)  # 9亿 of 24亿欧元
    elif theirs.kind == "number" and mine.kind == "money" and theirs.step >= _LARGE:
        theirs = theirs._replace(kind=mine.kind, unit=mine.unit)  # and the other way round
    if theirs.unit == "JPY" and printed.startswith(("¥", "￥")):
        mine = mine._replace(unit="JPY")  # the sign of both yuan and yen
    tenths = mine.kind == theirs.kind == "percent" and printed.endswith("成")
    if tenths and abs(mine.low - theirs.low) <= _TENTHS:
        theirs = theirs._replace(low=mine.low, high=mine.high)  # 两成 is told of 21%
    apart = bounds_apart(mine, theirs) or _ranges_apart(mine, theirs)
    return amounts.same_value(mine, theirs) and not apart


def _same_size(mine: object, theirs: object) -> bool:
    """Tell whether two amounts agree of which one at least is told by its size alone."""
    if isinstance(mine, Vague) and isinstance(theirs, Vague):
        if mine.kind == "money":
            return mine.size == theirs.size and mine.unit in {theirs.unit, ""}
        return mine.size == theirs.size and same_things(mine.unit, theirs.unit)
    if isinstance(mine, Vague):
        return isinstance(theirs, Quantity) and as_large(mine, theirs)
    if not (isinstance(mine, Quantity) and isinstance(theirs, Vague)):
        return False
    return bool(theirs.bound) and mine.bound == theirs.bound and as_large(theirs, mine)


_TENTHS = 2  # percentage points between a share told in tenths and the report's
_MEASURED, _LARGE = frozenset({"money", "dimension"}), 10**4  # whose unit was named before


def ends_of(claim: Claim, told: Claim) -> bool:
    """Tell whether the claim is one end of a range that the report gives (14 of "14 to 21")."""
    mine, theirs = claim.value, told.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        alone = theirs.low != theirs.high and mine.low == mine.high
        comparable = mine.unit in {theirs.unit, ""} and amounts.comparable(mine, theirs)
        return alone and comparable and mine.low in {theirs.low, theirs.high}
    if isinstance(mine, DateMention) and isinstance(theirs, DateMention):
        ranged = theirs.grain == "day" or _UNTIL.search(told.text)
        spans = ranged and theirs.first != theirs.last
        inside = mine.first > theirs.first or mine.last < theirs.last
        at_end = any(mine.first <= end <= mine.last for end in (theirs.first, theirs.last))
        return bool(spans and inside and at_end) and not _FROM_TO.search(claim.text)
    return False


def same_words(claim: Claim, told: Claim) -> bool:
    """Tell whether two claims are the same words, spaces, hyphens and case apart.

    The words before a figure that bound it ("up to", "at least") are no part of it, and must agree.
    """
    mine, theirs = claim.value, told.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        by_and_to = {mine.change, theirs.change} == {"by", "to"}  # 增长13倍 is no 增长至13倍
        if by_and_to or bounds_apart(mine, theirs):
            return False
    return _plain(claim.text.casefold()) == _plain(told.text.casefold())


def contradicts(claim: Claim, told: Claim) -> bool:
    """Tell whether the claim and the words of a report cannot both be true of one thing."""
    mine, theirs = claim.value, told.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        return amounts.conflicts(mine, theirs) and _same_measure(mine, theirs)
    if isinstance(mine, DateMention) and isinstance(theirs, DateMention):
        return mine.grain == theirs.grain and not _overlap(mine, theirs)
    if isinstance(mine, Version) and isinstance(theirs, Version):
        return family_of(mine.name) == family_of(theirs.name)
    return False


_MEASURE = re.compile(r"[^\W\d_]{1,2}$")
_NUMERALS = frozenset("零一二两三四五六七八九十百千万亿半几多余来")


def _same_measure(a: Quantity, b: Quantity) -> bool:
    """Tell whether two Chinese counts may be of one thing: 120台 are no 210次.

    个 and a bare number may count anything.
    """
    words = [_measure_word(quantity) for quantity in (a, b)]
    return not all(words) or words[0] == words[1] or "个" in words


def _measure_word(quantity: Quantity) -> str:
    match = _MEASURE.search(quantity.text)
    if quantity.kind != "count" or match is None:
        return ""
    word = match.group().lstrip("".join(_NUMERALS))
    return word if word and not word.isascii() else ""


def bounds_apart(a: Quantity, b: Quantity) -> bool:
    """Tell whether the bounds of two figures exclude each other.

    "Over 10" may be told of 12, but not of "over 15", and not of "up to 10".
    """
    if a.unit == b.unit and {a.bound in _MORE, b.bound in _MORE} == {True, False}:
        other = a.bound if b.bound in _MORE else b.bound
        return other in _LESS
    if a.bound != b.bound or a.bound == "exact" or a.unit != b.unit:
        return False
    step = max(a.step, b.step)
    return step > 0 and amounts.round_to(a.low, step) != amounts.round_to(b.low, step)


_MORE, _LESS = frozenset({"over", "at-least"}), frozenset({"under", "below", "at-most"})


def _ranges_apart(a: Quantity, b: Quantity) -> bool:
    """Tell whether both are ranges of one unit with another end: 2-3x is not 2-5x."""
    both = a.low != a.high and b.low != b.high and a.unit == b.unit
    return both and abs(a.high - b.high) > max(a.step, b.step) / 2


_LONG = frozenset({"year", "half", "quarter"})  # a day without its year proves only the nearest


def _same_time(claim: DateMention, told: DateMention) -> bool:
    """Tell whether the report's time lies within the claimed one.

    A claim may be coarser than the report, never finer: "2025" does not bear out "May 2025". Where
    both leave the year out, both mean the nearest one.
    """
    weeks = _WEEK_OF.search(claim.text), _WEEK_OF.search(told.text)
    if weeks[0] and weeks[1] and weeks[0][1] != weeks[1][1]:
        return False  # the week of the 14th is told by another day than that of the 12th
    if _FROM_TO.search(claim.text) and _FROM_TO.search(told.text):
        return (claim.first, claim.last) == (told.first, told.last)
    if claim.text.endswith("以来") and told.text.endswith("以来"):
        return claim.first == told.first  # today is the end of both
    both_open = claim.other is not None and told.other is not None
    mine = [(claim.first, claim.last)]
    theirs = [(told.first, told.last)]
    if claim.other is not None and not both_open:
        mine.append(claim.other)
    if told.other is not None and not both_open and claim.grain not in _LONG:
        theirs.append(told.other)
    vague = claim.approximate and (told.approximate or claim.grain == told.grain)
    return any(
        (a[0] <= b[0] and b[1] <= a[1]) or (vague and a[0] <= b[1] and b[0] <= a[1])
        for a, b in product(mine, theirs)
    )


def _overlap(a: DateMention, b: DateMention) -> bool:
    return a.first <= b.last and b.first <= a.last


def _plain(name: str) -> str:
    return re.sub(r"[\s\-–_·•‧・∙]+", "", name)


def family_of(name: str) -> str:
    """The letters before the first digit of a version name: "gemini" of "gemini 3 flash"."""
    return _plain(re.split(r"\d", name, maxsplit=1)[0])
