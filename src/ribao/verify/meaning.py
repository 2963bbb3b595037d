"""All judges of what a sentence means where no single claim of it is wrong, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.counting import other_one
from ribao.verify.doubts import lost_doubts
from ribao.verify.labels import figures_of_others
from ribao.verify.parts import other_parts
from ribao.verify.senses import turned_senses


def other_meanings(case: Case) -> Iterator[Finding]:
    """Findings on contrary words, doubts left out, other parts, and figures of something else."""
    yield from turned_senses(case)
    yield from lost_doubts(case)
    yield from other_parts(case)
    yield from other_one(case)
    yield from figures_of_others(case)
