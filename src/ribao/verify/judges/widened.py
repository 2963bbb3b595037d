"""What the report says of some, or under a condition, told of all, or without it.

"Only customers in Europe can use it", "if regulators agree": the clause of the report that has most
in common with the printed one narrows what it says, and the printed sentence widens it. Where any
clause as near says it of all, or without a condition, nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ribao.language.directions import Signal, find_hedges
from ribao.language.names import NameMention
from ribao.language.parts import find_parts
from ribao.language.quantities import Quantity
from ribao.language.senses import Sense, find_senses
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, NAME, NEGATION, Claim, claim_of
from ribao.verify.clauses import Clause, clause_at, clauses_of
from ribao.verify.judges.bonds import Beside, bond, places
from ribao.verify.verdicts import Proof, contradicted, part_of, proof_of

_LEAST = 2.0  # so much must a clause have in common that narrows what is said
_CONDITIONED = 3.0  # and one that stands under a condition
_NEAR = 0.75  # of the strongest bond: such clauses are of the same thing, too
_WHOLE = Decimal("0.99")  # a share from here on may be told as all
_WIDE = re.compile(
    r"\b(?:all|every|each|any|anyone|everyone|everybody|anybody|the (?:whole|entire)|worldwide"
    r"|global(?:ly)?|around the world|nationwide|everywhere|throughout|always|regardless)\b"
    r"|全部|所有|全体|悉数|一律|任何|全球|全世界|全国|各地|始终"
    r"|(?<![两二三四五六七八九十\d人家名位])(?:都|均)(?![市衡匀])",
    re.IGNORECASE,
)
_WORLD = re.compile(r"world|global|全球|全世界", re.IGNORECASE)
_NO_WIDE = re.compile(
    r"\b(?:not|no|after|at|in|over|above|first of) (?:all|any)\b|并非|不是", re.IGNORECASE
)
_ONLY = re.compile(
    r"\b(?:only|just|solely|except|excluding|apart from|limited to)\b|(?<!不)仅|只(?!是|有|要)"
    r"|不包括|不适用|除外|限于",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:if|unless|provided(?: that)?|as long as|on condition|subject to|pending"
    r"|once (?:it|they|he|she|the|its|their|all|both|final)|depend(?:s|ing) on)\b"
    r"|如果|若|倘|只要|除非|一旦|前提|视乎|取决于|须经|待(?=[^，,。]{1,12}(?:后|批))",
    re.IGNORECASE,
)
_SOFTER = re.compile(
    r"\b(?:approv\w+|consent|condition\w*|plan(?:s|ned)?|propos\w+|intend\w*|wants?|aims?|seeks?"
    r"|hopes?|offer\w*|when|after|until|would)\b|批准|同意|条件|计划|拟|打算|希望|有意|后|才",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|'ll|is to|are to|is set to|get|gets)\b|将|会|要")


def widened(case: Case) -> Iterator[Finding]:
    """Findings on words such as "all" and "worldwide" where the report says it of less."""
    text = case.sentence.text
    if _ONLY.search(text):
        return
    if find_parts(text) or any(_is_less(one) for one in find_senses(text)):
        return
    for match in _WIDE.finditer(text):
        clause = clause_at(text, match.start())
        if clause is None or _NO_WIDE.search(text[max(0, match.start() - 9) : match.end()]):
            continue
        near = _nearest(clause, case, _LEAST)
        if not near or any(_WIDE.search(told.clause.text) for told in near):
            continue
        scope = _WORLD.search(match.group()) is not None
        proofs = (_narrower(told) or (_placed(told, case) if scope else None) for told in near[:2])
        rival = next((proof for proof in proofs if proof), None)
        if rival is not None:
            words = match.group()
            yield contradicted(claim_of(words, *match.span(), "sense"), rival, case.language)
            return


def unconditional(case: Case) -> Iterator[Finding]:
    """The finding on what is told as certain to come and stands under a condition in the report."""
    text = case.sentence.text
    if _IF.search(text) or _SOFTER.search(text):
        return
    if not any(_under_conditions(one.text) for one in case.evidence.cited_passages):
        return
    if any(one.key in {"may", "plan"} and one.text not in _PLAIN for one in find_hedges(text)):
        return
    for clause in clauses_of(text):
        ahead = _AHEAD.search(clause.text)
        near = _nearest(clause, case, _CONDITIONED) if ahead else []
        if not ahead or not near:
            continue
        told = near[0]
        condition = _IF.search(told.place.text)
        if condition is None or any(not _IF.search(it.place.text) for it in near):
            continue
        start, end = clause.start + ahead.start(), clause.start + ahead.end()
        signal = Signal(start, end, ahead.group(), "certain")
        claim = Claim(start, end, ahead.group(), "certainty", NEGATION, signal)
        behind = min(len(told.place.text), condition.end() + 30)
        proof = part_of(told.place, condition.start(), behind)
        yield contradicted(claim, proof, case.language, "hedge-lost")
        return


@lru_cache(maxsize=256)
def _under_conditions(text: str) -> bool:
    """Tell whether anything in a text stands under a condition."""
    return _IF.search(text) is not None


_PLAIN = frozenset({"将", "会", "将会", "will", "要"})


def _nearest(clause: Clause, case: Case, least: float) -> list[Beside]:
    """The clauses of the evidence on the same thing, the strongest bond first."""
    found = []
    for place in places(case):
        for its in clauses_of(place.text):
            told = Beside(place, its)
            strength = bond(clause, clause.whole, told, its.whole, case, acts=True)
            if strength >= least:
                found.append((strength, told))
    found.sort(key=lambda pair: -pair[0])
    return [told for strength, told in found if strength >= _NEAR * found[0][0]]


def _placed(told: Beside, case: Case) -> Proof | None:
    """The one place of a clause, where the printed sentence names none."""
    place, clause = told
    base = place.start
    if any(c.family == NAME and _is_place(c) for c in case.claims):
        return None
    for name in place.passage.claims(place.number, NAME):
        if _is_place(name) and clause.holds(name.start - base):
            return proof_of(place, name)
    return None


def _is_place(name: Claim) -> bool:
    return isinstance(name.value, NameMention) and name.value.kind == "place"


def _is_less(sense: Sense) -> bool:
    """Tell whether a word says it of less than all: most, some, 部分."""
    return any(pole.group == "shares" and pole.number for pole in sense.poles)


def _narrower(told: Beside) -> Proof | None:
    """What in a clause says that it is not of all; None where nothing does."""
    place, clause = told
    base = place.start
    only = _ONLY.search(place.text, clause.start, clause.end)
    if only is not None:
        return part_of(place, only.start(), min(len(place.text), only.end() + 24))
    for part in find_parts(place.text):
        if part.part < part.whole and clause.start <= part.start < clause.end:
            return part_of(place, part.start, part.end)
    for sense in find_senses(place.text):
        if _is_less(sense) and clause.start <= sense.start < clause.end:
            return part_of(place, sense.start, sense.end)
    for figure in place.passage.claims(place.number, AMOUNT):
        value = figure.value
        share = isinstance(value, Quantity) and value.kind == "fraction" and value.high < _WHOLE
        if share and clause.start <= figure.start - base < clause.end:
            return proof_of(place, figure)
    return None
