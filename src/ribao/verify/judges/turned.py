"""What a report denies or only plans, told freely as a fact: whatever the verb is.

"It had no reports of fires" and "reports of fires have come in"; "is considering an appeal" and
"has appealed". The word that is denied or planned must stand in the printed sentence, beside
another word of the same clause, and nothing there may make less of it. A report that says the word
anywhere else without a denial or a plan bears it out. Only within one language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ribao.language.directions import Signal, find_hedges, find_negations
from ribao.language.scripts import detect_language
from ribao.language.words import words
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import NEGATION, Claim
from ribao.verify.evidence import Place
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import contradicted, part_of

_LOOKED = 8  # sentences looked into
_SHARE = 0.34  # of the words of the printed sentence that stand in the one of the report
_GOVERNED = {"en": 2, "zh": 1}  # words of substance behind a "not" or a "plans to" that it governs
_PLANNED = 3  # words behind a "plans to" that say what is planned
_CLAUSE = re.compile(r"[,，;；:：。!?！？]|\.\s|\b(?:but|and|while|although|whereas)\b|但|而且|却")
_DONE = re.compile(
    r"\b(?:has|have)(?: \w+){0,2}? \w+(?:ed|en|un|ne|ld|ut|wn)\b|\balready\b"
    r"|已经?|业已|(?<!为)了(?!解|结|望|断)(?=[^，,。]{0,12})"
)
_SOFT = frozenset({"plan", "expect", "may", "must"})
_LESS = re.compile(
    r"不|没|未|无|非(?!常)|拒|否认|取消|\b(?:not|no|never|without|nor|neither|un\w+|den\w+|refus\w+"
    r"|reject\w+|fail\w*|ruled? out|if|unless|whether|would|could|may|might)\b|n't|是否|如果|若",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just|yet|least|until|more|less|all|every)|no (?:more|less|later|fewer|longer"
    r"|doubt|matter|one)|nothing but|lack|ban|stop|halt|suspend|cancel|abandon|reject)\w*",
    re.IGNORECASE,
)
_ZH_WEAK = frozenset(
    {"停止", "取消", "放弃", "暂停", "终止", "失败", "避免", "禁止", "拒绝", "否认"}
)


_PROMISED = re.compile(r"\b(?:promis(?:ed?|es)|pledg(?:ed?|es)|(?:is|are) to)\b|承诺|尚在|正在考虑")


class _Governed(NamedTuple):
    """Words behind a "not" or a "plans to", as stems, and the words that are said of them."""

    stems: tuple[str, ...]
    beside: frozenset[str]
    signal: Signal
    denied: bool


def turned(case: Case) -> Iterator[Finding]:
    """The finding on a sentence that tells as a fact what the report on the same thing does not."""
    text = case.sentence.text
    if case.copied or _LESS.search(text):
        return
    soft = any(one.key in _SOFT for one in find_hedges(text))
    language = detect_language(text)
    mine = stems_of(topics_of(text))
    near = [
        place
        for place in case.evidence.ranked[:_LOOKED]
        if place.passage.language == language
        and place.passage in case.evidence.cited_passages
        and len(mine & stems_of(topics_of(place.text))) >= max(2, _SHARE * len(mine))
    ]
    for place in near:
        for one in _governed(place.text, language):
            if not one.denied and (soft or not _DONE.search(text)):
                continue
            told = _told(one, mine)
            if told and not any(_said_elsewhere(it, case, place, language) for it in told):
                yield _finding(told[0], one, place, case)
                return


def _told(one: _Governed, mine: frozenset[str]) -> tuple[str, ...]:
    """The words of the printed sentence that the report denies or plans."""
    return tuple(it for it in one.stems if it in mine and (one.beside - {it}) & mine)


def _governed(text: str, language: str) -> Iterator[_Governed]:
    """The denials and plans of a sentence, each with what it governs."""
    told = [(one, True) for one in find_negations(text) if one.text not in _ZH_WEAK]
    told += [(one, False) for one in find_hedges(text) if one.key in {"plan", "expect"}]
    told += [(Signal(*m.span(), m.group(), "plan"), False) for m in _PROMISED.finditer(text)]
    for signal, denied in told:
        if denied and _NO_DENIAL.match(text, signal.start):
            continue
        start = signal.start + (1 if denied and language == "zh" else 0)
        behind = _CLAUSE.split(text[start if language == "zh" else signal.end :], maxsplit=1)[0]
        at = [match.end() for match in _CLAUSE.finditer(text, 0, signal.start)]
        clause = text[at[-1] if at else 0 : signal.start] + behind
        ordered = [word for word in words(behind) if len(word) > 1 and topics_of(word)]
        heads = [it for word in ordered for it in stems_of(frozenset({word}))]
        heads = [word for word in heads if word not in signal.text and signal.text not in word]
        beside = stems_of(topics_of(clause if denied else text))
        governed = tuple(heads[: _GOVERNED[language] if denied else _PLANNED])
        yield _Governed(governed, beside, signal, denied)


def _said_elsewhere(stem: str, case: Case, place: Place, language: str) -> bool:
    """Tell whether a report has the word in a clause that neither denies nor plans."""
    for other in case.evidence.ranked:
        if other.passage.language != language or other.text == place.text:
            continue
        for clause in _CLAUSE.split(other.text):
            if stem not in stems_of(topics_of(clause)):
                continue
            if not _LESS.search(clause) and not any(h.key in _SOFT for h in find_hedges(clause)):
                return True
    return False


def _finding(stem: str, one: _Governed, place: Place, case: Case) -> Finding:
    text = case.sentence.text
    at = text.lower().find(stem)
    start, end = (at, at + len(stem)) if at >= 0 else (0, len(text))
    while end < len(text) and text[end].isascii() and text[end].isalpha():
        end += 1
    words_, kind = ("negation-lost", NEGATION) if one.denied else ("hedge-lost", "certainty")
    claim = Claim(start, end, text[start:end], kind, NEGATION, Signal(start, end, "", words_))
    shown = min(len(place.text), one.signal.end + 12)
    return contradicted(claim, part_of(place, one.signal.start, shown), case.language, words_)
