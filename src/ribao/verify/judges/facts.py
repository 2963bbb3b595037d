"""The verdict on a figure, a date, a version or a name."""

from __future__ import annotations

import re
from dataclasses import replace

from ribao.catalogue import say
from ribao.language.dates import DateMention
from ribao.language.names import NameMention, owner_of
from ribao.language.quantities import Quantity
from ribao.model import Finding, Verdict
from ribao.verify.agreement import agrees, contradicts, ends_of, same_words
from ribao.verify.case import CERTAIN, Case
from ribao.verify.claims import DATE, NAME, VERSION, Claim
from ribao.verify.evidence import OTHER_DOCUMENT, Evidence, Place
from ribao.verify.judges.arithmetic import earlier_time, worked_out
from ribao.verify.judges.bases import same_basis
from ribao.verify.judges.counted import of_another_thing
from ribao.verify.judges.days import out_of_date
from ribao.verify.judges.days_of_saying import only_of_saying
from ribao.verify.judges.spelled import spelled_out
from ribao.verify.judges.tails import tier_lost
from ribao.verify.naming import span_of
from ribao.verify.topics import around
from ribao.verify.twins import ROW, Twin
from ribao.verify.verdicts import (
    Proof,
    contradicted,
    finding,
    outlet_of,
    part_of,
    proof_of,
    supported,
)

OTHERS, SAME_THING = 8, 0.5  # sentences of other reports looked into, and how alike they must be
NAMES = frozenset({NAME, VERSION})


def judge_fact(claim: Claim, case: Case) -> Finding:
    """Look opposite the claim in the twin first, then in all places, the likeliest first."""
    basis = same_basis(claim, case)
    return _looked_up(claim, case) if basis is None else supported(claim, basis, case.language)


def _looked_up(claim: Claim, case: Case) -> Finding:
    reckoned: Finding | None = None
    if case.twin is not None:
        beside = (
            _unchanged(claim, case.twin, case)
            or _shortened(claim, case.twin, case)
            or _beside(claim, case.twin, case)
        )
        if beside is not None and beside.verdict == Verdict.CONTRADICTED:
            reckoned = _worked_out(claim, case) if _told_freely(claim, case.twin) else None
        if beside is not None:
            if beside.verdict == Verdict.SUPPORTED:
                case.settle(claim.start, claim.end)
            return reckoned or beside
    evidence = case.evidence
    proof = named_in(claim, evidence) if claim.family in NAMES else _find(claim, evidence)
    proof = proof or spelled_out(claim, evidence)
    if proof is not None:
        return _who_says_what(supported(claim, proof, case.language), claim, proof, case)
    reckoned = _worked_out(claim, case)
    if reckoned is not None:
        return reckoned
    rival = _rival(claim, evidence)
    if rival is not None:
        return contradicted(claim, rival, case.language)
    return missing(claim, case)


def _told_freely(claim: Claim, twin: Twin) -> bool:
    """Tell whether more was changed than the claim: then it may be a figure of one's own."""
    return twin.share < CERTAIN and twin.new_outside(claim.start, claim.end) > 0


def _shortened(claim: Claim, twin: Twin, case: Case) -> Finding | None:
    """The finding on the name of a model without its tier; None for any other."""
    whole = tier_lost(claim, twin) if claim.family in NAMES else None
    return contradicted(claim, whole, case.language) if whole is not None else None


def _worked_out(claim: Claim, case: Case) -> Finding | None:
    """Supported where the claim follows from two figures of a report; else None."""
    reckoned = earlier_time(claim, case) if claim.family == DATE else worked_out(claim, case)
    if reckoned is None:
        return None
    proof, how = reckoned
    return supported(claim, proof, case.language, words="worked-out", how=how)


def missing(claim: Claim, case: Case) -> Finding:
    """The claim is nowhere; the sentence that comes nearest is shown."""
    count = len({passage.document.id for passage in case.evidence.passages})
    found = finding(claim, Verdict.UNSUPPORTED, "unsupported", case.language, count=count)
    nearest = case.evidence.nearest
    return replace(found, evidence=nearest[0].cite()) if nearest else found


def opposite(claim: Claim, twin: Twin) -> tuple[Proof, bool]:
    """What the twin has where the sentence has the claim, and whether it is the same."""
    start, end, whole = twin.opposite(claim.start, claim.end)
    return part_of(twin.place, start, end), whole


def told_at(proof: Proof, number: int, families: frozenset[str]) -> list[Claim]:
    """The claims of some families in a sentence of the evidence that touch a span of it."""
    return [
        told
        for family in sorted(families)
        for told in proof.passage.claims(number, family)
        if told.start < proof.end and proof.start < told.end
    ]


