"""What editors decide changes the weights, as far as editions that were not seen bear it out."""

from __future__ import annotations

import random

import pytest

from ribao.desk.learning import Judgement, learn
from ribao.errors import ConfigError
from ribao.model import Points, Score


def judged(seed: int, editions: int, *, liked: str) -> list[Judgement]:
    """Editions of twelve stories; the editor keeps those with many points of one reason."""
    chance = random.Random(seed)  # noqa: S311 - invented editors
    found = []
    for edition in range(editions):
        for story in range(12):
            points = {name: chance.uniform(0.0, 6.0) for name in ("outlets", "heat", "freshness")}
            verdict = "kept" if points[liked] + chance.gauss(0.0, 0.5) > 3.0 else "dropped"
            parts = tuple(Points(name, value) for name, value in points.items())
            found.append(Judgement(f"e{edition}", f"s{story}", verdict, Score(parts)))
    return found


def test_the_reason_that_editors_follow_gains_weight() -> None:
    """Held-out editions are ordered better than before, and the right reason is the one."""
    learned = learn(judged(7, 6, liked="heat"))
    assert learned.after > learned.before + 0.05
    assert learned.weights["heat"] > 1.5 > learned.weights["outlets"]
    assert all(0.0 <= weight <= 3.0 for weight in learned.weights.values())


def test_an_editor_without_a_pattern_teaches_little() -> None:
    """Chance verdicts leave every weight near 1, and the held-out figure near a half."""
    chance = random.Random(3)  # noqa: S311 - invented editors
    noise = [
        Judgement(one.edition, one.story, chance.choice(("kept", "dropped")), one.score)
        for one in judged(5, 12, liked="heat")
    ]
    learned = learn(noise)
    assert 0.4 < learned.after < 0.6


def test_the_order_of_judgements_changes_nothing() -> None:
    """They come from a database, in any order."""
    found = judged(11, 4, liked="outlets")
    assert learn(found) == learn(found[::-1])


def test_weights_in_force_are_taken_out_first() -> None:
    """Learning twice from the same stories gives the same weights, not their product."""
    plain = judged(7, 6, liked="heat")
    weighted = [
        Judgement(
            one.edition,
            one.story,
            one.verdict,
            Score(
                tuple(
                    Points(part.name, part.points * (2.0 if part.name == "heat" else 1.0))
                    for part in one.score.parts
                )
            ),
        )
        for one in plain
    ]
    assert learn(weighted, {"heat": 2.0}).weights == learn(plain).weights


def test_too_few_judgements_are_one_sentence() -> None:
    """Three stories of one day teach nobody anything."""
    with pytest.raises(ConfigError, match="too few judgements to learn from") as caught:
        learn(judged(1, 1, liked="heat"))
    assert "at the desk" in caught.value.hint
