"""So many of so many: another part of the same whole, all for a share of it."""

from __future__ import annotations

import pytest

from ribao.language.parts import find_parts
from tests.unit.verify.proving import kinds

EN = (
    "Two of the four largest tenants of Brindle have extended their leases until 2035. "
    "Brindle will use two thirds of the money to pay down its debt of $2.7 billion. "
    "Six of the nine members of the board voted for the move."
)


@pytest.mark.parametrize(
    ("true", "word", "put"),
    [
        ("Two of its four largest tenants extended leases to 2035.", "Two of", "All"),
        ("Brindle will use two thirds of it to cut its debt of $2.7bn.", "two thirds", "all"),
        ("Brindle董事会的九名委员中有六人支持。", "六人", "八人"),
        ("Brindle四大租户中有两家续租至2035年。", "中有两家", "全部"),
    ],
)
def test_another_part_of_the_same_whole_is_seen(true: str, word: str, put: str) -> None:
    """The part that the report gives passes, another one fails."""
    assert "sense" not in kinds(true, EN)
    assert kinds(true.replace(word, put), EN) != []


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("17 of 20 tests", 17, 20),
        ("None of the three judges", 0, 3),
        ("all nine members", 9, 9),
        ("三名法官一致认定", 3, 3),
        ("二十项中有十七项", 17, 20),
        ("全部四家银行", 4, 4),
        ("All of the 2,400 dockers", 2400, 2400),
    ],
)
def test_a_part_is_read_with_its_whole(text: str, part: int, whole: int) -> None:
    """Digits and words, in both languages; all and none are parts, too."""
    assert [(one.part, one.whole) for one in find_parts(text)] == [(part, whole)]


def test_all_of_them_is_held_against_some_of_as_many_in_another_sentence() -> None:
    """The ruling stands in one sentence, who agreed with it in the next."""
    report = (
        "The court found that Brindle fixed the price of bread between 2009 and 2015. "
        "Two of the three judges agreed; one dissented."
    )
    assert "sense" in kinds("三名法官一致认定，Brindle在2009年至2015年间操纵面包价格。", report)
    assert "sense" not in kinds("法官认定，Brindle在2009年至2015年间操纵面包价格。", report)
