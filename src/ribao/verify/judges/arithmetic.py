"""Figures that no report has and that follow from those it has: a sum, a difference, a share.

"400 employees" of a report with 310 and 90, "$150m apiece" of 24 launches for $3.6bn, "fell by
more than half" of 9% and 4%. Both operands stand in one report, and one of them in a sentence on
the same thing. Out of enough figures anything can be worked out, so only one step is tried, and
never where a sentence that is nearly the report's own has another value at that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, pairwise
from typing import NamedTuple

from ribao.language.amounts import FRACTION, Quantity, comparable, percent_of, same_value
from ribao.language.dates import DateMention
from ribao.language.numerals_en import WORDS
from ribao.verify.agreement import bounds_apart
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, Claim
from ribao.verify.evidence import Place
from ribao.verify.judges.counterparts import counterparts
from ribao.verify.judges.occurrences import printed_alike
from ribao.verify.judges.reckoning import SHARES, left_over, moved_share, of_share, span_told
from ribao.verify.passages import Passage
from ribao.verify.verdicts import Proof

SUMMED = frozenset(
    {"money", "count", "number", "percent", "percentage-points", "dimension", "duration",
     "parameters", "tokens", "temperature"}
)  # fmt: skip
RATIOS = frozenset({"percent", "fraction", "multiple"})
COUNTS = frozenset({"count", "number", "duration"})
MOST_COUNT = 400  # by a larger count nothing is multiplied or divided
REACH = 3  # sentences between two figures of one reckoning
FINE = Decimal("0.000001")  # of a value: the step of what was worked out
HUNDRED = Decimal(100)
MOST_OPERANDS = 160  # figures of a report


_SOME = 3  # the most alike sentences, however little that is
_ANYTHING = frozenset({"", "item", "person"})  # units of counts that say nothing of what is counted


class _Operand(NamedTuple):
    claim: Claim
    value: Quantity
    sentence: int
    near: bool  # it stands in a sentence on the same thing, or is told in the printed one, too


def worked_out(claim: Claim, case: Case) -> tuple[Proof, str] | None:
    """Where the first of two figures stands from which a claim follows, and how it follows.

    None where the claim is no figure, or follows from none.
    """
    value = claim.value
    if not isinstance(value, Quantity) or value.low != value.high or value.low <= 0:
        return None
    if value.kind not in SUMMED | RATIOS:
        return None
    if _in_another_unit(value, case):
        return None
    near = _near(case)
    compared = _COMPARED.search(case.sentence.text) is not None
    before = case.sentence.text[max(0, claim.start - 24) : claim.start]
    for passage in case.evidence.cited_passages:
        tier = case.evidence.tier(passage)
        span = _span(value, passage, near)
        if span is not None:
            return Proof(passage, *span, tier), passage.text[span[0] : span[1]]
        operands = list(islice(_operands(passage, near, claim, case), MOST_OPERANDS))
        found = _reckoned(_as_points(value), operands, before, passage)
        if found is None and compared:
            found = _side_by_side(_as_points(value), operands, before, passage)
        if found is not None:
            first, words = found
            return Proof(passage, first.claim.start, first.claim.end, tier), words
    return None


def _span(
    value: Quantity, passage: Passage, near: frozenset[tuple[str, str, int]]
) -> tuple[int, int] | None:
    """Where a sentence on the same thing tells a span of time by its ends or by a count."""
    for number in range(len(passage.sentences)) if value.kind == "duration" else ():
        if (passage.document.id, passage.field, number) in near:
            span = span_told(value, passage, number)
            if span is not None:
                return span
    return None


def earlier_time(claim: Claim, case: Case) -> tuple[Proof, str] | None:
    """How a figure of an earlier time was worked out, where a sentence tells it with that time.

    The report has the figure of now and the change: "October, up 7%" tells of September.
    """
    if not isinstance(claim.value, DateMention):
        return None
    written = [one.document.published_at for one in case.evidence.cited_passages]
    if any(one is None or claim.value.first >= one.date() for one in written):
        return None
    amounts = [one for one in case.claims if one.family == AMOUNT]
    return worked_out(amounts[0], case) if len(amounts) == 1 else None


def _in_another_unit(value: Quantity, case: Case) -> bool:
    """Tell whether the sentence on the same thing has these digits as per cent for points."""
    shares = frozenset({"percent", "percentage-points"})
    return value.kind in shares and any(
        isinstance(told.value, Quantity)
        and {told.value.kind, value.kind} == shares
        and told.value.low == value.low
        for place in case.evidence.nearest
        for told in place.passage.claims(place.number, AMOUNT)
    )


def _near(case: Case) -> frozenset[tuple[str, str, int]]:
    some = [place for place in case.evidence.ranked[:_SOME] if place.alike > 0]
    places: list[Place] = [
        *some,
        *case.evidence.nearest,
        *(one.place for one in counterparts(case)),
    ]
    return frozenset((p.passage.document.id, p.passage.field, p.number) for p in places)


def _operands(
    passage: Passage, near: frozenset[tuple[str, str, int]], claim: Claim, case: Case
) -> Iterator[_Operand]:
    wanted = claim.value.unit if isinstance(claim.value, Quantity) else ""
    for number in range(len(passage.sentences)):
        close = (passage.document.id, passage.field, number) in near
        for told in passage.claims(number, AMOUNT):
            value = told.value
            if isinstance(value, Quantity) and value.low == value.high and value.low > 0:
                same = value.kind == "count" and value.unit == wanted and wanted not in _ANYTHING
                here = close or same
                here = here or any(it is not claim for it in printed_alike(passage, told, case))
                yield _Operand(told, _as_points(value), number, here)
        if close:
            yield from (
                _Operand(told, value, number, near=True) for told, value in _words(passage, number)
            )


_DOZEN = 12
_NUMBER_WORDS = {word: value for word, value in WORDS.items() if 2 <= value <= _DOZEN}
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b(?! (?:percent|million|billion))")


def _words(passage: Passage, number: int) -> Iterator[tuple[Claim, Quantity]]:
    """Small numbers in English words that no reader takes: six ferries, two were broken off."""
    span = passage.sentences[number]
    for match in _NUMBER_WORD.finditer(span.text) if passage.language == "en" else ():
        start, end = span.start + match.start(), span.start + match.end()
        if any(one.start < end and start < one.end for one in passage.claims(number, AMOUNT)):
            continue
        low = _NUMBER_WORDS[match.group()]
        value = Quantity(start, end, match.group(), "number", low, low)
        yield Claim(start, end, match.group(), "number", AMOUNT, value), value


_POINTS = ("point", "points", "个点")


def _as_points(value: Quantity) -> Quantity:
    """Counted points are percentage points: "up 0.6 points"."""
    if value.kind in {"count", "number"} and value.text.rstrip().endswith(_POINTS):
        return value._replace(kind="percentage-points", unit="%")
    return value


_A_YEAR = {"month": 12, "quarter": 4, "week": 52, "day": 365}  # how often a year has it


def _reckoned(
    value: Quantity, operands: list[_Operand], before: str, passage: Passage
) -> tuple[_Operand, str] | None:
    """The first pair of operands of which the value is a sum, difference, product or share."""
    for a in operands:
        year = _A_YEAR.get(a.value.per, 0)
        if year and a.near and _like(value, a.value) and _is(value, a.value.low * year, value.kind):
            return a, f"{a.claim.text} × {year}"
        each = _A_YEAR.get(value.per, 0) if a.value.per in {"", "year"} else 0
        if each and a.near and _like(value, a.value) and _is(value, a.value.low / each, value.kind):
            return a, f"{a.claim.text} ÷ {each}"
        if value.kind in SHARES and a.value.kind in SHARES and a.near:
            beside = [b.value for b in operands if b.sentence == a.sentence and b.near]
            if any(_is_share_of(value, rest, before) for rest in left_over(beside)):
                return a, f"100% − {a.claim.text}"
        for b in operands:
            if a is b or not (a.near or b.near) or abs(a.sentence - b.sentence) > REACH:
                continue
            words = _of_two(value, a, b, before) or _turned_back(value, a, b, passage)
            if words:
                return a, words
    return None


def _of_two(value: Quantity, a: _Operand, b: _Operand, before: str) -> str:
    """How a value follows from two operands in this order; "" where it does not."""
    x, y = a.value, b.value
    told = f"{a.claim.text} {{}} {b.claim.text}"
    x, y = _of_one_kind(x, y), _of_one_kind(y, x)
    counted = {x.kind, y.kind} <= COUNTS and "" in (x.unit, y.unit)
    alike = x.kind in SUMMED and comparable(x, y) and (x.unit == y.unit or counted)
    if alike and _like(value, x):
        if x.low > y.low and _is(value, x.low - y.low, value.kind):
            return told.format("−")
        if x.kind != "percentage-points" and _is(value, x.low + y.low, value.kind):
            return told.format("+")
    if alike and value.kind in RATIOS and y.low:
        share = x.low / y.low
        if value.kind == "multiple" and _is(value, share, "multiple"):
            return told.format("÷")
        if value.kind != "multiple" and _is_share(value, share, before):
            return told.format("÷")
    return _scaled(value, a, b, told)


# Words that say that a figure was worked out from two that stand side by side.
_COMPARED = re.compile(
    r"\b(?:more|less|fewer|cheaper|dearer|higher|lower|longer|shorter|larger|smaller|faster|slower"
    r"|bigger|apart|short of|gap|difference|balance|gained|lost|rose|fell|apiece|each|on average"
    r"|average|that (?:means|implies|puts)|comes to|works out|in all|altogether|combined|total"
    r"|before|earlier|previous(?:ly)?|had been|still|remaining|rest)\b"
    r"|[多少低高差贵减增降涨升缩]|便宜|相当于|合计|一共|总共|共计|平均|每|推算|计算|相差|净|同期|此前|上年|前年|年前|原[来先]|剩|还有|其余|余下",
    re.IGNORECASE,
)


def _side_by_side(
    value: Quantity, operands: list[_Operand], before: str, passage: Passage
) -> tuple[_Operand, str] | None:
    """The reckoning from two figures of one sentence with no other between them.

    These need be near nothing: the words of a comparison need not be those of the report.
    """
    for a in operands if value.kind in SHARES else ():
        if any(_is_share_of(value, rest, before) for rest in left_over([a.value])):
            return a, f"100% − {a.claim.text}"
    for first, b in pairwise(operands):
        a = first
        if a.sentence != b.sentence:
            continue
        if a.value.kind == "number" and b.value.kind in {"money", "dimension", "percent"}:
            a = a._replace(value=a.value._replace(kind=b.value.kind, unit=b.value.unit))
        for x, y in ((a, b), (b, a)):
            words = _of_two(value, x, y, before) or _turned_back(value, x, y, passage)
            if words:
                return x, words
    return None


def _turned_back(value: Quantity, a: _Operand, b: _Operand, passage: Passage) -> str:
    """How a value follows from an amount and its share, or a share and its change."""
    if abs(a.sentence - b.sentence) > 1:
        return ""
    told = f"{a.claim.text} {{}} {b.claim.text}"
    if a.sentence == b.sentence and value.kind == "percent":
        moved = (rest for rest in moved_share(a.value, b.value) if rest > 0)
        if any(_is(value, rest, "percent") for rest in moved):
            return told.format("±")
    if not _like(value, a.value):
        return ""
    text = passage.sentences[b.sentence].text
    wholes = of_share(a.value, b.value, text)
    return told.format("÷") if any(_is(value, one, value.kind) for one in wholes) else ""


def _of_one_kind(value: Quantity, other: Quantity) -> Quantity:
    """A large bare number is of what stands beside it: 60,000 tonnes, down from 110,000."""
    if value.kind == "number" and other.kind in {"money", "dimension"} and value.low >= _LARGE:
        return value._replace(kind=other.kind, unit=other.unit)
    return value


_LARGE = 1000


def _scaled(value: Quantity, a: _Operand, b: _Operand, told: str) -> str:
    """A share of an amount, or an amount by a count: of each, for all, a year."""
    x, y = a.value, b.value
    if x.kind not in {"money", "count", "number", "dimension"} or not _like(value, x):
        return ""
    if y.kind in SHARES and _is(value, x.low * percent_of(y) / HUNDRED, value.kind):
        return told.format("×")
    if abs(a.sentence - b.sentence) > 1:
        return ""
    by_count = y.kind in COUNTS and 1 < y.low <= MOST_COUNT
    if x.kind != "money" or not (by_count or (y.kind in {"dimension", "multiple"} and y.low)):
        return ""
    if by_count and _is(value, x.low * y.low, value.kind):
        return told.format("×")
    return told.format("÷") if _is(value, x.low / y.low, value.kind) else ""


def _like(value: Quantity, operand: Quantity) -> bool:
    """Tell whether what is claimed may be of the sort of an operand: money of money."""
    if operand.kind in {"percent", "percentage-points"}:
        return value.kind == "percentage-points"
    if value.kind in {"count", "number"}:
        return operand.kind in {"count", "number"}
    if value.kind == "duration" and value.unit == "day" and operand.kind == "number":
        return True  # days with a headache
    return value.kind == operand.kind and value.unit == operand.unit


# Bounds that stand at some distance before a share or a multiple: 不到上年的一半.
_BELOW = re.compile(
    r"(?:不到|不足|少于|未及|less than|under|fewer than|nearly|almost|近)[^，。,.]{0,16}$"
)
_ABOUT = re.compile(r"(?:约|大约|左右|\babout|\baround|\broughly) ?$")
_OVER = re.compile(r"(?:超过|逾|多于|more than|over|above)[^，。,.]{0,16}$")
_APART = {  # how far a share may lie below and above the one that is told, as a part of it
    "below": (Decimal("0.25"), Decimal(0)),
    "over": (Decimal(0), Decimal("0.34")),
    "about": (Decimal("0.12"), Decimal("0.12")),
    "exact": (Decimal("0.03"), Decimal("0.03")),
}


def _is_share(value: Quantity, share: Decimal, before: str) -> bool:
    """Tell whether a share of 1 is told as a fraction: of a whole, or by how much it is less."""
    parts = [share] if share < 1 else []
    parts.append(abs(1 - share))
    if value.kind == "percent":
        return any(_is(value, part * HUNDRED, "percent") for part in parts)
    bound = {"under": "below", "at-most": "below", "at-least": "over"}.get(value.bound, value.bound)
    if bound == "exact" and _ABOUT.search(before):
        bound = "about"
    elif bound == "exact":
        bound = "below" if _BELOW.search(before) else "over" if _OVER.search(before) else bound
    low, high = _APART[bound]
    told = value.low
    return any(told * (1 - low) <= part <= told * (1 + high) for part in parts)


def _is_share_of(value: Quantity, percent: Decimal, before: str) -> bool:
    """Tell whether so many per cent may be told as a percentage or as a fraction."""
    if value.kind == "percent":
        return _is(value, percent, "percent")
    bound = "exact" if value.bound not in {"over", "under", "about"} else value.bound
    told = value._replace(bound=bound)
    apart = percent - percent_of(told)
    if bound == "about" or _ABOUT.search(before):
        return abs(apart) <= _ROUND
    if bound == "over" or _OVER.search(before):
        return 0 <= apart <= _ROUND
    if bound == "under" or _BELOW.search(before):
        return -_ROUND <= apart <= 0
    return abs(apart) <= FRACTION


_ROUND = Decimal(4)  # percentage points between a share and a fraction that is told as its like


def _is(value: Quantity, result: Decimal, kind: str) -> bool:
    """Tell whether a claim may stand for what was worked out."""
    told = Quantity(0, 0, "", kind, result, result, value.unit, step=abs(result) * FINE or FINE)
    mine = value._replace(kind=kind, change="", per="")
    return same_value(mine, told) and not bounds_apart(mine, told)
