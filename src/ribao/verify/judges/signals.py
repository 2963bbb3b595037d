"""The verdict on words that turn what a sentence says: up or down, not, the first, the largest.

Such a word proves nothing alone; it is compared with the same word in the sentences that speak of
the same thing. In a twin the words stand opposite each other, so a turned or a lost one is seen;
otherwise only a sentence that is much alike can contradict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ribao.language.directions import Signal, find_hedges
from ribao.language.senses import find_senses
from ribao.language.widths import holds_han
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, DIRECTION, NEGATION, SUPERLATIVE, Claim
from ribao.verify.evidence import Place
from ribao.verify.judges.facts import missing, opposite, told_at
from ribao.verify.judges.ladder import demoted, judge_rank
from ribao.verify.readers import alike
from ribao.verify.topics import around, stems_of
from ribao.verify.twins import Twin
from ribao.verify.verdicts import Proof, contradicted, proof_of, supported

ALIKE = 0.5  # of the topics: a sentence that much alike speaks of the same thing
FAR = 24  # characters between a word of change and the figure that it moves
LOST_SHARE = 0.85  # a twin that near was changed on purpose where a "not" is missing


def judge_signal(claim: Claim, case: Case) -> Finding | None:
    """The verdict on a word of change, denial or rank; None where nothing can be said of it."""
    if case.twin is not None:
        beside = _beside(claim, case.twin, case)
        if beside is not None:
            return beside
    elif claim.family == NEGATION:
        return None  # freely re-worded: what is denied cannot be told from single words
    return _among_nearest(claim, case)


def lost_negations(case: Case) -> Iterator[Finding]:
    """A "not" of the twin that the sentence does not have any more."""
    twin = case.twin
    if twin is None or not _much_alike(twin) or "不变" in twin.text:
        return
    place = twin.place
    base = place.start
    mine = [claim for claim in case.claims if claim.family == NEGATION]
    told = place.passage.claims(place.number, NEGATION)
    if len(mine) >= len(told):
        return
    for one in told:
        span = twin.lost(one.start - base, one.end - base)
        if span is None:
            continue
        words = case.sentence.text[span[0] : span[1]]
        claim = Claim(*span, words, NEGATION, NEGATION, Signal(*span, words, "lost"))
        end = min(one.end + 12, place.passage.sentences[place.number].end)
        yield contradicted(
            claim, Proof(place.passage, one.start, end, place.tier), case.language, "negation-lost"
        )


def _much_alike(twin: Twin) -> bool:
    """Tell whether next to nothing else was changed, so that what is missing was left out."""
    return twin.share >= LOST_SHARE or twin.new <= 1


def lost_hedges(case: Case) -> Iterator[Finding]:
    """A "may" or "plans to" of the twin that the sentence made a fact."""
    twin = case.twin
    if twin is None or not _much_alike(twin):
        return
    place = twin.place
    sentence = place.passage.sentences[place.number]
    kept = Counter(one.key for one in find_hedges(case.sentence.text))
    told = find_hedges(place.text)
    for one in told:
        if one.key not in _SOFT or kept[one.key] >= sum(it.key == one.key for it in told):
            continue
        span = twin.lost(one.start, one.end)
        put = twin.put_for(one.start, one.end)
        if span is None or (one.key == "expect" and (not put or len(one.text) == 1)):
            continue
        if any(it.key in _AS_SOFT[one.key] for it in find_hedges(put)):
            continue
        at = case.sentence.text.find(put, max(0, span[0] - 1)) if put else -1
        here = case.sentence.text[max(0, at - 1) : at + len(put) + 1].lower() if put else ""
        if any(a == one.text.lower() and b in here for a, b in alike()):
            continue
        span = (at, at + len(put)) if at >= 0 else span
        words = case.sentence.text[span[0] : span[1]]
        claim = Claim(*span, words, "certainty", NEGATION, Signal(*span, words, "hedge"))
        start, end = sentence.start + one.start, sentence.start + one.end
        yield contradicted(
            claim, Proof(place.passage, start, end, place.tier), case.language, "hedge-lost"
        )


_SOFT = frozenset({"may", "plan", "expect"})
# What may stand for a hedge without making more of it: a plan may be told as what will be.
_AS_SOFT = {"may": frozenset({"may"}), "plan": _SOFT, "expect": _SOFT}


def _beside(claim: Claim, twin: Twin, case: Case) -> Finding | None:
    """The verdict by the words opposite in the twin; None where these decide nothing."""
    proof, whole = opposite(claim, twin)
    if claim.family == SUPERLATIVE and whole:
        other = demoted(claim, proof, twin.place, case)
        if other is not None:
            return contradicted(claim, other, case.language)
    if whole:
        return supported(claim, proof, case.language)
    rivals = told_at(proof, twin.place.number, frozenset({claim.family}))
    same = next((told for told in rivals if _key(told) == _key(claim)), None)
    if same is not None:
        return supported(claim, proof._replace(start=same.start, end=same.end), case.language)
    if claim.family == DIRECTION and rivals:
        rival = proof._replace(start=rivals[0].start, end=rivals[0].end)
        return contradicted(claim, rival, case.language)
    added = not rivals and _more_of(claim.family, twin, case)
    return _added(claim, proof, twin, case) if added else None


def _added(claim: Claim, proof: Proof, twin: Twin, case: Case) -> Finding | None:
    """The verdict on a rank or a "not" that the twin does not have."""
    if claim.family == SUPERLATIVE:
        elsewhere = [place for place in _near(case) if place.text != twin.place.text]
        return _told_in(elsewhere, claim, case, of_one_thing=True) or missing(claim, case)
    if claim.family == NEGATION and _said_otherwise(claim, twin):
        return None
    if claim.family == NEGATION:
        sentence = twin.place.passage.sentences[twin.place.number]
        rival = proof._replace(end=min(proof.end + 12, sentence.end))
        return contradicted(claim, rival, case.language, "negation-added")
    return None


def _said_otherwise(claim: Claim, twin: Twin) -> bool:
    """Tell whether the twin has another word of the same sense: blocked, where this has stopped."""
    mine = [
        one for one in find_senses(twin.text) if one.start < claim.end and claim.start < one.end
    ]
    told = find_senses(twin.place.text)
    return any(a.poles & b.poles for a in mine for b in told)


def _more_of(family: str, twin: Twin, case: Case) -> bool:
    """Tell whether the sentence has more such words than its twin; else they were only moved."""
    told = twin.place.passage.claims(twin.place.number, family)
    return sum(claim.family == family for claim in case.claims) > len(told)


def _told_in(
    places: Iterable[Place], claim: Claim, case: Case, *, of_one_thing: bool = False
) -> Finding | None:
    """Supported by the same word in one of some sentences (of the same thing); else None."""
    for place in places:
        for told in place.passage.claims(place.number, claim.family):
            if _key(told) == _key(claim) and (
                not of_one_thing
                or (_of_one_sort(claim, told) and _of_one_thing(claim, told, place, case))
            ):
                proof = proof_of(place, told)
                return supported(claim, proof, case.language)
    return None


def _among_nearest(claim: Claim, case: Case) -> Finding | None:
    """Supported by the same word in a sentence on the same thing; what else can be said depends."""
    if claim.family == SUPERLATIVE:
        return judge_rank(claim, case) or missing(claim, case)
    found = _told_in(_near(case), claim, case)
    if found is not None:
        return found
    opposed = next(
        (
            proof_of(place, told)
            for place in _near(case)
            for told in place.passage.claims(place.number, claim.family)
            if _of_one_thing(claim, told, place, case)
        ),
        None,
    )
    if claim.family == DIRECTION and opposed is not None:
        return contradicted(claim, opposed, case.language)
    if claim.family == DIRECTION and case.twin is not None and _moves_a_figure(claim, case):
        return missing(claim, case)
    return None


def _of_one_thing(claim: Claim, told: Claim, place: Place, case: Case) -> bool:
    """Tell whether two words of change have a word beside them in common, which says of what."""
    base = place.start
    mine = around(case.sentence.text, claim.start, claim.end, clause=True)
    theirs = around(place.text, told.start - base, told.end - base, clause=True)
    return bool(stems_of(mine) & stems_of(theirs))


_SORTS = ("首批", "首发")  # a first batch and a first report are no first of all


def _of_one_sort(claim: Claim, told: Claim) -> bool:
    """Tell whether two words of rank say it of the same sort: 首款 is borne out by no 首批."""
    return not holds_han(told.text) or all((it in claim.text) == (it in told.text) for it in _SORTS)


def _moves_a_figure(claim: Claim, case: Case) -> bool:
    """Tell whether a word of change stands beside a figure, so that it says how that changed."""
    return any(
        other.family == AMOUNT and -FAR <= other.start - claim.end <= FAR for other in case.claims
    )


def _near(case: Case) -> Iterator[Place]:
    yield from case.evidence.nearest
    yield from (place for place in case.evidence.ranked[:12] if place.alike >= ALIKE)


def _key(claim: Claim) -> str:
    return claim.value.key if isinstance(claim.value, Signal) else ""
