"""Says a true sentence in other words: other forms of figures, other names, another order.

By rules of its own, like `_planting`. `reword` changes what it can of one sentence and stays true;
`digest` tells the names and figures of a sentence in the other language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from bench._planting import read_pairs

NAMES = read_pairs("same_names")
_DIGITS = dict(zip("一二三四五六七八九", "123456789", strict=True))
_HAN = dict(zip("123456789", "一二三四五六七八九", strict=True))
_SAME = read_pairs("same_words")
_MONTHS = "January February March April May June July August September October November December"


def _shortest(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _yi(match: re.Match[str], _: Random) -> str:
    value = float(match[1].replace(",", ""))
    return f"{_shortest(value * 10000)}万" if value < 100 else f"{_shortest(value / 10000)}万亿"


def _wan(match: re.Match[str], _: Random) -> str:
    value = float(match[1].replace(",", ""))
    return f"{_shortest(value / 10000)}亿" if value >= 1000 else f"{value * 10000:,.0f}"


def _dollars(match: re.Match[str], _: Random) -> str:
    value = float(match[1].replace(",", ""))
    return (
        (f"{_shortest(value / 10)} billion美元")
        if value >= 10
        else f"{_shortest(value * 100)} million美元"
    )


def _million(match: re.Match[str], random: Random) -> str:
    value = float(match[1].replace(",", ""))
    if match[2] == "million":
        plain = f"{value * 1e6:,.0f}"
        return (
            random.choice((plain, (f"{_shortest(value / 1000)} billion")))
            if value >= 100
            else plain
        )
    return (
        (f"{_shortest(value * 1000)} million")
        if value < 50
        else f"{_shortest(value / 1000)} trillion"
    )


def _month_day(match: re.Match[str], _: Random) -> str:
    return f"{match[2]} {match[1]}"


_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine")


def _digit(match: re.Match[str], _: Random) -> str:
    return f" {_DIGITS[match[1]]} "


Rule = tuple[str, Callable[[re.Match[str], Random], str]]
_RULES: dict[str, tuple[Rule, ...]] = {
    "zh": (
        (r"(?<![\d.至\-])(\d[\d,]*(?:\.\d+)?)亿美元(?![至/\-])", _dollars),
        (r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)亿(?![美港欧日])", _yi),
        (r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)万(?!亿|[美港欧日])", _wan),
        (r"(?<![\d.\-])(\d+(?:\.\d+)?)%(?!-)", lambda m, _: f"百分之{m[1]}"),
        (r"(?<![\d.十百千])([2-9])倍", lambda m, _: f"{_HAN[m[1]]}倍"),
        (r"(?<![一二三四五六七八九十百千万第数])([三四五六七八九])(?=[家个款名位])", _digit),
        (r"(?<![年\d])(\d{1,2})月(\d{1,2})日(?!至|-|—)", lambda m, _: f"{m[1]} 月 {m[2]} 日"),
    ),
    "en": (
        (r"(?<![\d.])(?<!to \$)(\d[\d,]*(?:\.\d+)?) (million|billion)\b", _million),
        (r"(?<![\d.\-])(\d+(?:\.\d+)?)%", lambda m, _: f"{m[1]} per cent"),
        (rf"\b({_MONTHS.replace(' ', '|')}) (\d{{1,2}})(?![\w–-]|,\d{{3}}|:)", _month_day),
        (r"\bdoubled\b", lambda _m, _r: "rose to 2x"),
        (r"\btripled\b", lambda _m, _r: "rose to 3x"),
        (r"\b(two|three|four|five|six|seven|eight|nine)(?= [a-z]{4,}s\b)",
         lambda m, _: str(_SMALL.index(m[1]) + 2)),
    ),
}  # fmt: skip


def reword(text: str, language: str, random: Random) -> str:
    """Give every figure, date and known name another form, and move the clauses.

    Returns "" where nothing but small words could be changed.
    """
    if re.search(r"[“”\"「」《]|https?:|/", text):
        return ""
    changed = text
    for pattern, form in _RULES[language]:
        changed = re.sub(pattern, lambda match, form=form: form(match, random), changed)  # type: ignore[misc]  # bound now
    for zh, en in NAMES:
        if language == "zh":
            changed = re.sub(rf"{zh}(?![汽云广机手])", f" {en} ", changed).strip()
        else:
            changed = re.sub(rf"\b{en}\b(?! [A-Z])", zh, changed)
    if changed == text:
        return ""
    for old, new in _SAME:
        changed = changed.replace(old, new)
    return _turned(changed, language, random)


def _turned(text: str, language: str, random: Random) -> str:
    """Leave out or move one clause that holds no pronoun to hang in the air."""
    comma = "，" if language == "zh" else ", "
    clauses = text.rstrip("。.").split(comma)
    if len(clauses) < 3 or re.search(r"[“”\"「」（(]", text):
        return text
    clauses = clauses[:-1] if random.random() < 0.5 else [clauses[-1], *clauses[:-1]]
    return comma.join(clauses)


def digest(text: str, language: str) -> str:
    """Tell names and figures of a sentence in the other language; "" with fewer than two."""
    facts = list(_chinese_facts(text) if language == "en" else _english_facts(text))
    if len(facts) < 2:
        return ""
    return (
        ("据报道，") + "，".join(facts) + "。"
        if language == "en"
        else "The report names " + ", ".join(facts) + "."
    )


def _chinese_facts(text: str) -> Iterator[str]:
    for zh, en in NAMES:
        if re.search(rf"\b{en}\b", text, re.IGNORECASE):
            yield zh
    for match in re.finditer(r"\$(\d+(?:\.\d+)?) (million|billion)\b", text):
        value = float(match[1])
        yield (
            (f"{_shortest(value * 10)}亿美元")
            if match[2] == "billion"
            else f"{_shortest(value * 100)}万美元"
        )
    for match in re.finditer(
        r"(?<![\d.\-$–])(\d+(?:\.\d+)?)(?:%| percent\b)(?![-–]| (?:to|and) \d)", text
    ):
        yield f"{match[1]}%"
    for match in re.finditer(
        rf"\b({_MONTHS.replace(' ', '|')}) (\d{{1,2}})(?!\d|,\d{{3}}|:)", text
    ):
        yield f"{_MONTHS.split().index(match[1]) + 1}月{match[2]}日"
    for match in re.finditer(
        r"(?<![$€£\d.])(?<!USD )(?<!to )(\d+(?:\.\d+)?) (million|billion) (?=[a-z])", text
    ):
        value = float(match[1])
        yield (
            (f"{_shortest(value * 10)}亿")
            if match[2] == "billion"
            else f"{_shortest(value * 100)}万"
        )


def _english_facts(text: str) -> Iterator[str]:
    for zh, en in NAMES:
        if zh in text:
            yield en
    for match in re.finditer(r"(?<![\d.\-至])(\d+(?:\.\d+)?)亿(美元|港元|元)(?![至\-])", text):
        sign = {"美元": "$", "港元": "HK$", "元": "RMB "}[match[2]]
        value = float(match[1]) / 10
        yield (
            (f"{sign}{_shortest(value)} billion")
            if value >= 1
            else f"{sign}{_shortest(value * 1000)} million"
        )
    for match in re.finditer(r"(?<![\d.\-~至])(\d+(?:\.\d+)?)%(?!-)", text):
        yield f"{match[1]} percent"
    for match in re.finditer(r"(?<![\d.])(\d{1,2})月(\d{1,2})日", text):
        yield f"{_MONTHS.split()[int(match[1]) - 1]} {match[2]}"
