"""The verdict on words in quotation marks: they must stand in a report exactly so.

Spaces, marks, width and traditional characters may differ, and words may be left out where the
quotation says so (……). In another language than the report's a quotation is a translation; its
figures and names are checked as claims of their own, its words cannot be.
"""

from __future__ import annotations

import re

from ribao.language.directions import find_quotations
from ribao.model import Finding, Verdict
from ribao.verify.case import Case
from ribao.verify.claims import QUOTATION, Claim
from ribao.verify.judges.facts import missing
from ribao.verify.passages import Passage, squeeze
from ribao.verify.twins import Twin
from ribao.verify.verdicts import Proof, contradicted, finding, part_of, proof_of, supported

_GAP = re.compile(r"…+|\.{3,}|\[[^\]]*\]|——+")
_NAME_LETTERS = 4  # letters: what is shorter in marks is a name or a nickname, not speech


def judge_quotation(claim: Claim, case: Case) -> Finding:
    """Look for the words in the cited documents, then in the others."""
    cut = _cut_short(claim, case)
    if cut is not None:
        return contradicted(claim, cut, case.language)
    for passage in case.evidence.passages:
        span = found_in(claim.text, passage)
        if span is not None:
            proof = Proof(passage, *span, case.evidence.tier(passage))
            return supported(claim, proof, case.language)
    if case.translated:
        return finding(claim, Verdict.OPINION, "translated", case.language)
    rival = _rival(claim, case)
    if rival is not None:
        return contradicted(claim, rival, case.language)
    return missing(claim, case)


def _cut_short(claim: Claim, case: Case) -> Proof | None:
    """The quotation of the twin, where words of it are missing between the same marks.

    A speaker may be quoted in part: up to a comma, or with the other words before the marks or
    behind them. Words that are just gone make another saying, and another name of a programme.
    """
    twin = case.twin
    if twin is None or twin.framed(claim.start, claim.end) or _GAP.search(claim.text):
        return None
    start, end, whole = twin.opposite(claim.start - 1, claim.end + 1)
    if whole or end - start < claim.end - claim.start:
        return None
    told = twin.place.text[start + 1 : end - 1]
    if not any(
        (it.start, it.end) == (start + 1, end - 1) for it in find_quotations(twin.place.text)
    ):
        return None
    if squeeze(claim.text).text == squeeze(told).text or _in_part(claim, told, twin):
        return None
    return part_of(twin.place, start + 1, end - 1)


def _in_part(claim: Claim, told: str, twin: Twin) -> bool:
    """Tell whether a saying is quoted in part, with a border where it was cut."""
    lead, tail = told[: -len(claim.text)], told[len(claim.text) :]
    before = _BEFORE_CLAUSE.search(lead) or _stands(lead, twin, claim.start, -1)
    behind = _CLAUSE.match(tail) or _stands(tail, twin, claim.end, 1)
    return bool((told.endswith(claim.text) and before) or (told.startswith(claim.text) and behind))


def _stands(words: str, twin: Twin, at: int, way: int) -> bool:
    """Tell whether words that left a quotation stand before its mark (-1) or behind it (1)."""
    left, text = squeeze(words).text, twin.text
    if way < 0:
        return squeeze(text[: at - 1]).text.endswith(left)
    return squeeze(text[at + 1 :]).text.startswith(left)


_BEFORE_CLAUSE = re.compile(r"[，。；！？：,.;!?:—]\s*\Z")
_CLAUSE = re.compile(r"\s*[，。；！？：,.;!?:—]")


def found_in(words: str, passage: Passage) -> tuple[int, int] | None:
    """The span from the first to the last part of the words, in their order."""
    first: int | None = None
    end = 0
    letters = passage.letters
    at = 0
    for part in _GAP.split(words):
        wanted = squeeze(part).text
        if not wanted:
            continue
        at = letters.text.find(wanted, at)
        if at < 0:
            return None
        first = letters.offsets[at] if first is None else first
        at += len(wanted)
        end = letters.offsets[at - 1] + 1
    return None if first is None else (first, end)


def _rival(claim: Claim, case: Case) -> Proof | None:
    """What was really said: words opposite in the twin, or a quotation that is nearly the same."""
    best: Proof | None = None
    most = 0.6  # of the words must be the same to be the same saying
    for place in case.evidence.nearest:
        for told in place.passage.claims(place.number, QUOTATION):
            share = Twin.share_of(claim.text, told.text)
            if share > most:
                most = share
                best = proof_of(place, told)
    return best
