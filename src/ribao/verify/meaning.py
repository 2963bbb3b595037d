"""All judges of what a sentence means where no single claim of it is wrong, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.doubts import lost_doubts
from ribao.verify.labels import figures_of_others
from ribao.verify.senses import turned_senses


def other_meanings(case: Case) -> Iterator[Finding]:
    """Findings on words that say the contrary, on doubts left out, on figures of something else."""
    yield from turned_senses(case)
    yield from lost_doubts(case)
    yield from figures_of_others(case)
