"""Chinese numerals: the pattern that finds them and the reading of what it found."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

Worth = tuple[Decimal, Decimal]  # the value, and the worth of the last written digit

DIGITS = {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")} | {"两": Decimal(2)}
SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
    "兆": Decimal(10**12),
}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_DIGIT = "[零一二两三四五六七八九]"
# 千瓦, 千克, 兆赫 are units and 千问 is a name: a scale must not be the head of one of these.
_SCALE = r"(?:[十万亿]|百(?![ ]?分[ ]?[位点])|(?<!十)千(?![瓦米克卡赫字伏焦帕帧问比])|兆(?![瓦赫字帕比伏焦丰]))"
_GAP = "[ ]{0,3}"
_PIECE = rf"(?:{ARABIC}{_GAP}{_SCALE}|{ARABIC}{_GAP}[多余几]{_GAP}(?=[万亿])|{_DIGIT}|{_SCALE}|[多余几]{_GAP}(?=[万亿]))"
_TAIL = r"(?:(?<=[十百千万亿零])\d{1,8}(?![\d,]*[.]?\d|[年月日号%:/点时]))?"
WHOLE = rf"(?:{_PIECE}(?:{_GAP}{_PIECE})*{_TAIL})"
_POINT = rf"(?:{_GAP}点{_GAP}[零一二三四五六七八九]+(?![十百千钟半分])(?:{_GAP}[万亿]+)?)"
ONE = rf"(?:半百|{WHOLE}{_POINT}?|半(?=[成折打]|个?小时|个?钟头|个月|年(?![报度])|个世纪))"
_ANY = rf"(?:{ONE}|{ARABIC})"
_FRACTION = rf"(?:(?P<whole>{_ANY}){_GAP}又{_GAP})?(?P<den>(?![百千万]+{_GAP}分{_GAP}之){_ANY}){_GAP}分{_GAP}之{_GAP}(?P<num>负?{_ANY})"
_PLAIN = rf"(?P<han>(?![百千万]+{_GAP}分{_GAP}[之点位比制])(?!万[一][，。、的]){ONE})(?P<dozen>{_GAP}打(?![开造工断破击压印包算电架]))?"
HAN = rf"(?P<zsign>(?<!正)负[ ]?)?(?:{_FRACTION}|{_PLAIN})"
# The same for a text without 分之, in which no numeral has to be tried as the lower half of a fraction.
HAN_WHOLE = rf"(?P<zsign>负[ ]?)?(?:{_PLAIN})(?:(?P<whole>(?!))(?P<den>(?!))(?P<num>(?!)))?"
_TOKEN = re.compile(rf"(?P<arabic>{ARABIC})|(?P<digit>{_DIGIT})|(?P<scale>[十百千万亿兆])")


def read(match: re.Match[str]) -> Worth | None:
    """Value and step of a match of `HAN`, or None where it is no number (a lone 万)."""
    sign = -1 if match["zsign"] else 1
    if match["den"] is not None:
        above, below = worth(match["num"].removeprefix("负")), worth(match["den"])
        whole = worth(match["whole"]) if match["whole"] else (Decimal(0), Decimal(1))
        if above is None or below is None or whole is None or not below[0]:
            return None
        sign *= -1 if match["num"].startswith("负") else 1
        return sign * (whole[0] + above[0] / below[0]), Decimal(0)
    found = worth(match["han"])
    if found is None:
        return None
    dozen = 12 if match["dozen"] else 1
    return sign * found[0] * dozen, found[1] * dozen


_SCALED = re.compile(rf"({ARABIC})[ ]?(万亿?|亿)")  # most are 1.5亿 and 3万
_SIZES = {"万": SCALES["万"], "亿": SCALES["亿"], "万亿": SCALES["万"] * SCALES["亿"]}


@lru_cache(maxsize=1024)  # 一 and 两 stand in every second sentence
def worth(text: str) -> Worth | None:
    """Value and step of one numeral in Han characters, digits, or both."""
    scaled = _SCALED.fullmatch(text)
    if scaled is not None:
        number, size = Decimal(scaled[1].replace(",", "")), _SIZES[scaled[2]]
        return number * size, _step(number) * size
    if text == "半百":
        return Decimal(50), Decimal(1)
    if text == "半":
        return Decimal("0.5"), Decimal("0.1")
    whole, point, part = re.sub("[ 多余几]", "", text).partition("点")
    if whole.endswith("两两"):
        return None
    pieces = _pieces(whole)
    if not any(isinstance(piece, Decimal) for piece in pieces) and not _bare_scales(whole):
        return None
    if not any(isinstance(piece, str) for piece in pieces):  # 二〇二五: digits one by one
        if len(pieces) == 1 and isinstance(pieces[0], Decimal):
            value, step = pieces[0], _step(pieces[0])
        else:
            value, step = Decimal("".join(f"{piece:f}" for piece in pieces)), Decimal(1)
    else:
        value, step = _evaluate(pieces), _last_step(pieces)
    return _with_part(value, part) if point else (value, step)


_PAIR = re.compile(
    "十?(?:[一二两三四五六七八九][十百千万亿])*(?P<a>[一二两三四五六七八])(?P<b>[二两三四五六七八九])(?:[十百千万亿]+)?"
)
_FOLLOWS = {
    "一": "二两", "二": "三", "两": "三", "三": "四五", "四": "五", "五": "六", "六": "七", "七": "八", "八": "九",
}  # fmt: skip


def between(text: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of 三四百 or 七八: neighbouring digits side by side are a range, not 34."""
    match = _PAIR.fullmatch(text)
    if match is None or match["b"] not in _FOLLOWS[match["a"]]:
        return None
    low, high = (
        worth(text[: match.start("b")] + text[match.end("b") :]),
        worth(text[: match.start("a")] + text[match.end("a") :]),
    )
    return (low[0], high[0]) if low and high else None


