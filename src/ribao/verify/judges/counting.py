"""Which one of several: her first final of a report with a fourth, 第二 where it has 排名第三.

An ordinal says nothing without the thing that it counts, so it is compared beside the same noun
(in English the word behind it, in Chinese the measure word and what follows), or, where it is a
place in a ranking, with the place of the sentence on the same thing. One language only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ribao.language.numerals_en import ORDINALS
from ribao.language.readings_zh import number
from ribao.language.scripts import detect_language
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import claim_of
from ribao.verify.judges.counterparts import counterparts
from ribao.verify.topics import stems_of
from ribao.verify.verdicts import Proof, contradicted, part_of

_WORDS = {word: int(value) for word, value in ORDINALS.items() if 1 <= value <= 10}
_EN = re.compile(
    rf"\b(?P<word>{'|'.join(_WORDS)}|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))[ -]"
    r"(?P<noun>[a-z]{3,}(?: [a-z]{4,})?)",
    re.IGNORECASE,
)
_ZH_N = r"(?:[一二三四五六七八九十]{1,2}|\d{1,3})"
_ZH = re.compile(
    rf"第(?P<n>{_ZH_N})(?P<noun>[个次家款座颗位名届轮期批条项部台][\u4e00-\u9fff]{{1,2}})"
)
_RANKED = re.compile(
    rf"(?:排名|排在|位列|位居|居|名列|排)[^，,。；]{{0,12}}?第(?P<n>{_ZH_N})(?![个次家款座颗届轮期批条项部台季])"
)
_NO_NOUN = frozenset(["time", "half", "quarter", "day", "week", "month", "year", "hand", "degree"])
_RANK = "rank"


class _Ordinal(NamedTuple):
    start: int
    end: int
    number: int
    nouns: frozenset[str]  # of which one in common makes two ordinals comparable


def other_one(case: Case) -> Iterator[Finding]:
    """Findings on ordinals that the reports give otherwise of the same thing."""
    text = case.sentence.text
    if case.copied:
        return
    mine = list(_ordinals(text))
    if not mine:
        return
    language = detect_language(text)
    for one in mine:
        rival = _placed(one, case) if _RANK in one.nouns else _counted(one, language, case)
        if rival is not None:
            words = text[one.start : one.end]
            claim = claim_of(words, one.start, one.end, "ordinal")
            yield contradicted(claim, rival, case.language)


def _ordinals(text: str) -> Iterator[_Ordinal]:
    for match in _EN.finditer(text):
        digits, word = match["digits"], match["word"].lower()
        told = int(digits) if digits else _WORDS[word]
        nouns = stems_of(frozenset(match["noun"].lower().split())) - _NO_NOUN
        if nouns and not _NO_NOUN & set(match["noun"].lower().split()[:1]):
            yield _Ordinal(match.start(), match.end("word"), told, nouns)
    for match in _ZH.finditer(text):
        nouns = frozenset({match["noun"]})
        yield _Ordinal(match.start(), match.end("n"), number(match["n"]), nouns)
    for match in _RANKED.finditer(text):
        start = match.start("n") - 1
        yield _Ordinal(start, match.end("n"), number(match["n"]), frozenset({_RANK}))


def _counted(one: _Ordinal, language: str, case: Case) -> Proof | None:
    """Another ordinal beside the same noun in a cited report; None where the same one is there."""
    found: Proof | None = None
    for place in case.evidence.ranked:
        if place.passage.language != language or place.passage not in case.evidence.cited_passages:
            continue
        for told in _ordinals(place.text):
            if not told.nouns & one.nouns:
                continue
            if told.number == one.number:
                return None
            found = found or part_of(place, told.start, told.end)
    return found


def _placed(one: _Ordinal, case: Case) -> Proof | None:
    """Another place in a ranking in the nearest sentence on the same thing."""
    for near in counterparts(case)[:1]:
        told = [its for its in _ordinals(near.place.text) if _RANK in its.nouns]
        if told and all(its.number != one.number for its in told):
            return part_of(near.place, told[0].start, told[0].end)
    return None
