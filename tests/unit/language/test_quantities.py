"""Quantities in Chinese and English text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ribao.language.amounts import round_to
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
        ("raises $3M", "money", "3000000", "USD"),
        ("人民币50万美元", "money", "500000", "USD"),
        ("8天20小时", "duration", "212", "hour"),
        ("五元三毛", "money", "5.3", "CNY"),
        ("贵了8毛", "money", "0.8", "CNY"),
        ("2小时19分48秒", "duration", "8388", "second"),
        ("节电1800万度", "dimension", "18000000", "kWh"),
        ("误差在正负2毫米", "dimension", "2", "mm"),
        ("七百余户", "count", "700", "family"),
        ("印数40万册", "count", "400000", "item"),
        ("代表1500余人", "count", "1500", "person"),
        ("raised $40-50 million", "money", "40000000", "USD"),
        ("110 million a year earlier", "number", "110000000", ""),
        ("超过三分之一", "fraction", "0.3333333333333333333333333333", ""),
        ("价格翻番", "multiple", "2", "x"),
        ("8.4m tonnes", "dimension", "8400000", "tonne"),
        ("5m voters", "number", "5000000", ""),
        ("the 100m hurdles", "dimension", "100", "m"),
        ("an eighth smaller", "fraction", "0.125", ""),
        ("A fifth of the loaves", "fraction", "0.2", ""),
        ("by a fifth.", "fraction", "0.2", ""),
        ("a third since May", "fraction", "0.3333333333333333333333333333", ""),
        ("a fifth attempt", "ordinal", "5", ""),
        ("one in five loaves", "fraction", "0.2", ""),
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


def test_millions_of_one_thing_are_millions_of_another() -> None:
    """Cut by 4.5m tonnes to 21.5m: no metres."""
    assert [found.low for found in find_quantities("cut by 4.5m tonnes to 21.5m")] == [
        Decimal(4500000),
        Decimal(21500000),
    ]


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


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("近3亿元", "under"),
        ("超5000人", "over"),
        ("20多家公司", "over"),
        ("约300人", "about"),
        ("at least 40%", "at-least"),
        ("up to $5 million", "at-most"),
        ("more than 300 jobs", "over"),
        ("cover 300 jobs", "exact"),
        ("约合人民币7.2亿元", "about"),
        ("一百来人", "about"),
        ("两百来号人", "about"),
        ("2,800-odd homes", "about"),
        ("nearly doubled", "under"),
        ("翻了一番还多", "over"),
    ],
)
def test_words_around_an_amount_set_its_bound(text: str, bound: str) -> None:
    """约, 超, "up to" and their like are kept apart from the value; a part of a word is none."""
    (found,) = find_quantities(text)
    assert found.bound == bound


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("增长2倍", "增至2倍", False),
        ("增长2倍", "增至3倍", True),
        ("rose by 30%", "rose to 30%", False),
        ("增长30%", "rose 30%", True),
        ("3公里", "3 kilometers", True),
        ("3公里", "3000米", True),
        ("10英里", "16公里", True),
        ("三分之一", "33%", True),
        ("三分之一", "43%", False),
    ],
)
def test_a_change_by_is_not_a_change_to(a: str, b: str, same: bool) -> None:  # noqa: FBT001  a column of the table
    """Growth by two times is growth to three times, and units of one dimension are converted."""
    (left,), (right,) = find_quantities(a), find_quantities(b)
    assert same_value(left, right) is same
    assert same_value(right, left) is same


def test_a_change_between_two_levels_is_no_range() -> None:
    """From 5% to 20% are two levels; 5% to 20% may be a range."""
    assert len(find_quantities("rose from 5% to 20%")) == 2
    assert len(find_quantities("a share of 5% to 20%")) == 1


def test_the_denominator_is_kept() -> None:
    """A price per minute is not a price."""
    assert [it.per for it in find_quantities("$0.002/分钟")] == ["minute"]
    assert [it.per for it in find_quantities("10元/百万tokens")] == ["million tokens"]
    assert [it.per for it in find_quantities("每股1.95港元")] == ["share"]


def test_families_are_no_companies() -> None:
    """家 counts companies, and is only the head of 家族 and 家庭."""
    told = find_quantities("3家族和3个家庭控制了40家企业，另有3家。12 families own them.")
    assert [(it.text, it.unit) for it in told] == [
        ("3家族", "family"),
        ("3个家庭", "family"),
        ("40家企业", "company"),
        ("3家", "company"),
        ("12 families", "family"),
    ]


def test_numbers_longer_than_any_are_not_rounded() -> None:
    """A figure of forty digits is no amount of anything, and raises nothing."""
    assert round_to(Decimal("1E+40"), Decimal(1)) == Decimal("1E+40")
    assert round_to(Decimal("12.5"), Decimal(1)) == Decimal(13)
    (many,) = find_quantities("million " * 6)
    (few,) = find_quantities("two million")
    assert not same_value(many, few)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("指数从64升到71", [("number", "64"), ("number", "71")]),
        ("得分64升至71", [("number", "64"), ("number", "71")]),
        ("水箱容量64升", [("dimension", "64")]),
        ("每度电1角2分", [("money", "0.12")]),
        ("饭票三块五", [("money", "3.5")]),
        ("拨款18亿克朗", [("money", "1800000000")]),
        ("SEK 18 billion", [("money", "18000000000")]),
    ],
)
def test_a_unit_is_none_where_the_sign_is_a_verb_or_part_of_a_currency(
    text: str, found: list[tuple[str, str]]
) -> None:
    """升 may be to rise, 克 may begin 克朗, and coins belong to one amount."""
    assert [(kind, value) for kind, _, value, _ in brief(text)] == found


@pytest.mark.parametrize("country", ["瑞典", "丹麦", "挪威", "捷克", "冰岛"])
def test_crowns_of_no_country_may_be_those_of_any(country: str) -> None:
    """18亿克朗 is 18亿瑞典克朗, and never 18亿克."""
    (told,), (short,), (other,) = (
        find_quantities(text) for text in (f"18亿{country}克朗", "18亿克朗", "19亿克朗")
    )
    assert same_value(told, short)
    assert not same_value(told, other)


@pytest.mark.parametrize(
    ("mine", "told", "other"),
    [
        ("打八折", "20% off", "30% off"),
        ("电价为0.12元/度", "电价每度1角2分", "电价每度2角1分"),
        ("每度0.12元", "0.12 yuan per kilowatt-hour", "0.21 yuan per kilowatt-hour"),
        ("时速达40公里", "at 40 km/h", "at 60 km/h"),
    ],
)
def test_one_amount_in_another_form_is_the_same(mine: str, told: str, other: str) -> None:
    """A discount, the price of power, and a speed by the hour."""
    (a,), (b,), (c,) = (find_quantities(text) for text in (mine, told, other))
    assert same_value(a, b)
    assert not same_value(a, c)


def test_months_of_a_period_count_nothing() -> None:
    """1至3月 holds no number 1."""
    assert brief("港口今年1至3月吞吐量下降") == []


@pytest.mark.parametrize(
    ("text", "low", "high", "change"),
    [
        ("气温降8至10摄氏度", 8, 10, ""),
        ("两三块钱", 2, 3, ""),
        ("一两天", 1, 2, ""),
        ("三五个", 3, 5, ""),
        ("十七八岁", 17, 18, ""),
        ("两三百名", 200, 300, ""),
        ("营收在48亿至52亿元之间", 48, 52, ""),
        ("plunge by 8 to 10 degrees Celsius", 8, 10, "by"),
    ],
)
def test_the_sign_of_a_range_is_no_change_to(text: str, low: int, high: int, change: str) -> None:
    """至 and "to" between two amounts only join them."""
    (found,) = find_quantities(text)
    scale = 10**8 if "亿" in text else 1
    assert (int(found.low), int(found.high)) == (low * scale, high * scale)
    assert found.change == change
