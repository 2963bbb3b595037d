"""A contrary word in the clause on the same thing: "will close its routes" told as "open".

Where a report has both words (it closes two routes and opens one), whole sentences say nothing;
their clauses do. The clause that has most in common with the printed one has the contrary, and no
clause with the same word has as much. In two languages names, figures and things are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ribao.language.directions import Signal
from ribao.language.senses import Pole, Sense, find_senses
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import NEGATION, Claim, claim_of
from ribao.verify.clauses import Clause, clause_at
from ribao.verify.evidence import Place
from ribao.verify.judges.bonds import Beside, bond, places, shortened
from ribao.verify.judges.counterparts import keys_of
from ribao.verify.judges.senses import from_the_other_side
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import contradicted, part_of

_GROUPS = frozenset({"opposites", "acts"})
_LEAST = 2.0  # so much must be in common
_BEFORE = 40  # characters: a longer clause is not shown for its verb
_AHEAD = 0.5  # more than with any clause that has the same word
_TWO = 2
_FURTHER = re.compile(r"\b(?:from|after|before|since|until)\b")  # "joined Orrin from Keld"
_POINTS = re.compile(
    r" (?:that|this|it|the (?:claim|report|charge)s?)(?= (?:and|on|in)\b|[,.;])|了?(?:这|该|此)"
)
# Axes of which one subject may have both poles in one report: what it is said of must be the same.
_BOTH_IN_TURN = frozenset(
    [
        "join",
        "loyalty",
        "hire",
        "begin",
        "win",
        "trade",
        "travel",
        "advance",
        "open",
        "launch",
        "lead",
        "profit",
        "term",
    ]
)
_EITHER_SIDE = frozenset({"open", "launch", "begin", "term"})
_MEASURED = frozenset(
    ["rise", "spread", "widen", "strengthen", "rich", "length"]
)  # judged by their figures


class _Told(NamedTuple):
    """A word of the evidence with its clause and its sentence."""

    place: Place
    clause: Clause
    sense: Sense


def contrary_clauses(case: Case) -> Iterator[Finding]:
    """Findings on words whose contrary stands in the clause of a report on the same thing."""
    text = case.sentence.text
    if case.copied and not shortened(case):
        return
    mine = [(one, clause) for one in find_senses(text) if (clause := clause_at(text, one.start))]
    mine = [(one, clause) for one, clause in mine if _poles(one)]
    if not mine:
        return
    told = list(_told(case, frozenset(p.axis for one, _ in mine for p in _poles(one))))
    for sense, clause in mine:
        rival = _rival(sense, clause, told, case)
        if rival is not None and not _told_by_another(sense, clause, rival, mine, case):
            yield _finding(sense, rival, case)


def _finding(sense: Sense, rival: _Told, case: Case) -> Finding:
    """The finding on a contrary word, or on a "not" that is lost or added before the same word."""
    other = rival.sense
    same = {(a.axis, a.number, a.group) for a in sense.poles}
    alike = any((b.axis, b.number, b.group) in same for b in other.poles)
    if sense.denied == other.denied or not alike:
        claim = claim_of(sense.text, sense.start, sense.end, "sense")
        return contradicted(claim, part_of(rival.place, other.start, other.end), case.language)
    words = "negation-added" if sense.denied else "negation-lost"
    signal = Signal(sense.start, sense.end, sense.text, words)
    claim = Claim(sense.start, sense.end, sense.text, NEGATION, NEGATION, signal)
    start = rival.clause.start if other.start - rival.clause.start < _BEFORE else other.start
    proof = part_of(rival.place, start, other.end)
    return contradicted(claim, proof, case.language, words)


def _poles(sense: Sense) -> frozenset[Pole]:
    """The poles of a word that have a contrary, or an act that may be denied."""
    return frozenset(
        pole
        for pole in sense.poles
        if pole.group in _GROUPS and pole.poles <= _TWO and pole.axis not in _MEASURED
    )


def _told(case: Case, axes: frozenset[str]) -> Iterator[_Told]:
    """The words of these axes in the evidence, each with its clause."""
    for place in places(case):
        for sense in find_senses(place.text):
            if any(pole.axis in axes for pole in _poles(sense)):
                clause = clause_at(place.text, sense.start)
                if clause is not None:
                    yield _Told(place, clause, sense)


def _rival(sense: Sense, clause: Clause, told: Sequence[_Told], case: Case) -> _Told | None:
    """The contrary word in the clause that is most alike; None where one with the same word is."""
    same, other = 0.0, 0.0
    best: _Told | None = None
    for one in told:
        way = _way(sense, one.sense)
        if not way:
            continue
        bond = _bond(sense, clause, one, case)
        if way > 0:
            same = max(same, bond)
        elif bond > other and _comparable(sense, clause, one, case.sentence.text):
            other, best = bond, one
    return best if other >= _LEAST and other >= same + _AHEAD else None


def _told_by_another(
    sense: Sense,
    clause: Clause,
    rival: _Told,
    mine: Sequence[tuple[Sense, Clause]],
    case: Case,
) -> bool:
    """Tell whether another word of the printed sentence says what the contrary one says."""
    bond = _bond(sense, clause, rival, case)
    return any(
        other is not sense
        and _way(other, rival.sense) > 0
        and _bond(other, its, rival, case) >= bond - _AHEAD
        for other, its in mine
    )


def _way(mine: Sense, told: Sense) -> int:
    """1 where two words say the same, -1 where they are contraries, 0 where neither."""
    found = 0
    for a in _poles(mine):
        for b in _poles(told):
            if (a.group, a.axis) != (b.group, b.axis):
                continue
            alike = a.number == b.number and (a.poles > 1 or mine.denied == told.denied)
            if alike:
                return 1
            found = -1
    return found


def _bond(sense: Sense, clause: Clause, told: _Told, case: Case) -> float:
    """How much a printed clause has in common with one of the evidence, the two words apart."""
    beside = Beside(told.place, told.clause)
    theirs = _around(told.sense, told.clause)
    place = told.place
    if place.number and _POINTS.match(place.text, told.sense.end):  # "denied that and said ..."
        theirs += " " + place._replace(number=place.number - 1).text
    return bond(clause, _around(sense, clause), beside, theirs, case)


def _around(sense: Sense, clause: Clause) -> str:
    """A clause and its subject without one word."""
    at = sense.start - clause.start
    return f"{clause.head} {clause.text[:at]} {clause.text[at + len(sense.text) :]}"


def _comparable(sense: Sense, clause: Clause, told: _Told, text: str) -> bool:
    """Tell whether two contrary words are of one thing where they must be, and of one side."""
    if from_the_other_side(sense, told.sense, told.place, text):
        return False
    axes = {a.axis for a in _poles(sense)} & {b.axis for b in _poles(told.sense)}
    return not axes <= _BOTH_IN_TURN or _of_one_object(sense, clause, told)


def _of_one_object(sense: Sense, clause: Clause, told: _Told) -> bool:
    """Tell whether what stands behind one word stands behind the other, too.

    What is opened may stand before its verb: the route opens.
    """
    behind = _behind(sense, clause), _behind(told.sense, told.clause)
    if _in_common(*behind):
        return True
    if not any(pole.axis in _EITHER_SIDE for pole in _poles(sense)):
        return False
    mine, theirs = _around(sense, clause), _around(told.sense, told.clause)
    return _in_common(behind[0], theirs) or _in_common(mine, behind[1])


def _behind(sense: Sense, clause: Clause) -> str:
    return _FURTHER.split(clause.text[sense.end - clause.start :], maxsplit=1)[0]


def _in_common(a: str, b: str) -> bool:
    if stems_of(topics_of(a)) & stems_of(topics_of(b)):
        return True
    return any(key[0] != "~" for key in keys_of(a) & keys_of(b))