def _bare_scales(text: str) -> bool:
    """十 is ten, 百万 a million, 万亿 10^12; 万, 万万 and 千 alone count nothing."""
    return text == "十" or bool(re.fullmatch("[十百千]+[万亿]+|万亿", text))


def _with_part(value: Decimal, part: str) -> Worth:
    digits = part.rstrip("万亿")
    value += Decimal("0." + "".join(f"{DIGITS[c]}" for c in digits))
    factor = Decimal(1)
    for scale in part[len(digits) :]:
        factor *= SCALES[scale]
    return value * factor, factor.scaleb(-len(digits))


def _pieces(text: str) -> list[Decimal | str]:
    found: list[Decimal | str] = []
    for match in _TOKEN.finditer(text):
        if match["arabic"]:
            found.append(Decimal(match["arabic"].replace(",", "")))
        elif match["digit"]:
            found.append(DIGITS[match["digit"]])
        else:
            found.append(match["scale"])
    return found


def _evaluate(pieces: list[Decimal | str]) -> Decimal:
    """Split at the greatest scale, its last place: what is left multiplies, what is right adds.

    万 followed by a lone digit and 亿 is a higher place all the same: 一万五千亿 is 15,000 亿.
    """
    scales = [piece for piece in pieces if isinstance(piece, str)]
    if not scales:
        number = Decimal(0)
        for piece in pieces:
            number = number * 10 + Decimal(piece)
        return number
    greatest = max(scales, key=SCALES.__getitem__)
    place = len(pieces) - 1 - pieces[::-1].index(greatest)
    left, right = pieces[:place], pieces[place + 1 :]
    size = SCALES[greatest]
    more = _evaluate(right) if right else Decimal(0)
    if len(right) == 1 and 0 < more < 10 and size > 10:  # 两万五 is 25,000, 一百二 is 120
        more *= size / 10
    return ((_evaluate(left) if left else Decimal(0)) or Decimal(1)) * size + more


def _last_step(pieces: list[Decimal | str]) -> Decimal:
    """The worth of the last digit: 3.09亿 counts in steps of a million, 三千五百 in ones."""
    factor = Decimal(1)
    broken = any(isinstance(piece, Decimal) and piece % 1 for piece in pieces)
    for piece in reversed(pieces):
        if isinstance(piece, Decimal):
            return _step(piece) * factor
        if broken or SCALES[piece] >= 10**4:
            factor *= SCALES[piece]
    return factor


def _step(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
