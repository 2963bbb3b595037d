"""Quantities in Chinese and English text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ribao.language.quantities import conflicts, find_quantities, same_value


def brief(text: str) -> list[tuple[str, str, str, str]]:
    """Kind, text, value and unit of everything found."""
    return [(it.kind, it.text, f"{it.low.normalize():f}", it.unit) for it in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("投资1.5万亿元", "money", "1500000000000", "CNY"),
        ("共三千五百人", "count", "3500", "person"),
        ("售价2000元起", "money", "2000", "CNY"),
        ("309B参数的模型", "parameters", "309000000000", "parameters"),
        ("3090亿参数的模型", "parameters", "309000000000", "parameters"),
        ("raised $2.5 billion", "money", "2500000000", "USD"),
        ("花了HK$3.5", "money", "3.5", "HKD"),
        ("rose 35 percent", "percent", "35", "%"),
        ("百分之二十三", "percent", "23", "%"),
        ("3成用户", "percent", "30", "%"),
        ("上调25个基点", "percentage-points", "0.25", "pp"),
        ("是前代三倍", "multiple", "3", "x"),
        ("第三", "ordinal", "3", ""),
        ("气温零下5℃", "temperature", "-5", "celsius"),
        ("新增5吉瓦", "dimension", "5", "GW"),
        ("５０００人", "count", "5000", "person"),
    ],
)
def test_reads_one_quantity(text: str, kind: str, value: str, unit: str) -> None:
    """Each form gives its kind, its exact value and its one unit."""
    assert [(k, v, u) for k, _, v, u in brief(text)] == [(kind, value, unit)]


@pytest.mark.parametrize(
    "text",
    ["一带一路", "一些人", "Gemini 3 Flash", "GPT-5.2", "iPhone 17 Pro", "5G手机", "12月18日",
     "2025年", "10:30",
     "00100.HK", "36氪", "三心二意",
     "https://example.org/12/34"],
)  # fmt: skip
def test_leaves_names_dates_and_idioms_alone(text: str) -> None:
    """What only looks like an amount is none."""
    assert brief(text) == []


def test_a_range_takes_the_scale_of_its_second_number() -> None:
    """10到20亿 runs from one billion to two."""
    (found,) = find_quantities("融资10到20亿美元")
    assert (found.low, found.high, found.unit) == (Decimal(10**9), Decimal(2 * 10**9), "USD")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("309B参数", "3090亿参数"),
        ("3.09亿用户", "309 million users"),
        ("3.1亿用户", "309 million users"),
        ("超3亿用户", "309 million users"),
        ("约3亿用户", "309 million users"),
    ],
)
def test_one_value_in_two_forms_is_the_same(a: str, b: str) -> None:
    """Numerals, scales, rounding and bounds do not hide that a figure is the same."""
    (left,), (right,) = find_quantities(a), find_quantities(b)
    assert same_value(left, right)
    assert not conflicts(left, right)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3.09万用户", "309 million users"),
        ("营收30亿元", "营收3亿元"),
        ("涨35%", "涨53%"),
        ("超5亿用户", "309 million users"),
    ],
)
def test_two_values_of_one_kind_conflict(a: str, b: str) -> None:
    """Figures that cannot both be true are told apart."""
    (left,), (right,) = find_quantities(a), find_quantities(b)
    assert conflicts(left, right)
    assert not same_value(left, right)
