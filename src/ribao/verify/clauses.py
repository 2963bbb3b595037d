"""The clauses of a sentence, so that a word is compared with those that belong to it.

A sentence of news says more than one thing: "will close two routes and open one". A clause that
begins with its verb has the subject of the one before it. What a relative clause says stands apart,
so that subject and verb come together: "the union, which speaks for 700, rejected the plan".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ribao.language.scripts import detect_language
from ribao.language.senses import STATE, find_senses
from ribao.language.widths import holds_han
from ribao.verify.topics import topics_of


class Clause(NamedTuple):
    """One clause: `text == whole[start:end]`; `head` are the words it shares with others."""

    start: int
    end: int
    text: str
    head: str  # its subject, where that stands in an earlier clause, else ""

    @property
    def whole(self) -> str:
        """The clause with its subject."""
        return f"{self.head} {self.text}"

    def holds(self, place: int) -> bool:
        """Tell whether a place of the sentence is within the clause."""
        return self.start <= place < self.end


_ASIDE = re.compile(r",\s(?:which|who|whose|whom|where)\s(?:[^,;.]|[,.]\d){1,140},\s")
_APPOSED = re.compile(  # Keld, led by Ada Orrin, ...
    r",\s(?:(?:[A-Z][\w'’-]+\s?){1,4}|(?:led|headed|owned|run|based|founded|backed)\s[^,;]{1,60}),\s"
)
_BORDER_EN = re.compile(
    r"[;:—–]\s|,\s(?!\d)|\s(?=(?:but|while|whereas|although|though|when|after|before|because)\s)"
    r"|\s(?=(?:and|or)\s)"
)
_BORDER_ZH = re.compile(r"[，；：。！？;!?]|,(?!\d)|:|(?=(?:但|而且|却|并且))")
_NEXT = re.compile(r"[,;]| and | or ")
_AND = re.compile(r"(?:and|or) ")
_VERBISH = re.compile(
    r"\b(?:will|would|has|have|had|is|are|was|were|may|might|could|can|cannot|did|does|said|says"
    r"|must|shall|should|became|went|got|made|took|gave|kept|held|[a-z]{2,}(?:ed|ied))\b"
)
_BEGINS_ING = re.compile(r"[a-z]+ing\b")
_LEADS = re.compile(r"^(?:and|but|or|while|then|also|\w+ly)\s+")
_NEAR = 40  # characters behind an "and" in which a verb makes it a new clause


@lru_cache(maxsize=4096)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """Cut a sentence into its clauses, in order; the whole of it where it has only one."""
    found: list[Clause] = []
    subject = ""
    for start, end in _spans(text):
        words = text[start:end]
        own = "" if _ASIDE.fullmatch(words) else subject_of(words)
        found.append(Clause(start, end, words, "" if own else subject))
        subject = own or subject
    return tuple(found)


def clause_at(text: str, place: int) -> Clause | None:
    """The clause of a sentence that holds a place; None between two of them."""
    return next((one for one in clauses_of(text) if one.holds(place)), None)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    english = detect_language(text) == "en"
    at = 0
    for aside in _ASIDE.finditer(text) if english else ():
        yield from _cut(text, at, aside.start(), english=True)
        yield aside.span()
        at = aside.end()
    yield from _cut(text, at, len(text), english=english)


def _cut(text: str, start: int, end: int, *, english: bool) -> Iterator[tuple[int, int]]:
    at = start
    apposed = [one.span() for one in _APPOSED.finditer(text, start, end)] if english else []
    for match in (_BORDER_EN if english else _BORDER_ZH).finditer(text, start, end):
        if any(first <= match.start() < last for first, last in apposed):
            continue
        if english and _AND.match(text, match.end()) and not _parts(text, at, match.end(), end):
            continue
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def _parts(text: str, start: int, at: int, end: int) -> bool:
    """Tell whether an "and" joins two clauses and not two nouns: a verb stands on both sides."""
    behind = _NEXT.split(text[at + 4 : min(end, at + _NEAR)], maxsplit=1)[0]
    return _has_verb(text[start:at]) and _has_verb(behind)


def _has_verb(words: str) -> bool:
    return _VERBISH.search(words) is not None or any(
        one.tense != STATE for one in find_senses(words)
    )


def subject_of(words: str) -> str:
    """What stands before the first verb of a clause; "" where it begins with it."""
    if _BEGINS_ING.match(words):
        return ""  # "valuing it at 3 billion"
    first = min((one.start for one in find_senses(words) if one.tense != STATE), default=-1)
    verb = None if holds_han(words) else _VERBISH.search(words)
    if verb is not None and (first < 0 or verb.start() < first):
        first = verb.start()
    before = _LEADS.sub("", words[:first] if first >= 0 else words)
    return before if topics_of(before) else ""
