"""Says a true sentence in other words: other forms of figures, other names, another order.

By rules of its own, like `_planting`. `reword` changes what it can of one sentence and stays true;
`digest` tells the names and figures of a sentence in the other language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from bench._planting_tools import read_pairs
from bench._rewording_numbers import (
    MONTHS,
    chinese_amounts,
    chinese_days,
    chinese_percents,
    english,
    english_amounts,
    english_days,
    english_percents,
    han,
)

NAMES = read_pairs("same_names")
_SAME = read_pairs("same_words")
_SIZES = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "million": 10**6, "billion": 10**9, "trillion": 10**12}  # fmt: skip
_CODES = {"$": "美元", "US$": "美元", "€": "欧元", "£": "英镑", "HK$": "港元", "RMB ": "元"}
_SIGNS = {"美元": ("$", " dollars"), "欧元": ("€", " euros"), "英镑": ("£", " pounds"), "港元": ("HK$", ""), "元": ("RMB ", " yuan"), "人民币": ("RMB ", " yuan"), "日元": ("¥", " yen")}  # fmt: skip
_COINS = {"euros": "欧元", "dollars": "美元", "pounds": "英镑", "yuan": "元", "yen": "日元"}
_ROW = r"(?![\d.,]*\d)(?! ?(?:至|到|~|～|-|–|—|to\b|and \d|or \d))"  # no end of a range follows
_FREE = r"(?<![\d.,\-–—至到~～/$€£¥A-Za-z第])(?<!to )(?<!from )(?<!between )"
_MONTH = "|".join(MONTHS)

Form = Callable[[re.Match[str], Random], str]


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(match[1].replace(",", "")) * _SIZES[match[2]]


def _pick(random: Random, forms: list[str], old: str) -> str:
    others = [form for form in forms if form != old]
    return random.choice(others) if others else old


def _zh_money(match: re.Match[str], random: Random) -> str:
    value, coin = _value(match), match[3]
    sign, _ = _SIGNS[coin]
    forms = [f"{form}{coin}" for form in chinese_amounts(value)]
    forms += [f"{sign}{form}" for form in english_amounts(value)[:2]]
    forms += [f"{form}{coin}" for form in english_amounts(value)[:1]]
    return _pick(random, forms, match.group())


def _zh_amount(match: re.Match[str], random: Random) -> str:
    value = _value(match)
    forms = chinese_amounts(value) + (
        [f"{int(value):,}"] if value < 10**7 and value == int(value) else []
    )
    return _pick(random, forms, match[1] + match[2])


def _zh_multiple(match: re.Match[str], random: Random) -> str:
    number = int(match[2])
    if match[1]:
        return random.choice(
            (
                f"{match[1]}{han(number)}倍",
                f"{match[1]}了{number}倍",
                f"{match[1]}至原来的{number + 1}倍",
                f"{match[1]}{100 * number}%",
            )
        )
    return f"{han(number).replace('二', '两')}倍"


def _en_money(match: re.Match[str], random: Random) -> str:
    value = _value(match)
    forms = english_amounts(value)
    dollars = [f"{form} dollars" for form in forms if form.endswith("illion")]
    return _pick(
        random,
        [*(f"${form}" for form in forms), *(f"US${form}" for form in forms[:2]), *dollars],
        match.group(),
    )


def _small(match: re.Match[str], _random: Random) -> str:
    words = [english(number) for number in range(13)]
    return str(words.index(match[1])) if match[1] in words else english(int(match[1])) or match[1]


def _zh_day(match: re.Match[str], random: Random) -> str:
    year = int(match[1]) if match[1] else None
    return _pick(random, chinese_days(int(match[2]), int(match[3]), year), match.group())


def _en_day(match: re.Match[str], random: Random) -> str:
    year = int(match[3]) if match[3] else None
    return _pick(
        random, english_days(MONTHS.index(match[1]) + 1, int(match[2]), year), match.group()
    )


_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_RULES: dict[str, tuple[tuple[str, Form], ...]] = {
    "zh": (
        (rf"{_FREE}(?<!人民币){_NUMBER}(万亿|亿|万)(美元|港元|欧元|英镑|日元|元){_ROW}", _zh_money),
        (rf"{_FREE}{_NUMBER}(万亿|亿|万)(?![万亿多余美港欧日英元韩人卢])", _zh_amount),
        (rf"{_FREE}(\d+(?:\.\d+)?)%{_ROW}", lambda m, r: _pick(r, chinese_percents(m[1]), m.group())),
        (r"(?<![\d.十百千数几多第之])(增长|增加|提升|扩大)了?([2-9])倍", _zh_multiple),
        (r"(?<![\d.十百千数几多第之])()([2-9])倍", _zh_multiple),
        (r"翻了?一?番(?![两三])", lambda _m, r: r.choice(("增长一倍", "翻倍", "增加了1倍"))),
        (r"(?<![一二三四五六七八九十百千万第数年月])([三四五六七八九])(?=[个家款名位])",
         lambda m, _: f" {'零一二三四五六七八九'.index(m[1])} "),
        (r"(?<!\d)(?:((?:19|20)\d\d)年)?(?<![年\d])(\d{1,2})月(\d{1,2})日(?!\s?(?:至|到|-|—|–|、|上午|下午|\d))", _zh_day),
        (r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?!\s?(?:至|到|-|—|–|、|上午|下午|\d))", _zh_day),
        (r"首次(?!公开)", lambda _m, r: r.choice(("第一次", "首度"))),
    ),
    "en": (
        (rf"(?<![A-Z\w])(?<!to )(?<!and )\${_NUMBER} (million|billion|trillion)\b{_ROW}(?! dollar)", _en_money),
        (rf"{_FREE}(?<!and ){_NUMBER} (million|billion)\b{_ROW}(?! (?:euros|pounds|dollars|yuan|yen|rupees))",
         lambda m, r: _pick(r, [f for f in english_amounts(_value(m)) if not f.endswith(("m", "tn"))], m.group())),
        (rf"{_FREE}(?<!and )(\d+(?:\.\d+)?)%{_ROW}(?![A-Za-z])", lambda m, r: _pick(r, english_percents(m[1]), m.group())),
        (rf"\b(?<!to )(?<!and )({_MONTH}) (\d{{1,2}})(?:, ?((?:19|20)\d\d))(?!\d|-| and| to| through)", _en_day),
        (rf"(?<!day, )(?<!to )(?<!and )(?<![–-])\b({_MONTH}) (\d{{1,2}})()(?![\w–-]|\s?,\s?\d|:|\s(?:and|to|through|20\d\d)\b)", _en_day),
        (r"\bdoubled\b(?! down)", lambda _m, r: r.choice(("rose to 2x", "rose twofold", "rose by 100%"))),
        (r"\btripled\b", lambda _m, r: r.choice(("rose to 3x", "rose threefold", "rose by 200%"))),
        (r"(?<![\w-] )(?<!and )(?<!or )\b(three|four|five|six|seven|eight|nine)(?= [a-z]{4,}s\b)(?! (?:millions|thousands|hundreds|and|or))", _small),
        (r"(?<![\w$€£.,:/#-])(?<!and )(?<!or )(?<!to )([3-9]|1[012])(?= [a-z]{4,}s\b)(?! (?:points|percent|and|or))", _small),
    ),
}  # fmt: skip


def reword(text: str, language: str, random: Random, *, whole: bool = False) -> str:
    """Give every figure, date and known name another form, and move or drop a clause.

    `whole` keeps all clauses.

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
        changed = re.sub(rf"\b{old}" if old.isascii() else rf"(?<!大){old}", new, changed)
    return _turned(changed, language, random, whole=whole)


