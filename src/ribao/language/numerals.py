"""Numerals of Chinese and English text: where they stand and what they are worth.

A numeral is digits (`3,090`, `1.5`), Han characters (`三千五百`, `二〇二五`), English words
(`twenty-five`), a fraction of these, or a mixture with scales (`1.5万亿`, `2亿3500万`, `309M`,
`3.5 million`). Nothing here knows of units, or whether the numeral counts at all: see `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation, Overflow
from typing import NamedTuple

from ribao.language import numerals_en as en
from ribao.language import numerals_zh as zh
from ribao.language.widths import holds_han, latin_words, words_at

LONGEST = 40  # digits of the longest number read; what is longer is a code, not an amount
_POWER_LIMIT = 99  # greatest exponent read

_SIGN = r"(?P<sign>(?<![\w%)\]-])(?<![\w%)\]][ ])-[ ]?(?=[\d.])|(?<!正)负[ ]?|\b(?i:minus|negative)[ ])?"
_GROUPED = (
    r"(?<![\d.,])(?:\d{1,3}(?:[ ]\d{3}){2,}(?!\d)|\d{1,3}[ ]000(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d))"
    r"(?:\.\d+)?"
)
_RATIO = r"(?:(?<![\d.,/])(?P<plus>\d{1,4})[ ]{1,2})?(?<![\d./])(?P<above>\d{1,6})/(?P<below>\d{1,6})(?![\d/.])"
_POWER = r"(?:(?:[eE](?P<exponent>[+-]?\d{1,3})|x10\^(?P<ten>-?\d{1,3})|\^(?P<power>[+-]{0,2}\d{1,3}))(?![\w.]))"
# The tail of "4 thousand 3 hundred and 21" and of "3 million and a half".
_REST = (
    r"(?:[ ](?:and[ ])?(?P<rest>[1-9][ ](?i:hundred)(?:[ ]and[ ][1-9]\d?(?![\d.,]*\d))?"
    r"|[1-9]\d{0,2}(?![\d.,]*\d|[ ]?(?:%|(?i:hundred|thousand|million|billion))))|[ ]and[ ](?P<also>(?i:"
    + en.SHARE
    + ")))?"
)
_DIGITS = rf"""{_SIGN}(?:(?P<ratio>{_RATIO})|(?P<grouped>{_GROUPED})|(?P<digits>{zh.ARABIC}|(?<![\d.])\.\d+)
      (?:{_POWER}|(?P<short>{en.SHORT})|[ ]{{1,2}}(?P<loose>(?:k|M|mln|bln|tln|bn|mn|dzs?)(?![A-Za-z0-9]))
        |(?:[ ]{{1,2}}|-)?(?P<scale>(?i:{en.SCALE_WORD}(?:[ ]{en.SCALE_WORD})?)){_REST})?)"""
# Two passes: most text has no number words, and to try them at every letter costs more than all else.
_FIGURES = re.compile(
    rf"(?=[\d零一二两三四五六七八九十百千万亿兆半负.mnMN-])(?:(?:{zh.HAN})|(?:{_DIGITS}))",
    re.VERBOSE,
)
# The same for a text without 分之 and without "minus".
_HAN_AND_DIGITS = re.compile(
    rf"(?=[\d零一二两三四五六七八九十百千万亿兆半负.-])(?:(?:{zh.HAN_WHOLE})|(?:{_DIGITS}))",
    re.VERBOSE,
)
# The same where neither a Han numeral nor a "minus" can be read: a quarter of the time in English.
_DIGITS_ONLY = re.compile(rf"(?=[\d负.-])(?:{_DIGITS})", re.VERBOSE)
_HAN_NUMERAL = re.compile("[零一二两三四五六七八九十百千万亿兆半之]")
_MINUS = frozenset({"minus", "negative"})
_IN_WORDS = re.compile(
    rf"(?:(?P<minus>(?i:minus|negative)[ ])?{en.OVER})|(?:{en.WORDS_PATTERN})", re.VERBOSE
)
_NUMBER_WORDS = frozenset(
    {*en.WORDS, *en.SCALES, *(f"{it}s" for it in en.SCALES), "half", "quarter"}
) - {
    "a",
    "an",
}
_OPENERS = _NUMBER_WORDS | _MINUS | {"a", "an"}  # with one of these or digits such a numeral begins
_VULGAR = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅓": "1/3",
    "⅔": "2/3",
    "⅕": "0.2",
    "⅙": "1/6",
    "⅛": "0.125",
}
_VULGARS = re.compile(rf"(\d*)([{''.join(_VULGAR)}])")


class Numeral(NamedTuple):
    """One numeral of a plain text; `step` is the worth of its last written digit, 0 for fractions."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    form: str  # "digits", "han", "words" or "fraction"
    high: Decimal | None = None  # the upper end of 三四百
    scale: str = ""  # the letter of a short scale (K, M, B, T), which may be no scale at all


