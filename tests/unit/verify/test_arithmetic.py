"""What follows from a report's figures in one step is borne out; what does not is not."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "Brindle Robotics has 310 employees in Ghent and 90 in Turin. Net debt was $14.6 billion, "
    "up from $11.9 billion. It signed 24 orders worth $3.6 billion in all. Arms made up 38% of its "
    "sales of $3.1 billion. Rent is $540 a month. Larkfield owns 60% of the venture."
)
ZH = (
    "云杉实验室去年亏损4.6亿元，上年亏损11.2亿元。转播合同为期三年，每年3,200万元。"
    "云杉月活1,900万，对手260万。"
)


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (EN, "Brindle employs 400 people.", "Brindle employs 420 people."),
        (EN, "Net debt climbed by $2.7bn.", "Net debt climbed by $3.7bn."),
        (EN, "Its 24 orders bring $150m apiece.", "Its 24 orders bring $170m apiece."),
        (EN, "Arms brought in nearly $1.2bn.", "Arms brought in nearly $1.7bn."),
        (EN, "Others own 40% of the venture.", "Others own 45% of the venture."),
        (EN, "Rent comes to $6,480.", "Rent comes to $6,840."),
        (ZH, "云杉亏损不到上年的一半。", "云杉亏损不到上年的四分之一。"),
        (ZH, "转播合同三年共9600万元。", "转播合同三年共9900万元。"),
        (ZH, "云杉月活是对手的七倍多。", "云杉月活是对手的九倍多。"),
    ],
)
def test_a_figure_that_follows_from_two_of_a_report_is_borne_out(
    report: str, true: str, false: str
) -> None:
    """Sums, differences, shares and so much for each; another figure fails."""
    assert kinds(true, report) == []
    assert kinds(false, report) != []


def test_a_figure_put_in_the_place_of_another_is_not_worked_out() -> None:
    """6 - 4 is 2, and 22 times 3 is 66; but nothing else of the report's sentence was changed."""
    report = "松塘指数涨超2%。芦湾指数涨6%，鹤滩指数涨4%。云杉估值翻倍至66亿元。此前为22亿元。"
    assert kinds("松塘指数涨超2个百分点。", report) != []
    assert kinds("云杉估值三倍至66亿元。", report) != []


def test_words_that_any_free_telling_adds_show_no_invention() -> None:
    """Single characters, numbers and general words are not counted; words of substance are."""
    report = "云杉芯片要通过车规认证，平均需要20个月。"
    free = "云杉芯片要拿到车规认证，早在之前就已经开始，至今没有得到，仍有待认证，前后历时很久。"
    made_up = "云杉芯片遭到黑客袭击，工程师连夜抢修机房，客户资料泄露，警方介入调查，股东集体抗议。"
    assert "statement" not in kinds(free, report)
    assert "statement" in kinds(made_up, report)
