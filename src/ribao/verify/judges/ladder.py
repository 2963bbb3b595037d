"""The verdict on words of rank in a free telling: largest, third-largest, one of the largest.

A rank is borne out by a word of the same sort with the same place in the row. "The largest" of a
report that says "third-largest" or "one of the largest" is contradicted; the other way round, one
of the largest may be told of what is the largest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ribao.language.directions import Signal
from ribao.language.numerals_en import ORDINALS
from ribao.language.readings_zh import number
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import SUPERLATIVE, Claim
from ribao.verify.evidence import Place
from ribao.verify.judges.counterparts import counterparts
from ribao.verify.topics import around, stems_of
from ribao.verify.verdicts import Proof, contradicted, proof_of, supported

AMONG = "among"  # one of several of that rank
# Words of rank that newspapers use for each other: a record crowd is the biggest.
_SORTS = (
    frozenset({"largest", "highest", "most", "top", "best"}),
    frozenset({"smallest", "lowest", "least"}),
    frozenset({"first", "unprecedented"}),
)
_ORDINALS = {word: str(value) for word, value in ORDINALS.items() if 2 <= value <= 10}
_BEFORE = re.compile(
    rf"(?P<place>{'|'.join(_ORDINALS)}|(?P<digits>\d+)(?:nd|rd|th))[- ](?:\w+ )?$"
    r"|(?P<among>\b(?:one of|among|some of|part of)\b[^,.;]{0,30}$)"
)
_BEFORE_ZH = re.compile(r"第(?P<place>[二三四五六七八九十]|\d+)$")
_AMONG_ZH = re.compile(r"[^，,。；;]{0,16}之一")
_PLACED_ZH = re.compile(r"第(?P<place>[二三四五六七八九十]|\d+)(?P<sort>[大高多长低小])")
_FIRST_ZH = re.compile("首(?=[败胜冠金银铜])")  # 首败: lost for the first time
_SORT_ZH = {
    "大": "largest",
    "高": "highest",
    "多": "most",
    "长": "longest",
    "低": "lowest",
    "小": "smallest",
}
_FIRST_TIME = frozenset({"首次", "第一次", "首度", "头一次"})  # what is told may share one sign
_FAR = 48  # characters before a word of rank that may hold its place


def place_in_row(text: str, start: int, end: int) -> str:
    """Which place a word of rank gives: "" for the first, "2", "3", ..., or AMONG."""
    before = text[max(0, start - _FAR) : start].lower()
    match = _BEFORE.search(before)
    if match is not None:
        return AMONG if match["among"] else match["digits"] or _ORDINALS[match["place"]]
    match = _BEFORE_ZH.search(before)
    if match is not None:
        return str(number(match["place"]))
    return AMONG if _AMONG_ZH.match(text, end) else ""


def judge_rank(claim: Claim, case: Case) -> Finding | None:
    """Supported or contradicted by a rank of the same sort on the same thing; None without one."""
    mine = place_in_row(case.sentence.text, claim.start, claim.end)
    rival: Proof | None = None
    for place, close in _places(case):
        for told, row in _ranks(place):
            if not _of_one_sort(claim, told) or not (
                close or _shares_a_word(claim, told, place, case)
            ):
                continue
            proof = proof_of(place, told)
            if mine in {row, AMONG}:
                return supported(claim, proof, case.language)
            rival = rival or proof
    return contradicted(claim, rival, case.language) if rival is not None else None


def demoted(claim: Claim, proof: Proof, place: Place, case: Case) -> Proof | None:
    """The rank of the twin, where that is another place in the row than the one printed."""
    base = place.start
    told = place_in_row(place.text, proof.start - base, proof.end - base)
    mine = place_in_row(case.sentence.text, claim.start, claim.end)
    return None if mine in {told, AMONG} else proof


def _places(case: Case) -> Iterator[tuple[Place, bool]]:
    """Sentences to look into, and whether they are known to be on the same thing."""
    for one in counterparts(case):
        yield one.place, one.foreign
    for place in case.evidence.ranked:
        if place.passage in case.evidence.cited_passages:
            yield place, False


def _ranks(place: Place) -> Iterator[tuple[Claim, str]]:
    base = place.start
    for told in place.passage.claims(place.number, SUPERLATIVE):
        yield told, place_in_row(place.text, told.start - base, told.end - base)
    for match in _FIRST_ZH.finditer(place.text):
        start, end = match.start() + base, match.end() + base
        signal = Signal(start, end, match.group(), "first")
        yield Claim(start, end, match.group(), SUPERLATIVE, SUPERLATIVE, signal), ""
    for match in _PLACED_ZH.finditer(place.text):
        start, end = match.start() + base, match.end() + base
        signal = Signal(start, end, match.group(), _SORT_ZH[match["sort"]])
        claim = Claim(start, end, match.group(), SUPERLATIVE, SUPERLATIVE, signal)
        yield claim, str(number(match["place"]))


def _of_one_sort(claim: Claim, told: Claim) -> bool:
    a = claim.value.key if isinstance(claim.value, Signal) else ""
    b = told.value.key if isinstance(told.value, Signal) else ""
    return a == b or any({a, b} <= sort for sort in _SORTS)


def _shares_a_word(claim: Claim, told: Claim, place: Place, case: Case) -> bool:
    base = place.start
    mine = around(case.sentence.text, claim.start, claim.end, clause=True)
    theirs = around(place.text, told.start - base, told.end - base, clause=True)
    if stems_of(mine) & stems_of(theirs):
        return True
    signs = [
        {sign for word in words for sign in word if sign > "\u4e00"} for words in (mine, theirs)
    ]
    return claim.text in _FIRST_TIME and not signs[0].isdisjoint(signs[1])
