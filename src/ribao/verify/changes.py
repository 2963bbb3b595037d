"""Words of the twin that were put for others and that no claim of the sentence accounts for.

A figure that no reader takes for one (31 April), a name that is also an ordinary word, a word that
was turned into its opposite: what was changed is seen, though what it means now is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ribao.language.names import NameMention
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, FACTS, NAME, Claim
from ribao.verify.facts import told_at
from ribao.verify.naming import span_of
from ribao.verify.readers import Person, Vague, signs
from ribao.verify.verdicts import Proof, contradicted

_LIST_MARK = re.compile(r"[（(]?\d{1,2}[.、）)]")
_SENSE = "sense"


def unexplained(case: Case) -> Iterator[Finding]:
    """Findings on changed words, each with the words that the report has in their place."""
    twin = case.twin
    if twin is None:
        return
    place = twin.place
    base = place.passage.sentences[place.number].start
    for mine, told in twin.changed():
        words = case.sentence.text[mine[0] : mine[1]]
        proof = Proof(place.passage, base + told[0], base + told[1], place.tier)
        kind = _kind(words, mine, proof, case)
        if kind:
            family = NAME if kind == NAME else AMOUNT
            claim = Claim(*mine, words, kind, family, Vague(*mine, words, 0, ""))
            yield contradicted(claim, proof, case.language)


def _kind(words: str, mine: tuple[int, int], proof: Proof, case: Case) -> str:
    """What sort of claim the changed words are; "" for an innocent change of words."""
    if (words.lower(), proof.told.lower()) in _opposites():
        return _SENSE
    if any(c.start < mine[1] and mine[0] < c.end for c in case.claims if c.family in FACTS):
        return ""
    if any(letter.isdigit() for letter in words) and not _LIST_MARK.fullmatch(words):
        return "number"
    return NAME if _lost_name(words, proof, case) else ""


def _lost_name(words: str, proof: Proof, case: Case) -> bool:
    """Tell whether a short word stands where the report has a name that is nowhere printed."""
    if len(words) > 24 or words.lower() in signs()["pronouns"].split() or not words[0].isalpha():
        return False
    assert case.twin is not None  # noqa: S101 - the only caller has one
    names = [
        told
        for told in told_at(proof, case.twin.place.number, frozenset({NAME}))
        if proof.start <= told.start and told.end <= proof.end
    ]
    known = [told for told in names if _is_known(told)]
    return (
        bool(known)
        and len(names) == 1
        and known[0].text not in case.sentence.text
        and (
            span_of(Claim(0, len(words), words, NAME, NAME, Person(0, 0, words)), proof.passage)
            is None
        )
    )


def _is_known(told: Claim) -> bool:
    value = told.value
    return isinstance(value, NameMention) and value.kind in {"organisation", "person"}


@cache
def _opposites() -> frozenset[tuple[str, str]]:
    pairs = [line.split("|") for line in signs()["opposites"].splitlines() if "|" in line]
    return frozenset([(a, b) for a, b in pairs] + [(b, a) for a, b in pairs])
