"""What a newsletter says against itself: no evidence is needed to see it.

Two values for one quantity, a time that differs between summary and text, a launch "expected" on a
day that has passed, a weekday that the date does not have, a headline that claims more than its
text. Each is a finding on the sentence that is likelier wrong, with the other one's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ribao.catalogue import say
from ribao.language.dates import DateMention
from ribao.language.directions import Signal, find_attributions, find_hedges
from ribao.language.quantities import Quantity
from ribao.model import Finding, Verdict
from ribao.verify.agreement import agrees, contradicts
from ribao.verify.claims import AMOUNT, DATE, SUPERLATIVE, Claim
from ribao.verify.expecting import expects, plans_of
from ribao.verify.forms.newsletter import Printed
from ribao.verify.topics import around, reach_in, stems_of, topics_of

WEIGHT = {"summary": 0, "title": 0, "headline": 1, "bullet": 2, "paragraph": 3}  # who is believed
# Of a story longer than any, so many sentences are compared with all, the others with so many.
_HEADS, _REACH = 40, 100
_SHARED = 0.5  # of the smaller sentence's topics: they speak of the same thing
_NEXT = 6  # characters after a date: a verb of saying there makes it the day of the announcement
_CLAUSE = 40  # characters behind a date in which its clause is looked for
# To bring something before people, which is not yet to sell or to open it.
_SHOWN = re.compile(
    r"公布|宣布|亮相|展示|揭晓|披露|发布会|\b(?i:unveil|announc|reveal|present|show|debut|disclos)(?:e[ds]?|s|ed|n|ing)?\b"
)
_WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6, "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
}  # fmt: skip
_WEEKDAY = re.compile(
    r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)[, ]{1,3}(?:the )?$"
    r"|(?:周|星期)([一二三四五六日天])[，, （(]{0,2}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_DAY = 24  # characters of a weekday and of what stands between it and its date
_WEEKDAY_WITHIN = re.compile(
    r"(?i)(?:^|\()(monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:周|星期|礼拜)([一二三四五六日天])"
)
_FROM = re.compile(r"(?:\bfrom\b|从|由|自)[^;。；]{0,40}\Z")  # where a development begins
_LONGEST_FROM = 48
_UNTIL = re.compile(r"[^.;。；，]{0,24}?(?:\bto\b|至|到)")
_WEEKDAY_AFTER = re.compile(r"[（(](?:周|星期)([一二三四五六日天])[）)]")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed sentence with its claims."""

    printed: Printed
    claims: tuple[Claim, ...]


def among(lines: Sequence[Line], language: str) -> Iterator[tuple[Printed, Finding]]:
    """Compare the sentences of one story (with its line of the summary) pair by pair."""
    seen: set[tuple[Printed, int]] = set()
    told = [line for line in lines if any(claim.family in {AMOUNT, DATE} for claim in line.claims)]
    ordered = sorted(told, key=lambda line: WEIGHT.get(line.printed.part, 2))
    about = [topics_of(line.printed.text) for line in ordered]
    alone = [_only(line) for line in ordered]
    for number, weaker in enumerate(ordered):
        stop = len(ordered) if number < _HEADS else number + _REACH
        for other in range(number + 1, min(stop, len(ordered))):
            if not _alike(about[number], about[other]):
                continue
            pairs = _rivals(weaker, ordered[other], alone[number], alone[other])
            for claim, rival in pairs:
                if (weaker.printed, claim.start) in seen:
                    continue
                seen.add((weaker.printed, claim.start))
                yield weaker.printed, _finding(claim, rival.text, "inside", language)


