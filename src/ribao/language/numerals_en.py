"""English numerals, in words and in digits: the patterns that find them and their reading."""

from __future__ import annotations

import re
from decimal import Decimal

from ribao.language.numerals_zh import Worth

_ONES = [
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
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = (
    {word: Decimal(i) for i, word in enumerate(_ONES)}
    | {word: Decimal(10 * i) for i, word in enumerate(_TENS, start=2)}
    | {"nought": Decimal(0), "naught": Decimal(0), "a": Decimal(1), "an": Decimal(1)}
)
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "lakh": Decimal(10**5),
    "million": Decimal(10**6),
    "crore": Decimal(10**7),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "dozen": Decimal(12),
}
SHORT_SCALES = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mm": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mil": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "g": Decimal(10**9),
    "t": Decimal(10**12),
    "tn": Decimal(10**12),
    "tln": Decimal(10**12),
    "trn": Decimal(10**12),
    "dz": Decimal(12),
    "doz": Decimal(12),
}
ORDINALS = {
    word: Decimal(i)
    for i, word in enumerate(
        [
            "zeroth",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
        ]
    )
} | {word[:-1] + "ieth": WORDS[word] for word in _TENS}
_PARTS = (
    {"first": Decimal(1)}
    | {word: value for word, value in ORDINALS.items() if value > 2}
    | {f"{scale}th": value for scale, value in SCALES.items() if scale != "dozen"}
)

_STOP = r"(?![A-Za-z])"
NUMBER_WORD = (
    rf"(?:{'|'.join(sorted((*_ONES, *_TENS, 'nought', 'naught'), key=len, reverse=True))}){_STOP}"
)
SCALE_WORD = rf"(?:{'|'.join(SCALES)})s?{_STOP}"
SHORT = r"(?:mn|mln|mil|MM|bn|bln|tn|tln|trn|dzs?|dozs?|[KkMBbTGm])(?![A-Za-z0-9])"
_GAP = r"(?:[ ]?-[ ]?|[ ]{1,3}|,[ ](?=[a-z]))"
_HEAD = rf"(?:\ban?[ ]{{1,2}}{SCALE_WORD}|\b{NUMBER_WORD}|\b{SCALE_WORD})"
# Two dozen words more hold every number below a quadrillion; without a limit a long row is quadratic.
WHOLE = rf"(?:{_HEAD}(?:{_GAP}(?:and{_GAP})?(?:{NUMBER_WORD}|{SCALE_WORD})){{0,24}})"
PART_WORD = rf"(?:{'|'.join(sorted(_PARTS, key=len, reverse=True))})"
_PART = rf"(?:(?:half|halves|quarters?|(?:(?:{'|'.join(_TENS)})[ -])?{PART_WORD}s?){_STOP})"
_SHARE = rf"(?:(?:\ban?|\bone)(?:[ ]?-[ ]?|[ ]){_PART}|{WHOLE}(?:[ ]?-[ ]?|[ ])(?:halves|quarters|(?:{'|'.join(_TENS)})[ -]firsts|{PART_WORD}s){_STOP})"
_HALF = r"(?<!first\ )(?<!second\ )(?<!other\ )(?<![\w-])half(?![\w-])(?![ ](?:year|hour|day|time|century|way|life|dozen))"
SHARE = _SHARE
OVER = rf"""(?P<over>(?i:{WHOLE}|\b\d{{1,9}}))[ ](?i:over|out[ ]of)[ ](?P<under>(?i:{WHOLE})|\d+(?![\d.,]*\d|[ ]?(?:%|years|months|days)))(?![ ](?:years|months|days))"""
WORDS_PATTERN = rf"""(?i:(?:\b(?:minus|negative)[ ])?(?:
      (?P<share>(?:{_SHARE}|\bhalf|\bquarter)(?:[ ]of)?(?:[ ]an?)?[ ]{{1,2}}(?P<shared>{SCALE_WORD}))
    | (?P<fraction>\b(?:(?P<full>{WHOLE})[ ]and[ ])?(?P<piece>{_SHARE})(?:[ ](?P<times>{SCALE_WORD}))?)
    | (?P<words>{WHOLE}(?:[ ]point(?:[ -]{NUMBER_WORD})+)?)
    | (?P<half>{_HALF})
    ))"""


def read(match: re.Match[str]) -> Worth:
    """Value and step of a match of `WORDS_PATTERN`."""
    sign = -1 if match.group()[:8].lower().startswith(("minus", "negative")) else 1
    if match["share"] is not None:
        words = re.sub(
            rf"(?i:[ ](?:of[ ])?(?:an?[ ]+)?{re.escape(match['shared'])})$", "", match["share"]
        )
        value = share(words) * SCALES[match["shared"].lower().removesuffix("s")]
        return sign * value, abs(value)
    if match["half"] is not None:
        return sign * Decimal("0.5"), Decimal(0)
    if match["fraction"] is not None:
        return sign * _mixed(match["full"] or "", match["piece"], match["times"] or ""), Decimal(0)
    return sign * whole(match["words"]), Decimal(1)


def over(above: str, below: str) -> Decimal | None:
    """One in three, two out of five: None where it is no share ("12 over 10")."""
    top, bottom = any_number(above), any_number(below)
    return top / bottom if 0 < top < bottom else None


def any_number(text: str) -> Decimal:
    """Value of digits or of a whole number in words."""
    return Decimal(text) if text.isdigit() else whole(text)


def _mixed(full: str, piece: str, times: str) -> Decimal:
    """Five and a half million: the part belongs to the scale; one million and a half: to that one."""
    part = share(piece)
    base = whole(full) if full else Decimal(0)
    if times:
        factor = SCALES[times.lower().removesuffix("s")]
        return base + part * factor if base > 1000 else (base + part) * factor
    last = re.split(r"[ -]+", full.lower())[-1].removesuffix("s") if full else ""
    if SCALES.get(last, Decimal(0)) >= 10**6:
        part *= SCALES[last]
    return base + part


def share(text: str) -> Decimal:
    """A half, three quarters, twenty-one thirtieths: the words before the last one over that one."""
    words = [word for word in re.split(r"[ -]+", text.lower()) if word]
    tied = bool(re.search(r"\w-\w+$", text))
    last = words.pop()
    if last in {"half", "halves"}:
        below = Decimal(2)
    elif last in {"quarter", "quarters"}:
        below = Decimal(4)
    else:
        below = _PARTS.get(last) or _PARTS[last.removesuffix("s")]
        thirty_fifths = len(words) > 1 and words[-2] != "and" and below < 10
        if words and words[-1] in _TENS and (tied or thirty_fifths):
            below += WORDS[words.pop()]
    above = whole(" ".join(words)) if words else Decimal(1)
    return above / below


def whole(text: str) -> Decimal:
    """Value of a whole or decimal number in words: "two hundred and five thousand point five"."""
    head, _, part = text.lower().partition(" point ")
    total, section = Decimal(0), Decimal(0)
    for word in re.split(r"[ ,-]+", head):
        scale = SCALES.get(word.removesuffix("s"))
        if word in WORDS:
            section += WORDS[word]
        elif scale == 100:
            section = (section or Decimal(1)) * 100
        elif scale and section:
            total += section * scale
            section = Decimal(0)
        elif scale:
            total = (total or Decimal(1)) * scale
    digits = "".join(f"{WORDS[word]}" for word in re.split("[ -]", part) if word)
    return total + section + (Decimal(f"0.{digits}") if digits else Decimal(0))
