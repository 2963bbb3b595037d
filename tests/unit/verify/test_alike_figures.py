"""The drawers in which figures that may agree lie together."""

from __future__ import annotations

import random
from datetime import date
from itertools import product

from ribao.verify.agreement import agrees
from ribao.verify.alike_figures import Figures
from ribao.verify.claims import AMOUNT, Claim, read_family

_FORMS = [
    *("{}", "{}%", "{} km", "{} miles", "${}", "{} million", "{}万元", "{}亿", "{}人", "{}吨"),
    *("{}公斤", "约{}人", "超{}家", "{} to 900 people", "up {}%", "增长{}倍", "{}成", "halved"),
    *("doubled", "一半", "数十人", "dozens", "{}折", "{} percentage points", "{}个百分点"),
    *("{} hours", "{}分钟", "nearly {} people", "{}亿千瓦"),
]


def _some(count: int) -> list[Claim]:
    """Figures in many forms, of which not a few agree."""
    dice = random.Random(7)  # noqa: S311 - an example, no secret
    numbers = ("3", "5", "30", "50", "31", "0.5", "1.3", "1.27", "300", "309", "12,000", "50,000")
    texts = (dice.choice(_FORMS).format(dice.choice(numbers)) for _ in range(count))
    return [c for text in texts for c in read_family(AMOUNT, text, "", date(2025, 6, 2))]


def test_no_two_figures_agree_that_do_not_lie_together() -> None:
    """What the drawers leave out need not be compared."""
    claims = _some(240)
    figures = Figures(claims)
    together = {(id(a), id(b)) for a in claims for b in figures.like(a)}
    apart = [(a, b) for a, b in product(claims, claims) if (id(a), id(b)) not in together]
    assert len(apart) > len(claims)
    assert not [(a.text, b.text) for a, b in apart if agrees(a, b)]


def test_of_many_plain_figures_few_have_to_be_compared() -> None:
    """A figure is laid beside those of about its size, in their order."""
    text = " ".join(f"{1.01**n:.0f}" for n in range(500, 1500))
    claims = list(read_family(AMOUNT, text, "en", date(2025, 6, 2)))
    figures = Figures(claims)
    like = [list(figures.like(claim)) for claim in claims]
    assert all(claim in some for claim, some in zip(claims, like, strict=True))
    assert sum(map(len, like)) < len(claims) ** 2 / 20
