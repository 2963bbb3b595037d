"""English names that only a capital tells, as claims with a verdict: Orrin, Portland.

No reader takes them for claims, since a capital alone may be anything. What a report has is shown
as borne out; whether one stands where it should not is asked by `strangers` and `misplaced`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from ribao.language.scripts import detect_language
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import ATTRIBUTION, FACTS, QUOTATION, Claim
from ribao.verify.judges.capitals import names_by_capitals
from ribao.verify.judges.facts import named_in
from ribao.verify.judges.misplaced import known_names
from ribao.verify.verdicts import supported, touched

_READ = FACTS | {QUOTATION}


def names_borne_out(case: Case, found: Sequence[Finding]) -> Iterator[Finding]:
    """The findings on English names that only a capital tells, where a report has them.

    Where none has, `strangers` and `misplaced` say so; here nothing fails.
    """
    spoken = [(one.start, one.end) for one in found if one.kind != ATTRIBUTION]
    for claim in told_by_capitals(case, known_names(case)):
        proof = None if touched(claim, spoken) else named_in(claim, case.evidence)
        if proof is not None:
            yield supported(claim, proof, case.language)


def told_by_capitals(case: Case, known: Container[str] = ()) -> tuple[Claim, ...]:
    """The names of an English sentence that no reader takes for claims: Orrin, Portland.

    A first word is one where `known` has it: to read whole reports for the first word of a sentence
    that is a copy would cost a quarter of its time.
    """
    text = case.sentence.text
    if detect_language(text) != "en":
        return ()
    taken = [(one.start, one.end) for one in case.claims if one.family in _READ]
    return tuple(one for one in names_by_capitals(text, known) if not touched(one, taken))
