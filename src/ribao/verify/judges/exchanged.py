"""A deed that is told the other way round: the one who did it stands where the other belongs.

The reports must have the same deed with one of both on the other side, and nowhere as printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from ribao.language.widths import holds_han
from ribao.model import Document, Finding
from ribao.verify.case import Case
from ribao.verify.claims import NAME, Claim, claim_of
from ribao.verify.evidence import Place
from ribao.verify.judges.deeds import Deed, deeds_in, may_have_deeds
from ribao.verify.judges.misplaced import (
    ANY_SORT,
    known_names,
    names_it,
    names_of,
    on_the_same,
    share_more,
    told_names,
)
from ribao.verify.readers import Person, Vague
from ribao.verify.verdicts import contradicted, part_of, touched

ROLE = "role"


class _Told(NamedTuple):
    """A deed of the evidence, with its sentence."""

    place: Place
    deed: Deed


def exchanged(case: Case, spoken: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Findings on deeds whose sides the reports have the other way round.

    `spoken` are the spans of the sentence that failed already.
    """
    mine, told = case.once(_compared)
    for deed in mine:
        sides = [one for one in (deed.by, deed.to) if one is not None]
        if any(touched(one, spoken) for one in sides):
            continue
        same = [one for one in told if one.deed.key == deed.key]
        against = _against(deed, same)
        if against is not None:
            yield _finding(deed, against, case)
        else:
            yield from _other_side(deed, same, case)


def _other_side(deed: Deed, told: Sequence[_Told], case: Case) -> Iterator[Finding]:
    """The finding on a side that another one has, in the sentence that tells the same.

    Only where that one is not in the printed sentence: else the two may share it.
    """
    if not told or any(any(_sides(deed, one)) for one in told):
        return
    names = [one for one in (deed.by, deed.to) if one is not None]
    near = {(place.passage.document.id, place.text) for place in on_the_same(case, names)}
    for one in told:
        document = one.place.passage.document
        if (document.id, one.place.text) not in near:
            continue
        for mine, other in ((deed.by, one.deed.by), (deed.to, one.deed.to)):
            if mine is None or other is None or names_it(other, document, case.sentence.text):
                continue
            if not share_more(mine, one.place, case):
                continue
            proof = part_of(one.place, other.start, other.end)
            yield contradicted(mine, proof, case.language, "other-name")
            return


def not_in_a_deed(found: Sequence[Finding], case: Case) -> list[Finding]:
    """The findings that are not on the verb of a deed with both sides as a report has them.

    "Was beaten by" is no contrary of "beat" where those who beat are the same.
    """
    if not found:
        return []
    mine, told = case.once(_compared)
    true = [
        (deed.start, deed.end)
        for deed in mine
        if any(one.deed.key == deed.key and _sides(deed, one) == (True, True) for one in told)
    ]
    return [one for one in found if not touched(one, true)]


def _compared(case: Case) -> tuple[list[Deed], list[_Told]]:
    """The deeds of a sentence, and those of the evidence; none where either has no such verb."""
    text = case.sentence.text
    if not may_have_deeds(text):
        return [], []
    places = [place for place in case.evidence.ranked if may_have_deeds(place.text)]
    if not places:
        return [], []
    known = known_names(case)
    names = names_of(text, case.claims, known, ANY_SORT)
    theirs = [told_names(place, known, ANY_SORT) for place in places]
    pool = frozenset(one.text for one in chain(names, *theirs) if holds_han(one.text))
    mine = list(deeds_in(text, [*names, *_again(text, names, pool)]))
    told = [
        _Told(place, deed)
        for place, found in zip(places, theirs, strict=True)
        for deed in deeds_in(place.text, [*found, *_again(place.text, found, pool)])
    ]
    return mine, told


def _again(text: str, names: Sequence[Claim], pool: Collection[str]) -> Iterator[Claim]:
    """Chinese names that another sentence of the story gave away, where they stand here.

    The segmenter sees a name of no dictionary in one sentence and not in the next.
    """
    for name in sorted(pool, key=len, reverse=True):
        at = text.find(name)
        end = at + len(name)
        if at >= 0 and all(end <= one.start or one.end <= at for one in names):
            yield Claim(at, end, name, NAME, NAME, Person(at, end, name))


def _against(deed: Deed, told: Sequence[_Told]) -> _Told | None:
    """The deed of the evidence that turns a printed one round; None where another bears it out.

    A deed with both sides outweighs those with one.
    """
    wholes = [one for one in told if one.deed.by is not None and one.deed.to is not None]
    if any(_sides(deed, one) == (True, True) for one in wholes):
        return None
    for one in wholes:
        if _turned_sides(deed, one) == (True, True):
            return one
    if any(any(_sides(deed, one)) for one in told):
        return None
    return next((one for one in told if _turns(deed, one)), None)


def _sides(deed: Deed, told: _Told) -> tuple[bool, bool]:
    """Which sides of two deeds are the same: the one who does it, the one to whom it is done."""
    document = told.place.passage.document
    return _is(deed.by, told.deed.by, document), _is(deed.to, told.deed.to, document)


def _turned_sides(deed: Deed, told: _Told) -> tuple[bool, bool]:
    """Which sides of a deed stand on the other side in the evidence."""
    document = told.place.passage.document
    return _is(deed.by, told.deed.to, document), _is(deed.to, told.deed.by, document)


def _turns(deed: Deed, told: _Told) -> bool:
    """Tell whether a deed with one open side has one of both on the other side."""
    by, to = _turned_sides(deed, told)
    return (by and (told.deed.by is None or deed.to is None)) or (
        to and (told.deed.to is None or deed.by is None)
    )


def _is(mine: Claim | None, told: Claim | None, document: Document) -> bool:
    if mine is None or told is None:
        return False
    return _same(mine, told.text, document)


@lru_cache(maxsize=4096)
def _same(mine: Claim, told: str, document: Document) -> bool:
    """Tell whether two names are one: either may be the shorter form."""
    return names_it(mine, document, told) or names_it(
        mine._replace(text=told, value=Vague(0, 0, told, 0, "")), document, mine.text
    )


def _finding(deed: Deed, told: _Told, case: Case) -> Finding:
    sides = [one for one in (deed.by, deed.to) if one is not None]
    start = min(deed.start, *(one.start for one in sides))
    end = max(deed.end, *(one.end for one in sides))
    words = case.sentence.text[start:end]
    claim = claim_of(words, start, end, ROLE, ROLE)
    proof = part_of(told.place, 0, len(told.place.text))
    return contradicted(claim, proof, case.language, "other-role")
