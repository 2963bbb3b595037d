"""Sentences that the paper computed itself: how many outlets report, since when, which figures.

Their counts and days are checked against the reports of the story, or against the sources that are
listed under it, not looked for in the words of reports; only what stands in quotation marks must be
in a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ribao.language.dates import DateMention
from ribao.language.directions import find_quotations
from ribao.language.quantities import Quantity
from ribao.model import Document, Sentence, Verdict
from ribao.verify.claims import AMOUNT, DATE, Claim
from ribao.verify.forms.pieces import COMPUTED, Listed, counts_outlets

KIND = COMPUTED  # of a Sentence
_CLOCKS = timedelta(hours=14)  # a moment is on one of two days, by where the reader lives
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is to count: outlets, reports, and the days on which they may have appeared.

    `whole` tells that these are all reports of the story. A list of sources may leave some out.
    """

    outlets: frozenset[str]
    reports: int
    days: frozenset[date]
    whole: bool


def of_documents(documents: Sequence[Document]) -> Coverage:
    """What the documents of a story hold."""
    return Coverage(
        frozenset(document.outlet or str(document.source_id) for document in documents),
        len(documents),
        frozenset(
            (document.published_at + shift).date()
            for document in documents
            for shift in (-_CLOCKS, timedelta(0), _CLOCKS)
        ),
        whole=True,
    )


def of_sources(listed: Sequence[Listed]) -> Coverage:
    """What the sources listed under a story hold."""
    return Coverage(
        frozenset(source.outlet.casefold() for source in listed),
        len(listed),
        frozenset(
            source.day + shift
            for source in listed
            if source.day is not None
            for shift in (-_DAY, timedelta(0), _DAY)
        ),
        whole=False,
    )


def quoted(sentence: Sentence, claim: Claim) -> bool:
    """Tell whether a claim stands inside quotation marks, and so must be found in a report."""
    return any(
        mark.start <= claim.start and claim.end <= mark.end
        for mark in find_quotations(sentence.text)
    )


def counted(sentence: Sentence, claim: Claim, coverage: Coverage) -> Verdict | None:
    """The verdict on one count or day of a computed sentence; None for what is no such claim.

    A count of outlets must be their number; any other may be of some of the reports. Where not all
    reports are known, a larger count is the paper's own word for it. A day is right
    where a report of the story was published on it; an earlier one comes from an earlier edition,
    which no report can show.
    """
    value = claim.value
    if claim.family == AMOUNT and isinstance(value, Quantity):
        if value.kind == "ordinal":
            return None
        return _count(value, coverage, all_of_them=counts_outlets(sentence.text))
    if claim.family == DATE and isinstance(value, DateMention):
        if any(value.first <= day <= value.last for day in coverage.days):
            return Verdict.SUPPORTED
        unknown = not coverage.days or value.last < min(coverage.days)
        return Verdict.OPINION if unknown else Verdict.CONTRADICTED
    return None


def _count(value: Quantity, coverage: Coverage, *, all_of_them: bool) -> Verdict:
    outlets, reports = len(coverage.outlets), coverage.reports
    if not reports:
        return Verdict.OPINION
    least = outlets if all_of_them and coverage.whole and outlets == reports else 1
    if not coverage.whole and all_of_them:
        least = outlets
    if value.low == value.high and least <= value.low <= reports:
        return Verdict.SUPPORTED
    more = not coverage.whole and value.low > outlets
    return Verdict.OPINION if more else Verdict.CONTRADICTED
