"""Chinese as a voice must be given it: figures as words, Latin names apart.

eSpeak reads 3.3亿 as "three three hundred million", 2025年 as a count of years, and "%" in English;
inside Chinese it reads Latin script as pinyin. So figures are written out, and names in Latin
script become pieces of their own, for an English voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "兆")
_LONGEST = 16  # digits of a number that is read as a number
_LATIN = re.compile(
    r"[A-Za-z](?:[A-Za-z0-9+'’&/-]|\.(?=[A-Za-z0-9])| (?=[A-Za-z])"
    r"| (?=\d[\d.]*(?![\d.\s]*[\u4e00-\u9fff%])))*"  # not the 12 of "OpenAI 12 月"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d),(?=\d{3})"), ""),
    (re.compile(r"[$＄]\s*(\d[\d.]*\s*(?:万亿|亿|万)?)(?!\s*美元)"), r"\1美元"),
    (re.compile(r"[¥￥]\s*(\d[\d.]*\s*(?:万亿|亿|万)?)(?!\s*元)"), r"\1元"),
    (re.compile(r"(\d[\d.]*)\s*[%％]"), r"百分之\1"),
    (re.compile(r"(?<=\d)\s*[-–—~～]\s*(?=\d|百分之)"), "至"),
)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?=\s*年)")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def pieces_zh(text: str) -> Iterator[tuple[str, str]]:
    """A Chinese line as (language, text) pieces, figures of the Chinese ones written out."""
    at = 0
    for name in _LATIN.finditer(text):
        if before := spelt_zh(text[at : name.start()]).strip():
            yield "zh", before
        yield "en", name.group()
        at = name.end()
    if rest := spelt_zh(text[at:]).strip():
        yield "zh", rest


def spelt_zh(text: str) -> str:
    """A Chinese text with its figures as words."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _YEAR.sub(lambda match: "".join(DIGITS[int(one)] for one in match.group(1)), text)
    return _NUMBER.sub(lambda match: number_zh(match.group()), text)


def number_zh(figures: str) -> str:
    """12 -> 十二, 3.30 -> 三点三零, 2.1.4 -> 二点一点四; long rows digit by digit."""
    whole, *parts = figures.split(".")
    spoken = _integer(whole)
    return "点".join([spoken, *("".join(DIGITS[int(one)] for one in part) for part in parts)])


def _integer(figures: str) -> str:
    if len(figures) > _LONGEST or (len(figures) > 1 and figures[0] == "0"):
        return "".join(DIGITS[int(one)] for one in figures)
    value, spoken, place = int(figures), "", 0
    if value == 0:
        return DIGITS[0]
    gap = False  # whether a zero stands between this group and what was spoken
    while value:
        value, group = divmod(value, 10_000)
        if group:
            between = DIGITS[0] if spoken and gap else ""
            spoken = f"{_group(group)}{_GROUPS[place]}{between}{spoken}"
        gap = group < 1000
        place += 1
    return spoken[1:] if spoken.startswith("一十") else spoken


def _group(value: int) -> str:
    """One to 9,999."""
    spoken, zero = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            spoken += (DIGITS[0] if zero and spoken else "") + DIGITS[digit] + _PLACES[place]
        zero = not digit
    return spoken
