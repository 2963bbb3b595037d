"""Laws of numbers, dates and signal words: round trips, true offsets, no exception, linear time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ribao.language.dates import find_dates, find_durations
from ribao.language.directions import (
    find_attributions,
    find_directions,
    find_hedges,
    find_negations,
    find_quotations,
    find_superlatives,
)
from ribao.language.quantities import conflicts, find_quantities, same_value
from ribao.language.versions import find_versions
from ribao.language.widths import plain

ANCHOR = date(2025, 12, 19)
FINDERS = (
    find_quantities,
    find_versions,
    find_durations,
    find_directions,
    find_negations,
    find_superlatives,
    find_hedges,
    find_attributions,
    find_quotations,
    lambda text: find_dates(text, ANCHOR),
)
# Pieces that the finders look for, so that random texts run deep into their rules.
PIECES = (
    *"一二三四五六七八九十百千万亿零两半点年月日号天周时分秒第个多余几成折倍元",
    *"0123456789%$€¥.,:/-~ \n",
    *"“”「」\"'()１，é😀\u00a0\u3000\ud800",
    *(
        "million",
        "billion",
        " percent",
        "twenty",
        "half a ",
        "third",
        "Q4",
        "GPT-5",
        "v1.2.3",
        "$1.5",
    ),
    *(
        "百分之",
        "分之",
        "美元",
        "公里",
        "下周",
        "去年",
        "同期",
        "前三季度",
        "农历",
        "下午",
        "增长",
        "下降",
    ),
    *(
        "没有",
        "首个",
        "计划",
        "表示",
        "December",
        "last ",
        "next ",
        "week",
        "from ",
        " to ",
        "between ",
    ),
    *(" and ", "ago", "2025", "pm", "said ", "According to ", "not ", "largest"),
)
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))

HAN = "零一二三四五六七八九"


def to_han(number: int) -> str:
    """Write a number below 10^12 in Chinese, independently of the reader under test."""
    if number >= 10**8:
        return _joined(number, 10**8, "亿")
    if number >= 10**4:
        return _joined(number, 10**4, "万")
    digits, gap, written = str(number), False, ""
    for i, digit in enumerate(digits):
        scale = ("", "十", "百", "千")[len(digits) - 1 - i]
        if digit == "0":
            gap = True
            continue
        written += ("零" if gap and written else "") + HAN[int(digit)] + scale
        gap = False
    return written or "零"


def _joined(number: int, size: int, scale: str) -> str:
    high, low = divmod(number, size)
    if not low:
        return to_han(high) + scale
    return to_han(high) + scale + ("零" if low < size // 10 else "") + to_han(low)


ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def to_english(number: int) -> str:
    """Write a number below 10^12 in English words."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            high, low = divmod(number, size)
            return f"{to_english(high)} {name}" + (f" {to_english(low)}" if low else "")
    if number >= 100:
        high, low = divmod(number, 100)
        return f"{ONES[high]} hundred" + (f" and {to_english(low)}" if low else "")
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


@given(st.integers(10, 10**11))
def test_a_number_in_chinese_is_read_as_itself(number: int) -> None:
    """Every whole number, written out in Han characters, comes back."""
    (found,) = find_quantities(f"共有{to_han(number)}名员工")
    assert (found.low, found.unit) == (Decimal(number), "employee")


@given(st.integers(2, 10**11))
def test_a_number_in_english_words_is_read_as_itself(number: int) -> None:
    """Every whole number, written out in English, comes back."""
    (found,) = find_quantities(f"It employs {to_english(number)} workers.")
    assert (found.low, found.unit) == (Decimal(number), "employee")


@given(st.integers(1, 10**12), st.integers(0, 99))
def test_grouped_digits_are_read_as_themselves(whole: int, cents: int) -> None:
    """Thousand separators and decimals do not change a value."""
    (found,) = find_quantities(f"It cost ${whole:,}.{cents:02}.")
    assert found.low == Decimal(f"{whole}.{cents:02}")


@given(st.integers(1, 9999), st.sampled_from([1, 2]))
def test_scales_of_both_languages_meet(number: int, places: int) -> None:
    """12.34亿 yuan and 1234 million yuan are one value, in either order."""
    amount = Decimal(number).scaleb(-places)
    (zh,) = find_quantities(f"营收{amount}亿元")
    (en,) = find_quantities(f"revenue of {amount * 100:f} million yuan")
    assert zh.low == en.low
    assert same_value(zh, en)
    assert same_value(en, zh)
    assert not conflicts(zh, en)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_full_date_is_read_as_itself(day: date) -> None:
    """A day with its year needs no anchor, in any form."""
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day.year}年{to_han(day.month)}月{to_han(day.day)}日".replace("一十", "十"),
    )
    for form in forms:
        (found,) = find_dates(f"于 {form} 发布", ANCHOR)
        assert (found.first, found.last, found.grain) == (day, day, "day"), form


@given(st.dates(date(2001, 1, 1), date(2040, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_lies_within_a_year_of_its_anchor(
    anchor: date, month: int, number: int
) -> None:
    """12月18日 is the nearest such day, and the other reading lies on the other side."""
    (found,) = find_dates(f"{month}月{number}日", anchor)
    assert (found.first.month, found.first.day) == (month, number)
    assert abs((found.first - anchor).days) <= 183
    assert found.other is not None
    assert (found.first <= anchor) != (found.other[0] <= anchor)


@given(texts)
def test_no_text_breaks_a_finder_and_every_span_is_true(text: str) -> None:
    """Finders answer any text with spans of it, in order, without overlaps, twice the same."""
    for find in FINDERS:
        found = find(text)
        reached = 0
        for it in found:
            assert 0 <= reached <= it.start < it.end <= len(text)
            assert text[it.start : it.end] == it.text
            reached = it.end
        assert find(text) == found


@given(texts)
def test_plain_text_keeps_its_length(text: str) -> None:
    """Offsets into the plain text are offsets into the text."""
    assert len(plain(text)) == len(text)


@given(texts)
def test_comparisons_are_symmetric(text: str) -> None:
    """Two quantities agree in both orders or in none, and never agree and conflict at once."""
    found = find_quantities(text)
    for a in found:
        for b in found:
            assert same_value(a, b) == same_value(b, a)
            assert conflicts(a, b) == conflicts(b, a)
            assert not (same_value(a, b) and conflicts(a, b))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1,",
            "1 ",
            "1.",
            "1/",
            "-",
            "$",
            "a-",
            "a.",
            "A1-",
            "x@",
            "http://a",
            "2025-",
            "GPT-5 ",
        ),
        *("one hundred ", "and ", "half ", "from ", "said ", "Aa ", '"', "“"),
        *("一", "万", "一百", "第", "年", "1月", "据", "百分之", "每", "多"),
    ],
)
@pytest.mark.timeout(60)  # a quadratic rule would need minutes for these
def test_hostile_texts_are_read_to_their_end(piece: str) -> None:
    """A long text of one repeated piece is answered, whatever rule the piece provokes."""
    text = piece * (8_000 // len(piece))
    for find in FINDERS:
        assert all(text[it.start : it.end] == it.text for it in find(text)[:100])
