"""Free tellings that follow from a report by a reckoning of their own are borne out."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

CASES = [
    (
        "Ostrel sold lamps worth $54 million, up 20%.",
        "Before, Ostrel earned $45m with lamps.",
        "Before, Ostrel earned $47m with lamps.",
    ),
    (
        "Lamps bring in 45% of Ostrel's revenue, clocks 35% and repairs the rest.",
        "Ostrel earns a fifth of its revenue with repairs.",
        "Ostrel earns a third of its revenue with repairs.",
    ),
    (
        "Of Ostrel's 18 shops three made a loss.",
        "Fifteen of the 18 shops made money.",
        "Sixteen of the 18 shops made money.",
    ),
    (
        "A ticket went up from 2.50 to 3 euros on Monday.",
        "A ride costs 20% more.",
        "A ride costs 30% more.",
    ),
    (
        "Ostrel has 4,000 members. Three in ten voted.",
        "Some 1,200 of its members voted.",
        "Some 1,400 of its members voted.",
    ),
    (
        "Orders at Ostrel fell for the fifth month in a row.",
        "Orders have been falling for five months.",
        "Orders have been falling for seven months.",
    ),
    (
        "The doors open at 8:40 instead of 8:00.",
        "The doors open 40 minutes later.",
        "The doors open 50 minutes later.",
    ),
    (
        "The tunnel will open in June 2026, not in December 2025.",
        "The tunnel is to open six months late.",
        "The tunnel is to open nine months late.",
    ),
    (
        "The share of women was 31%, up 4 percentage points.",
        "Women had made up 27% before.",
        "Women had made up 25% before.",
    ),
    (
        "The levy raises 6 million euros a year, a third of what the trams cost.",
        "Trams cost 18 million euros, and the levy helps.",
        "Trams cost 24 million euros, and the levy helps.",
    ),
    (
        "The states renewed the pact on Monday until 2036.",
        "The pact now runs until 2036.",
        "The pact now runs until 2038.",
    ),
    (
        "云杉去年租灯收入5400万元，同比增长20%。",
        "云杉靠租灯在前一年拿到约4500万元。",
        "云杉靠租灯在前一年拿到约4900万元。",
    ),
    ("女员工占31%，比上年提高4个百分点。", "此前女员工占27%。", "此前女员工占24%。"),
    (
        "云杉汽车5月交付3.1万辆，环比增长7%。",
        "云杉汽车4月份约有2.9万辆交到车主手里。",
        "云杉汽车4月份约有2.5万辆交到车主手里。",
    ),
    (
        "云杉去年海外收入占总收入的35%。",
        "云杉三分之一强的收入来自海外。",
        "云杉四成的收入来自海外。",
    ),
    (
        "央行维持利率不变，九名委员中六人投票赞成。",
        "央行按兵不动，九名委员中有三人希望降息。",
        "央行按兵不动，九名委员中有四人希望降息。",
    ),
    (
        "该省已收小麦2150万亩，占总面积的43%。",
        "该省小麦一共种了5000万亩。",
        "该省小麦一共种了6000万亩。",
    ),
]


@pytest.mark.parametrize(("report", "true", "false"), CASES)
def test_what_follows_by_a_reckoning_is_borne_out(report: str, true: str, false: str) -> None:
    """A whole from its share, the value before a change, what is left, points, spans of time."""
    assert kinds(true, report) == []
    assert kinds(false, report) != []


def test_of_how_much_something_is_told_is_no_claim() -> None:
    """Of every 100 yuan, 每卖一公斤: only a measure for what is counted by it."""
    report = "云杉牧场一公斤奶卖2.98元，一年前卖3.40元。净利率5%。"
    assert kinds("云杉牧场每卖一公斤奶，比一年前少收0.42元。", report) == []


@pytest.mark.parametrize(
    ("true", "report"),
    [
        ("云杉工厂每年最多可造15万辆车。", "云杉工厂的年产能为15万辆车。"),
        ("改革每年可节省18亿克朗。", "改革每年能省下18亿瑞典克朗，财长说。"),
        ("云杉模型的得分从64升到71。", "云杉模型得分为71，旧版为64。"),
    ],
)
def test_words_that_look_like_ranks_and_units_are_none(true: str, report: str) -> None:
    """最多可 is "at most", 克朗 no gram, 64升到71 no litre."""
    assert kinds(true, report) == []
