"""Two kinds of claim that no list and no number reader sees: people, and vague amounts.

A Chinese personal name has no capitals; it is told by a surname and by what stands around it (a
title before it, a verb of saying after it). In English the capitals say nothing in a headline, so
there the same signs tell a person. A vague amount (数亿元, "tens of millions of dollars")
has a size and a currency, which can be wrong like any other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from ribao.language.widths import holds_han, latin_words
from ribao.language.words import is_word


class Person(NamedTuple):
    """A personal name: `text == whole[start:end]`."""

    start: int
    end: int
    text: str


class Vague(NamedTuple):
    """An amount of which only the size is said; `size` is a power of ten."""

    start: int
    end: int
    text: str
    size: int
    unit: str  # a currency or what is counted; "" where none is named
    kind: str = "money"
    bound: str = ""  # over (上百), under (近百), or "" for several of them


@cache
def signs() -> dict[str, str]:
    """The word lists of this room, each one string of words parted by white space."""
    table = tomllib.loads(files(__package__).joinpath("signs.toml").read_text("utf-8"))
    return {key: str(words) for key, words in table.items()}


@cache
def alike() -> frozenset[tuple[str, str]]:
    """The pairs of words of which newspapers use one for the other."""
    sets = [line.split("|") for line in signs()["alike"].splitlines() if "|" in line]
    return frozenset(pair for words in sets for pair in permutations(words, 2))


_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        [
            "zero",
            "one 一",
            "two 二 两",
            "three 三",
            "four 四",
            "five 五",
            "six 六",
            "seven 七",
            "eight 八",
            "nine 九",
            "ten 十",
            "eleven",
            "twelve",
        ]
    )
    for word in words.split()
}


def small_number(words: str) -> int | None:
    """The value of a stretch that is one whole number, in digits or in words up to twelve."""
    plain = words.strip().lower().replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() else _NUMBER_WORDS.get(plain)


@cache
def _people() -> re.Pattern[str]:
    """A name between two signs, of which one must be there: a title before, a verb after."""
    words = {key: "|".join(value.split()) for key, value in signs().items()}
    name = rf"(?:{words['long_surnames']}|[{signs()['surnames'].strip()}])"
    verb = rf"(?:{words['saying']})"
    name += rf"[\u4e00-\u9fff](?:(?!{verb})[\u4e00-\u9fff])?"
    border = (
        rf"(?=[，、。；：:（(）)“”\s]|等|和|与|的|在|从|将|已|于|对|向|也|还|则|曾|近日|随后|"
        rf"当时|没有|未|拒绝|出任|担任|接任|辞|离职|加入|周[一二三四五六日]|今|昨|并|均|正|{verb})"
    )
    before_verb = rf"(?=(?:也|还|则|曾|对此|进一步|同时|此前)?{verb})"
    start = r"(?:^|(?<=[，。；！？“”：、\s（(]))"
    return re.compile(
        rf"(?:{words['titles']})[：:]?(?P<titled>{name}){border}"
        rf"|{start}(?P<saying>{name}){before_verb}",
        re.MULTILINE,
    )


def find_people(text: str) -> Iterator[Person]:
    """Find personal names that a title or a verb of saying gives away."""
    if holds_han(text) and _people_signs().find_matches_as_indexes(text):
        for match in _people().finditer(text):
            group = match.lastgroup or "titled"
            name = match[group]
            toward = name[0] == "向" and is_word(name[1:])  # 负责人向记者介绍
            if name not in signs()["no_people"].split() and not toward:
                yield Person(match.start(group), match.end(group), name)
    if _english_signs().isdisjoint(latin_words(text)):
        return
    for match in _english_people().finditer(text):
        group = match.lastgroup or "titled"
        yield Person(match.start(group), match.end(group), match[group])


@cache
def _people_signs() -> AhoCorasick:
    """The titles and verbs of saying, of which one gives every Chinese name away."""
    return AhoCorasick([*signs()["titles"].split(), *signs()["saying"].split()])


@cache
def _english_signs() -> frozenset[str]:
    """The words of titles and of saying, of which one gives every English name away."""
    words = signs()["english_titles"] + " " + signs()["english_saying"]
    return frozenset(re.findall("[a-z]+", words.lower()))


@cache
def _english_people() -> re.Pattern[str]:
    """Capitalised words behind a title (President, CEO), or two of them before a verb of saying."""
    title = "|".join(signs()["english_titles"].split())
    no = "|".join(signs()["no_english_people"].split())
    word = rf"(?!(?:{no})\b)[A-Z][a-z\u00c0-\u024f]+(?:[-'’][A-Z][a-z]+)*"
    name = rf"{word}(?: [A-Z]\.)?(?: {word}){{1,2}}"
    saying = "|".join(signs()["english_saying"].split())
    return re.compile(
        rf"\b(?:{title}) (?P<titled>{name})(?![\w-])"
        rf"|(?<![\w.’'-])(?P<saying>{name})(?= (?:also )?(?:{saying})\b)"
    )


_ZH_SIZES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_EN_SIZES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_EN_TENS = {"ten": 1, "doz": 1, "hun": 2}
_ZH_UNITS = {
    "美元": "USD", "美金": "USD", "港元": "HKD", "港币": "HKD", "欧元": "EUR", "日元": "JPY",
    "英镑": "GBP", "韩元": "KRW", "卢比": "INR", "人民币": "CNY", "元": "CNY", "": "",
}  # fmt: skip
_EN_UNITS = {"dollars": "USD", "euros": "EUR", "pounds": "GBP", "yuan": "CNY", "yen": "JPY", "": ""}
_VAGUE = re.compile(
    r"(?<![\d.一二三四五六七八九十百千万亿两半])(?:数|几|上|近|超|逾|过)?"
    r"(?P<zh>[十百千]?[万亿]{1,2}|[十百千])(?:余|多)?"
    r"(?P<zunit>美元|美金|港元|港币|欧元|日元|英镑|韩元|卢比|人民币|元(?![素件老旦宵器宇首]))"
    r"|\b(?i:(?P<tens>(?:tens|hundreds|dozens) of )?"
    r"(?P<en>hundred|thousand|million|billion|trillion)s of )"
    r"(?P<unit>dollars|euros|pounds|yuan|yen)\b"
)


BOUNDS = {"上": "over", "超": "over", "逾": "over", "过": "over", "近": "under"}
_COIN = re.compile(r"元|美金|港币|卢比|英镑|s of ")


def find_vague(text: str) -> Iterator[Vague]:
    """Find amounts of money of which only the size is said."""
    if not _COIN.search(text):
        return
    for match in _VAGUE.finditer(text):
        if match["zunit"]:
            size = sum(_ZH_SIZES[letter] for letter in match["zh"])
            unit = _ZH_UNITS[match["zunit"]]
            bound = BOUNDS.get(match.group()[0], "")
        else:
            tens = (match["tens"] or "").lower()
            size = _EN_SIZES[match["en"].lower()] + _EN_TENS.get(tens[:3], 0)
            unit, bound = _EN_UNITS[match["unit"]], ""
        yield Vague(match.start(), match.end(), match.group(), size, unit, bound=bound)
