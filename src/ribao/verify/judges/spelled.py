"""Small numbers that a report gives as words, and lengths of time told as times or not."""

from __future__ import annotations

import re

from ribao.language.dates import DateMention
from ribao.language.directions import Signal
from ribao.language.quantities import Quantity, find_quantities, same_value
from ribao.verify.claims import AMOUNT, SUPERLATIVE, Claim
from ribao.verify.evidence import Evidence
from ribao.verify.verdicts import Proof, part_of, proof_of

_ENGLISH = "(?:one|single)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_CHINESE = "一|两二|三|四|五|六|七|八|九|十|__|__"
_BEFORE = "(?<![数几上近超逾过第二三四五六七八九])"  # 数十名 are not ten
_SMALL = {
    str(number): rf"\b{english}\b|{_BEFORE}[{chinese}](?![一二三四五六七八九十百千万亿])"
    for number, (english, chinese) in enumerate(
        zip(re.split(r"\|(?!single)", _ENGLISH), _CHINESE.split("|"), strict=True), 1
    )
}


def spelled_out(claim: Claim, evidence: Evidence) -> Proof | None:
    """A small number that the report gives as a word: 5 for "five", 2 for 两, 首次 for 第一次."""
    value = claim.value
    if isinstance(value, DateMention):
        return _as_a_length(claim, evidence)
    if isinstance(value, Quantity) and value.kind == "ordinal" and value.low == 1:
        return _first(evidence)
    if not isinstance(value, Quantity) or value.kind not in {"number", "count", "duration"}:
        return None
    words = _SMALL.get(str(value.low)) if value.low == value.high else None
    if words is None:
        return None
    for place in evidence.places():
        match = re.search(words, place.text, re.IGNORECASE)
        if match is not None:
            return part_of(place, *match.span())
    return None


def _first(evidence: Evidence) -> Proof | None:
    """A word of rank that says the same as "the first", in a sentence on the same thing."""
    for place in evidence.nearest:
        for told in place.passage.claims(place.number, SUPERLATIVE):
            if isinstance(told.value, Signal) and told.value.key == "first":
                return proof_of(place, told)
    return None


_IN = re.compile(r"(?:within|in) ", re.IGNORECASE)
_INSIDE_ZH = re.compile(r"\s?(?:之|以)?[内里间来]|\s?(?:的)?时间")
_INSIDE_EN = re.compile(
    r"\b(?:in|within|over|inside|during|past|last)(?: the)?(?: past| last| space of)? (?:an? )?\Z"
)


def _as_a_length(claim: Claim, evidence: Evidence) -> Proof | None:
    """The length of time of a report that the claim counts from its day: 两年内, "in two years"."""
    told = find_quantities(claim.text) if _IN.match(claim.text) else ()
    if not told or told[0].kind != "duration":
        return None
    for place in evidence.places():
        for its in place.passage.claims(place.number, AMOUNT):
            value, text = its.value, place.passage.text
            if not isinstance(value, Quantity) or value.kind != "duration":
                continue
            inside = _INSIDE_ZH.match(text, its.end) or _INSIDE_EN.search(
                text, max(0, its.start - 24), its.start
            )
            if (inside or its.text.endswith("内")) and same_value(told[0], value):
                return proof_of(place, its)
    return None
