"""What stands on either side of a numeral: sign of a percentage, currency, bound, change, per what.

Whatever ends before an amount is told by its last sign, and mostly that is none of those with which
a form can end: nine of ten patterns are not tried at all, a fifth of the time of all quantities.
"""

from __future__ import annotations

import re

# --- to the left --------------------------------------------------------------------------------

_CURRENCY = re.compile(
    r"(?:(?P<dollar>US|U\.S\.|HK|NT|CA|C|AU|A|S|NZ|R|Mex)?\$|(?P<sign>[€£₩₹₽¥])"
    r"|(?<![A-Za-z])(?P<code>RMB|USD|CNY|EUR|GBP|HKD|JPY|AUD|CAD|SGD|KRW|INR|CHF|SEK|NOK|DKK|ISK|CZK|PLN|TWD|NZD)"
    r"|(?P<name>(?<![\d万亿元千百])(?:人民币|美元|港币|港元)))[ ]{0,2}\Z"
)
_DOLLARS = {
    "US": "USD",
    "U.S.": "USD",
    "HK": "HKD",
    "NT": "TWD",
    "CA": "CAD",
    "C": "CAD",
    "AU": "AUD",
    "A": "AUD",
    "S": "SGD",
    "NZ": "NZD",
    "R": "BRL",
    "Mex": "MXN",
}
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "¥": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "港币": "HKD",
    "港元": "HKD",
    "RMB": "CNY",
}
_PREFIX = re.compile(
    r"(?:(?P<ordinal>第[ ]?|(?<![A-Za-z])(?:[Nn]o\.[ ]?|NO\.[ ]?|[Nn]umber[ ]))"
    r"|(?P<below>[百千万]{1,3})[ ]{0,2}分[ ]{0,2}之[ ]{0,2})\Z"
)
_FRACTIONS_OF = {
    "百": 1,
    "千": 10,
    "万": 100,
    "百万": 10**4,
    "千万": 10**5,
    "万万": 10**6,
    "百万万": 10**8,
}
_COLD = ("零下", "零下 ", "minus ")
_CURRENCY_ENDS = frozenset("$€£₩₹₽¥币元BDYRPWFKN")
_PREFIX_ENDS = frozenset("第.r之")
_BOUND_WORDS = {
    "about": "约 约为 约合 约占 约有 约需 约达 折合约 大约 大概 大致 差不多 约莫 some about around approximately approx approx. roughly"
    " circa estimated ~ ≈",
    "under": "接近 将近 逼近 近 nearly almost approaching",
    "over": "超 超过 超过了 逾 突破 高于 多于 大于 不止 超出 over above exceed exceeds exceeded exceeding"
    " surpass surpasses surpassed surpassing topping topped >",
    "at-least": "至少 不少于 不低于 最少 起码 最低 >= ≥",
    "at-most": "within 至多 最多 不超过 不超 不逾 未超过 未逾 不多于 不高于 最高 多达 高达 <= ≤",
    "below": "跌破 跌穿 失守 不足 不到 低于 少于 小于 未到 under below <",
}
_BOUND_PHRASES = {
    "under": "close to|just under|just shy of|shy of",
    "over": "more than|upwards of|greater than|north of|in excess of|higher than|larger than",
    "at-least": "at least|no less than|no fewer than|not less than|a minimum of|minimum of",
    "at-most": "up to|at most|as many as|as much as|no more than|not more than|a maximum of",
    "below": "less than|fewer than|short of|lower than|smaller than",
    "about": "an estimated|or so",
}


def _bound_forms() -> dict[str, str]:
    forms = {form: name for name, words in _BOUND_WORDS.items() for form in words.split()}
    for name, phrases in _BOUND_PHRASES.items():
        forms |= dict.fromkeys(phrases.split("|"), name)
    return forms


