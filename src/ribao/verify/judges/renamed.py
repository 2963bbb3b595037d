"""Words with capitals put for others: another name of the same report, in a headline, too.

Where a sentence is the report's own but for a stretch of capitalised words, and what stands there
now stands elsewhere in the report, one name was put for another. Title case tells no name from
other words, so there two words must have been changed at least, or one that is a name elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import NAME, Claim
from ribao.verify.judges.capitals import is_headline, names_nothing
from ribao.verify.judges.misplaced import known_names
from ribao.verify.readers import Person, alike
from ribao.verify.topics import stems_of
from ribao.verify.twins import Twin
from ribao.verify.verdicts import Proof, contradicted, part_of

_CAPITAL = r"[A-ZÀ-Þ][\w&’'.]*"
_NAME = re.compile(rf"{_CAPITAL}(?:[ -](?:(?:of|the|and|&|de|von|van) )?{_CAPITAL}){{0,4}}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
_SHORT = 12  # words of a sentence that may be short of what makes a twin
_TRIED = 2  # sentences cited, and of the most alike ones, that are tried for it
_HALF = 0.5  # of its words must be the report's where no sentence is cited


def renamed(case: Case, spoken: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Findings on capitalised words that were put for others of the same report.

    `spoken` are the spans of the sentence that failed already.
    """
    text = case.sentence.text
    if _HAN.search(text):
        return
    twin = case.twin or _short_twin(case)
    if twin is None or twin.place.passage.language != "en":
        return
    headline = is_headline(text)
    for mine, told in twin.changed():
        if any(start < mine[1] and mine[0] < end for start, end in spoken):
            continue
        span = _widened(text, mine)
        words, proof = text[slice(*span)], part_of(twin.place, *_widened(twin.place.text, told))
        first = not text[: span[0]].strip()
        if _another(words, proof, twin, case, headline=headline, first=first):
            claim = Claim(*span, words, NAME, NAME, Person(*span, words))
            yield contradicted(claim, proof, case.language)


def _short_twin(case: Case) -> Twin | None:
    """A short sentence beside one that differs at one place, though that is much of it."""
    if len(case.sentence.text.split()) > _SHORT:
        return None
    cited = case.evidence.cited_places[:_TRIED]
    for place in chain(cited, case.evidence.ranked[:_TRIED]):
        if place.passage.language != "en":
            continue
        twin = Twin(case.sentence.text, place)
        changed = [block for block in twin.blocks if not block.same]
        enough = twin.share > 0 if place in cited else twin.share >= _HALF
        if enough and len(changed) == 1 and changed[0].mine and changed[0].told:
            return twin
    return None


def _widened(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A changed stretch without the marks at its ends."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _another(
    words: str, proof: Proof, twin: Twin, case: Case, *, headline: bool, first: bool
) -> bool:
    """Tell whether the new words are another name of the report, and no form of the old ones."""
    told = proof.told
    if told in case.sentence.text or words in twin.place.text:
        return False  # moved
    if not (_NAME.fullmatch(words) and _NAME.fullmatch(told)) or _one_form(words, told):
        return False
    pieces = words.split()
    if any(all(map(names_nothing, row)) for row in (pieces, told.split())):
        return False  # "He" for a name is the same one
    if len(pieces) == 1 and (headline or first):
        known = known_names(case)
        if words.casefold() not in known or told.casefold() not in known:
            return False
    there = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return any(there.search(one.text) for one in case.evidence.passages)


def _one_form(words: str, told: str) -> bool:
    """Tell whether one of two names is a form of the other, or a word that is used for it."""
    mine, theirs = (frozenset(_WORD.findall(it.casefold())) for it in (words, told))
    if mine <= theirs or theirs <= mine or stems_of(mine) & stems_of(theirs):
        return True
    return any((a, b) in alike() for a in mine for b in theirs)
