"""With what a growth is compared: 同比, 较上年同期 and "from a year earlier" are one basis.

The time in such words is no time at which anything happened. It is borne out by any words for the
same basis in the sentences on the same thing.
"""

from __future__ import annotations

import re

from ribao.verify.case import Case
from ribao.verify.claims import DATE, Claim
from ribao.verify.verdicts import Proof, part_of

_BEFORE = re.compile(
    r"(?:[较比]|相比|相较于?|对比)\s*\Z|\b(?:from|than|over|against|versus|with|to|in) (?:the )?\Z",
    re.IGNORECASE,
)
_ALONE = re.compile(
    "同期|^一年(?:之|以)?前$"
)  # they say without a word before them what they are of
_AGO = "(?:ago|earlier|before)"


def _words(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


# How a time names a basis, and all words that say the same: of a year, of a month or a quarter.
_BASES = (
    (
        _words(
            "(?:去年|上年|上一年)(?:的?同期)?|一年(?:之|以)?前",
            f".*year {_AGO}",
            "(?:.* )?(?:last|previous) year",
        ),
        _words(
            "同比|(?:去年|上年|上一年)的?(?:同期)?",
            rf"year[- ](?:on|over)[- ]year|\byoy\b|\by/y\b|year[- ]{_AGO}",
            "(?:last|previous|prior) year",
        ),
    ),
    (
        _words(
            "上个?[月季]度?(?:的?同期)?|上一季度?",
            f".*(?:month|quarter) {_AGO}|(?:.* )?(?:last|previous) (?:month|quarter)",
        ),
        _words(
            "环比|上个?[月季]|上一季|sequential",
            f"(?:month|quarter)[- ](?:on|over)[- ](?:month|quarter)|(?:month|quarter)[- ]{_AGO}",
            "(?:last|previous|prior) (?:month|quarter)",
        ),
    ),
)


def same_basis(claim: Claim, case: Case) -> Proof | None:
    """Words of a report for the basis of comparison that a time is part of, if it is of one."""
    if claim.family != DATE:
        return None
    compared = _ALONE.search(claim.text) or _BEFORE.search(case.sentence.text, 0, claim.start)
    told = next((told for its, told in _BASES if compared and its.fullmatch(claim.text)), None)
    if told is None:
        return None
    for place in case.evidence.nearest:
        match = told.search(place.text)
        if match is not None:
            return part_of(place, *match.span())
    return None