def find_numerals(folded: str) -> Iterator[Numeral]:
    """Yield the numerals of a text that went through `widths.plain`, from left to right."""
    found = list(_figures(folded))
    if not _NUMBER_WORDS.isdisjoint(latin_words(folded)):
        found += _in_words(folded)
    if not folded.isascii():
        found += (it for match in _VULGARS.finditer(folded) for it in _vulgar(match))
    found.sort(key=lambda it: (it.start, -it.end))
    reached = 0
    for numeral in found:
        if numeral.start >= reached:
            reached = numeral.end
            yield numeral


def _figures(folded: str) -> Iterator[Numeral]:
    han = holds_han(folded) and _HAN_NUMERAL.search(folded) is not None
    minus = not _MINUS.isdisjoint(latin_words(folded))
    pattern = _DIGITS_ONLY
    if minus or (han and "之" in folded):
        pattern = _FIGURES
    elif han:
        pattern = _HAN_AND_DIGITS
    for match in pattern.finditer(folded):
        if match.end() - match.start() > LONGEST:
            continue
        read = _read_digits
        if pattern is not _DIGITS_ONLY and (match["den"] or match["han"]):
            read = _read_han
        try:
            numeral = read(match)
        except (InvalidOperation, Overflow):  # an exponent beyond what decimals hold
            continue
        if numeral is not None:
            yield numeral


def _read_han(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    han = match["han"]
    if han and len(han) > 1 and not han[0].isdigit():
        pair = zh.between(han)
        if pair:
            return Numeral(start, end, pair[0], Decimal(1), "han", pair[1])
    worth = zh.read(match)
    form = "fraction" if not han else "digits" if han[0].isdigit() else "han"
    return Numeral(start, end, *worth, form) if worth else None


def _in_words(folded: str) -> Iterator[Numeral]:
    reached = 0
    for word, start, _ in words_at(folded):
        if start < reached or not (word in _OPENERS or word[0].isdigit()):
            continue
        match = _IN_WORDS.match(folded, start)
        if match is None:
            continue
        reached = end = match.end()
        if match["over"]:
            share = en.over(match["over"], match["under"])
            if share is None:  # "12 out of 10" is no share: its numbers stand for themselves
                yield from _alone(match)
            else:
                sign = -1 if match["minus"] else 1
                yield Numeral(start, end, sign * share, Decimal(0), "fraction")
            continue
        form = "words" if match["words"] or match["share"] else "fraction"
        yield Numeral(start, end, *en.read(match), form)


def _alone(match: re.Match[str]) -> Iterator[Numeral]:
    for name in ("over", "under"):
        value = en.any_number(match[name])
        form = "digits" if match[name].isdigit() else "words"
        yield Numeral(match.start(name), match.end(name), value, Decimal(1), form)


def _vulgar(match: re.Match[str]) -> Iterator[Numeral]:
    above, _, below = _VULGAR[match[2]].partition("/")
    value = Decimal(match[1] or 0) + Decimal(above) / Decimal(below or 1)
    yield Numeral(match.start(), match.end(), value, Decimal(0), "fraction")


_ONE = Decimal(1)


def _read_digits(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    figures = match.group().replace(",", "")
    if figures.isdigit() and figures.isascii():  # most are 25 and 1,200, and have no other parts
        return Numeral(start, end, Decimal(figures), _ONE, "digits")
    sign = -1 if match["sign"] else 1
    if match["ratio"]:
        below = Decimal(match["below"])
        if not below:
            return None
        value = Decimal(match["plus"] or 0) + Decimal(match["above"]) / below
        return Numeral(start, end, sign * value, Decimal(0), "fraction")
    number = Decimal((match["digits"] or match["grouped"]).replace(",", "").replace(" ", ""))
    step = _ONE.scaleb(int(number.as_tuple().exponent))
    if match["digits"] == match.group():
        return Numeral(start, end, number, step, "digits")
    if match["power"] or match["exponent"] or match["ten"]:
        return _power(match, sign * number)
    short = match["short"] or match["loose"] or ""
    factor = en.SHORT_SCALES[short.lower().removesuffix("s")] if short else Decimal(1)
    for word in (match["scale"] or "").lower().split():
        factor *= en.SCALES[word.removesuffix("s")]
    value = number * factor + _rest(match["rest"])
    if match["also"]:
        value += en.share(match["also"]) * factor
    letter = short if len(short) == 1 else ""
    return Numeral(start, end, sign * value, step * factor, "digits", None, letter)


def _rest(text: str | None) -> Decimal:
    """The tail of "4 thousand 3 hundred and 21"."""
    value = Decimal(0)
    for word in (text or "").lower().split():
        if word.isdigit():
            value += Decimal(word)
        elif word == "hundred":
            value *= 100
    return value


def _power(match: re.Match[str], number: Decimal) -> Numeral | None:
    exponent = int((match["exponent"] or match["ten"] or match["power"]).replace("--", ""))
    if abs(exponent) > _POWER_LIMIT:
        return None
    if match["power"]:
        sign = -1 if number < 0 else 1
        value = sign * abs(number) ** exponent if number else Decimal(0)
    else:
        value = number.scaleb(exponent)
    return Numeral(match.start(), match.end(), value, Decimal(0), "digits")
