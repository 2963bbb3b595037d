"""Other ways to make a true sentence false: parts that change places, words taken from nearby.

The kinds of `_planting` put something for something else. Here a report's own parts are used: two
companies change roles, two figures change owners, a name or a figure of another sentence of the
same report is put in, a day's word is printed days later. Rules of their own, like those.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from random import Random

from bench._planting import MONTHS, ORGANISATIONS, PLANTERS, STRANGERS
from bench._planting_near import NEAR
from bench._planting_tools import language_of, pairs, read_pairs, read_words
from bench._rewording import reword
from ribao.model import Document

Way = Callable[[str, Document, Random], str]

_ALL = sorted({*ORGANISATIONS["zh"], *ORGANISATIONS["en"]}, key=lambda name: (-len(name), name))
_NAMES = re.compile("|".join(rf"(?<![A-Za-z]){n}(?![A-Za-z])" if n.isascii() else n for n in _ALL))
_SAME_SORT = (
    re.compile(r"(?<![\d.,$¥€£-])\d+(?:\.\d+)?(?=%| percent\b| per cent\b)"),
    re.compile(r"(?<=[$€£])\d[\d,]*(?:\.\d+)?(?: (?:million|billion))?(?![\d.,]*\d)"),
    re.compile(r"(?<![\d.,$¥€£第-])\d[\d,]*(?:\.\d+)?[万亿]*(?=美元|元|人|家|个|辆|台|名|吨|公里)"),
    re.compile(r"(?<![\d.,$€£-])\d[\d,]*(?:\.\d+)?(?= (?:million|billion|people|years|points|seats))"),
)  # fmt: skip
_PERSON = re.compile(r"(?<![A-Za-z.] )(?<![A-Za-z])[A-Z][a-z]{2,} [A-Z][a-z]{2,}(?![A-Za-z])")
_DAY_WORDS = re.compile(
    r"明天|明日|昨天|昨日|今天|今日|今晚|昨晚|明晚|后天|前天"
    r"|\b(?:[Tt]omorrow|[Yy]esterday|[Tt]oday|[Tt]onight)\b"
)


def _exchanged(text: str, a: re.Match[str], b: re.Match[str]) -> str:
    first, second = sorted((a, b), key=lambda match: match.start())
    return (
        text[: first.start()] + second.group() + text[first.end() : second.start()]
        + first.group() + text[second.end() :]
    )  # fmt: skip


def roles(text: str, _document: Document, random: Random) -> str:
    """Two companies change places: A acquires B, B acquires A. A mere list is left alone."""
    found = list(_NAMES.finditer(text))
    couples = [
        (a, b)
        for number, a in enumerate(found)
        for b in found[number + 1 : number + 2]
        if a.group() != b.group() and not _LIST.fullmatch(text[a.end() : b.start()])
    ]
    if not couples:
        return ""
    return _exchanged(text, *random.choice(couples))


def passive(text: str, _document: Document, random: Random) -> str:
    """A deed told in the passive, with its sides exchanged: A sued B, so "A was sued by B"."""
    found = list((_DEED_ZH if language_of(text) == "zh" else _DEED_EN).finditer(text))
    if not found:
        return ""
    return _told_passively(text, random.choice(found), true=False)


def _told_passively(text: str, deed: re.Match[str], *, true: bool) -> str:
    """The deed of a match in the passive, as it was or the other way round."""
    by, to = (deed["a"], deed["b"]) if true else (deed["b"], deed["a"])
    if language_of(text) == "zh":
        told = f"{to}被{by}{deed['verb']}"
    else:
        told = f"{to} was {_PARTICIPLES.get(deed['verb'], deed['verb'])} by {by}"
    return text[: deed.start()] + told + text[deed.end() :]


_SIDE = r"[A-Z][\w&]+(?: [A-Z][\w&]+){0,3}"
_DEED_EN = re.compile(
    rf"(?P<a>{_SIDE}) (?P<verb>acquired|bought|sued|beat|defeated|accused|replaced|hired|outbid|"
    rf"purchased|succeeded|fined|criticized|criticised|blamed) (?P<b>{_SIDE})"
)
_PARTICIPLES = {"beat": "beaten"}
_DEED_ZH = re.compile(
    rf"(?P<a>{_NAMES.pattern})(?P<verb>收购|起诉|击败|投资|入股|取代)(?P<b>{_NAMES.pattern})"
)
_LIST = re.compile(
    r"\s*(?:[、,，/&和与及或（(|·]|and|or|,? as well as|, and|vs\.?)?\s*", re.IGNORECASE
)


def figures(text: str, _document: Document, random: Random) -> str:
    """Two figures of one sort change places in a sentence."""
    couples = []
    for sort in _SAME_SORT:
        found = list(sort.finditer(text))
        couples += [(a, b) for a in found for b in found if a.start() < b.start()]
    couples = [
        (a, b)
        for a, b in couples
        if a.group() != b.group()
        and not re.fullmatch(
            r"(?:%| percent)?\s*(?:至|到|~|-|–|—|to|and|or|、|和|或)\s*", text[a.end() : b.start()]
        )
    ]
    return _exchanged(text, *random.choice(couples)) if couples else ""


def neighbour_name(text: str, document: Document, random: Random) -> str:
    """A company or a person gives way to another one of the same report."""
    language = language_of(text)
    pattern = _NAMES if language == "zh" or random.random() < 0.5 else _PERSON
    mine = [m for m in pattern.finditer(text) if not _NO_NAME.search(m.group())]
    others = [name for name in _all(pattern, document.text) if name not in text] if mine else []
    others = [name for name in others if not _NO_NAME.search(name)]
    if not mine or not others:
        return ""
    match = random.choice(mine)
    new = random.choice(others)
    if match.group().casefold() in new.casefold() or new.casefold() in match.group().casefold():
        return ""
    return text[: match.start()] + new + text[match.end() :]


@lru_cache(maxsize=20_000)
def _all(pattern: re.Pattern[str], text: str) -> list[str]:
    """What a pattern finds in a report, each once, in one order."""
    return sorted({match.group() for match in pattern.finditer(text)})


_NO_NAME = re.compile(
    rf"\b(?:{MONTHS}|The|This|That|These|When|While|With|From|Read|More|New|Photo|Image|Street|House|"
    r"United|North|South|East|West|City|Day|Act|University|Prime|Minister|President|Covid|Also|But|"
    r"And|For|Press|News|Times|Post|Chief|In|On|At|By|After|Before|He|She|They|It|As|We|You|If)\b"
)


def neighbour_figure(text: str, document: Document, random: Random) -> str:
    """A figure gives way to another one of its sort from the same report."""
    choices = []
    for sort in _SAME_SORT:
        mine = list(sort.finditer(text))
        choices += [
            (match, other)
            for match in mine
            for other in _all(sort, document.text)
            if other not in text and _apart(match.group(), other)
        ]
    if not choices:
        return ""
    match, new = random.choice(choices)
    return text[: match.start()] + new + text[match.end() :]


def _apart(a: str, b: str) -> bool:
    """Tell whether no reader would take one figure for the other, rounded."""
    values = [float(re.sub(r"[^\d.]", "", one).strip(".") or 0) for one in (a, b)]
    return a[-1:].isdigit() == b[-1:].isdigit() and abs(values[0] - values[1]) > 0.15 * max(values)


def stale(text: str, _document: Document, _random: Random) -> str:
    """A word for a day, as it stands: it is printed four days after its report (see `planted`)."""
    match = _DAY_WORDS.search(text)
    quoted = match and re.search(r"[“「\"'][^”」\"]*$", text[: match.start()])
    told = match and re.match(r"头条|俄罗斯|股市|资本|\s?[A-Z]|'s\b|’s\b", text[match.end() :])
    if match is None or quoted or told or text[match.end() : match.end() + 1] in {"的", "更"}:
        return ""
    return text


def place(text: str, _document: Document, random: Random) -> str:
    """Another city or country."""
    language = language_of(text)
    found = list(_PLACE.finditer(text))
    if not found:
        return ""
    match = random.choice(found)
    new = random.choice([name for name in _PLACES[language] if name not in text])
    return text[: match.start()] + new + text[match.end() :]


_PLACES = {language: read_words(f"places_{language}") for language in ("zh", "en")}
_PLACE = re.compile(
    "|".join([*_PLACES["zh"], *(rf"(?<![A-Za-z]){name}(?![A-Za-z])" for name in _PLACES["en"])])
)


def stranger(text: str, _document: Document, random: Random) -> str:
    """A capitalised name of two words, whatever it names, gives way to one that nobody knows."""
    found = [m for m in _PERSON.finditer(text) if m.start() and not _NO_NAME.search(m.group())]
    if language_of(text) == "zh" or not found:
        return ""
    match = random.choice(found)
    return text[: match.start()] + random.choice(STRANGERS["en"]) + text[match.end() :]


def unit(text: str, _document: Document, random: Random) -> str:
    """Another unit behind the same figure."""
    found = list(_UNIT.finditer(text))
    if not found:
        return ""
    match = random.choice(found)
    new = random.choice(_UNITS[match[1]])
    return text[: match.start(1)] + new + text[match.end(1) :]


_UNITS: dict[str, list[str]] = {}
for _old, _new in read_pairs("units"):
    _UNITS.setdefault(_old, []).append(_new)
_UNIT_WORDS = "|".join(sorted(_UNITS, key=len, reverse=True))
_UNIT = re.compile(
    r"(?<=[\d一二三四五六七八九十百千万余多 ])(?<!\d\d\d\d)(?<![a-z] )"
    rf"({_UNIT_WORDS})"
    r"(?![a-zA-Z代轻级前度初底末])"
)


def _listed(key: str) -> Way:
    plant = pairs(key)
    return lambda text, _document, random: plant(text, random)


def _in_other_words(kind: str) -> Way:
    """An error of a kind in a sentence that is told in other words as well."""

    def plant(text: str, _document: Document, random: Random) -> str:
        false = PLANTERS[kind](text, random)
        if not false or false == text:
            return ""
        return reword(false, language_of(text), random, whole=True)

    return plant


WAYS: dict[str, Way] = {
    "roles change places": roles,
    "roles, told passively": passive,
    "figures change places": figures,
    "name of the report": neighbour_name,
    "figure of the report": neighbour_figure,
    "day word, four days on": stale,
    "unit": unit,
    "place": place,
    "stranger": stranger,
    "hedge lost": _listed("hedges"),
    "quantifier": _listed("quantifiers"),
    "contrary verb": _listed("senses"),
    "reworded: number": _in_other_words("number"),
    "reworded: percent": _in_other_words("percent"),
    "reworded: money": _in_other_words("money"),
    "reworded: magnitude": _in_other_words("magnitude"),
    "reworded: date": _in_other_words("date"),
    "reworded: name": _in_other_words("organisation"),
    "reworded: direction": _in_other_words("direction"),
    "reworded: negation": _in_other_words("negation"),
    **NEAR,
}
