"""Times, places and speakers that a report tells in another form."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (
            "国内首条跨海氢能管线在青礁投产，全长40公里。",
            "我国首条跨海氢能管线在青礁投产，全长40公里。",
            "德国首条跨海氢能管线在青礁投产，全长40公里。",
        ),
        ("去年国内新建了34座氢能站。", "去年，中国新建氢能站34座。", "去年，法国新建氢能站34座。"),
        ("中国去年新建了34座氢能站。", "去年我国新建氢能站34座。", "去年日本新建氢能站34座。"),
        ("日本国内首条氢能管线投产。", "日本国内首条氢能管线投产。", "中国首条氢能管线投产。"),
    ],
)
def test_the_inland_of_a_chinese_report_is_china(report: str, true: str, false: str) -> None:
    """国内 bears out 我国 and 中国, unless another country stands before it."""
    assert kinds(true, report) == []
    assert "name" in kinds(false, report)


def test_a_day_without_its_year_bears_out_no_year_but_the_nearest() -> None:
    """11月20日 of a report of June 2025 may be one of 2024, which proves nothing of 2024."""
    report = "规定要求，船只自2023年起改用电动机，意见征求到11月20日。违者将被罚款。"
    assert kinds("2024年起，船上须用电动机，违者罚款。", report) == ["date"]
    assert kinds("2023年起，船上须用电动机，违者罚款。", report) == []
