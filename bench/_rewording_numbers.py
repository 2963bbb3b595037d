"""Other forms of a figure and of a date that mean the same, in Chinese and English.

By rules of its own. Each function takes a value and returns forms of which a writer picks one.
"""

from __future__ import annotations

from decimal import Decimal

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_HAN = "零一二三四五六七八九"
_SMALL = [
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
]
_TENS = ["_", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SHARES = {
    "50": ("一半", "half"),
    "25": ("四分之一", "a quarter"),
    "75": ("四分之三", "three quarters"),
    "20": ("五分之一", "a fifth"),
}


def shortest(value: Decimal) -> str:
    """The digits of a value without zeros at the end."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def han(value: int) -> str:
    """A whole number below 10,000 in Chinese numerals: 1200 is 一千二百."""
    if value < 10:
        return _HAN[value]
    found, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            found += ("零" if zero and found else "") + _HAN[digit] + unit
            zero = False
        else:
            zero = True
    return found[1:] if found.startswith("一十") else found


def english(value: int) -> str:
    """A whole number below 100, or whole hundreds and thousands, in English words; "" for others."""
    if value <= 12:
        return _SMALL[value]
    if value < 100 and value >= 20:
        ones = value % 10
        return _TENS[value // 10] + (f"-{_SMALL[ones]}" if ones else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if value % size == 0 and 0 < value // size <= 12:
            return f"{_SMALL[value // size]} {name}"
    return ""


def chinese_amounts(value: Decimal) -> list[str]:
    """A large number as Chinese writes it: in 万, 亿 or 万亿, in digits or numerals."""
    forms = []
    for size, unit in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        scaled = value / size
        if Decimal("0.01") <= scaled < 100_000 and len(shortest(scaled)) <= 8:
            forms.append(shortest(scaled) + unit)
            if (
                scaled == int(scaled)
                and 1 <= scaled < 10_000
                and len(shortest(scaled).rstrip("0")) <= 2
            ):
                forms.append(han(int(scaled)).replace("二千", "两千") + unit)
    hundreds = value / 10**8
    rest = value % 10**8 / 10**4
    if (
        hundreds >= 1
        and rest
        and rest == int(rest)
        and len(shortest(rest).rstrip("0")) <= 2
        and hundreds < 100
    ):
        zero = "零" if rest < 1000 else ""
        forms.append(f"{han(int(hundreds))}亿{zero}{han(int(rest))}万")
    return forms


def english_amounts(value: Decimal) -> list[str]:
    """A large number as English writes it: in millions, billions or trillions, or in digits."""
    forms = []
    for size, name, short in (
        (10**12, "trillion", "tn"),
        (10**9, "billion", "bn"),
        (10**6, "million", "m"),
    ):
        scaled = value / size
        if Decimal("0.1") <= scaled < 10_000 and len(shortest(scaled)) <= 8:
            forms += [f"{shortest(scaled)} {name}", f"{shortest(scaled)}{short}"]
            if scaled >= 1000:
                forms.append(f"{scaled:,f} {name}" if scaled == int(scaled) else forms[0])
    if value == int(value) and value < 10**10:
        forms.append(f"{int(value):,}")
    return forms


def chinese_percents(words: str) -> list[str]:
    """A share as Chinese says it: 40% is 四成, 百分之四十."""
    forms = [f"{words}%", f"百分之{words}"]
    if words.isdigit() and 1 <= int(words) <= 99:
        forms.append(f"百分之{han(int(words))}")
        if int(words) % 10 == 0:
            forms.append(f"{_HAN[int(words) // 10]}成")
    return [*forms, _SHARES[words][0]] if words in _SHARES else forms


def english_percents(words: str) -> list[str]:
    """A share as English says it: 40 percent, forty per cent."""
    forms = [f"{words}%", f"{words} percent", f"{words} per cent"]
    if words.isdigit() and english(int(words)):
        forms.append(f"{english(int(words))} percent")
    return [*forms, _SHARES[words][1]] if words in _SHARES else forms


def chinese_days(month: int, day: int, year: int | None) -> list[str]:
    """A day as Chinese writes it."""
    plain = f"{month}月{day}日"
    if year is None:
        return [plain, f"{month}月{day}号", f"{month} 月 {day} 日", f"{han(month)}月{han(day)}日"]
    return [
        f"{year}年{plain}",
        f"{year}-{month:02}-{day:02}",
        f"{year}/{month}/{day}",
        f"{year} 年 {month} 月 {day} 日",
    ]


def english_days(month: int, day: int, year: int | None) -> list[str]:
    """A day as English writes it."""
    name = MONTHS[month - 1]
    short = name if len(name) < 5 else f"{name[:3]}."
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in {11, 12, 13} else 0, "th")
    forms = [f"{name} {day}", f"{day} {name}", f"{short} {day}", f"the {day}{ending} of {name}"]
    if year is None:
        return forms
    return [
        f"{name} {day}, {year}",
        f"{day} {name} {year}",
        f"{short} {day}, {year}",
        f"{year}-{month:02}-{day:02}",
    ]
