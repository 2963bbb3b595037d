"""The verdict on shares without a figure: most of, 大部分; and on 免费, a price of nothing.

"Most of" may stand for many figures, so a report bears it out with such a word or with a share of
half or more. Where it has neither nothing is said: an author may count for himself. That something
costs nothing must be in a report.
"""

from __future__ import annotations

from ribao.language.amounts import percent_of
from ribao.language.directions import Signal
from ribao.language.quantities import Quantity
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, SHARE, Claim
from ribao.verify.judges.facts import missing
from ribao.verify.shares import FREE
from ribao.verify.verdicts import part_of, proof_of, supported

_HALF = 50  # per cent


def judge_share(claim: Claim, case: Case) -> Finding | None:
    """Supported where a report has such a word; else missing for 免费, and None for a share."""
    if isinstance(claim.value, Signal) and claim.value.key == "free":
        for place in case.evidence.places():
            match = FREE.search(place.text)
            if match is not None:
                return supported(claim, part_of(place, *match.span()), case.language)
        return missing(claim, case)
    for place in case.evidence.places():
        for family in (SHARE, AMOUNT):
            for told in place.passage.claims(place.number, family):
                if _is_most(told):
                    proof = proof_of(place, told)
                    return supported(claim, proof, case.language)
    return None


def _is_most(told: Claim) -> bool:
    """Tell whether words of a report are more than half: by their sense or by their figure."""
    value = told.value
    if isinstance(value, Signal):
        return value.key == "most"
    if not isinstance(value, Quantity) or value.kind not in {"percent", "fraction"}:
        return False
    return percent_of(value) >= _HALF
