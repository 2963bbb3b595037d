"""Floors of the checker on invented letters with a label on every sentence. They only rise.

Rules were made with sets a, c, d and e in view; of sets b and f nothing but these figures was ever
looked at.
"""

from __future__ import annotations

import pytest

from bench import letters_checked

pytestmark = [pytest.mark.timeout(120)]


@pytest.mark.parametrize(
    ("name", "accuracy", "passes", "alarms"),
    [
        ("a", 0.885, 20, 7),
        ("b", 0.654, 53, 30),
        ("c", 0.67, 33, 35),
        ("d", 0.85, 18, 11),
        ("e", 0.88, 12, 6),
        ("f", 0.82, 16, 2),
    ],
)
def test_false_sentences_of_letters_are_told_from_true_ones(
    name: str, accuracy: float, passes: int, alarms: int
) -> None:
    """Better than counting new words, which is no better than chance."""
    found = letters_checked.score(list(letters_checked.letters(name)))
    assert found.accuracy >= accuracy
    assert found.accuracy > found.baseline
    assert found.passes.total() <= passes
    assert found.alarms.total() <= alarms
