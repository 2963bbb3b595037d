"""The proof of one sentence: for each claim the passage that decides it.

The order is fixed: the sentence as a whole, word for word; then each claim in the passages that are
cited, in the cited documents, in the other documents of the story. What is found in the last is
supported, but cited wrongly. What is nowhere is contradicted where the sentences that speak of the
same thing give another value, and unsupported otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ribao.catalogue import say
from ribao.model import Finding, Sentence, Verdict
from ribao.verify import computed
from ribao.verify.agreement import agrees, contradicts
from ribao.verify.claims import AMOUNT, DATE, NAME, VERSION, Claim, find_claims
from ribao.verify.evidence import OTHER_DOCUMENT, Evidence, Place
from ribao.verify.naming import span_of
from ribao.verify.passages import Passage


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a claim was found: the words of the report, as a span of a passage."""

    passage: Passage
    start: int
    end: int
    tier: int

    @property
    def told(self) -> str:
        """The words of the report."""
        return self.passage.text[self.start : self.end]


def prove(
    sentence: Sentence, passages: Sequence[Passage], *, day: date, language: str
) -> tuple[Finding, ...]:
    """Find every claim of a sentence and the verdict on each, in the order of the sentence.

    `passages` are all fields of all documents of the story; `day` is the day of the edition, from
    which relative dates are read; `language` is that of the sentence and of the findings.
    """
    claims = find_claims(sentence.text, language, day)
    if not claims:
        return ()
    evidence = Evidence(sentence, passages)
    if sentence.kind == computed.KIND:
        return _prove_computed(claims, evidence, language)
    return _prove(claims, evidence, language)


def _prove(claims: Sequence[Claim], evidence: Evidence, language: str) -> tuple[Finding, ...]:
    sentence = evidence.sentence
    if not evidence.passages:
        return tuple(
            _finding(claim, Verdict.UNSUPPORTED, "no-evidence", language) for claim in claims
        )
    home = evidence.verbatim(core(sentence.text))
    if home is not None:
        offset = home[1] - sentence.text.index(core(sentence.text))
        return tuple(_copied(claim, home[0], offset, evidence, language) for claim in claims)
    return tuple(_judge(claim, evidence, language) for claim in claims)


def _prove_computed(
    claims: Sequence[Claim], evidence: Evidence, language: str
) -> tuple[Finding, ...]:
    """Counts and days against the documents, quoted words against their texts."""
    documents = tuple(
        {passage.document.id: passage.document for passage in evidence.passages}.values()
    )
    findings: list[Finding] = []
    for claim in claims:
        if computed.quoted(evidence.sentence, claim):
            findings.append(_judge(claim, evidence, language))
            continue
        verdict = computed.counted(claim, documents)
        if verdict is not None:
            words = "computed" if verdict == Verdict.OPINION else "counted"
            told = str(len(documents))
            findings.append(_finding(claim, verdict, words, language, told=told))
    return tuple(findings)


def core(text: str) -> str:
    """A sentence without the spaces and end marks around it, which a copy may lose."""
    return text.strip().rstrip("。.!！?？;；,，…")


def _copied(
    claim: Claim, passage: Passage, offset: int, evidence: Evidence, language: str
) -> Finding:
    start, end = claim.start + offset, min(claim.end + offset, len(passage.text))
    proof = Proof(passage, start, end, evidence.tier(passage))
    return _supported(claim, proof, language)


def _judge(claim: Claim, evidence: Evidence, language: str) -> Finding:
    proof = _name(claim, evidence) if claim.family in {NAME, VERSION} else _find(claim, evidence)
    if proof is not None:
        return _supported(claim, proof, language)
    rival = _rival(claim, evidence)
    if rival is not None:
        finding = _finding(claim, Verdict.CONTRADICTED, "contradicted", language, told=rival.told)
        cited = rival.passage.cite(rival.start, rival.end)
        return replace(finding, evidence=cited, expected=rival.told)
    count = len({passage.document.id for passage in evidence.passages})
    finding = _finding(claim, Verdict.UNSUPPORTED, "unsupported", language, count=count)
    nearest = evidence.nearest
    return replace(finding, evidence=nearest[0].cite()) if nearest else finding


def _name(claim: Claim, evidence: Evidence) -> Proof | None:
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
            if not agrees(claim, told):
                continue
            proof = Proof(place.passage, told.start, told.end, place.tier)
            if place.tier != OTHER_DOCUMENT:
                return proof
            elsewhere = proof
            break
    return elsewhere


def _rival(claim: Claim, evidence: Evidence) -> Proof | None:
    """Another value for the same thing, in the sentences that speak of it."""
    if claim.family not in {AMOUNT, DATE, VERSION}:
        return None
    for place in evidence.nearest:
        for told in place.passage.claims(place.number, claim.family):
            if contradicts(claim, told):
                return Proof(place.passage, told.start, told.end, place.tier)
    return None


def _supported(claim: Claim, proof: Proof, language: str) -> Finding:
    told, outlet = proof.told, proof.passage.document.outlet or proof.passage.document.source_id
    if proof.tier == OTHER_DOCUMENT:
        words = "cited-wrongly"
    else:
        words = "verbatim" if told == claim.text else "same"
    finding = _finding(claim, Verdict.SUPPORTED, words, language, told=told, outlet=outlet)
    return replace(finding, evidence=proof.passage.cite(proof.start, proof.end))


def _finding(
    claim: Claim, verdict: Verdict, words: str, language: str, **values: object
) -> Finding:
    because = say(f"verify-{words}", language, claim=claim.text, **values)
    return Finding(claim.text, claim.kind, verdict, because, claim.start, claim.end)


__all__ = ["Place", "Proof", "core", "prove"]