def _by_last_sign(forms: dict[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The forms that end with each sign, the longest first, with the bound that they set."""
    found: dict[str, list[tuple[str, str]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        found.setdefault(form[-1], []).append((form, forms[form]))
    return {sign: tuple(ends) for sign, ends in found.items()}


_BOUND_FORMS = _by_last_sign(_bound_forms())
_FILLERS = ("了", "有", " the", " a")
_CHANGE_TO = re.compile(
    r"(?:(?:[至到达]|增为|成为)(?:约|近|超过|超|逾)?|(?<!\bup )\bto|\bat|\breach(?:ed|es|ing)?|\bhit)"
    r"[ ]?\Z"
)
_CHANGE_BY = re.compile(
    r"(?:增长|增加|增|提升|提高|上涨|涨|下降|下跌|跌|减少|降低|下滑|上升|扩大|攀升|回落|缩减|高出|多出|快|增幅"
    r"|降幅|涨幅|跌幅|\bby|\bup|\bdown)(?:了|约|近|超|逾|达到?|超过|幅度|[ ])*\Z"
)
_CHANGE_BOUNDED = re.compile(
    r"(?<!up) (by|to) (?:(?:more|less) than|about|around|nearly|almost|over|at least|roughly|just"
    r"|approximately|as much as)[ ]?\Z"
)
_LONGEST_CHANGE = 12  # signs that such a form can have
_CHANGE_TO_ENDS = frozenset("至到达为otdhsg约近过超逾")
_CHANGE_BY_ENDS = frozenset("长加增升高涨降跌少低滑大落减出多快幅了约近超逾达到过度ypn")
_EACH_BEFORE = re.compile(
    r"每(?P<many>百万|千|一)?(?P<unit>[\u4e00-\u9fff]{1,4}|[A-Za-z]{4,6})(?:约|仅|需|仅需)?\Z"
)

# --- to the right -------------------------------------------------------------------------------

MORE = re.compile(
    r"[ ]?(?:多(?![少样元])|余(?![额下])|几(?=[个名家人天年万亿])|来(?=[个名家人天年岁斤块米吨万号]))"
)
_BOUND_AFTER = re.compile(
    r"[ ]?(?:(?P<over>\+(?![\d+])|以上|开外|(?<=[倍成半])(?:还|有)?[多余](?![少样元次])|-plus\b|plus\b)|(?P<at_least>or more\b|or higher\b|起(?![来步点床诉码飞])(?=[，。；、)）]|$))"
    r"|(?P<about>左右|上下(?!文|游|级|半)|or so\b|-odd\b)|(?P<under>以下|以内)|(?P<at_most>or less\b|or fewer\b))"
)
PERCENT = re.compile(
    r"(?:[ ]{0,5}(?P<points>个?[ ]?百[ ]?分[ ]?点)|[ -]?(?P<points_en>percentage[ -]points?\b|(?:pp|ppt|ppts)\b)"
    r"|[ ]?(?P<basis>个?基点|bps?(?![A-Za-z]))|[ -]?(?P<basis_en>basis[ -]points?\b)|[ ]?(?P<percent>%)"
    r"|[ -]{0,2}(?P<percent_en>percents?\b(?!age)|percentage\b(?! point)|per cents?\b|pct\b)"
    r"|[ ]?(?P<tenths>成)(?!员(?!工))(?![立为功本交果熟长就分品都人年份色群语串见因型像全天效绩衣品])(?P<more>[ ]?[一二三四五六七八九半])?"
    r"|[ ]?(?P<off>折)(?![叠射腾磨扇返旧算合断痕戟损桂服中线页线现]))",
    re.IGNORECASE,
)
TIMES = re.compile(
    r"[ -]?(?:(?P<zh>倍)(?![速频镜率感数])|times\b(?! (?:square|higher education|reported))|fold\b|[xX×](?![A-Za-z0-9]))"
)
_PER = re.compile(
    r"[ ]?(?:/|每|[ ]per[ ]|[ ]an?[ ](?=(?:hour|minute|second|day|week|month|year|share|token)(?! (?:earlier|ago|before|later)\b)))[ ]?"
    r"(?P<many>百万|千|1?[Mm]illion[ ]|1?M[ ]|1?[kK][ ])?"
)
_MANY = {"百": "million ", "m": "million ", "1": "million ", "千": "thousand ", "k": "thousand "}


def cold_before(left: str) -> int:
    """How long the words are that set an amount below zero: 零下, "minus "; 0 for none."""
    if not left.endswith(_COLD):
        return 0
    return next(len(form) for form in _COLD if left.endswith(form))


def currency_before(left: str) -> re.Match[str] | None:
    """The sign, code or name of a currency just before an amount."""
    ends = left.rstrip(" ")[-1:] in _CURRENCY_ENDS
    return _CURRENCY.search(left, max(0, len(left) - 8)) if ends else None


def prefix_before(left: str) -> re.Match[str] | None:
    """What makes an ordinal (第, "No. ") or a share (千分之) of the numeral behind it."""
    ends = left.rstrip(" ")[-1:] in _PREFIX_ENDS
    return _PREFIX.search(left, max(0, len(left) - 12)) if ends else None


def currency(match: re.Match[str]) -> str:
    """ISO code of a match of `currency_before`."""
    sign = match["sign"] or match["name"] or match["code"]
    if sign:
        return _SIGNS.get(sign, sign)
    return _DOLLARS.get(match["dollar"] or "", "USD")


def percent_below(word: str) -> int | None:
    """What 千分之三 must be divided by to be a percentage; None where the word is no such base."""
    return _FRACTIONS_OF.get(word)


def bound_before(left: str) -> str:
    """The bound that the words before an amount set: "about", "over", ...; "" for none."""
    words = left.rstrip(" ")
    bound = _bound_at_end(words)
    if not bound and words.endswith(_FILLERS):
        bound = _bound_at_end(_bare(left))
    return bound


def _bound_at_end(words: str) -> str:
    lowered = words.lower()
    for form, name in _BOUND_FORMS.get(lowered[-1:], ()):
        if lowered.endswith(form) and not _cuts_a_word(words, len(form)):
            return "under" if name == "below" else name
    return ""


def _bare(left: str) -> str:
    """The words without a filler at their end: 超过了, "over the"."""
    left = left.removesuffix(" ")
    filler = next((it for it in _FILLERS if left.endswith(it)), "")
    return left.removesuffix(filler)


def _cuts_a_word(words: str, length: int) -> bool:
    """Tell whether the last `length` letters are only the end of a Latin word: "over" in "cover"."""
    before = words[-length - 1 : -length]
    return words[-length].isascii() and before.isascii() and before.isalpha()


def bound_after(folded: str, end: int) -> tuple[str, int]:
    """The bound that the words after an amount set, and where they end."""
    match = _BOUND_AFTER.match(folded, end)
    if match is None:
        return "", end
    return (match.lastgroup or "").replace("_", "-"), match.end()


def change(left: str) -> str:
    """Tell "to" (增至, "to") from "by" (增长, "up"); "" where the words before say neither."""
    last = left.rstrip(" ")[-1:]
    begin = max(0, len(left) - _LONGEST_CHANGE)
    if last in _CHANGE_TO_ENDS and _CHANGE_TO.search(left, begin):
        return "by" if "达" in left[-3:] and _CHANGE_BY.search(left, begin) else "to"  # 增长达3倍
    if last in _CHANGE_BY_ENDS and _CHANGE_BY.search(left, begin):
        return "by"
    bounded = _CHANGE_BOUNDED.search(left) if " by " in left or " to " in left else None
    return bounded[1] if bounded else ""


def per_after(folded: str, end: int) -> tuple[str, int] | None:
    """The multiple of the denominator ("million " or "") and where its unit begins."""
    match = _PER.match(folded, end)
    if match is None:
        return None
    many = (match["many"] or "").strip().lower()
    return _MANY.get(many[:1], "") if many else "", match.end()


def each_before(left: str) -> tuple[str, str] | None:
    """The multiple and the word of 每百万词元 or 每股, just before an amount."""
    match = _EACH_BEFORE.search(left) if "每" in left else None
    if match is None:
        return None
    return {"百万": "million ", "千": "thousand "}.get(match["many"] or "", ""), match["unit"]
