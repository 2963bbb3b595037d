"""Amounts without a figure: most of, 大部分; for free, 免费; and the single one, 仅需一张图片.

A single one is a count, which is read only where it is said to be enough: any other 一 is an
article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ahocorasick_rs import AhoCorasick

from ribao.language.directions import Signal
from ribao.language.numerals_en import any_number
from ribao.language.quantities import Quantity

_MOST = re.compile(
    r"绝?大部分|绝?大多数|(?<![学许众很诸])多数(?![额量值据字学])|大半(?!夜|天|年)"
    r"|\b(?i:(?:the|a) (?:vast |great |overwhelming )?majority|most of(?! all\b))\b"
)
_FREE = re.compile(
    r"(?:限时|完全|全部|永久)?免费"
    r"|\b(?i:for free|free of charge|at no (?:extra )?(?:cost|charge))\b"
)
FREE = re.compile(
    r"免费|无偿|不收费|不要钱|不花钱|零费用|0元|零元|开源|无需付费"
    r"|\b(?i:free|complimentary|gratis|without (?:charge|paying)|open[- ]source)\b"
    r"|\b(?i:no (?:extra )?(?:cost|charge|fee))\b"
)  # what bears it out
_SINGLE = re.compile(
    r"(?:仅需要?|只需要?|仅用|只用|仅凭|只凭|单凭|仅靠|只靠)"
    r"(一(?:张|款|台|条|部|架|枚|艘|座|颗|块|家|名|位|段|句|个|次)[\u4e00-\u9fff]{0,2})"
)


_SMALL = "one|two|three|four|five|six|seven|eight|nine"
_RATIO = re.compile(
    rf"\b(?P<part>{_SMALL})(?: [a-z]+)? in (?:every )?(?P<whole>ten|twenty|(?:a )?hundred)\b"
    r"(?! (?:years|months|weeks|days|hours|minutes))"
    r"|每(?P<zwhole>[一二三四五六七八九十两]|\d{1,4})[\u4e00-\u9fff]{1,8}?[里中,，](?:就|便|约|大约)?有"
    r"(?P<zpart>[一二三四五六七八九十两]|\d{1,3})(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_MAY_BE_A_RATIO = re.compile(
    r" (?i:in (?:every |a )?(?:ten|twenty|hundred))|每[一二三四五六七八九十两\d]"
)
_HOUR = re.compile(
    r"\b(?:(?P<three>three quarters)|(?P<one>a quarter)) of an hour\b|(?P<zh>[一三])刻钟",
    re.IGNORECASE,
)


_AND_A_HALF = re.compile(
    r"\b(?:an?|one) (?P<unit>year|month|week|day|hour|minute|decade|century) and a half\b",
    re.IGNORECASE,
)


def find_ratios(text: str) -> Iterator[Quantity]:
    """Find shares told by two numbers ("six in ten"), and quarters of an hour as minutes."""
    if _MAY_BE_A_RATIO.search(text):
        for match in _RATIO.finditer(text):
            told = match["part"] or match["zpart"], match["whole"] or match["zwhole"]
            part, whole = (_count(word) for word in told)
            if 0 < part < whole:
                share = Decimal(part) / whole
                yield Quantity(
                    *match.span(), match.group(), "fraction", share, share, step=Decimal(0)
                )
    if " and a half" in text:
        for match in _AND_A_HALF.finditer(text):
            length = Decimal("1.5")
            yield Quantity(
                *match.span(), match.group(), "duration", length, length, match["unit"].lower()
            )
    if "of an hour" in text or "刻钟" in text:
        for match in _HOUR.finditer(text):
            minutes = Decimal(45 if match["three"] or match["zh"] == "三" else 15)
            yield Quantity(*match.span(), match.group(), "duration", minutes, minutes, "minute")


def _count(word: str) -> int:
    word = word.lower().removeprefix("a ")
    return int(any_number(word)) if word.isascii() else _ZH.index(word.replace("两", "二"))


_ZH = "零一二三四五六七八九十"


# Without one of these a pattern finds nothing; most sentences have none.
_MAY_SHARE = AhoCorasick(
    ["部分", "多数", "大半", "免费", "majority", "most of", "for free", "free of", "at no "]
)
_MAY_BE_ALONE = re.compile("[仅只单][需用凭靠]")


def find_shares(text: str) -> Iterator[Signal]:
    """Find words for more than half of something, key "most", and for nothing at all, "free"."""
    if not _MAY_SHARE.find_matches_as_indexes(text.lower()):
        return
    for key, pattern in (("most", _MOST), ("free", _FREE)):
        for match in pattern.finditer(text):
            yield Signal(*match.span(), match.group(), key)


def find_singles(text: str) -> Iterator[Quantity]:
    """Find counts of one that say that one is enough."""
    if not _MAY_BE_ALONE.search(text):
        return
    for match in _SINGLE.finditer(text):
        one = Decimal(1)
        yield Quantity(*match.span(1), match[1], "count", one, one)