def _alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two sentences share enough words to speak of the same thing."""
    shared = len(mine & theirs)
    if shared < 2 or shared < _SHARED * min(len(mine), len(theirs), 6):
        return False
    shared -= sum(word[0].isdigit() for word in mine & theirs)
    return shared >= 2 and shared >= _SHARED * min(len(mine), len(theirs), 6)


_Only = dict[tuple[str, str], Claim | None]


def _rivals(a: Line, b: Line, mine: _Only, theirs: _Only) -> Iterator[tuple[Claim, Claim]]:
    """Claims that cannot both be true: the only one of its sort in each of two like sentences."""
    for sort, claim in mine.items():
        rival = theirs.get(sort)
        if claim is None or rival is None or any(agrees(claim, told) for told in b.claims):
            continue
        if not _beside(a.printed.text, claim, b.printed.text, rival):
            continue
        if contradicts(claim, rival) or _times_apart(claim, rival):
            yield claim, rival


def _only(line: Line) -> _Only:
    """The claim of each sort that a sentence has one of, in its order; None for more of a sort."""
    found: _Only = {}
    for claim in line.claims:
        sort = _sort(claim)
        if sort is not None:
            found[sort] = None if sort in found else claim
    return found


def _beside(mine: str, claim: Claim, theirs: str, told: Claim) -> bool:
    """Tell whether the same word stands beside both figures, which says what they measure.

    Two times are of one thing only where the word stands in the clause of each, and both are times
    of saying or neither is: what is announced on a day happens on another.
    """
    dates = claim.family == DATE
    a = _stems_around(mine, claim.start, claim.end, dates)
    b = _stems_around(theirs, told.start, told.end, dates)
    if dates and _of_saying(mine, claim) != _of_saying(theirs, told):
        return False
    return bool(a & b)


@lru_cache(maxsize=1024)  # of a list of like lines each is asked with each
def _stems_around(text: str, start: int, end: int, clause: bool) -> frozenset[str]:  # noqa: FBT001
    return stems_of(around(text, start, end, clause=clause))


def _of_saying(text: str, claim: Claim) -> bool:
    """Tell whether a date is that on which something was said or shown, not on which it happens."""
    start = max(text.rfind(mark, 0, claim.start) for mark in "，。；,;") + 1
    clause = re.split(r"[，。；;]|,\s", text[start : claim.end + _CLAUSE], maxsplit=1)[0]
    if _SHOWN.search(clause) and not find_hedges(text[start : claim.start]):
        return True
    after = re.split(r"[，。；,;]", text[claim.end : claim.end + _CLAUSE], maxsplit=1)[0]
    return any(verb.start <= _NEXT for verb in find_attributions(after))


def _sort(claim: Claim) -> tuple[str, str] | None:
    """What a claim can be compared as: a kind and its unit, or a date; None for any other."""
    value = claim.value
    if isinstance(value, Quantity) and value.kind not in {"number", "ordinal"}:
        return value.kind, value.unit
    return (DATE, "") if isinstance(value, DateMention) else None


def _times_apart(a: Claim, b: Claim) -> bool:
    """Tell whether two times of any grain have no day in common."""
    mine, theirs = a.value, b.value
    if not isinstance(mine, DateMention) or not isinstance(theirs, DateMention):
        return False
    return mine.last < theirs.first or theirs.last < mine.first


def impossible(line: Line, day: date | None, language: str) -> Iterator[Finding]:
    """Times that cannot be: expected but past, or a weekday that the day does not have.

    Where no `day` of publication is known, only dates with a year can be judged.
    """
    text = line.printed.text
    dates = [claim for claim in line.claims if isinstance(claim.value, DateMention)]
    plans = plans_of(text) if day and dates else ()
    for claim in dates:
        value = claim.value
        if not isinstance(value, DateMention) or (day is None and not _YEAR.search(claim.text)):
            continue
        begins = _FROM.search(
            text, max(0, claim.start - _LONGEST_FROM), claim.start
        ) and _UNTIL.match(text, claim.end)
        if begins:
            continue  # expected to grow from 1 billion in 2024 to 14 billion
        if day and value.last < day and value.other is None and expects(text, claim, plans):
            yield _finding(claim, day.isoformat(), "past", language)
        wrong = _weekday(text, claim)
        if wrong is not None and value.first == value.last and value.first.weekday() != wrong:
            yield _finding(claim, value.first.strftime("%A"), "weekday", language)


def _begins(text: str, claim: Claim) -> bool:
    """Tell whether a time is that from which a development is told."""
    before = _FROM.search(text, max(0, claim.start - _LONGEST_FROM), claim.start)
    return before is not None and _UNTIL.match(text, claim.end) is not None


def _weekday(text: str, claim: Claim) -> int | None:
    before = text[max(0, claim.start - _LONGEST_DAY) : claim.start]
    match = _WEEKDAY.search(before) or _WEEKDAY_AFTER.match(text, claim.end)
    if match is None:
        match = _WEEKDAY_WITHIN.search(claim.text)
        if match is None or not re.search(r"\d", claim.text):
            return None
    word = next(group for group in match.groups() if group)
    return _WEEKDAYS[word.lower()]


def _ranks(claim: Claim) -> bool:
    """Tell whether a claim gives a rank: the largest, the first, 第三."""
    ordinal = isinstance(claim.value, Quantity) and claim.value.kind == "ordinal"
    return ordinal or claim.family == SUPERLATIVE


def overstated(headline: Line, body: Sequence[Line], language: str) -> Iterator[Finding]:
    """A rank that only the headline claims, or a fact there that the text only expects."""
    told = any(_ranks(claim) for line in body for claim in line.claims)
    for claim in headline.claims:
        if claim.family == SUPERLATIVE and isinstance(claim.value, Signal) and not told:
            yield replace(_finding(claim, "", "overstated", language), verdict=Verdict.UNSUPPORTED)
    hedge = _softened(headline, body)
    if hedge is not None:
        sentence, words = hedge
        claim = Claim(
            0, len(headline.printed.text), headline.printed.text, "certainty", "certainty",
            Signal(0, 0, "", "certainty"),
        )  # fmt: skip
        finding = _finding(claim, words, "softened", language)
        yield replace(finding, expected=sentence, verdict=Verdict.UNSUPPORTED)


_NEARLY = 0.6  # of the words of a headline
_MAYBE = frozenset({"may"})


def _softened(headline: Line, body: Sequence[Line]) -> tuple[str, str] | None:
    """The sentence that says nearly the words of the headline, but only as a possibility."""
    if find_hedges(headline.printed.text) or headline.printed.text.rstrip()[-1:] in "?？":
        return None
    mine = stems_of(topics_of(headline.printed.text))

    def shared(text: str) -> int:
        return len(mine & stems_of(topics_of(text)))

    best = max(body, key=lambda line: shared(line.printed.text), default=None)
    if best is None or shared(best.printed.text) < _NEARLY * len(mine):
        return None
    text = best.printed.text
    far = 2 * reach_in(text)
    least = max(2, min(3, len(mine) - 1))
    hedges = [
        hedge
        for hedge in find_hedges(text)
        if hedge.key in _MAYBE and shared(text[hedge.end : hedge.end + far]) >= least
    ]
    return (best.printed.text, hedges[0].text) if hedges else None


def _finding(claim: Claim, told: str, words: str, language: str) -> Finding:
    because = say(f"verify-{words}", language, claim=claim.text, told=told)
    return Finding(
        claim.text, claim.kind, Verdict.CONTRADICTED, because, claim.start, claim.end, None, told
    )
