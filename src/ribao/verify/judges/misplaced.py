"""A name of the same report that does not belong there: who did it, to whom, of whom it is told.

Every name of such a sentence stands in a report, and so do its other words; only the sentence on
the same thing names another one. It is found beside the twin by `facts`; here in a free telling and
across languages. A name is let pass where any sentence on the same thing has it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ribao.language.names import NameMention, owner_of
from ribao.language.pinyin import signs_for, syllables_in
from ribao.language.scripts import detect_language
from ribao.language.things import things_of
from ribao.language.widths import holds_han
from ribao.language.words import words
from ribao.model import Document, Finding
from ribao.verify.case import Case
from ribao.verify.claims import NAME, VERSION, Claim
from ribao.verify.evidence import Place
from ribao.verify.judges.capitals import KnownByCapitals, names_by_capitals
from ribao.verify.judges.counterparts import counterparts
from ribao.verify.naming import span_of
from ribao.verify.passages import Passage
from ribao.verify.people_zh import people_by_tag
from ribao.verify.readers import Person, signs
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.unlisted import names_by_ending
from ribao.verify.verdicts import Proof, contradicted, part_of, touched

PERSON, ORGANISATION, UNKNOWN = "person", "organisation", "unknown"
_SORTS = frozenset({PERSON, ORGANISATION, UNKNOWN})
ANY_SORT = _SORTS | {"product", "place"}
_SURNAME = 4  # letters: a shorter last word is not looked for alone
_LOOKED, _SAME = 12, 0.66  # sentences looked into, and the share of the other words they must have
_FEWEST, _NEARLY_ALL = 3, 0.9  # words in common, names apart; fewer will do where nearly all are
_FIGURES, _SAME_FIGURES = 2, 0.6  # figures in common, with which fewer of the words will do
_NEXT = 2  # words on each side of a name that are compared
_AS_NEAR = 0.75  # of the best share: such a sentence speaks of the same thing, too


def misplaced(case: Case, spoken: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Findings on names that the sentences on the same thing do not have, where they have another.

    `spoken` are the spans of the sentence that failed already.
    """
    known = known_names(case)
    names = own_names(case)
    asked = [
        name
        for name in names
        if not case.settled(name.start, name.end) and not touched(name, spoken)
    ]
    places = on_the_same(case, names) if asked else []
    if not places:
        return
    for name in asked:
        if any(names_it(name, place.passage.document, place.text) for place in places):
            continue
        rival = _rival(name, places[0], case, known)
        if rival is not None and share_more(name, places[0], case):
            yield contradicted(name, rival, case.language, "other-name")


def known_names(case: Case) -> Container[str]:
    """The words that a sentence and the English reports of its story write as names, folded."""
    return case.once(_capitals)


def own_names(case: Case) -> list[Claim]:
    """The names of persons and organisations in the printed sentence."""
    return case.once(_own_names)


def _own_names(case: Case) -> list[Claim]:
    return names_of(case.sentence.text, case.claims, known_names(case))


def _capitals(case: Case) -> Container[str]:
    reports = [one.text for one in case.evidence.passages if one.language == "en"]
    return KnownByCapitals([case.sentence.text, *reports])


def on_the_same(case: Case, names: Sequence[Claim]) -> list[Place]:
    """The sentences with the same words, names apart, the most alike first.

    Across languages those that `counterparts` finds, where none of this language will do.
    """
    text = case.sentence.text
    content = content_of(text, names)
    language = detect_language(text)
    shares: list[tuple[float, Place]] = []
    for place in case.evidence.ranked[:_LOOKED]:
        if place.passage.language != language:
            continue
        common = content & stems_of(topics_of(place.text))
        share = _weight(common) / max(1, _weight(content))
        if len(common) > 1 and share >= _least(common):
            shares.append((share, place))
    shares.sort(key=lambda pair: -pair[0])
    if shares:
        return [place for share, place in shares if share >= _AS_NEAR * shares[0][0]]
    near = [one.place for one in counterparts(case) if one.foreign]
    before = [
        Place(place.passage, place.number - 1, place.tier, place.alike)
        for place in near
        if place.number
    ]
    return [*near, *before]  # the name may stand in the sentence before, and "it" in this one


def share_more(name: Claim, place: Place, case: Case) -> bool:
    """Tell whether a sentence of the evidence has another name or a figure of the printed one, too.

    Words alone may be anybody's: whoever releases a model releases a model. A sentence without
    other names and figures can share none.
    """
    others = [
        one
        for one in case.claims
        if one.family in {NAME, VERSION} and (one.end <= name.start or name.end <= one.start)
    ]
    figures = {word for word in topics_of(case.sentence.text) if word[0].isdigit()}
    if not others and not figures:
        return True
    if not figures.isdisjoint(topics_of(place.text)):
        return True
    return any(names_it(one, place.passage.document, place.text) for one in others)


def _least(common: frozenset[str]) -> float:
    """The share of its words that a sentence must have in common with one on the same thing."""
    if sum(stem[0].isdigit() for stem in common) >= _FIGURES:
        return _SAME_FIGURES
    return _SAME if len(common) >= _FEWEST else _NEARLY_ALL


def _weight(stems: frozenset[str]) -> int:
    """How much words have in common: a figure counts as two."""
    return len(stems) + sum(stem[0].isdigit() for stem in stems)


def content_of(text: str, names: Sequence[Claim]) -> frozenset[str]:
    """The stems of the words of a sentence without its names."""
    at, rest = 0, []
    for name in names:
        rest.append(text[at : name.start])
        at = max(at, name.end)
    found = topics_of(" ".join([*rest, text[at:]]))
    told = frozenset(word for word in found if word[0] != "@") - _office_words()
    return stems_of(told)


