"""How well groups agree with labels: BCubed, pairs, pairs across languages, AUC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0.0 where both are 0.0."""
        both = self.precision + self.recall
        return 2.0 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def bcubed(labels: Sequence[Hashable], groups: Sequence[Hashable]) -> Score:
    """BCubed (Bagga and Baldwin 1998): each item's share of right companions, averaged."""
    by_label, by_group = Counter(labels), Counter(groups)
    both = Counter(zip(labels, groups, strict=True))
    total = len(labels) or 1
    precision = sum(n * n / by_group[group] for (_, group), n in both.items()) / total
    recall = sum(n * n / by_label[label] for (label, _), n in both.items()) / total
    return Score(precision, recall)


def pairs(
    labels: Sequence[Hashable], groups: Sequence[Hashable], sides: Sequence[str] | None = None
) -> tuple[Score, int]:
    """Score over pairs of items, and how many true pairs there are.

    With `sides` only pairs of two different sides count, for example those across two languages.
    """
    true = found = right = 0
    for one in range(len(labels)):
        for two in range(one):
            if sides is not None and sides[one] == sides[two]:
                continue
            same, together = labels[one] == labels[two], groups[one] == groups[two]
            true += same
            found += together
            right += same and together
    return Score(right / found if found else 1.0, right / true if true else 1.0), true


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Chance that a positive scores above a negative; ties count half."""
    ranked = sorted([(score, 1) for score in positives] + [(score, 0) for score in negatives])
    below = rank_sum = 0.0
    at = 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        high = sum(kind for _, kind in ranked[at:end])
        low = end - at - high
        rank_sum += high * (below + low / 2.0)
        below += low
        at = end
    return rank_sum / (len(positives) * len(negatives))
