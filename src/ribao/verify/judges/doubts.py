"""A doubt of the report that the sentence leaves out, whatever the verb is: may save, saves.

The verbs of senses.toml are compared there; here any verb behind a "may" that stands in the
sentence without one, and a "will" where the report on the same thing has only a "could".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ribao.language.directions import Signal, find_hedges, find_negations
from ribao.language.scripts import detect_language
from ribao.language.words import segment
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import NEGATION, Claim
from ribao.verify.judges.counterparts import Counterpart, counterparts
from ribao.verify.topics import stems_of
from ribao.verify.verdicts import contradicted, part_of

_MAY_EN = re.compile(
    r"\b(?:may|might|could)\b (?:(?:\w+ly|still|also|soon|even|be|have|well|help) )*"
    r"(?P<verb>[a-z]{3,})"
)
_MAY_ZH = re.compile("(?:可能|或许|也许|恐怕?|或将)(?:会|将|要|能)?(?P<verb>[\u4e00-\u9fff]{2,6})")
_OR = re.compile("或(?=[将可会有能难成需])")
_WORD = re.compile(r"[a-z]{3,}|[\u4e00-\u9fff]+")
_SOFT = frozenset({"may", "plan", "expect"})
_CLAUSE = re.compile(r"[,，;；:：。]\s?")
_CLOSE, _CLOSE_ABROAD = 0.5, 4.0  # how much a sentence must be alike for its doubts to count here


def lost_doubts(case: Case) -> Iterator[Finding]:
    """Findings on what is told as certain and only possible in the report."""
    text = case.sentence.text
    mine = find_hedges(text)
    if case.copied or any(one.key == "may" for one in mine) or _OR.search(text):
        return
    denies = bool(find_negations(text))
    own, expects = detect_language(text), any(one.key == "expect" for one in mine)
    if not any(one.doubts and (expects or one.language == own) for one in case.evidence.passages):
        return  # across languages only what is expected is compared
    for one in counterparts(case):
        told = find_hedges(one.place.text)
        doubts = [hedge for hedge in told if hedge.key == "may" and hedge.text.lower() != "would"]
        if denies:  # "may not pay" is told as "will not pay"
            doubts = [it for it in doubts if not one.place.text.startswith(" not", it.end)]
        close = one.bond >= (_CLOSE_ABROAD if one.foreign else _CLOSE)
        if not doubts or not close:
            continue
        found = _verb_as_fact(one, text, mine) if not one.foreign else None
        if found is None and not any(hedge.key in _SOFT - {"may"} for hedge in told):
            found = next((_span(hedge) for hedge in mine if hedge.key == "expect"), None)
        if found is not None:
            start, end = found
            signal = Signal(start, end, text[start:end], "certain")
            claim = Claim(start, end, text[start:end], "certainty", NEGATION, signal)
            proof = part_of(one.place, doubts[0].start, doubts[0].end)
            yield contradicted(claim, proof, case.language, "hedge-lost")
            return


def _span(hedge: Signal) -> tuple[int, int]:
    return hedge.start, hedge.end


def _verb_as_fact(one: Counterpart, text: str, mine: tuple[Signal, ...]) -> tuple[int, int] | None:
    """Where the sentence has the verb of a "may", with nothing in its clause that makes it less."""
    chinese = detect_language(text) == "zh"
    for match in (_MAY_ZH if chinese else _MAY_EN).finditer(one.place.text.lower()):
        words = segment(match["verb"])[:2] if chinese else [match["verb"]]
        for word in (word for word in words if len(word) > 1):
            span = _find(word, text, chinese=chinese)
            if span is None:
                continue
            clause = max((m.end() for m in _CLAUSE.finditer(text, 0, span[0])), default=0)
            if not any(h.key in _SOFT and clause <= h.start < span[0] for h in mine):
                return span
    return None


def _find(word: str, text: str, *, chinese: bool) -> tuple[int, int] | None:
    if chinese:
        at = text.find(word)
        return (at, at + len(word)) if at >= 0 else None
    stem = stems_of(frozenset({word}))
    for match in _WORD.finditer(text.lower()):
        if stems_of(frozenset({match.group()})) == stem:
            return match.span()
    return None
