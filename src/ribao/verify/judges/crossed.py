"""A figure told of the other one of two: "opened 31 and closed 18" of 18 opened and 31 closed.

Two sorts. The verb of a figure is the contrary of that beside the same figure in the reports. Or
its clause names what stands in the next clause of the report, beside another figure of its kind,
and nothing of what the report has beside this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ribao.language.names import known_in
from ribao.language.quantities import Quantity
from ribao.language.scripts import detect_language
from ribao.language.senses import Pole, Sense, find_senses
from ribao.language.words import words
from ribao.model import Finding
from ribao.verify.agreement import agrees
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, NAME, Claim, claim_of
from ribao.verify.clauses import Clause, clause_at, clauses_of
from ribao.verify.judges.bonds import shortened
from ribao.verify.judges.contexts import rivals
from ribao.verify.judges.counterparts import keys_of
from ribao.verify.judges.misplaced import names_it
from ribao.verify.judges.occurrences import Occurrence, figures, occurrences, printed_alike
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import Proof, contradicted, part_of, proof_of

_TWO = 2
_FIRST = 2  # words of a clause that say of whom it speaks


def crossed(case: Case) -> Iterator[Finding]:
    """Findings on figures whose verb, or whose subject, is that of another figure."""
    for claim, value in figures(case, shortened=shortened(case)):
        if case.settled(claim.start, claim.end):
            continue
        clause = clause_at(case.sentence.text, claim.start)
        found = occurrences(claim, value, case) if clause is not None else []
        if clause is None or not found:
            continue
        finding = (
            _contrary_verb(claim, clause, found, case)
            or _of_the_other(claim, value, clause, found, case)
            or _of_the_other_name(claim, clause, found, case)
        )
        if finding is not None:
            yield finding


# --- the verb beside a figure --------------------------------------------------------------------


def _contrary_verb(
    claim: Claim, clause: Clause, found: Sequence[Occurrence], case: Case
) -> Finding | None:
    """The finding on a verb whose contrary stands beside the figure wherever a report has it."""
    mine = _verb(claim.start, claim.end, case.sentence.text, clause)
    if mine is None:
        return None
    against: tuple[Sense, Occurrence] | None = None
    for one in found:
        text = one.place.text
        its = clause_at(text, one.start)
        theirs = [] if its is None else _verbs(text, its)
        axes = {pole.axis for pole in _poles(mine)}
        theirs = [it for it in theirs if axes & {pole.axis for pole in _poles(it)}]
        if not theirs or any(_poles(it) & _poles(mine) for it in theirs):
            return None
        against = against or (theirs[0], one)
    if against is None:
        return None
    other, one = against
    proof = part_of(one.place, other.start, other.end)
    return contradicted(claim_of(mine.text, mine.start, mine.end, "sense"), proof, case.language)


def _poles(sense: Sense) -> frozenset[Pole]:
    return frozenset(p for p in sense.poles if p.group == "opposites" and p.poles == _TWO)


def _verbs(text: str, clause: Clause) -> list[Sense]:
    return [one for one in find_senses(text) if clause.holds(one.start) and _poles(one)]


def _verb(start: int, end: int, text: str, clause: Clause) -> Sense | None:
    """The verb of a figure: the last one before it in its clause, else the first behind it."""
    verbs = _verbs(text, clause)
    before = [one for one in verbs if one.end <= start]
    behind = [one for one in verbs if one.start >= end]
    return before[-1] if before else behind[0] if behind else None


# --- the subject beside a figure -----------------------------------------------------------------


def _of_the_other(
    claim: Claim, value: Quantity, clause: Clause, found: Sequence[Occurrence], case: Case
) -> Finding | None:
    """The finding on a figure that is told of what the report tells another figure of."""
    against: Claim | None = None
    rival: Occurrence | None = None
    for one in found:
        other = _rival(claim, value, clause, one, case)
        if other is None:
            return None
        against, rival = against or other, rival or one
    if against is None or rival is None:
        return None
    return contradicted(claim, proof_of(rival.place, against), case.language)


def _of_the_other_name(
    claim: Claim, clause: Clause, found: Sequence[Occurrence], case: Case
) -> Finding | None:
    """The finding on a figure whose name and another one of the report changed places."""
    mine = _named(clause)
    others = frozenset[str]().union(*map(_named, clauses_of(case.sentence.text))) - mine
    if not mine or not others:
        return None
    shown: Proof | None = None
    for one in found:
        told, home = clauses_of(one.place.text), clause_at(one.place.text, one.start)
        if home is None:
            return None
        own = _named(home)
        elsewhere = frozenset[str]().union(*(_named(it) for it in told if it != home))
        if not own & others or own & mine or not mine <= elsewhere:
            return None
        shown = shown or part_of(one.place, home.start, home.end)
    return contradicted(claim, shown, case.language) if shown else None


def _named(clause: Clause) -> frozenset[str]:
    """The known names of a clause and its subject, which are one in both languages."""
    return frozenset(identity for _, _, identity in known_in(clause.whole))


def _rival(
    claim: Claim, value: Quantity, clause: Clause, one: Occurrence, case: Case
) -> Claim | None:
    """The figure of the clause of the same sentence that speaks of what the printed one does."""
    text, base = one.place.text, one.place.start
    others = [
        told
        for told in one.place.passage.claims(one.place.number, AMOUNT)
        if rivals(value, told.value) and not agrees(claim, told)
    ]
    home = clause_at(text, one.start) if others else None
    if home is None:
        return None
    foreign = one.place.passage.language != detect_language(case.sentence.text)
    document = one.place.passage.document
    mine, own = _items(clause, foreign=foreign), _items(home, foreign=foreign)
    names = _names(clause, case) if foreign else []
    for told in others:
        at = clause_at(text, told.start - base)
        if at is None or at == home:
            continue
        theirs = _items(at, foreign=foreign)
        here, there = own - theirs, theirs - own
        leads = _leads(clause, foreign=foreign) & _leads(at, foreign=foreign)
        if leads & there and at.start > home.start:
            here &= _leads(home, foreign=foreign)  # "Keld pays 3 dollars for milk, Osby 4"
        if mine & here or any(names_it(name, document, home.whole) for name in names):
            continue
        if not mine & there and not any(names_it(name, document, at.whole) for name in names):
            continue
        printed = printed_alike(one.place.passage, told, case)
        if _keeps_its_own(printed, here, clause, case, foreign=foreign):
            continue
        return told
    return None


def _keeps_its_own(
    printed: Sequence[Claim], here: frozenset[str], clause: Clause, case: Case, *, foreign: bool
) -> bool:
    """Tell whether the printed sentence has the other figure, too, and without this one's words."""
    for mine in printed:
        at = clause_at(case.sentence.text, mine.start)
        if at is None or at == clause or not _items(at, foreign=foreign) & here:
            return True
    return False


def _items(clause: Clause, *, foreign: bool) -> frozenset[str]:
    """The words of a clause that say what it speaks of, or what of it is the same abroad."""
    if foreign:
        return frozenset(key for key in keys_of(clause.text) if key[0] != "~")
    return frozenset(it for it in stems_of(topics_of(clause.text)) if not it[0].isdigit())


def _leads(clause: Clause, *, foreign: bool) -> frozenset[str]:
    """The first words of a clause, which say of whom it speaks."""
    first = [word for word in words(clause.text) if topics_of(word)][:_FIRST]
    if foreign:
        return frozenset(key for key in keys_of(" ".join(first)) if key[0] != "~")
    return stems_of(frozenset(first))


def _names(clause: Clause, case: Case) -> list[Claim]:
    return [one for one in case.claims if one.family == NAME and clause.holds(one.start)]
