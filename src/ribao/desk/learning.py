"""Fits the weights of the reasons to what editors made of the stories they were shown.

Of two stories of one edition of which the editor wanted one more than the other, the wanted one
should have more points. That is logistic regression over the differences of points, by reason
(R. Herbrich, T. Graepel, K. Obermayer: Large margin rank boundaries for ordinal regression, 2000),
with a pull of every weight towards 1.0, so that a few judgements change little. What it is worth is
told by editions that it did not see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ribao.errors import ConfigError
from ribao.model import Score

GRADES = {"dropped": 0, "lowered": 1, "kept": 2, "raised": 3, "taken": 3}
PULL = 0.02  # towards 1.0; at a hundred pairs a reason that decides all of them reaches about 2
SCALE = 4.0  # points between two stories at which an editor agrees with them three times in four
LOWEST, HIGHEST = 0.0, 3.0  # a reason never counts against itself
STEPS, RATE = 400, 0.5
FOLDS = 5
FEWEST_PAIRS = 20  # below it chance rules

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an editor made of one story. `verdict` is a key of `GRADES`."""

    edition: str
    story: str
    verdict: str
    score: Score


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights by the name of the reason, and the share of held-out pairs put in the right order."""

    weights: Mapping[str, float]
    pairs: int
    editions: int
    before: float
    after: float


def learn(judgements: Sequence[Judgement], weights: Mapping[str, float] | None = None) -> Learned:
    """Fit weights for `[rank.weights]`; `weights` are those with which the scores were made.

    The order of the judgements changes nothing. `before` and `after` are measured on editions that
    were left out while fitting, by five folds (fewer where there are fewer editions).

    Raises:
        ConfigError: there are too few judgements to learn from, or to check what was learned.
    """
    known = weights or {}
    names = sorted({part.name for one in judgements for part in one.score.parts})
    editions = sorted({one.edition for one in judgements})
    by_edition = {
        edition: _differences([one for one in judgements if one.edition == edition], names, known)
        for edition in editions
    }
    telling = [edition for edition in editions if len(by_edition[edition])]
    pairs = sum(len(found) for found in by_edition.values())
    if pairs < FEWEST_PAIRS or len(telling) < 2:
        raise ConfigError(
            "too few judgements to learn from",
            detail=f"{pairs} pairs of stories in {len(telling)} editions; "
            f"at least {FEWEST_PAIRS} pairs in 2 editions are needed",
            hint="keep, drop and move stories at the desk for some days",
        )
    before = np.array([known.get(name, 1.0) for name in names])
    held = [_held_out(by_edition, fold, before) for fold in _folds(telling)]
    fitted = _fit(np.concatenate([by_edition[edition] for edition in telling]))
    return Learned(
        {name: round(float(weight), 2) for name, weight in zip(names, fitted, strict=True)},
        pairs,
        len(telling),
        sum(found[0] for found in held) / pairs,
        sum(found[1] for found in held) / pairs,
    )


def _differences(
    judged: Sequence[Judgement], names: Sequence[str], weights: Mapping[str, float]
) -> Vector:
    """Points of the wanted story less those of the other, by reason, before weights: (pairs, n)."""
    ordered = sorted(judged, key=lambda one: one.story)
    rows = [_points(one.score, names, weights) for one in ordered]
    grades = [GRADES[one.verdict] for one in ordered]
    found = [
        rows[one] - rows[other]
        for one, better in enumerate(grades)
        for other, worse in enumerate(grades)
        if better > worse
    ]
    return np.array(found).reshape(len(found), len(names))


def _points(score: Score, names: Sequence[str], weights: Mapping[str, float]) -> Vector:
    row = dict.fromkeys(names, 0.0)
    for part in score.parts:
        row[part.name] += part.points / (weights.get(part.name, 1.0) or 1.0)
    return np.array([row[name] for name in names])


def _folds(editions: Sequence[str]) -> Iterator[tuple[str, ...]]:
    folds = min(FOLDS, len(editions))
    return (tuple(editions[start::folds]) for start in range(folds))


def _held_out(
    by_edition: Mapping[str, Vector], fold: Sequence[str], before: Vector
) -> tuple[float, float]:
    """How many pairs of the left-out editions are in the right order, before and after."""
    seen = [found for edition, found in by_edition.items() if edition not in fold and len(found)]
    unseen = np.concatenate([by_edition[edition] for edition in fold])
    return _right(unseen, before), _right(unseen, _fit(np.concatenate(seen)))


def _right(differences: Vector, weights: Vector) -> float:
    """Pairs in the right order; equal points are half a pair."""
    margins = differences @ weights
    return float(np.sum(margins > 0) + 0.5 * np.sum(margins == 0))


def _fit(differences: Vector) -> Vector:
    """Projected gradient descent from weights of 1.0; convex, so the start changes nothing."""
    scaled = differences / SCALE
    bound = 0.25 * float(np.mean(np.sum(scaled**2, axis=1))) + PULL  # of the curvature
    weights = np.ones(differences.shape[1])
    for _ in range(STEPS):
        doubts = 1.0 / (1.0 + np.exp(np.clip(scaled @ weights, -500, 500)))
        slope = -(scaled.T @ doubts) / len(scaled) + PULL * (weights - 1.0)
        weights = np.clip(weights - RATE / bound * slope, LOWEST, HIGHEST)
    return weights