def _turned(text: str, language: str, random: Random, *, whole: bool) -> str:
    """Leave out or move one clause that holds no pronoun, no time and no half of a date."""
    comma = "，" if language == "zh" else ", "
    clauses = text.rstrip("。.").split(comma)
    if len(clauses) < 3 or re.search(r"[“”\"「」（(]", text):
        return text
    moved = clauses[-1]
    if re.search(rf"^\d{{4}}|^(?:{_MONTH})|当[天日年]|\b(?:it|he|she|they|which|who)\b", moved):
        return text
    if re.search(rf"(?:{_MONTH})(?: \d+)?$|\d$", clauses[-2]) or re.search(
        r"当[天日年]|同[日年]", clauses[0]
    ):
        return text
    clauses = clauses[:-1] if random.random() < 0.5 and not whole else [moved, *clauses[:-1]]
    return comma.join(clauses)


def digest(text: str, language: str) -> str:
    """Tell names and figures of a sentence in the other language; "" with fewer than two."""
    random = Random(text)  # noqa: S311 - the same forms every time, no secret
    facts = list(_chinese_facts(text, random) if language == "en" else _english_facts(text, random))
    if len(facts) < 2:
        return ""
    return (
        ("据报道，") + "，".join(facts) + "。"
        if language == "en"
        else "The report names " + ", ".join(facts) + "."
    )


