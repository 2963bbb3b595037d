"""A person or firm told to do what another one does in the next clause of the report.

"The founder, Demir, will join Orbis; the chief scientist, Brandt, will leave": told as "Brandt will
join Orbis". Both names stand in one sentence, so no sentence contradicts; its clauses do. What the
printed clause says stands beside the other name, and nothing of it beside this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ribao.language.scripts import detect_language
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import Claim
from ribao.verify.clauses import Clause, clause_at, clauses_of, subject_of
from ribao.verify.evidence import Place
from ribao.verify.judges.bonds import places
from ribao.verify.judges.counterparts import keys_of
from ribao.verify.judges.misplaced import (
    UNKNOWN,
    content_of,
    names_at,
    names_it,
    own_names,
    sort_of,
)
from ribao.verify.passages import Passage
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import contradicted, part_of, touched

_MOST = 200  # sentences of another language that are looked into
_FEW = 2  # clauses: of a short sentence all is compared
_LEAST = 2  # words that the clause of the other one must share
_SHARE = 0.5  # of the words of the printed clause
_AHEAD = 2  # words more than any clause of the printed one


def contrasted(case: Case, spoken: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Findings on names whose clause tells what the report tells of another one beside it.

    `spoken` are the spans of the sentence that failed already.
    """
    text = case.sentence.text
    for name in own_names(case):
        if touched(name, spoken) or case.settled(name.start, name.end):
            continue
        clause = clause_at(text, name.start)
        if clause is None or not _does(name, clause):
            continue
        rival = _rival(name, clause, case)
        if rival is not None:
            place, other = rival
            proof = part_of(place, other.start, other.end)
            yield contradicted(name, proof, case.language, "other-name")


def _rival(name: Claim, clause: Clause, case: Case) -> tuple[Place, Claim] | None:
    """The name beside which a report has the words of a printed clause, and its sentence.

    None where it has as many of them beside the printed one, or beside no name.
    """
    text = case.sentence.text
    said = Clause(0, len(text), text, "") if len(clauses_of(text)) <= _FEW else clause
    own, most = 0, 0
    best: tuple[Place, Claim] | None = None
    for place in places(case, _MOST):
        foreign = place.passage.language != detect_language(text)
        mine = _said(said, [name], foreign=foreign)
        for its in clauses_of(place.text):
            shared = len(mine & _said(its, [], foreign=foreign))
            if shared <= own and shared <= most:
                continue
            beside = _subject_named(its, place, case)
            document = place.passage.document
            if names_it(name, document, its.whole):
                own = max(own, shared)
            elif beside is None:
                own = max(own, shared) if shared >= _LEAST else own
            elif shared > most and shared >= _SHARE * len(mine) and _apart(name, beside, place):
                best, most = (place, beside), shared
    return best if most >= max(_LEAST, own + _AHEAD) else None


def _subject_named(clause: Clause, place: Place, case: Case) -> Claim | None:
    """The name that a clause speaks of, where the printed sentence does not have it; asked once."""
    known = case.once(_subjects)
    key = place.passage, place.number, clause
    if key not in known:
        known[key] = _subject_of(clause, place, case)
    return known[key]


def _subjects(_case: Case) -> dict[tuple[Passage, int, Clause], Claim | None]:
    return {}


def _subject_of(clause: Clause, place: Place, case: Case) -> Claim | None:
    subject = subject_of(clause.text) or clause.head
    document = place.passage.document
    for one in names_at(place, case):
        if one.text in subject and not names_it(one, document, case.sentence.text):
            return one if one.text in clause.head or _does(one, clause) else None
    return None


def _apart(name: Claim, other: Claim, place: Place) -> bool:
    """Tell whether two names may be of one sort, and a sentence speaks of both."""
    sorts = sort_of(name), sort_of(other)
    if sorts[0] != sorts[1] and UNKNOWN not in sorts:
        return False
    document = place.passage.document
    subjects = (subject_of(its.text) for its in clauses_of(place.text))
    return any(names_it(name, document, words) for words in subjects if words)


def _does(name: Claim, clause: Clause) -> bool:
    """Tell whether a name is what a clause with a verb speaks of."""
    subject = subject_of(clause.text)
    return name.text in subject and len(subject.strip()) < len(clause.text.strip())


def _said(clause: Clause, names: Sequence[Claim], *, foreign: bool) -> frozenset[str]:
    """What a clause says, its names apart."""
    if foreign:
        return frozenset(key for key in keys_of(clause.text) if key[0] != "@")
    if names:
        moved = [
            one._replace(start=one.start - clause.start, end=one.end - clause.start)
            for one in names
        ]
        return content_of(clause.text, moved)
    return stems_of(topics_of(clause.text))