def _unchanged(claim: Claim, twin: Twin, case: Case) -> Finding | None:
    """The verdict where the twin has the claim among the same words: nothing has to be read again.

    A time that counts from the day of its report says another thing on another day.
    """
    relative = isinstance(claim.value, DateMention) and claim.value.relative
    if relative or not case.unchanged(claim.start, claim.end):
        return None
    proof, _ = opposite(claim, twin)
    return _who_says_what(supported(claim, proof, case.language), claim, proof, case)


def _beside(claim: Claim, twin: Twin, case: Case) -> Finding | None:
    """The verdict where the twin has a claim of the same family at the same place; else None."""
    proof, whole = opposite(claim, twin)
    families = NAMES if claim.family in NAMES else frozenset({claim.family})
    text, place = case.sentence.text, twin.place
    there = told_at(proof, place.number, families)
    rivals = [it for it in there if whole or not only_of_saying(claim, text, it, place)]
    for told in rivals:
        if agrees(claim, told) or ends_of(claim, told) or (whole and same_words(claim, told)):
            exact = proof._replace(start=told.start, end=told.end)
            aged = out_of_date(claim, exact.passage, told.start, case)
            if aged is not None:
                return aged
            return _who_says_what(supported(claim, exact, case.language), claim, exact, case)
    if not rivals:
        return _unopposed(claim, proof, case, whole=whole)
    if all(_of_another_kind(claim, told) for told in rivals):
        return None  # no counterpart: a clause was left out between them
    swapped = next((told for told in rivals if _exchanged(told, claim, twin, case)), None)
    if swapped is None and (
        any(_moved(told, claim, twin, case) or _part_of(claim, told) for told in rivals)
        or _passed_over(claim, twin, families)
    ):
        return None
    told = swapped or rivals[0]
    start = told.start
    if claim.text == told.text:  # what differs stands before it: 增长至13倍, 增长13倍
        before = _BEFORE.search(proof.passage.text, max(0, start - _SHOWN), start)
        start = before.start() if before else start
    return contradicted(claim, proof._replace(start=start, end=told.end), case.language)


_SHOWN = 12  # characters before a figure of the report that are shown with it
_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{1,4}|\w+ (?:to |by )?)\Z")


def _unopposed(claim: Claim, proof: Proof, case: Case, *, whole: bool) -> Finding | None:
    """The verdict where the twin has no claim of the same family at the place of this one."""
    if whole:
        return supported(claim, proof, case.language)
    other = _other_numeral(claim, proof)
    return contradicted(claim, other, case.language) if other else None


_NUMERALS = {
    "一": 1,
    "两": 2,
    "双": 2,
    "both": 2,
    "half": 0.5,
    "半": 0.5,
}  # no reader takes them


def _other_numeral(claim: Claim, proof: Proof) -> Proof | None:
    """The numeral opposite a count that no reader takes for one: 两家 where five is printed."""
    value = claim.value
    if not isinstance(value, Quantity) or value.kind not in {"number", "count", "duration"}:
        return None
    match = re.match(r"[一两双半]|(?:both|half)\b", proof.told, re.IGNORECASE)
    if match is None or _NUMERALS[match.group().lower()] == value.low:
        return None
    return proof._replace(end=proof.start + match.end())


def _of_another_kind(claim: Claim, told: Claim) -> bool:
    """Tell whether two amounts share neither kind nor value: then none was put for the other."""
    mine, theirs = claim.value, told.value
    if not isinstance(mine, Quantity) or not isinstance(theirs, Quantity):
        return False
    return mine.kind != theirs.kind and mine.low != theirs.low and mine.kind in _NAMED


_NAMED = frozenset({"percent", "percentage-points", "money", "multiple"})


def _part_of(claim: Claim, told: Claim) -> bool:
    """Tell whether one names a part or product of the other (Google Cloud), or is its short form.

    Then nothing was put for anything, and the name is looked for as if it stood alone.
    """
    mine, theirs = claim.value, told.value
    if not isinstance(mine, NameMention) or not isinstance(theirs, NameMention):
        return False
    if owner_of(theirs.id) == mine.id or owner_of(mine.id) == theirs.id:
        return True
    words, other = set(claim.text.casefold().split()), set(told.text.casefold().split())
    return not (theirs.family or mine.family) and (words < other or other < words)


def _moved(told: Claim, claim: Claim, twin: Twin, case: Case) -> bool:
    """Tell whether the sentence has the words of the report at another place, in another order.

    A claim that has its own counterpart at its own place cannot stand for another one.
    """
    for mine in case.claims:
        if mine is claim or not agrees(mine, told):
            continue
        own, whole = opposite(mine, twin)
        at_home = told_at(own, twin.place.number, frozenset({mine.family}))
        if not whole and not any(agrees(mine, other) for other in at_home):
            return True
    return False


def _passed_over(claim: Claim, twin: Twin, families: frozenset[str]) -> bool:
    """Tell whether the twin has the same claim among words that stand opposite nothing of theirs.

    The sentence is shorter there, and was laid beside the wrong one of two like clauses.
    """
    for block in twin.blocks:
        if block.same or not block.told:
            continue
        start, end = twin.told[block.told.start][0], twin.told[block.told.stop - 1][1]
        proof = part_of(twin.place, start, end)
        if any(agrees(claim, told) for told in told_at(proof, twin.place.number, families)):
            return True
    return False


