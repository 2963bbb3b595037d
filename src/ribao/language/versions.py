"""Versions and model names: Gemini 3 Flash, GPT-5.2, H100, v2026.4.29. They are names, not amounts."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ribao.language.widths import plain

_NO_NAME = (
    r"(?:US|HK|NT|CA|AU|NZ|RMB|USD|EUR|GBP|CNY|HKD|JPY|KRW|INR|SGD|No|no|NO|FY"
    r"|CEO|up|about|over|to|of|in|at|by|top|Top|TOP|than|vs|and|Day|day|Vol|nearly)"
)
# 代表1500余人, 美元1500: signs that are names of their own elsewhere.
_IN_A_WORD = (
    r"(?<=[代手钟仪外年报地])表|(?<=[公美欧日港澳加韩新万亿千百十])元|(?<=[案病比条先])例|(?<=[地企意])图"
    r"|(?<=[武好门])汉|(?<=[营客货航海空搬转托春联起])运|(?<=一)直"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


class Version(NamedTuple):
    """One model or version name. `name` is folded ("gemini 3 flash"), `number` is its number."""

    start: int
    end: int
    text: str
    name: str
    number: str


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """The lists of lookalikes.toml as tuples, longest form first."""
    tables = tomllib.loads(files(__package__).joinpath("lookalikes.toml").read_text("utf-8"))
    return {
        name: tuple(
            sorted({it.replace("_", " ") for it in words.split()}, key=lambda it: (-len(it), it))
        )
        for name, words in tables.items()
    }


@cache
def version_pattern() -> re.Pattern[str]:
    """The pattern of names with numbers: tokens (H100), families (Gemini 3), v1.2.3, "2.5 Pro"."""
    lists = {name: "|".join(map(re.escape, words)) for name, words in word_lists().items()}
    heads_zh = "".join(sorted({word[0] for word in word_lists()["families_zh"]}))
    tail = rf"(?:{lists['tails']})(?![A-Za-z])"
    no_amount = r"(?![\d,]*\d|[ ]?(?:家(?!族)|[%万亿元年月日个人名倍天次款台辆种条]|million|billion|trillion|percent|per cent|times|years|months|weeks|days|hours|people|users))"
    return re.compile(
        rf"""(?=[A-Za-z\d{heads_zh}])(?:
          (?<![A-Za-z0-9_.$€£¥/@-])(?:
            (?P<token>(?=[A-Za-z.–-]+\d)(?=[A-Za-z])(?!{_NO_NAME}[-.]?\d)(?!Q[1-4](?![\dA-Za-z])|H[12](?![\dA-Za-z]))
              [A-Za-z]{{1,20}}(?:[-–][A-Za-z]{{1,20}}){{0,3}}[-–.]?\d{{1,6}}(?:\.\d+)*(?:[A-Za-z]+\d*)?(?:[-–][A-Za-z0-9.]+)*(?<![.-])
              (?:[ ]\d\.\d)?)
          | (?P<family>(?:{_by_letter(word_lists()["families"])})(?:[ ](?i:opus|sonnet|haiku|large|small|medium|code|mini|deep|ultra|pro))?
              [ -]?[vV]?\d{{1,4}}(?:\.\d+)*(?:[A-Za-z](?![A-Za-z]))?{no_amount})
          | (?P<dotted>[vV]?\d+\.\d+(?:\.\d+)+(?:-?(?:alpha|beta|rc)\.?\d*)?|[vV]\d+(?:\.\d+)*)
          | (?P<bare>\d{{1,2}}(?:\.\d)?(?=[ -](?i:{tail}))(?!-fold\b|\ air\ |\ high\b|\ large\b|\ small\b|\ plus\b|\ image|\ live\b))
          )
        | (?P<zh>(?=[{heads_zh}])(?!{_IN_A_WORD})(?:{lists["families_zh"]})[ ]?[A-Za-z]{{0,4}}[ ]?\d{{1,4}}(?:\.\d+)*(?:[A-Z](?![A-Za-z]))?{no_amount}(?![日号时点分]))
        )(?:[ -](?i:{tail}))*(?![\d%])""",
        re.VERBOSE,
    )


def _by_letter(words: tuple[str, ...]) -> str:
    """The pattern of some Latin words in any case; a word with another first letter costs nothing."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(
        f"[{letter}{letter.upper()}](?i:{'|'.join(rest)})" for letter, rest in rests.items()
    )


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=512)
def version_spans(folded: str) -> tuple[tuple[int, int], ...]:
    """Where versions stand in a plain text; amounts and names both ask for it."""
    if not _DIGIT.search(folded):
        return ()
    return tuple(match.span() for match in version_pattern().finditer(folded))


def find_versions(text: str) -> tuple[Version, ...]:
    """Find the names that carry a number as part of the name, from left to right."""
    found = []
    folded = plain(text)
    for start, end in version_spans(folded):
        number = _NUMBER.search(folded, start, end)
        name = re.sub(r"[\s–-]+", " ", folded[start:end]).casefold().strip()
        found.append(Version(start, end, text[start:end], name, number.group() if number else ""))
    return tuple(found)
