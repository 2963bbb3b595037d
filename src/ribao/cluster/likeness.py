"""How alike two documents are, as a sum of a few parts that can be read."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ribao.cluster.weights import Profile, dot
from ribao.model import Points

WORDS_SHARE, PIVOTS_SHARE = 0.65, 0.35  # documents of one language
PIVOTS_SHARE_ACROSS = 1.0  # documents of two languages: words cannot agree
SAME_LINK = 0.5
HALF_LIFE_DAYS = 2.0


def likeness(a: Profile, b: Profile) -> float:
    """From 0.0 (nothing in common) up; about 0.3 is where reports of one event begin."""
    across = a.language != b.language
    words = 0.0 if across else WORDS_SHARE * dot(a.words, b.words)
    pivots = (PIVOTS_SHARE_ACROSS if across else PIVOTS_SHARE) * dot(a.pivots, b.pivots)
    link = SAME_LINK if a.links & b.links else 0.0
    return words + pivots + link


def decay(gap_days: float) -> float:
    """What is left of a likeness after a time without reports: half after two days."""
    return math.exp(-math.log(2.0) * (gap_days / HALF_LIFE_DAYS) ** 2)


def explain_likeness(a: Profile, b: Profile) -> tuple[Points, ...]:
    """The parts of `likeness`, each with what is shared, strongest first."""
    across = a.language != b.language
    parts: list[Points] = []
    if not across:
        parts.append(_part("words", WORDS_SHARE, a.words, b.words))
    share = PIVOTS_SHARE_ACROSS if across else PIVOTS_SHARE
    for name, prefix in (("names", "n:"), ("figures", "#"), ("concepts", "c:")):
        mine = {term: w for term, w in a.pivots.items() if term.startswith(prefix)}
        parts.append(_part(name, share, mine, b.pivots))
    parts.extend(Points("link", SAME_LINK, link) for link in sorted(a.links & b.links)[:1])
    return tuple(part for part in parts if part.points > 0.0)


def _part(name: str, share: float, a: Mapping[str, float], b: Mapping[str, float]) -> Points:
    shared = sorted(((w * b[term], term) for term, w in a.items() if term in b), reverse=True)
    shown = (term.lstrip("~").removeprefix("n:").removeprefix("c:") for _, term in shared[:5])
    return Points(name, round(share * sum(points for points, _ in shared), 4), ", ".join(shown))
