"""Numerals of Chinese and English text: where they stand and what they are worth.

A numeral is digits (`3,090`, `1.5`), Han characters (`三千五百`, `二〇二五`), English words
(`twenty-five`) or a mixture of these with scales (`1.5万亿`, `2亿3500万`, `309M`, `3.5 million`). This
module says nothing of units or of whether the numeral is a quantity at all: see `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Full-width forms, traditional characters and formal numerals become the plain ones, character by
# character, so that every offset stays true.
_PLAIN = str.maketrans(
    "０１２３４５６７８９．，％＋－～＄￥／：（）＜＞　"
    "萬億點兩幾餘約過個歲時間週號後來這當無圓塊錢貳陸參貝負達漲計從"
    "壹贰叁肆伍陆柒捌玖拾佰仟〇○",
    "0123456789.,%+-~$¥/:()<> "
    "万亿点两几余约过个岁时间周号后来这当无元块钱二六三贝负达涨计从"
    "一二三四五六七八九十百千零零",
)
_WIDE_LETTERS = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)


def plain(text: str) -> str:
    """Fold full-width and traditional characters that numbers use; the length never changes."""
    if text.isascii():
        return text
    return text.translate(_PLAIN).translate(_WIDE_LETTERS)


HAN_DIGITS = {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")} | {"两": Decimal(2)}
HAN_SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
    "兆": Decimal(10**12),
}
_UNITS_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_EN = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: Decimal(i) for i, word in enumerate(_UNITS_EN)} | {
    word: Decimal(10 * i) for i, word in enumerate(_TENS_EN, start=2)
}
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mm": Decimal(10**6),
    "bn": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "b": Decimal(10**9),
    "t": Decimal(10**12),
}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
_HAN_DIGIT = "[零一二两三四五六七八九]"
# 千瓦 and 兆赫 are units, and so is 亿 never; 千 in 千问 is a name. A scale must not be the head of these.
_HAN_SCALE = r"(?:[十百万亿]|千(?![瓦米克卡赫字伏焦帕帧问])|兆(?![瓦赫字帕比伏焦丰]))"
_SCALE_WORD = r"(?:hundred|thousand|million|billion|trillion|lakh|crore)s?(?![A-Za-z])"
_SCALE_SHORT = r"(?:mn|mln|bn|tn|trn|[KkMBTbm])(?![A-Za-z0-9])"
_NUMBER_WORD = rf"(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?![A-Za-z])"
_HAN_RUN = rf"(?![百千]分)(?:{_HAN_DIGIT}|{_HAN_SCALE})+(?:[多余][万亿]+)?(?:点{_HAN_DIGIT}+{_HAN_SCALE}*)?"
_MIXED = (
    rf"{ARABIC}(?:\s?{_HAN_SCALE}+(?:零?(?:\d+(?:\.\d+)?|{_HAN_DIGIT})\s?{_HAN_SCALE}+)*"
    rf"(?:零?{_HAN_DIGIT}(?!{_HAN_SCALE}))?|[多余][万亿]+)?"
)
NUMERAL = re.compile(
    rf"""(?P<digits>{_MIXED})
         (?:(?P<short>{_SCALE_SHORT})|[\ -]?(?P<scale>(?i:{_SCALE_WORD}(?:[ -]{_SCALE_WORD})?|(?:mn|mln|bn|tn)(?![A-Za-z0-9]))))?
       |(?P<half>(?i:\b(?:half|quarter)(?:[ ]of)?[ ]an?[ ](?:hundred|thousand|million|billion|trillion)\b))
       |(?P<words>(?i:\b(?:an?[ ]{_SCALE_WORD}|{_NUMBER_WORD})
            (?:(?:[ -]|,[ ])(?:and[ -])?(?:{_NUMBER_WORD}|{_SCALE_WORD}))*(?:[ ]point(?:[ ]{_NUMBER_WORD})+)?))
       |(?P<han>{_HAN_RUN})""",
    re.VERBOSE,
)
_PIECE = re.compile(rf"(?P<arabic>{ARABIC})|(?P<digit>{_HAN_DIGIT})|(?P<scale>[十百千万亿兆])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral: `plain(text)[start:end]`; `step` is the worth of its last written digit."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    form: str  # "digits", "han" or "words"
    scale: str = ""  # the letter of a short scale (K, M, B, T), which may be no scale at all


def find_numerals(folded: str) -> Iterator[Numeral]:
    """Yield the numerals of a text that went through `plain`, from left to right."""
    for match in NUMERAL.finditer(folded):
        numeral = _read(match)
        if numeral is not None:
            yield numeral


def _read(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if match["digits"] is not None:
        value, step = _mixed(match["digits"])
        short = match["short"] or ""
        scale = short or match["scale"] or ""
        factor = Decimal(1)
        for word in re.split(r"[ -]", scale.lower()):
            factor *= SCALES.get(word.rstrip("s"), Decimal(1))
        return Numeral(start, end, value * factor, step * factor, "digits", short)
    if match["half"] is not None:
        share = Decimal("0.5") if match["half"][0] in "hH" else Decimal("0.25")
        value = share * SCALES[match["half"].rsplit(" ", 1)[1].lower()]
        return Numeral(start, end, value, value, "words")
    if match["words"] is not None:
        value = read_english(match["words"])
        return Numeral(start, end, value, Decimal(1), "words")
    value, step = _han(match["han"])
    return Numeral(start, end, value, step, "han")


def _mixed(text: str) -> tuple[Decimal, Decimal]:
    """Value and step of digits with Han scales: 1.5万亿, 2亿3500万, 3万五."""
    pieces = _pieces(text)
    if len(pieces) == 1:
        number = Decimal(text.replace(",", ""))
        return number, _step(number)
    return _evaluate(pieces), _last_step(pieces)


def _han(text: str) -> tuple[Decimal, Decimal]:
    """Value and step of a run of Han numerals, with or without a decimal part after 点."""
    whole, point, part = text.partition("点")
    pieces = _pieces(whole)
    if not any(isinstance(piece, str) for piece in pieces):  # 二〇二五: digits one by one
        value = Decimal("".join(str(piece) for piece in pieces) or "0")
    else:
        value = _evaluate(pieces)
    if not point:
        return value, _last_step(pieces)
    digits = part.rstrip("十百千万亿兆")
    value += Decimal("0." + "".join(str(HAN_DIGITS[c]) for c in digits))
    factor = Decimal(1)
    for scale in part[len(digits) :]:
        factor *= HAN_SCALES[scale]
    return value * factor, factor.scaleb(-len(digits))


def _pieces(text: str) -> list[Decimal | str]:
    found: list[Decimal | str] = []
    for match in _PIECE.finditer(text):
        if match["arabic"]:
            found.append(Decimal(match["arabic"].replace(",", "")))
        elif match["digit"]:
            found.append(HAN_DIGITS[match["digit"]])
        else:
            found.append(match["scale"])
    return found


def _evaluate(pieces: list[Decimal | str]) -> Decimal:
    """Split at the greatest scale, its last place: what is left multiplies, what is right adds."""
    scales = [piece for piece in pieces if isinstance(piece, str)]
    if not scales:
        number = Decimal(0)
        for piece in pieces:
            assert isinstance(piece, Decimal)  # noqa: S101  no scale is left in here
            number = piece if not number else number * 10 + piece
        return number
    greatest = max(scales, key=HAN_SCALES.__getitem__)
    place = len(pieces) - 1 - pieces[::-1].index(greatest)
    left, right = pieces[:place], pieces[place + 1 :]
    worth = HAN_SCALES[greatest]
    more = _evaluate(right) if right else Decimal(0)
    if len(right) == 1 and 0 < more < 10 and worth > 10:  # 两万五 is 25,000, 一百二 is 120
        more *= worth / 10
    return (_evaluate(left) if left else Decimal(1)) * worth + more


def _last_step(pieces: list[Decimal | str]) -> Decimal:
    """The worth of the last digit: 3.09亿 counts in steps of a million, 三千五百 in ones."""
    factor = Decimal(1)
    for piece in reversed(pieces):
        if isinstance(piece, Decimal):
            return _step(piece) * factor
        if HAN_SCALES[piece] >= 10**4 or any(
            isinstance(other, Decimal) and other % 1 for other in pieces
        ):
            factor *= HAN_SCALES[piece]
    return factor


def _step(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def read_english(text: str) -> Decimal:
    """Value of an English number in words: "two hundred and five thousand", "three point five"."""
    whole, _, part = text.lower().partition(" point ")
    total, section = Decimal(0), Decimal(0)
    for word in re.split(r"[ ,-]+", whole):
        if word in WORDS:
            section += WORDS[word]
        elif word.rstrip("s") == "hundred":
            section = (section or Decimal(1)) * 100
        elif word.rstrip("s") in SCALES:
            scale = SCALES[word.rstrip("s")]
            if section:
                total += section * scale
            else:
                total = (total or Decimal(1)) * scale
            section = Decimal(0)
    digits = "".join(str(WORDS[word]) for word in part.split())
    return total + section + (Decimal(f"0.{digits}") if digits else Decimal(0))
