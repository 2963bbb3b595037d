"""A "not" that was put into the report's own sentence, or left out of it, sign by sign.

In Chinese one sign turns a sentence: 将 and 将不, 属实 and 不属实. No list of words can hold what
it turns, so the two sentences are compared where they differ: a stretch that ends in a denial on
one side and in none on the other. In English a syllable does the same: stable, unstable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ribao.language.directions import Signal
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import NEGATION, Claim
from ribao.verify.tokens import words_of
from ribao.verify.twins import Block, Twin
from ribao.verify.verdicts import contradicted, part_of

NEAR = 0.85  # of the words of the sentence stand in its twin: the rest was changed on purpose
FEW = 3  # words may be new where a short sentence cannot reach that share
_SIGNS = re.compile("[不未没无非勿]")
# A denial with the small signs around it that it takes along: 并不会, 尚未, 无法, 不再.
_DENIAL = re.compile(
    r"[并也还都就从尚绝毫决仍暂且又更却而将会能可再]*(?:不|未|没有|没|无|非|勿)"
    r"(?:[会能得可再曾是必法需须要应该予用愿敢肯]|可以|打算|可能)?\Z"
)
# What stands where a denial stood, if anything does, and says the contrary.
_AFFIRMED = re.compile(
    r"(?:已经?|将|会|能够?|可以?|得以|成功|有望?|是|仍|还|曾|需要?|须|必须|要|应|同意|愿意?|就|都|也|"
    r"正|了|为)*"
)
_NO_DENIAL = re.compile("未来|非常|非洲|不过|无锡|没收|不丹|无线电")
_PREFIX = re.compile(r"^(?:un|in|im|ir|il|dis|non)")
_SHORT = 3  # letters of a word that only looks like the rest of another: it, unit
_MOST = 8  # signs of a stretch with a denial in it; more is a clause of its own
_SHOWN = 4  # words of the report behind a denial that are shown with it


def denied(case: Case) -> Iterator[Finding]:
    """Findings on denials that the sentence has more or fewer than the one it was made from."""
    twin = case.twin
    if twin is None or not is_near(twin):
        return
    told = twin.place.text
    if _SIGNS.search(case.sentence.text) or _SIGNS.search(told):
        words = words_of(told)
        found = [(block, turn) for block in twin.blocks if (turn := _turn(block, twin, words))]
        turns = {turn for _, turn in found}
        if len(turns) == 1:  # one lost and one added: the "not" went to another place
            for block, turn in found:
                yield _finding(block, turn, twin, case)
    for block in twin.blocks:
        if not block.same and _opposed_by_syllable(block, twin.words, words_of(told)):
            yield _finding(block, "negation-turned", twin, case)


def is_near(twin: Twin) -> bool:
    """Tell whether next to nothing was changed within the sentence, but something was.

    What was only put before it or behind it, as the name of its source is, counts for nothing.
    """
    if len(twin.blocks) == 1:
        return False
    inner = list(twin.blocks)
    for end in (0, -1):
        if not inner[end].same and not inner[end].told:
            inner.pop(end)
    new = sum(twin.words[i][0].isalnum() for block in inner if not block.same for i in block.mine)
    return new <= FEW or twin.share >= NEAR


def _finding(block: Block, words: str, twin: Twin, case: Case) -> Finding:
    """The finding on a stretch; where nothing stands in it any more, on the words beside it."""
    mine = block.mine
    if not mine:
        mine = range(max(0, mine.start - 1), min(len(twin.words), mine.stop + 2))
    start, end = twin.mine[mine.start][0], twin.mine[mine.stop - 1][1]
    text = case.sentence.text[start:end]
    claim = Claim(start, end, text, NEGATION, NEGATION, Signal(start, end, text, words))
    last = min(len(twin.told), block.told.stop + _SHOWN)
    first = min(block.told.start, last - 1)
    proof = part_of(twin.place, twin.told[first][0], twin.told[last - 1][1])
    return contradicted(claim, proof, case.language, words)


def _turn(block: Block, twin: Twin, told: tuple[str, ...]) -> str:
    """What became of a denial in a stretch: "negation-added", "negation-lost", or ""."""
    if block.same or max(len(block.mine), len(block.told)) > _MOST:
        return ""
    here, there = _denied(block.mine, twin.words), _denied(block.told, told)
    if here == there:
        return ""
    other = told[block.told.start : block.told.stop] if here else _mine(block, twin)
    if not _AFFIRMED.fullmatch("".join(other)):
        return ""
    return "negation-added" if here else "negation-lost"


def _mine(block: Block, twin: Twin) -> tuple[str, ...]:
    return twin.words[block.mine.start : block.mine.stop]


def _denied(stretch: range, words: tuple[str, ...]) -> bool:
    """Tell whether some words end in a denial that is no part of a word."""
    if not stretch or not _DENIAL.search("".join(words[stretch.start : stretch.stop])):
        return False
    around = words[max(0, stretch.start - 1) : stretch.stop + 1]
    return _NO_DENIAL.search("".join(around)) is None


def _opposed_by_syllable(block: Block, mine: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Tell whether a word was put for the one that it denies: unlikely for likely, and back."""
    here, there = mine[block.mine.start : block.mine.stop], told[block.told.start : block.told.stop]
    if ("non", "-") in {here[:2], there[:2]} and not (here[2:] or there[2:]):
        return not here or not there
    if len(here) != 1 or len(there) != 1 or not (here[0].isascii() and there[0].isascii()):
        return False
    for a, b in ((here[0], there[0]), (there[0], here[0])):
        if len(b) > _SHORT and _PREFIX.sub("", a, count=1) == b != a:
            return True
        if a.endswith("less") and b in {a[:-4] + "ful", a[:-4]}:
            return True
    return False
