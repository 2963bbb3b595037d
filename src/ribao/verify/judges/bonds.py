"""How much a clause of the print has in common with a clause of a report.

In one language words, names and figures count, and the sentences around both; in two languages
what is the same in both: names, figures, and the things of the bilingual table.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ribao.language.scripts import detect_language
from ribao.verify.agreement import agrees
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, DATE, VERSION, Claim
from ribao.verify.clauses import Clause, clauses_of
from ribao.verify.evidence import Place
from ribao.verify.judges.counterparts import keys_of
from ribao.verify.judges.misplaced import names_it, own_names
from ribao.verify.judges.occurrences import printed_alike
from ribao.verify.passages import Passage
from ribao.verify.topics import stems_of, topics_of

_LOOKED = 24  # sentences of the same language that are looked into
_MOST = 400  # of another language
_FIGURE = 2.0  # what a figure in common counts against a word or a name
_SHARE = 0.5  # of the words of the printed clause, where both are in one language
_ALIKE = 2.0  # what a whole sentence counts that is alike


class Beside(NamedTuple):
    """A clause of the evidence, with its sentence."""

    place: Place
    clause: Clause


def places(case: Case, most: int = _MOST) -> Iterator[Place]:
    """The sentences of the evidence whose clauses are compared, the likeliest first.

    Of another language are the first `most` of the cited reports.
    """
    own = detect_language(case.sentence.text)
    for place in case.evidence.ranked[:_LOOKED]:
        if not place.alike:
            break
        if place.passage.language == own:
            yield place
    foreign = (
        Place(passage, number, case.evidence.tier(passage), 0.0)
        for passage in case.evidence.cited_passages
        if passage.language != own
        for number in range(len(passage.sentences))
    )
    yield from islice(foreign, most)


def shortened(case: Case) -> bool:
    """Tell whether a sentence is its twin without one or more of its clauses."""
    twin = case.twin
    return twin is not None and len(clauses_of(twin.place.text)) > len(clauses_of(twin.text))


def bond(
    clause: Clause, mine: str, told: Beside, theirs: str, case: Case, *, acts: bool = False
) -> float:
    """How much two clauses have in common; `mine` and `theirs` are the words that are compared.

    With `acts` what happens counts as well, where both are in two languages.
    """
    figures = _FIGURE * _figures(clause, told, case)
    if told.place.passage.language != detect_language(case.sentence.text):
        keys = {key for key in keys_of(mine) & keys_of(theirs) if acts or key[0] != "~"}
        return len(keys) + figures + _names(clause, told, case)
    own = words_of(mine)
    shared = len(own & words_of(theirs))
    alike = shared + _names(clause, told, case) if shared >= _SHARE * len(own) else 0
    return alike + figures + _whole(case, told)


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The words of a clause that say something, as stems: no figures, no single signs."""
    stems = stems_of(topics_of(text))
    return frozenset(it for it in stems if not it[0].isdigit() and len(it) > 1)


def _whole(case: Case, told: Beside) -> float:
    """What it counts that the two sentences as wholes are alike; asked once for each."""
    known = case.once(_wholes)
    key = told.place.passage, told.place.number
    if key not in known:
        mine = words_of(case.sentence.text)
        shared = len(mine & words_of(told.place.text))
        known[key] = _ALIKE if shared > 1 and shared >= _SHARE * len(mine) else 0.0
    return known[key]


def _wholes(_case: Case) -> dict[tuple[Passage, int], float]:
    return {}


def _figures(clause: Clause, told: Beside, case: Case) -> int:
    """How many figures and days of a printed clause one of the evidence has, too."""
    known = case.once(_known)
    key = clause, told.place.passage, told.place.number, told.clause
    if key not in known:
        known[key] = _counted(clause, told, case)
    return known[key]


def _known(_case: Case) -> dict[tuple[Clause, Passage, int, Clause], int]:
    """The figures in common of two clauses: each of their words asks."""
    return {}


def _counted(clause: Clause, told: Beside, case: Case) -> int:
    known = case.once(_by_clause)
    if (clause, None) not in known:
        known[clause, None] = [
            c for c in case.claims if c.family in _FIGURES and clause.holds(c.start)
        ]
    mine = known[clause, None]
    if not mine:
        return 0
    passage, number, base = told.place.passage, told.place.number, told.place.start
    key = told.clause, (passage, number)
    if key not in known:
        claims = (one for family in _FIGURES for one in passage.claims(number, family))
        known[key] = [c for c in claims if told.clause.holds(c.start - base)]
    its = known[key]
    amounts = (c for c in its if c.family == AMOUNT)
    alike = {one.start for c in amounts for one in printed_alike(passage, c, case)}
    return sum(
        one.start in alike
        if one.family == AMOUNT
        else any(agrees(one, c) for c in its if c.family == one.family)
        for one in mine
    )


def _by_clause(_case: Case) -> dict[tuple[Clause, tuple[Passage, int] | None], list[Claim]]:
    """The figures and days of each clause, of the print (None) and of sentences of the reports."""
    return {}


_FIGURES = frozenset({AMOUNT, DATE, VERSION})


def _names(clause: Clause, told: Beside, case: Case) -> int:
    """How many names of a printed clause one of the evidence has."""
    document = told.place.passage.document
    mine = [c for c in own_names(case) if clause.holds(c.start)]
    mine = [c for c in mine if not any(key[0] == "@" for key in keys_of(c.text))]
    return sum(names_it(one, document, told.clause.whole) for one in mine)
