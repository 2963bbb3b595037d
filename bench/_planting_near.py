"""The smallest ways to make a report's own sentence false: a sign, a syllable, a word of a name.

Rules of their own, like those of the other planters; each changes one place and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from bench._planting_tools import language_of, pairs
from ribao.model import Document

Way = Callable[[str, Document, Random], str]

_PUT_IN = re.compile(
    r"(?<![不未没即或])[将会能](?=[在于为推继发进对提举成继续\u4e00-\u9fff])(?![议计员够力源源])"
)
_LEFT_OUT = re.compile(
    r"(?<![对了么来得受差从毫绝要好看而想忍抑谈说免用决靠进禁值走撑住买吃抵是行能该愿敢持摸否合永])"
    r"不(?=[\u4e00-\u9fff])(?![仅断同少但久管过足可良易动料利幸容惜法得难论已安锈妨只止了必然时到超满如愧禁由妙知下稳起锁])"
)
_NOT_YET = re.compile(r"(?<![从尚并])[未没](?=[\u4e00-\u9fff])(?![来成必知免遂婚央有收])")
_BY = re.compile(
    r"(?P<verb>增长|提升|上涨|增加|扩大|下降|减少|降低)(?P<to>至|到)?(?=\d[\d.]*(?:倍|%|％))"
    r"|(?P<en>\b(?:rose|grew|fell|increased|dropped|declined|jumped|climbed|surged|rise|fall) )"
    r"(?P<way>by|to)(?= (?:about |nearly |more than )?[$€£]?\d)"
)
_HALF = re.compile(r"(?<=\d)( ?)([ap])(\.?m\b)|上午|下午", re.IGNORECASE)
_TIER = re.compile(r"(?<=\d)[ -](?:Pro|Flash|Max|Mini|Ultra|Lite|Plus|Turbo|Air)\b(?![ -][A-Z\d])")
_QUOTED = re.compile(
    r"“([^“”]{6,200})”|「([^「」]{6,200})」|(?<![\w\"])\"([^\"\s][^\"\n]{12,300}[^\"\s])\"(?!\w)"
)


def one_sign(text: str, _document: Document, random: Random) -> str:
    """A 不 that is put in or left out, a 未 made 已; in English a syllable: unlikely, likely."""
    if language_of(text) == "en":
        return pairs("syllables")(text, random)
    found = [
        *((match, match.group() + "不") for match in _PUT_IN.finditer(text)),
        *((match, "") for match in _LEFT_OUT.finditer(text)),
        *((match, "已") for match in _NOT_YET.finditer(text)),
    ]
    return _put(text, *random.choice(found)) if found else ""


def by_and_to(text: str, _document: Document, random: Random) -> str:
    """Growth by an amount told as growth to it, or the other way round."""
    found = list(_BY.finditer(text))
    if not found:
        return ""
    match = random.choice(found)
    if match["verb"]:
        return _put(text, match, match["verb"] + ("" if match["to"] else "至"))
    return _put(text, match, match["en"] + {"by": "to", "to": "by"}[match["way"]])


def words_dropped(text: str, _document: Document, random: Random) -> str:
    """A quotation from whose middle or end a word is gone."""
    quoted = list(_QUOTED.finditer(text)) if text.count('"') in {0, 2} else []
    if not quoted:
        return ""
    match = random.choice(quoted)
    group = match.lastindex or 1
    said = match[group]
    if language_of(said) == "zh":
        places = [m.start() for m in re.finditer(r"(?=[\u4e00-\u9fff]{4})", said)]
        if not places:
            return ""
        at = random.choice(places) + 1
        left = said[:at] + said[at + 2 :]
    else:
        words = said.split(" ")
        inner = [i for i, word in enumerate(words) if i and word.isalpha() and len(word) > 3]
        if len(words) < 5 or not inner:
            return ""
        gone = random.choice(inner)
        left = " ".join(words[:gone] + words[gone + 1 :])
    return text[: match.start(group)] + left + text[match.end(group) :]


def half_of_day(text: str, _document: Document, random: Random) -> str:
    """The morning for the afternoon, and back."""
    found = list(_HALF.finditer(text))
    if not found:
        return ""
    match = random.choice(found)
    if match[2] is None:
        return _put(text, match, {"上午": "下午", "下午": "上午"}[match.group()])
    other = {"a": "p", "p": "a", "A": "P", "P": "A"}[match[2]]
    return _put(text, match, match[1] + other + match[3])


def tier_removed(text: str, _document: Document, random: Random) -> str:
    """The model without its tier, which is another model."""
    found = list(_TIER.finditer(text))
    return _put(text, random.choice(found), "") if found else ""


def weaker_rank(text: str, _document: Document, random: Random) -> str:
    """A rank that gives way to a lower or a weaker one, or that lost its "one of"."""
    return pairs("weaker")(text, random)


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


NEAR: dict[str, Way] = {
    "denial of one sign": one_sign,
    "growth by and to": by_and_to,
    "words dropped in a quotation": words_dropped,
    "half of the day": half_of_day,
    "tier removed": tier_removed,
    "rank weakened": weaker_rank,
}
