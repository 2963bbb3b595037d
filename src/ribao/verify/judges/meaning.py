"""All judges of what a sentence means where no single claim of it is wrong, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.judges.causes import other_cause
from ribao.verify.judges.contraries import contrary_clauses
from ribao.verify.judges.counting import other_one
from ribao.verify.judges.crossed import crossed
from ribao.verify.judges.doubts import lost_doubts
from ribao.verify.judges.labels import figures_of_others
from ribao.verify.judges.parts import other_parts
from ribao.verify.judges.senses import turned_senses
from ribao.verify.judges.turned import turned
from ribao.verify.judges.widened import unconditional, widened


def other_meanings(case: Case) -> Iterator[Finding]:
    """Findings on contrary words, doubts left out, other parts, and figures of something else.

    What two judges say of the same words is said once.
    """
    spoken = set()
    for finding in _all(case):
        if (finding.start, finding.end) not in spoken:
            spoken.add((finding.start, finding.end))
            yield finding


def _all(case: Case) -> Iterator[Finding]:
    yield from turned_senses(case)
    yield from contrary_clauses(case)
    yield from crossed(case)
    yield from lost_doubts(case)
    yield from other_parts(case)
    yield from widened(case)
    yield from unconditional(case)
    yield from other_one(case)
    yield from figures_of_others(case)
    yield from turned(case)
    yield from other_cause(case)
