"""Plants one error of a kind in a true sentence, by rules of its own.

Nothing here uses ribao's readers of numbers, dates or names: what they do not see must count as
missed. A planter returns the false sentence, or "" where the sentence has nothing of its kind.
"""

from __future__ import annotations

import re
from random import Random

from bench._planting_tools import WORDS, Planter, language_of, pairs, read_words, swap
from bench._wrong_numbers import other_number

_SURNAMES = WORDS["surnames"]


ORGANISATIONS = {language: read_words(f"organisations_{language}") for language in ("zh", "en")}
STRANGERS = {language: read_words(f"strangers_{language}") for language in ("zh", "en")}
_NO_PERSON = re.compile(
    r"\b(?:York|Police|Authority|Circuit|Court|Department|Office|University|The|Of|Vows|Bank|News|"
    r"Times|House|Post|Journal|Group|Ministry|Council|States|Street|Association|Institute|Party|Services|Should|Buy|Photo)\b"
    r"|[书色三一二四五六日面方称此它问]"
)
_PEOPLE = {
    "zh": re.compile(
        rf"(?:(?<=记者)|(?<=CEO)|(?<=创始人)|(?<=董事长)|(?<=总裁)|(?<=总经理)|(?<=教授)|(?<=分析师)|(?<=院士)|(?<=经理)|(?<=主任)|(?<=部长)|(?<=局长)|(?<=院长))"
        rf"([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=表示|称|说|认为|指出|透露|在|介绍|，|、|。|宣布|强调|）|\s)"
        rf"|(?<![\u4e00-\u9fff])([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=表示|认为|指出|透露|介绍|强调|坦言)"
    ),
    "en": re.compile(
        r"(?:(?<=said )|(?<=CEO )|(?<=founder )|(?<=President )|(?<=chief executive )|(?<="
        r"analyst )|(?<=director )"
        r"|(?<=Sen\. )|(?<=Rep\. )|(?<=Secretary ))([A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+)"
        r"|([A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+)(?= said| told| wrote|, (?:the )?(?:CEO|c"
        r"hief|founder|a professor|an analyst))"
    ),
}  # fmt: skip
_NUMBER = {
    "zh": re.compile(
        r"(?<![\dA-Za-z.,$¥€#/:：\-第])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d.:：/年月日号"
        r"时点世\-–~A-Za-z%％])"),
    "en": re.compile(
        r"(?<![\w.,$¥€£#/:\-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?= [a-z]{3,}|-[a-z]{3,})(?!"
        r"-?(?:bit|year-old))"),
}  # fmt: skip
_YEAR = re.compile(
    r"(?<![A-Za-z0-9_.,$¥€£\-/])(?:19|20)\d\d(?![\d.,]\d|[A-Za-z0-9]|[万亿%元]| ?(?:mi"
    r"llion|billion|people|users))"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_DATES = {
    "zh": re.compile(r"(?<![\d.])(\d{1,2})月(\d{1,2})日"),
    "en": re.compile(rf"\b({MONTHS}|(?:{_SHORT})\.?) (\d{{1,2}})(?!\d|,\d{{3}}|:)"),
}
_PERCENT = re.compile(r"(?<![\d.\-])(\d+(?:\.\d+)?)(%|％| percent\b| per cent\b)")
_POINTS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(个百分点| percentage points?\b)")
_MONEY = {
    "zh": re.compile(
        r"(?<![\dA-Za-z.,第])(\d[\d,]*(?:\.\d+)?)(?=[万亿千百]*(?:余|多)?(?:美元|元|港元|"
        r"欧元|日元|英镑|人民币))|(?<=\$)(\d[\d,]*(?:\.\d+)?)"),
    "en": re.compile(r"(?<=[$€£])(\d[\d,]*(?:\.\d+)?)"),
}  # fmt: skip
_MULTIPLE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([余多]?倍|x\b| times\b|-?fold\b)(?! the size)")
_VERSION = re.compile(
    r"(?<![\w.])((?:GPT|Gemini|Claude|Llama|Qwen|Grok|DeepSeek|Sora|Veo|Opus|Sonnet|iOS|Android|Windows|iPhone|Seedance|"
    r"Kimi|GLM|Nova|Gemma|Python|[A-Z][A-Za-z]{2,})[ -]?[vV]?)(\d{1,2}(?:\.\d{1,2})?)("
    r"?=[\s，。、；,;:：）)\u4e00-\u9fff]|\.\s|$| (?:Pro|Flash|Max|Mini|Ultra))"
    r"(?!\s?(?:年|月|日|个|家|名|人|位|款|亿|万|%|倍|million|billion|percent|per cent|"
    r"people|years?|days?|hours?|months?|times|states))"
)  # fmt: skip
_NO_VERSION = re.compile(
    rf"(?:{MONTHS}|{_SHORT}|About|Over|Nearly|Some|The|Only|Than|At|In|On|Of|From|To|B"
    rf"y|Top|Page|Chapter|No|Day|Week|Round|Game|Level|Under|Age|And|For|With|After|Bet"
    rf"ween|Until|Since|Just|Around|Title|Article|Section|Phase|Class|Type|Group|Team|S"
    rf"uper Bowl)[ -]?"
)
_TIERS = re.compile(r"(?<=\d )(Pro|Flash|Max|Mini|Ultra|Lite|Plus)\b")
_CURRENCIES = (
    ("美元", "元"),
    ("港元", "美元"),
    ("欧元", "美元"),
    ("日元", "美元"),
    ("人民币", "美元"),
    ("元", "美元"),
    ("$", "€"),
    ("€", "$"),
    ("£", "$"),
)
_MAGNITUDES = (
    ("万亿", "亿"),
    ("亿", "万"),
    ("万", "亿"),
    ("trillion", "billion"),
    ("billion", "million"),
    ("million", "billion"),
    ("B", "M"),
    ("M", "B"),
    ("K", "M"),
)
_RANK_VERBS = ("推出", "发布", "开源", "上线", "宣布", "完成", "披露", "公布", "成立", "开发")
_QUOTED = re.compile(
    r"[“「]([^“”「」]{8,200})[”」]|(?<![\w\"])\"([^\"\s][^\"\n]{23,300}[^\"\s])\"(?!\w)"
)
_OTHER_WORDS = {
    "zh": ["成本", "安全", "竞争", "错误", "快速", "放弃", "困难", "便宜"],
    "en": ["dangerous", "cheaper", "impossible", "weaker", "failed", "delayed"],
}


def number(text: str, random: Random) -> str:
    """Another number: digits or, in Chinese, one numeral before a counter."""
    language = language_of(text)
    numerals = list(
        re.finditer(
            r"(?<![一二三四五六七八九十百千万第\d])([二两三四五六七八九])(?=[个家款名位台条项](?!月))",
            text,
        )
    )
    if language == "zh" and numerals and random.random() < 0.3:
        match = random.choice(numerals)
        new = random.choice([n for n in "三四五六七八九" if n != match.group()])
        return text[: match.start()] + new + text[match.end() :]
    return swap(_NUMBER[language])(text, random)


def magnitude(text: str, random: Random) -> str:
    """Ten thousand for a hundred million, a million for a billion."""
    found = []
    for old, new in _MAGNITUDES:
        border = r"(?![A-Za-z])" if old.isascii() else r"(?!亿)" if old == "万" else ""
        before = (
            r"(?<=\d)" if len(old) <= 2 and (not old.isascii() or len(old) == 1) else r"(?<=\d )"
        )
        found += [(m, new) for m in re.finditer(before + old + border, text)]
    if not found:
        return ""
    match, new = random.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def percent(text: str, random: Random) -> str:
    """Percentage points for percent, percent for points, or another value."""
    points = list(_POINTS.finditer(text))
    plain = list(_PERCENT.finditer(text))
    if points and (not plain or random.random() < 0.7):
        match = random.choice(points)
        return text[: match.start(2)] + "%" + text[match.end(2) :]
    if not plain:
        return ""
    match = random.choice(plain)
    if random.random() < 0.5:
        new = "个百分点" if language_of(text) == "zh" else " percentage points"
        return text[: match.start(2)] + new + text[match.end(2) :]
    value = other_number(match[1], random)
    return text[: match.start(1)] + value + text[match.end(1) :] if value else ""


def date(text: str, random: Random) -> str:
    """Another day or month."""
    language = language_of(text)
    matches = list(_DATES[language].finditer(text))
    if not matches:
        return ""
    match = random.choice(matches)
    if random.random() < 0.5:
        new = str((int(match[2]) + random.choice((1, 2, 5, 9)) - 1) % 28 + 1)
        return text[: match.start(2)] + new + text[match.end(2) :] if new != match[2] else ""
    if language == "zh":
        new = str((int(match[1]) + random.choice((0, 2, 6))) % 12 + 1)
    else:
        new = random.choice([m for m in MONTHS.split("|") if not m.startswith(match[1][:3])])
    return text[: match.start(1)] + new + text[match.end(1) :] if new != match[1] else ""


def year(text: str, random: Random) -> str:
    """Another year."""
    matches = list(_YEAR.finditer(text))
    if not matches:
        return ""
    match = random.choice(matches)
    new = str(int(match.group()) + random.choice((-2, -1, 1, 2)))
    return text[: match.start()] + new + text[match.end() :]


def currency(text: str, random: Random) -> str:
    """Another currency for the same amount."""
    found = []
    for old, new in _CURRENCIES:
        pattern = (
            r"(?<=[\d万亿千百余])" + old
            if not old.isascii() and old not in "€£"
            else re.escape(old) + r"(?=\d)"
        )
        found += [(m, new) for m in re.finditer(pattern, text)]
    if not found:
        return ""
    match, new = random.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def multiple(text: str, random: Random) -> str:
    """Another multiple, in digits or in words."""
    if _MULTIPLE.search(text):
        return swap(_MULTIPLE, 1)(text, random)
    return pairs("multiples")(text, random)


def version(text: str, random: Random) -> str:
    """Another version number, or another tier of the same model."""
    tiers = list(_TIERS.finditer(text))
    if tiers and random.random() < 0.5:
        match = random.choice(tiers)
        new = random.choice([t for t in ("Pro", "Flash", "Max", "Ultra") if t != match.group()])
        return text[: match.start()] + new + text[match.end() :]
    matches = [m for m in _VERSION.finditer(text) if not _NO_VERSION.fullmatch(m[1])]
    if not matches:
        return ""
    match = random.choice(matches)
    value = float(match[2])
    new = (
        f"{value + random.choice((0.1, 0.2, 1)):.1f}"
        if "." in match[2]
        else str(int(value) + random.choice((1, 2)))
    )
    return text[: match.start(2)] + new + text[match.end(2) :]


def organisation(text: str, random: Random) -> str:
    """Another organisation."""
    names = ORGANISATIONS[language_of(text)] + (
        ORGANISATIONS["en"] if language_of(text) == "zh" else []
    )
    found = []
    for name in names:
        pattern = rf"(?<![A-Za-z0-9]){name}(?![A-Za-z0-9])" if name.isascii() else name
        found += list(re.finditer(pattern, text))
    if not found:
        return ""
    match = random.choice(found)
    pool = ORGANISATIONS["en" if match.group().isascii() else "zh"]
    new = random.choice(
        [n for n in pool if n not in text and match.group() not in n and n not in match.group()]
    )
    return text[: match.start()] + new + text[match.end() :]


def person(text: str, random: Random) -> str:
    """Another person, whom no report knows."""
    language = language_of(text)
    matches = [m for m in _PEOPLE[language].finditer(text) if not _NO_PERSON.search(m.group())]
    if not matches:
        return ""
    match = random.choice(matches)
    new = random.choice(STRANGERS[language])
    at = 1 if match[1] else 2
    return text[: match.start(at)] + new + text[match.end(at) :]


def quotation(text: str, random: Random) -> str:
    """One word of a quotation that was not said."""
    matches = list(_QUOTED.finditer(text)) if text.count('"') in {0, 2} else []
    if not matches:
        return ""
    match = random.choice(matches)
    at = 1 if match[1] else 2
    words = match[at]
    language = language_of(words)
    if language == "zh":
        start = random.randrange(0, len(words) - 3)
        new = random.choice([w for w in _OTHER_WORDS["zh"] if w != words[start : start + 2]])
        changed = words[:start] + new + words[start + 2 :]
    else:
        pieces = words.split(" ")
        long = [i for i, piece in enumerate(pieces) if len(piece) > 3]
        if len(pieces) < 4 or not long:
            return ""
        pieces[random.choice(long)] = random.choice(_OTHER_WORDS["en"])
        changed = " ".join(pieces)
    return text[: match.start(at)] + changed + text[match.end(at) :] if changed != words else ""


def superlative(text: str, random: Random) -> str:
    """The first, the largest, the only one, of which nobody spoke; or the opposite rank."""
    if random.random() < 0.4 and (swapped := pairs("ranks")(text, random)):
        return swapped
    if language_of(text) == "zh":
        verbs = [v for v in _RANK_VERBS if v in text]
        if not verbs:
            return ""
        verb = random.choice(verbs)
        at = text.index(verb) + len(verb)
        return (
            text[:at]
            + random.choice(("全球首个", "业内首款", "史上最大的", "全球最快的", "唯一的"))
            + text[at:]
        )
    if re.search(r"\b(?:first|largest|only)\b", text):
        return ""
    matches = list(
        re.finditer(
            r"\b(?:a|an|the) (?=[a-z]{4,})(?!first|only|largest|most|best|same|second|least)", text
        )
    )
    if not matches:
        return ""
    match = random.choice(matches)
    return (
        text[: match.start()]
        + random.choice(("the first ", "the largest ", "the only "))
        + text[match.end() :]
    )


PLANTERS: dict[str, Planter] = {
    "number": number,
    "magnitude": magnitude,
    "percent": percent,
    "date": date,
    "year": year,
    "relative date": pairs("relative"),
    "money": lambda text, random: swap(_MONEY[language_of(text)])(text, random),
    "currency": currency,
    "multiple": multiple,
    "version": version,
    "organisation": organisation,
    "person": person,
    "direction": pairs("directions"),
    "negation": pairs("negations"),
    "quotation": quotation,
    "superlative": superlative,
}
