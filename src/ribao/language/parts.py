"""So many of so many: "two of the four banks", 九名委员中有六人, "all four", 三名法官一致.

A part is told with its whole, both as whole numbers. Words that say all of a whole without its
number are in senses.toml; fractions and percentages are quantities.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Part(NamedTuple):
    """A part of a whole: `text == whole_text[start:end]`; `part` of `whole` things."""

    start: int
    end: int
    text: str
    part: int
    whole: int


_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
_EN = {word: number for number, word in enumerate(_WORDS.split())}
_ZH = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ALL, _NONE, _BOTH = frozenset({"all", "each", "every"}), frozenset({"none", "neither"}), "both"
_N = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|{'|'.join(_EN)})"
_M = r"[家名人位个款项座国支只架辆艘例州省市队台枚部所间份]"
_Z = r"(?:\d{1,4}|[一二三四五六七八九十两]{1,3})"
_OTHER = r"[^，。,；0-9一二三四五六七八九十两]"
_THE = r"(?:(?:the|its|their|his|her|our|these|those|all)[ ])?(?:\w+['’]s[ ])?"
_NO_SHARE = r"(?!quarters?\b|thirds?\b|fifths?\b|tenths?\b|percent\b|per[ ])"
_EVERY = "一致|全部|全都|悉数|无一例外|均已|均为|均获|均|都(?=[是已有在同认])"
_PATTERN = re.compile(
    rf"""\b(?P<part>all|each|both|none|neither|{_N})\b[ ]{_NO_SHARE}
         (?:[a-z-]+[ ]){{0,2}}?(?:out[ ])?of[ ]{_THE}(?:[a-z-]+[ ]){{0,2}}?(?P<whole>{_N})\b
       | \ball[ ](?:of[ ])?{_THE}(?P<every>{_N})\b(?!%|[ ]percent)
       | (?P<zwhole>{_Z}){_M}?{_OTHER}{{0,8}}?(?:[中里]|之中|当中)(?:有|的)?(?P<zpart>{_Z}){_M}
       | (?:全部|所有|全体)(?P<zall>{_Z}){_M}
       | (?P<zevery>{_Z})(?:大|{_M})[^，。,；0-9]{{0,14}}?(?:{_EVERY})""",
    re.VERBOSE | re.IGNORECASE,
)


def find_parts(text: str) -> tuple[Part, ...]:
    """Find the parts of a text that are told with their whole, from left to right."""
    found = []
    for match in _PATTERN.finditer(text):
        groups = match.groupdict()
        whole = groups["whole"] or groups["every"] or groups["zwhole"] or groups["zall"]
        whole = whole or groups["zevery"]
        number = _number(whole or "")
        told = groups["part"] or groups["zpart"] or ""
        part = _part(told, number) if told else number
        if number > 1 and part <= number:
            found.append(Part(match.start(), match.end(), match.group(), part, number))
    return tuple(found)


def _part(word: str, whole: int) -> int:
    word = word.lower()
    if word in _ALL or word == _BOTH:
        return whole
    return 0 if word in _NONE else _number(word)


def _number(word: str) -> int:
    """The value of a small number in digits or words; 十二 and 二十 are read, too."""
    word = word.lower().replace(",", "")
    if word.isdigit():
        return int(word)
    if word in _EN:
        return _EN[word]
    tens, ten, ones = word.partition("十")
    if not ten:
        return _ZH.get(word, 0)
    return 10 * (_ZH.get(tens, 0) if tens else 1) + (_ZH.get(ones, 0) if ones else 0)