@cache
def _office_words() -> frozenset[str]:
    """The words of offices and titles, which say who, not what."""
    told = signs()["offices"] + signs()["english_titles"]
    return frozenset(re.findall(r"[a-z]+", told.lower())) | frozenset({"officer", "boss", "head"})


def names_of(
    text: str, claims: Iterable[Claim], known: Container[str], sorts: frozenset[str] = _SORTS
) -> list[Claim]:
    """The names in a sentence: those that are claims, and others; mostly of persons and firms."""
    found = [one for one in claims if one.family == NAME and sort_of(one) in sorts]
    more = names_by_capitals(text, known)
    if detect_language(text) != "en":
        loose = (*names_by_ending(text), *people_by_tag(text))
        more = (Claim(it.start, it.end, it.text, NAME, NAME, it) for it in loose)
    taken = [(one.start, one.end) for one in claims if one.family == NAME]
    found.extend(
        one for one in more if all(one.end <= start or end <= one.start for start, end in taken)
    )
    return sorted(found, key=lambda one: one.start)


def told_names(place: Place, known: Container[str], sorts: frozenset[str] = _SORTS) -> list[Claim]:
    """The names of a sentence of the evidence, placed in that sentence."""
    claims = [
        one._replace(start=one.start - place.start, end=one.end - place.start)
        for one in place.passage.claims(place.number, NAME)
    ]
    return names_of(place.text, claims, known, sorts)


def names_at(place: Place, case: Case) -> list[Claim]:
    """The names of a sentence of the evidence, read once for all who ask in one case."""
    known = case.once(_read)
    key = place.passage, place.number
    if key not in known:
        known[key] = told_names(place, known_names(case))
    return known[key]


def _read(_case: Case) -> dict[tuple[Passage, int], list[Claim]]:
    return {}


def sort_of(name: Claim) -> str:
    """What a name names: person, organisation, product, place, or unknown."""
    value = name.value
    if isinstance(value, NameMention):
        return value.kind
    return PERSON if isinstance(value, Person) and holds_han(name.text) else UNKNOWN


def names_it(name: Claim, document: Document, text: str) -> bool:
    """Tell whether a sentence has a name, in any form of it; or its family name.

    `document` is any one: the sentence is read as if it were its text.
    """
    if name.text in text:
        return True
    alone = _alone(document, text)
    if span_of(name, alone) is not None:
        return True
    value = name.value
    if isinstance(value, NameMention) and any(_akin(value.id, other) for other in alone.names):
        return True
    last = name.text.split()[-1]
    if last == name.text:
        return _is_surname(last, text)
    if len(last) >= _SURNAME and last.lower() not in _firm_words() and not things_of(last):
        part = Claim(0, len(last), last, NAME, NAME, Person(0, len(last), last))
        return span_of(part, alone) is not None
    return False


@cache
def _firm_words() -> frozenset[str]:
    return frozenset(signs()["firm_words"].split())


def _is_surname(name: str, text: str) -> bool:
    """Tell whether a name in Latin letters is the surname of a Chinese person of a sentence."""
    if not name.isascii() or not holds_han(text) or syllables_in(name) != 1:
        return False
    family = re.compile(signs_for(name))
    return any(family.match(one.text) for one in people_by_tag(text))


def _akin(mine: str, other: str) -> bool:
    """Tell whether one of two names is the owner or a product of the other."""
    return owner_of(mine) == owner_of(other)


@lru_cache(maxsize=2048)
def _alone(document: Document, text: str) -> Passage:
    """One sentence as a passage of its own."""
    return Passage(replace(document, text=text), "text")


def _rival(name: Claim, place: Place, case: Case, known: Container[str]) -> Proof | None:
    """The name that the sentence on the same thing has in the place of this one."""
    printed = place.passage.document, case.sentence.text
    rivals = [
        one for one in told_names(place, known) if _fits(name, one) and not names_it(one, *printed)
    ]
    if place.passage.language != detect_language(case.sentence.text):
        own, document = own_names(case), place.passage.document
        rivals = [one for one in rivals if _is_sure(one)]
        rivals = [o for o in rivals if not any(names_it(it, document, o.text) for it in own)]
    else:
        rivals = [one for one in rivals if _in_its_place(name, one, place, case)]
    if len(rivals) != 1:
        return None
    return part_of(place, rivals[0].start, rivals[0].end)


def _is_sure(name: Claim) -> bool:
    """Tell whether a name is surely no place: it is known, or has the word of a firm or a lab."""
    firm = set(name.text.casefold().split()) & set(signs()["firm_words"].split())
    return sort_of(name) in {PERSON, ORGANISATION} or bool(firm)


def _fits(name: Claim, other: Claim) -> bool:
    """Tell whether two names may be of one sort."""
    sorts = sort_of(name), sort_of(other)
    return sorts[1] in _SORTS and (sorts[0] == sorts[1] or UNKNOWN in sorts)


def _in_its_place(name: Claim, other: Claim, place: Place, case: Case) -> bool:
    """Tell whether both names have a word next to them in common, on the same side."""
    mine = _beside(case.sentence.text, name.start, name.end)
    theirs = _beside(place.text, other.start, other.end)
    return any(not a.isdisjoint(b) for a, b in zip(mine, theirs, strict=True))


@lru_cache(maxsize=4096)
def _beside(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The nearest words that say something on both sides of a span, figures among them."""
    before = [it for it in words(text[:start]) if topics_of(it)][-_NEXT:]
    after = [it for it in words(text[end:]) if topics_of(it)][:_NEXT]
    return stems_of(frozenset(before)), stems_of(frozenset(after))
