"""The day on which something was said."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import failing, kinds

ZH = "雾港电力周三宣布，去年亏损扩大至3.2亿元，预计明年关闭两座电厂。"
EN = (
    "Wugang Power said on Wednesday that losses had widened to 320m yuan last year and that it "
    "expected to close two plants next year."
)


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (ZH, "雾港电力明年将关闭两座电厂。", "雾港电力今年将关闭两座电厂。"),
        (ZH, "雾港电力预计明年关闭两座电厂。", "雾港电力预计今年关闭两座电厂。"),
        (ZH, "雾港电力本周宣布，明年关闭两座电厂。", "雾港电力本周宣布，今年关闭两座电厂。"),
        (EN, "Wugang will close two plants next year.", "Wugang will close two plants this year."),
        (
            "周三公布的数据显示，4月零售额增长3%。",
            "4月零售额增长3%。",
            "6月零售额增长3%。",
        ),
    ],
)
def test_is_no_proof_of_when_it_happens(report: str, true: str, false: str) -> None:
    """周三 lies in 今年, which is not when the plants close."""
    assert kinds(true, report) == []
    assert kinds(false, report) == ["date"]


def test_proves_when_it_was_said() -> None:
    """A print that speaks of the saying itself may tell the day by its week or its year."""
    assert kinds("雾港电力今年宣布关闭两座电厂。", ZH) == []
    assert kinds("雾港电力本周宣布关闭两座电厂。", ZH) == []


def test_of_several_times_that_of_the_same_thing_is_shown() -> None:
    """The report tells of two years; the plants close next year."""
    wrong = failing("雾港电力今年将关闭两座电厂。", ZH, "zh")
    assert [one.expected for one in wrong] == ["明年"]
