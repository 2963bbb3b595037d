"""The verdict on words in quotation marks: they must stand in a report exactly so.

Spaces, marks, width and traditional characters may differ, and words may be left out where the
quotation says so (……). In another language than the report's a quotation is a translation; its
figures and names are checked as claims of their own, its words cannot be.
"""

from __future__ import annotations

import re

from ribao.model import Finding, Verdict
from ribao.verify.case import Case
from ribao.verify.claims import QUOTATION, Claim
from ribao.verify.facts import missing
from ribao.verify.passages import Passage, squeeze
from ribao.verify.twins import Twin
from ribao.verify.verdicts import Proof, contradicted, finding, supported

_GAP = re.compile(r"…+|\.{3,}|\[[^\]]*\]|——+")
_NAME_LETTERS = 4  # letters: what is shorter in marks is a name or a nickname, not speech


def judge_quotation(claim: Claim, case: Case) -> Finding:
    """Look for the words in the cited documents, then in the others."""
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
                best = Proof(place.passage, told.start, told.end, place.tier)
    return best
