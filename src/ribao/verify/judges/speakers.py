"""What one said, printed as said by another.

The words of a quotation lead to the place in the report where they were said, other words to the
sentence on the same thing. There another speaker is named, and the printed one is not.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache

from ribao.language.scripts import detect_language
from ribao.language.widths import holds_han
from ribao.model import Finding
from ribao.verify.agreement import agrees
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, QUOTATION, Claim
from ribao.verify.evidence import Place
from ribao.verify.judges.counterparts import keys_of
from ribao.verify.judges.misplaced import (
    PERSON,
    known_names,
    names_it,
    on_the_same,
    own_names,
    sort_of,
    told_names,
)
from ribao.verify.judges.quoting import found_in
from ribao.verify.readers import signs
from ribao.verify.verdicts import contradicted, part_of, touched

SHORTEST = {"zh": 4, "en": 12}  # characters of a quotation: a shorter one is a name or a nickname
_BETWEEN_ZH = 8  # signs between a speaker and the verb: 在电话会上说
_BONDS = 3  # things and acts in common of two sentences in two languages
_FORESEES = frozenset({"预计", "预测"})
_APPOSITION = re.compile(r"(?:,[^,]{1,80},)?(?: also| has| had)? $")
_OWNER = r"(?:[A-Z][\w&]*(?: [A-Z][\w&]*)*['’]s? [a-z ]{2,40},? )"
_TITLE = re.compile(rf" (?:(?:the|its|their|a|an) )?(?:[a-z-]+(?:['’]s?)? ){{0,5}}{_OWNER}?$")
_OFFICE = re.compile(r"(?: [a-z-]+){1,3} ")
_SAYS_AFTER = re.compile(r"[\"”’,] ?$")
_PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he)\b|[他她][\u4e00-\u9fff]{0,4}(?:说|称|表示|认为|指出|坦言)"
)
_NO_SPEAKER = re.compile(r"[，。；！？：“”\"]")


def said_by_another(case: Case, spoken: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Findings on speakers who did not say it, where the report names who did.

    `spoken` are the spans of the sentence that failed already.
    """
    text = case.sentence.text
    saying = _saying_en() if detect_language(text) == "en" else _saying_zh()
    if not saying.search(text):
        return
    names = own_names(case)
    speaker = speaker_in(text, names)
    if speaker is None or case.settled(speaker.start, speaker.end) or touched(speaker, spoken):
        return
    for said in _said_there(case, names):
        place, other = speaker_at(said, known_names(case))
        if other is None or not _apart(speaker, other, place, text):
            return
        proof = part_of(place, other.start, other.end)
        yield contradicted(speaker, proof, case.language, "other-speaker")
        return


def _apart(speaker: Claim, other: Claim, place: Place, text: str) -> bool:
    """Tell whether two speakers cannot be one; a firm speaks by its people."""
    document = place.passage.document
    if {sort_of(speaker), sort_of(other)} == {"person", "organisation"}:
        return False
    return not (names_it(speaker, document, place.text) or names_it(other, document, text))


def speaker_at(place: Place, known: Container[str]) -> tuple[Place, Claim | None]:
    """Who says a sentence of the evidence, and the sentence that names the speaker.

    Of "she said" and 她说 it is the speaker, or the one person, of the sentence before.
    """
    names = told_names(place, known)
    speaker = speaker_in(place.text, names)
    if speaker is not None or not place.number or not _PRONOUN.search(place.text):
        return place, speaker
    before = place._replace(number=place.number - 1)
    names = told_names(before, known)
    speaker = speaker_in(before.text, names)
    people = [one for one in names if sort_of(one) == PERSON]
    return before, speaker or (people[0] if len(people) == 1 else None)


def speaker_in(text: str, names: Sequence[Claim]) -> Claim | None:
    """The name right beside a verb of saying, outside of quotations; None where there is none."""
    if detect_language(text) != "en":
        return _speaker_zh(text, names)
    for verb in _saying_en().finditer(text):
        for name in names:
            before = text[name.end : verb.start()]
            if name.end < verb.start() and _APPOSITION.match(before):
                return name
            between = text[verb.end() : name.start]
            owns = text[name.end : name.end + 2] in {"'s", "’s"}
            said = _SAYS_AFTER.search(text[: verb.start()])
            if said and verb.end() < name.start and not owns and _TITLE.match(between):
                return _behind_its_firm(name, names, text)
    return None


def _behind_its_firm(name: Claim, names: Sequence[Claim], text: str) -> Claim:
    """The person behind the name of a firm with an office: "said Orrin chairman Ada Keld"."""
    after = (one for one in names if one.start > name.end)
    return next((one for one in after if _OFFICE.fullmatch(text[name.end : one.start])), name)


def _speaker_zh(text: str, names: Sequence[Claim]) -> Claim | None:
    for verb in _saying_zh().finditer(text):
        for name in reversed(names):
            between = text[name.end : verb.start()]
            if name.end <= verb.start() and len(between) <= _BETWEEN_ZH:
                if verb.group() in _FORESEES and not _of_another(text, verb.end(), names):
                    break  # 新车预计明年上市: it is expected to, and nobody is said to have said so
                return None if _NO_SPEAKER.search(between) else name
    return None


def _of_another(text: str, end: int, names: Sequence[Claim]) -> bool:
    """Tell whether what is foreseen is said of another: 高盛预计美联储降息, or a colon follows."""
    beside = any(end <= name.start <= end + _BETWEEN_ZH for name in names)
    return beside or text[end : end + 1] in {"，", "：", ":", ","}


def _said_there(case: Case, names: Sequence[Claim]) -> Iterator[Place]:
    """The sentences that hold the quoted words; without a quotation those on the same thing."""
    quotes = [c for c in case.claims if c.family == QUOTATION]
    quotes = [c for c in quotes if len(c.text) >= SHORTEST["zh" if holds_han(c.text) else "en"]]
    for quote in quotes:
        for passage in case.evidence.passages:
            span = found_in(quote.text, passage)
            if span is not None:
                number = passage.sentence_at(span[1] - 1)
                yield Place(passage, number, case.evidence.tier(passage), 1.0)
                return
    if not quotes:
        yield from (one for one in on_the_same(case, names)[:1] if _bound(one, case))


def _bound(place: Place, case: Case) -> bool:
    """Tell whether a sentence of another language tells the same: one word in common is too little.

    A figure or a name beside the speaker is enough, or three things or acts.
    """
    text = case.sentence.text
    if place.passage.language == detect_language(text):
        return True
    figures = [one for one in case.claims if one.family == AMOUNT]
    told = place.passage.claims(place.number, AMOUNT) if figures else ()
    if any(agrees(one, its) for one in figures for its in told):
        return True
    shared = keys_of(text) & keys_of(place.text)
    return len(shared) >= _BONDS or any(key[0] == "@" for key in shared)


@cache
def _saying_en() -> re.Pattern[str]:
    verbs = signs()["english_saying"].split()
    return re.compile(rf"\b(?:{'|'.join(verbs)}|adds|argues|warns|thinks|believes|believed)\b")


@cache
def _saying_zh() -> re.Pattern[str]:
    return re.compile("|".join(sorted(signs()["saying"].split(), key=len, reverse=True)))
