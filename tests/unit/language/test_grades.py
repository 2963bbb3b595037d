"""Years of school look like numerals, and ends of other words like years of school."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ribao.language.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("渔获提高三成。", 30),
        ("水面扩大三成。", 30),
        ("码头放大三倍。", 3),
        ("船票走高一成。", 10),
        ("最初三年没有渡船。", 3),
        ("规模最大三家都在北岸。", 3),
    ],
)
def test_what_grows_is_no_year_of_school(text: str, amount: int) -> None:
    """The figure behind the end of another word is read."""
    (found,) = find_quantities(text)
    assert found.low == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["他读高三。", "大三学生来了。", "高三年级放假。", "大年初三开船。"]
)
def test_years_of_school_count_nothing(text: str) -> None:
    """Nor does a day of the new year."""
    assert not find_quantities(text)


def test_a_price_of_a_litre_may_rise() -> None:
    """升 before 到 is a verb behind a number, and a litre behind a slash."""
    assert [one.per for one in find_quantities("油价从8元/升到9元/升。")] == ["l", "l"]
    assert {one.kind for one in find_quantities("指数从64升到71。")} == {"number"}
