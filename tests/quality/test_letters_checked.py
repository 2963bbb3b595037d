"""Floors of the checker on invented letters with a label on every sentence. They only rise.

Rules were made with sets a and c in view; of set b nothing but these figures was ever looked at.
"""

from __future__ import annotations

import pytest

from bench import letters_checked

pytestmark = [pytest.mark.timeout(120)]


@pytest.mark.parametrize(
    ("name", "accuracy", "passes", "alarms"),
    [("a", 0.88, 21, 8), ("b", 0.62, 58, 34), ("c", 0.66, 34, 37)],
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
