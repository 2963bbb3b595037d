"""How a verdict is put into words, with the passage that decides it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ribao.catalogue import say
from ribao.model import Document, Finding, Verdict
from ribao.verify.claims import Claim
from ribao.verify.evidence import OTHER_DOCUMENT, Place
from ribao.verify.passages import Passage


class Proof(NamedTuple):
    """Where a claim was found: the words of the report, as a span of a passage."""

    passage: Passage
    start: int
    end: int
    tier: int

    @property
    def told(self) -> str:
        """The words of the report."""
        return self.passage.text[self.start : self.end]

    @property
    def quoted(self) -> str:
        """The words of the report as it writes them, be it in traditional signs."""
        return self.passage.original[self.start : self.end]


def part_of(place: Place, start: int, end: int) -> Proof:
    """A stretch of one sentence of the evidence; `start` and `end` count from where it begins."""
    return Proof(place.passage, place.start + start, place.start + end, place.tier)


def proof_of(place: Place, told: Claim) -> Proof:
    """A claim of a sentence of the evidence, which stands where its passage has it."""
    return Proof(place.passage, told.start, told.end, place.tier)


def touched(one: Claim | Finding, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a claim or a finding shares a sign of the printed sentence with some spans."""
    return any(start < one.end and one.start < end for start, end in spans)


def outlet_of(document: Document) -> str:
    """Who published a document, as it is named in a reason."""
    return document.outlet or str(document.source_id)


def supported(
    claim: Claim, proof: Proof, language: str, *, words: str = "", how: str = ""
) -> Finding:
    """The claim is borne out; said with a warning where only a report that is not cited does so.

    `words` is the key of another reason in the catalogue, `how` what it says of the way.
    """
    if words:
        pass
    elif proof.tier == OTHER_DOCUMENT:
        words = "cited-wrongly"
    else:
        words = "verbatim" if proof.told == claim.text else "same"
    outlet = outlet_of(proof.passage.document)
    because = say(
        f"verify-{words}", language, claim=claim.text, told=proof.quoted, outlet=outlet, how=how
    )
    cited = proof.passage.cite(proof.start, proof.end)
    start, end = claim.start, claim.end
    return Finding(claim.text, claim.kind, Verdict.SUPPORTED, because, start, end, cited)


def contradicted(claim: Claim, rival: Proof, language: str, words: str = "contradicted") -> Finding:
    """The report says something else of the same thing: both values are shown."""
    found = finding(claim, Verdict.CONTRADICTED, words, language, told=rival.quoted)
    cited = rival.passage.cite(rival.start, rival.end)
    return replace(found, evidence=cited, expected=rival.quoted)


def finding(claim: Claim, verdict: Verdict, words: str, language: str, **values: object) -> Finding:
    """A finding without evidence; `words` is the key of its reason in the catalogue."""
    because = say(f"verify-{words}", language, claim=claim.text, **values)
    return Finding(claim.text, claim.kind, verdict, because, claim.start, claim.end)
