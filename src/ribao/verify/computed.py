"""Sentences that the paper computed itself: how many outlets report, since when, which figures.

Their counts and days are checked against the documents, not looked for in their words; only what
stands in quotation marks must be in a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ribao.language.dates import DateMention
from ribao.language.directions import find_quotations
from ribao.language.quantities import Quantity
from ribao.model import Document, Sentence, Verdict
from ribao.verify.claims import AMOUNT, DATE, Claim

KIND = "computed"  # of a Sentence
_CLOCKS = timedelta(hours=14)  # a moment is on one of two days, by where the reader lives


def quoted(sentence: Sentence, claim: Claim) -> bool:
    """Tell whether a claim stands inside quotation marks, and so must be found in a report."""
    return any(
        mark.start <= claim.start and claim.end <= mark.end
        for mark in find_quotations(sentence.text)
    )


def counted(claim: Claim, documents: Sequence[Document]) -> Verdict | None:
    """The verdict on one count or day of a computed sentence; None for what is no such claim.

    A count is right where it is the number of outlets or of documents. A day is right where a
    document of the story was published on it; an earlier one comes from an earlier edition, which
    no document can show.
    """
    value = claim.value
    if claim.family == AMOUNT and isinstance(value, Quantity):
        if value.kind == "ordinal":
            return None
        outlets = {document.outlet or document.source_id for document in documents}
        possible = range(1, len(documents) + 1) if len(documents) > len(outlets) else {len(outlets)}
        return Verdict.SUPPORTED if value.low in possible else Verdict.CONTRADICTED
    if claim.family == DATE and isinstance(value, DateMention):
        days = [
            (document.published_at + shift).date()
            for document in documents
            for shift in (-_CLOCKS, timedelta(0), _CLOCKS)
        ]
        if any(value.first <= day <= value.last for day in days):
            return Verdict.SUPPORTED
        earlier = bool(days) and value.last < min(days)
        return Verdict.OPINION if earlier else Verdict.CONTRADICTED
    return None