def _exchanged(told: Claim, claim: Claim, twin: Twin, case: Case) -> bool:
    """Tell whether two claims of the sentence stand each in the place of the other, and alone.

    Names in a row may stand in any order; figures in a row may not, since each is of something.
    """
    if not twin.alone(claim.start, claim.end):
        return False
    for mine in case.claims:
        if mine is claim or mine.family != claim.family or not agrees(mine, told):
            continue
        own, whole = opposite(mine, twin)
        if whole or not twin.alone(mine.start, mine.end):
            continue
        crossed = told_at(own, twin.place.number, frozenset({mine.family}))
        if any(agrees(claim, other) for other in crossed):
            return claim.family not in NAMES or not _in_a_row(claim, mine, case)
    return False


def _in_a_row(a: Claim, b: Claim, case: Case) -> bool:
    """Tell whether nothing but other names and commas stands between two names."""
    first, second = sorted((a, b), key=lambda claim: claim.start)
    between = [c for c in case.claims if first.end <= c.start and c.end <= second.start]
    text, at, rest = case.sentence.text, first.end, ""
    for claim in between:
        if claim.family in NAMES:
            rest, at = rest + text[at : claim.start], max(at, claim.end)
    return ROW.fullmatch(rest + text[at : second.start]) is not None


def _who_says_what(found: Finding, claim: Claim, proof: Proof, case: Case) -> Finding:
    """Note where another report gives another value for the same thing, and which one it is."""
    if claim.family in NAMES or len({p.document.id for p in case.evidence.passages}) == 1:
        return found
    mine = proof.passage.document
    for place in case.evidence.ranked[:OTHERS]:
        other = place.passage.document
        if other.id == mine.id or place.alike < SAME_THING:
            continue
        told = place.passage.claims(place.number, claim.family)
        rivals = [t for t in told if contradicts(claim, t)]
        if any(agrees(claim, t) for t in told) or len(rivals) != 1:
            continue
        if _measures_same(claim, rivals[0], place, case.evidence):
            because = say(
                "verify-differ",
                case.language,
                outlet=outlet_of(mine),
                told=proof.quoted,
                other=outlet_of(other),
                else_told=rivals[0].text,
            )
            return replace(found, because=because)
    return found


def named_in(claim: Claim, evidence: Evidence) -> Proof | None:
    """The first passage that names it; the passages of cited documents come first."""
    for passage in evidence.passages:
        span = span_of(claim, passage)
        if span is not None:
            return Proof(passage, *span, evidence.tier(passage))
    return None


def _find(claim: Claim, evidence: Evidence) -> Proof | None:
    """The likeliest place whose words agree with the claim; cited documents before all others."""
    elsewhere: Proof | None = None
    for place in evidence.places():
        if elsewhere is not None and place.tier == OTHER_DOCUMENT:
            continue
        for told in place.passage.claims(place.number, claim.family):
            if not (agrees(claim, told) or ends_of(claim, told)):
                continue
            there = claim, evidence.sentence.text, told, place
            if of_another_thing(*there) or only_of_saying(*there):
                continue
            proof = proof_of(place, told)
            if place.tier != OTHER_DOCUMENT:
                return proof
            elsewhere = proof
            break
    return elsewhere


def _measures_same(claim: Claim, told: Claim, place: Place, evidence: Evidence) -> bool:
    """Tell whether a bare number of the report may be the one that is claimed: a word is shared."""
    value = claim.value
    if not isinstance(value, Quantity) or value.kind not in {"number", "count"}:
        return True
    base = place.start
    theirs = around(place.text, told.start - base, told.end - base)
    return bool(around(evidence.sentence.text, claim.start, claim.end) & theirs)


def _rival(claim: Claim, evidence: Evidence) -> Proof | None:
    """Another value for the same thing, in the sentences that speak of it."""
    if claim.family == NAME:
        return None
    for place in evidence.nearest:
        if place.tier == OTHER_DOCUMENT and place.alike < SAME_THING:
            continue
        rivals = [
            told
            for told in place.passage.claims(place.number, claim.family)
            if contradicts(claim, told) and _measures_same(claim, told, place, evidence)
        ]
        if rivals:
            return proof_of(
                place, max(rivals, key=lambda it: _beside_both(claim, it, place, evidence))
            )
    return None


def _beside_both(claim: Claim, told: Claim, place: Place, evidence: Evidence) -> int:
    """How many words stand beside a claim and beside one of the report: it is of the same thing."""
    base = place.start
    mine = around(evidence.sentence.text, claim.start, claim.end, clause=True)
    return len(mine & around(place.text, told.start - base, told.end - base, clause=True))
