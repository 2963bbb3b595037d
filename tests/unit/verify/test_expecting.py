"""A launch that is expected on a day that has passed, and times that only look like one."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.verify.checking import check_text


def passed(text: str) -> list[str]:
    """The times of a sentence of 19 December 2025 that cannot be any more."""
    found = check_text(f"{text}\n", day=date(2025, 12, 19))
    said = [one for sentence in found.sentences for one in sentence.findings]
    return [one.claim for one in said if "2025-12-19" in one.expected and one.kind == "date"]


@pytest.mark.parametrize(
    "text",
    [
        "云杉的眼镜预计2025年初上市。",
        "云杉计划于2024年建成新厂。",
        "新厂将在2025年的第一季度投产。",
        "云杉预计眼镜2025年初上市。",
        "云杉拟投资10亿元，预计2024年底前建成。",
        "Brindle plans to open the plant in 2024.",
        "Brindle's lamp is expected to arrive in early 2025.",
        "Brindle plans to open the plant by the end of 2024.",
        "Brindle will launch the lamp March 3, 2025.",
    ],
)
def test_what_is_expected_on_a_day_that_has_passed_is_seen(text: str) -> None:
    """The plan can no longer be one."""
    assert len(passed(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "公司拟调整2022年非公开发行项目的内部结构。",
        "发布会将于12月25日介绍2025年11月份经济运行情况。",
        "预计占比将从2014年的15%上升到2064年的36%。",
        "销售额将在2024年的基础上增长10%。",
        "公司预计2024年净利润增长一成。",
        "股东计划于2025年12月9日起三个月内减持。",
        "Brindle is expected to follow the 2010 act.",
        "Sales are expected to rise 5% from 2023.",
        "Brindle expects 2024 revenue of 3 million euros.",
        "Brindle will lose his title from the race of 2024.",
        "Brindle expects results in the second quarter.",
        "云杉预计第二季度投产。",
        "Several methods have been proposed in the past year.",
    ],
)
def test_a_time_that_is_no_day_of_a_plan_passes(text: str) -> None:
    """The name of a thing, where a growth begins, results of a year, what is over by its word."""
    assert passed(text) == []
