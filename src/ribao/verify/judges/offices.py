"""Who holds which office: a chief executive whom the report calls the head of finance.

Offices of a firm that one person rarely holds together are compared across languages. A report that
gives a person another of these, and never the printed one, contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ribao.language.scripts import detect_language
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import NAME, Claim, claim_of
from ribao.verify.evidence import Place
from ribao.verify.judges.misplaced import known_names, names_it, own_names, told_names
from ribao.verify.readers import signs
from ribao.verify.verdicts import contradicted, part_of

_LEAST = 2  # signs of a name of a person
_OWNER = r"(?:[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}['’]s? )"


class _Office(NamedTuple):
    """An office where it stands, with the name of the one who holds it."""

    key: str
    start: int
    end: int
    holder: Claim


def other_office(case: Case) -> Iterator[Finding]:
    """Findings on offices that the reports give to another one than the printed person."""
    known = known_names(case)
    text = case.sentence.text
    if not _pattern("zh").search(text) and not _pattern("en").search(text):
        return
    for mine in _offices(text, own_names(case)):
        told = list(_held(mine.holder, case, known))
        if not told or any(one.key == mine.key for _, one in told):
            continue
        place, other = told[0]
        words = text[mine.start : mine.end]
        claim = claim_of(words, mine.start, mine.end, NAME, NAME)
        proof = part_of(place, other.start, other.end)
        yield contradicted(claim, proof, case.language, "other-office")


def _held(holder: Claim, case: Case, known: Container[str]) -> Iterator[tuple[Place, _Office]]:
    """The offices that the reports give to a person."""
    for place in case.evidence.ranked:
        language = "en" if place.passage.language == "en" else "zh"
        if not _pattern(language).search(place.text):
            continue
        for office in _offices(place.text, told_names(place, known)):
            if names_it(holder, place.passage.document, office.holder.text):
                yield place, office


def _offices(text: str, names: Sequence[Claim]) -> Iterator[_Office]:
    """The offices of a sentence that stand right beside a name."""
    language = "en" if detect_language(text) == "en" else "zh"
    for match in _pattern(language).finditer(text):
        key = (match.lastgroup or "").replace("_", "-")
        for name in names:
            if name.end - name.start < _LEAST:
                continue
            before, after = text[name.end : match.start()], text[match.end() : name.start]
            stands = (match.end() <= name.start and _BEFORE[language].fullmatch(after)) or (
                name.end <= match.start() and _BEHIND[language].fullmatch(before)
            )
            if stands:
                yield _Office(key, *match.span(), name)
                break


_BEFORE = {  # between an office and the name behind it
    "zh": re.compile(r"[：:]?"),
    "en": re.compile(r",? |(?: (?:officer|director))?,? | of (?:[A-Z][\w&-]*[ ]?){1,4}, "),
}
_BEHIND = {  # between a name and the office behind it
    "zh": re.compile(r"[（(]|是|，|担任|出任"),
    "en": re.compile(rf",? (?:is |was |as )?(?:(?:the|its|their|a) )?{_OWNER}?"),
}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """The words of every office in one language; none that is part of a longer one (副总裁)."""
    forms = []
    for line in signs()["offices"].splitlines():
        key, _, words = line.partition(":")
        told = [it.strip() for it in words.split("|") if it.strip()]
        mine = [it for it in told if it.isascii() == (language == "en")]
        mine += [it for it in told if it.isascii() and it.isupper() and language == "zh"]
        if mine:
            longest = sorted(mine, key=len, reverse=True)
            forms.append(rf"(?P<{key.strip()}>{'|'.join(map(re.escape, longest))})")
    every = "|".join(forms)
    if language == "zh":
        return re.compile(rf"(?<![副前原代A-Za-z])(?:{every})")
    return re.compile(rf"(?<![\w-])(?<!former )(?<!vice )(?<!deputy )(?<!ex-)(?i:{every})(?![\w-])")
