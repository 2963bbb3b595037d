"""The claims of a sentence: what it says that a document could show to be wrong.

A claim has a kind (what is printed in a report) and a family (what it can be compared with). Every
family has its own reader in `ribao.language`; here they are brought under one type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ribao.language.dates import DateMention, find_dates
from ribao.language.directions import (
    Attribution,
    Quotation,
    Signal,
    find_attributions,
    find_directions,
    find_negations,
    find_quotations,
    find_superlatives,
)
from ribao.language.names import NameMention, find_names
from ribao.language.quantities import Quantity, find_quantities
from ribao.language.versions import Version, find_versions
from ribao.verify.amounts_beside import understood
from ribao.verify.hours import Hour, find_hours
from ribao.verify.people_zh import find_titled
from ribao.verify.readers import Person, Vague, find_people, find_vague
from ribao.verify.shares import find_ratios, find_shares, find_singles
from ribao.verify.sizes import find_sizes, hides_a_number
from ribao.verify.unlisted import find_unlisted

AMOUNT, DATE, VERSION, NAME = "amount", "date", "version", "name"
QUOTATION, DIRECTION, NEGATION, SUPERLATIVE = "quotation", "direction", "negation", "superlative"
HOUR = "hour"  # a time of day
FACTS = frozenset({AMOUNT, DATE, HOUR, VERSION, NAME})
ATTRIBUTION = "attribution"  # who says it
SHARE = "share"  # most of something, or nothing at all: an amount without a figure
SIGNALS = frozenset({DIRECTION, NEGATION, SUPERLATIVE})  # words that turn what the facts say

Value = (
    Quantity
    | DateMention
    | Version
    | NameMention
    | Person
    | Vague
    | Hour
    | Quotation
    | Signal
    | Attribution
)


class Claim(NamedTuple):  # thousands are made for an edition, and this is the cheapest
    """One claim where it stands: `text == whole[start:end]`; `value` is what it means."""

    start: int
    end: int
    text: str
    kind: str  # number, money, percent, ..., date, version, name: as printed in a report
    family: str  # claims of one family can be compared
    value: Value


def claim_of(words: str, start: int, end: int, kind: str, family: str = AMOUNT) -> Claim:
    """A stretch of a sentence that no reader took for a claim, as one: for a finding on it."""
    return Claim(start, end, words, kind, family, Vague(start, end, words, 0, ""))


def find_claims(text: str, language: str, day: date) -> tuple[Claim, ...]:
    """Find every claim of a printed sentence, in order; `day` anchors relative dates.

    A version and the name that holds it ("Gemini 3 Flash") are one claim, the longer of the two.
    """
    found: list[Claim] = []
    for read in READERS.values():
        found += read(text, language, day)
    found.sort(key=lambda claim: (claim.start, -claim.end, claim.family != DATE, claim.family))
    kept: list[Claim] = []
    reached = 0
    for claim in found:
        if claim.kind in _COUNTING and _counts_off(claim, text):
            continue
        if claim.kind in _OF_A_TIME and any(
            claim.end <= one.end for one in kept[-2:] if one.family == DATE
        ):
            continue  # "three months ago" and 2026财年 are times, and these are checked
        if claim.kind in _MEASURED and _is_one_of_each(claim, text):
            continue
        if claim.family in _ONE_THING:
            if claim.end <= reached:
                continue
            reached = claim.end
        kept.append(claim)
    return tuple(kept)


_OF_A_TIME = frozenset({"duration", "number"})  # what may be a part of the words for a time
_ONE_THING = frozenset({NAME, VERSION, AMOUNT})  # one stretch of text is only one of these
_MEASURED = frozenset({"dimension", "money", "count", "number", "tokens"})
_EACH = re.compile(r"(?:每[\u4e00-\u9fff]{0,2}|\b(?:per|every|each) )\Z", re.IGNORECASE)
_ROUND = frozenset(10**n for n in range(9))


def _is_one_of_each(claim: Claim, text: str) -> bool:
    """Tell whether an amount only says of how much one speaks: of every 100 yuan, 每卖一公斤."""
    value = claim.value
    if not isinstance(value, Quantity) or value.low not in _ROUND or value.low != value.high:
        return False
    return _EACH.search(text, max(0, claim.start - 6), claim.start) is not None


_COUNTING = frozenset({"number", "ordinal", SUPERLATIVE})
_LIST_MARK = re.compile(r"\s*[（(]?\d{1,2}(?:[.、）)](?!\d)|$)")
_THE_FIRST = re.compile(r"[Tt]he (?:first|second|third)(?= (?:is|was|one|of|two|[A-Z])|,|\b)")
# A stretch of time and no rank: "the first eleven months", "in the second week".
_STRETCH = re.compile(
    r"(?:the )?first (?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d+) )?"
    r"(?:days|weeks|months|quarters?|half|years|hours|minutes)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"leading (?:to|the|by|with|up)\b")


def _counts_off(claim: Claim, text: str) -> bool:
    """Tell whether a number only counts the points of a text off: "1.", "The second one is ..."."""
    if claim.kind == "number":
        return claim.start <= 2 and _LIST_MARK.match(text) is not None
    if claim.kind in {"ordinal", SUPERLATIVE}:
        begins = _THE_FIRST.match(text)
        counted = begins is not None and claim.start < begins.end()
        also = claim.kind == "ordinal" and _enumerates(text)
        stretch = _STRETCH.match(text, claim.start) or text[: claim.start].endswith("at ")
        return counted or also or bool(stretch) or _LEADING.match(text, claim.start) is not None
    return False


@lru_cache(maxsize=1)  # each rank of a sentence asks
def _enumerates(text: str) -> bool:
    """Tell whether a text counts things off: the first ..., the second ..."""
    first = _FIRST.search(text)
    return first is not None and _SECOND.search(text, first.end()) is not None


_FIRST, _SECOND = re.compile(r"\b[Tt]he first\b"), re.compile(r"\bthe second\b")


def read_family(family: str, text: str, language: str, day: date) -> Iterator[Claim]:
    """Find the claims of one family in a text, each with its place and its value."""
    return READERS[family](text, language, day)


_A_LITTLE_MORE = ("强", "多一点", "多一些", "出头")  # behind a fraction: 三分之一强


def _amounts(text: str, language: str, _day: date) -> Iterator[Claim]:
    sizes = (*find_vague(text), *find_sizes(text))
    for found in find_quantities(text, language):
        if any(one.start <= found.start < one.end and hides_a_number(one) for one in sizes):
            continue
        found = understood(found, text)  # noqa: PLW2901 - the same quantity
        if found.kind == "fraction" and text.startswith(_A_LITTLE_MORE, found.end):
            found = found._replace(bound="over")  # noqa: PLW2901 - the same quantity, bounded
        yield Claim(found.start, found.end, found.text, found.kind, AMOUNT, found)
    for single in find_singles(text):
        yield Claim(single.start, single.end, single.text, single.kind, AMOUNT, single)
    for ratio in find_ratios(text):
        yield Claim(ratio.start, ratio.end, ratio.text, ratio.kind, AMOUNT, ratio)
    for vague in sizes:
        yield Claim(vague.start, vague.end, vague.text, vague.kind, AMOUNT, vague)


_CLOCKED = re.compile(
    r"\b(?:in|within) .*(?:minute|hour|second)s?$|(?:minute|hour|second)s? (?:later|earlier)$"
    r"|(?:分钟|小时|秒)[内后]?$"
)
_SEASON = re.compile(
    r"(?:spring|summer|autumn|fall|winter|early|late|mid|end)[ -]\d{4}", re.IGNORECASE
)  # reads as a version, and is a time
_SAME_DAY = frozenset({"当天", "当日", "同日", "同一天"})  # after a date they mean that date


def _dates(text: str, language: str, day: date) -> Iterator[Claim]:
    last = -1
    for found in find_dates(text, day, language):
        if found.text in _SAME_DAY and 0 <= found.start - last <= 2:
            continue
        weekly = text[max(0, found.start - 1) : found.start] in {"一", "每", "两"}
        if weekly and found.text[:1] == "周":
            continue  # 一周三班 is no Wednesday
        if _CLOCKED.search(found.text):
            continue  # "within 20 minutes" is a duration, whatever day it falls on
        last = found.end
        yield Claim(found.start, found.end, found.text, DATE, DATE, found)


def _hours(text: str, _language: str, _day: date) -> Iterator[Claim]:
    for found in find_hours(text):
        yield Claim(found.start, found.end, found.text, HOUR, HOUR, found)


def _versions(text: str, _language: str, _day: date) -> Iterator[Claim]:
    for found in find_versions(text):
        if _SEASON.fullmatch(found.text):
            continue
        yield Claim(found.start, found.end, found.text, VERSION, VERSION, found)


def _names(text: str, _language: str, _day: date) -> Iterator[Claim]:
    taken = []
    for found in find_names(text):
        taken.append((found.start, found.end))
        yield Claim(found.start, found.end, found.text, NAME, NAME, found)
    for person in find_people(text):
        taken.append((person.start, person.end))
        yield Claim(person.start, person.end, person.text, NAME, NAME, person)
    for one in (*find_titled(text), *find_unlisted(text)):
        if all(one.end <= start or end <= one.start for start, end in taken):
            yield Claim(one.start, one.end, one.text, NAME, NAME, one)


def _quotations(text: str, _language: str, _day: date) -> Iterator[Claim]:
    for found in find_quotations(text):
        yield Claim(found.start, found.end, found.text, QUOTATION, QUOTATION, found)


def _attributions(text: str, _language: str, _day: date) -> Iterator[Claim]:
    for found in find_attributions(text):
        if found.speaker and found.key in {"say", "believe"}:
            yield Claim(found.start, found.end, found.text, ATTRIBUTION, ATTRIBUTION, found)


def _signals(
    family: str, find: Callable[[str], Iterable[Signal]]
) -> Callable[[str, str, date], Iterator[Claim]]:
    def read(text: str, _language: str, _day: date) -> Iterator[Claim]:
        for found in find(text):
            yield Claim(found.start, found.end, found.text, family, family, found)

    return read


READERS: dict[str, Callable[[str, str, date], Iterator[Claim]]] = {
    AMOUNT: _amounts,
    DATE: _dates,
    HOUR: _hours,
    VERSION: _versions,
    NAME: _names,
    QUOTATION: _quotations,
    ATTRIBUTION: _attributions,
    SHARE: _signals(SHARE, find_shares),
    DIRECTION: _signals(DIRECTION, find_directions),
    NEGATION: _signals(NEGATION, find_negations),
    SUPERLATIVE: _signals(SUPERLATIVE, find_superlatives),
}
