"""What stands behind a name or a time and makes another one of it: Gemini 3 Flash, 5 p.m.

Where the report's own sentence lost the tier of a model, it speaks of another model; where a.m.
was put for p.m., of another half of the day. A free telling may call a model by its family.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ribao.language.versions import word_lists
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import DATE, VERSION, Claim, claim_of
from ribao.verify.judges.denials import is_near
from ribao.verify.tokens import words_of
from ribao.verify.twins import Twin
from ribao.verify.verdicts import Proof, contradicted, part_of

_HALVES = frozenset({("a", "p"), ("p", "a"), ("am", "pm"), ("pm", "am")})
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)? ?[ap]\.? ?m\b\.?", re.IGNORECASE)


def other_halves(case: Case) -> Iterator[Finding]:
    """Findings on times in which a.m. stands for p.m., or p.m. for a.m."""
    twin = case.twin
    if twin is None or len(twin.blocks) == 1:
        return
    told = words_of(twin.place.text)
    for block in twin.blocks:
        if block.same or len(block.mine) != 1 or len(block.told) != 1:
            continue
        if (twin.words[block.mine.start], told[block.told.start]) not in _HALVES:
            continue
        mine = _clock_at(twin.text, twin.mine[block.mine.start][0])
        theirs = _clock_at(twin.place.text, twin.told[block.told.start][0])
        if mine is not None and theirs is not None:
            words = mine.group()
            claim = claim_of(words, *mine.span(), DATE)
            yield contradicted(claim, part_of(twin.place, *theirs.span()), case.language)


def _clock_at(text: str, at: int) -> re.Match[str] | None:
    """The time of day whose a.m. or p.m. begins at a place."""
    return next(
        (match for match in _CLOCK.finditer(text) if match.start() < at < match.end()), None
    )


def tier_lost(claim: Claim, twin: Twin) -> Proof | None:
    """The name of the twin, where nothing but its tier (Pro, Flash, -Max) was left out of it."""
    if not claim.text[-1:].isdigit() or not is_near(twin):
        return None
    for at, told in _tiers_lost(twin):
        if twin.mine[at][1] == claim.end:
            start, _, _ = twin.opposite(claim.start, claim.end)
            return part_of(twin.place, start, told)
    return None


def lost_tiers(case: Case) -> Iterator[Finding]:
    """Findings on numbers that lost the tier behind them, though nobody took them for a name."""
    twin = case.twin
    if twin is None or not is_near(twin):
        return
    for at, told in _tiers_lost(twin):
        start, end = twin.mine[at]
        words = case.sentence.text[start:end]
        if words[-1].isdigit() and case.sentence.text[start - 1 : start] not in set("$€£¥"):
            claim = claim_of(words, start, end, VERSION)
            opposite, _, _ = twin.opposite(start, end)
            yield contradicted(claim, part_of(twin.place, opposite, told), case.language)


def _tiers_lost(twin: Twin) -> Iterator[tuple[int, int]]:
    """The words of the sentence that lost a tier: their numbers, and where it ends in the twin."""
    told = words_of(twin.place.text)
    for block in twin.blocks:
        if block.same or block.mine or not block.mine.start:
            continue
        gone = {word for word in told[block.told.start : block.told.stop] if word != "-"}
        if gone and gone <= _tiers():
            yield block.mine.start - 1, twin.told[block.told.stop - 1][1]


@cache
def _tiers() -> frozenset[str]:
    return frozenset(word.lower() for word in word_lists()["tails"] if word.isalpha())