def _chinese_facts(text: str, random: Random) -> Iterator[str]:
    for zh, en in NAMES:
        if re.search(rf"\b{en}\b", text, re.IGNORECASE):
            yield zh
    for match in re.finditer(
        rf"(?<![A-Za-z]){_NUMBER} (million|billion|trillion)\b( (?:euros|dollars|pounds|yuan|yen))?",
        text,
    ):
        sign = re.search(r"([A-Z]*[$€£¥]|\b[A-Z]{1,3} ?)$", text[: match.start()])
        coin = _CODES.get(sign[1], "") if sign else _COINS.get((match[3] or " ")[1:], "")
        unknown = (
            (sign and not coin)
            or re.match(r"-| [A-Z]| (?:rupees|won|dirhams|to \d)", text[match.end() :])
            or re.search(r"(?:to|and|[–-]) ?$", text[: match.start()])
        )
        if not unknown:
            yield random.choice(chinese_amounts(_value(match)) or [match[1]]) + coin
    for match in re.finditer(
        rf"{_FREE}(?<!and )(\d+(?:\.\d+)?)(?:%| percent\b)(?![A-Za-z])(?! (?:to|and|or) \d){_ROW}",
        text,
    ):
        yield random.choice(chinese_percents(match[1]))
    for match in re.finditer(
        rf"(?<!to )(?<!and )(?<!through )\b({_MONTH}) (\d{{1,2}})(?:, ?((?:19|20)\d\d))?(?!\w|\s?,\s?\d|:|[–-]|\s(?:and|to|through|20\d\d)\b)",
        text,
    ):
        if re.search(r"\b(?:from|between|since|until) $", text[: match.start()]):
            continue
        yield random.choice(
            chinese_days(
                MONTHS.index(match[1]) + 1, int(match[2]), int(match[3]) if match[3] else None
            )
        )
    for match in re.finditer(r"\b(doubled|tripled|quadrupled)\b(?! down)", text):
        times = {"doubled": 2, "tripled": 3, "quadrupled": 4}[match[1]]
        yield random.choice((f"增至{times}倍", f"增长了{times - 1}倍", f"增加{times - 1}00%"))


def _english_facts(text: str, random: Random) -> Iterator[str]:
    for zh, en in NAMES:
        if zh in text:
            yield en
    for match in re.finditer(
        rf"{_FREE}{_NUMBER}(万亿|亿|万)(美元|港元|欧元|英镑|日元|元){_ROW}", text
    ):
        sign, coin = _SIGNS[match[3]]
        form = random.choice(english_amounts(_value(match)) or ["0"])
        yield (
            f"{form}{coin}"
            if coin and form.endswith("illion") and random.random() < 0.4
            else sign + form
        )
    for match in re.finditer(rf"{_FREE}{_NUMBER}(万|亿)(?=[人名家个辆台件])", text):
        yield random.choice(
            [f for f in english_amounts(_value(match)) if not f.endswith(("m", "bn", "tn"))]
            or ["some"]
        )
    for match in re.finditer(rf"{_FREE}(\d+(?:\.\d+)?)%{_ROW}", text):
        yield random.choice(english_percents(match[1]))
    for match in re.finditer(
        r"(?<!\d)(?:((?:19|20)\d\d)年)?(?<![至到—-])(?<!\d)(\d{1,2})月(\d{1,2})日(?!\s?(?:至|到|-|—|、))",
        text,
    ):
        if not re.search(r"[年至到—-]$", text[: match.start()]):
            yield random.choice(
                english_days(int(match[2]), int(match[3]), int(match[1]) if match[1] else None)
            )
    for match in re.finditer(r"(增长|增加|提升)了?([2-9])倍", text):
        times = int(match[2]) + 1
        yield random.choice((f"rose to {times} times", f"an increase of {100 * int(match[2])}%"))
