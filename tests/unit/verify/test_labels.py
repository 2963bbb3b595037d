"""A figure that a report has of something else: another product, period, direction, basis, part."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "Brindle raised $75 million in a round led by Larkfield, which values it at $640 million. "
    "Fares inside the region fell 2% in May, while those across the sea rose 6%. "
    "Rents fell 1.4% in January from December and 6% from a year earlier. "
    "Installations worldwide grew 12% to 127 gigawatts. "
    "Drivers saved 38 minutes a shift on average."
)
ZH = (
    "云杉实验室去年营收4,410亿元，增长11%；第四季度营收1,284亿元，增长14%。"
    "其主力产品“云言2.0”月活跃用户为260万，辰光科技的同类产品月活为1,900万。"
)


@pytest.mark.parametrize(
    ("report", "true", "word", "put"),
    [
        (ZH, "云杉去年营收为4410亿元，增长11%。", "11%", "14%"),
        (ZH, "云杉的“云言2.0”有月活跃用户260万。", "260万", "1900万"),
        (EN, "该公司融资7500万美元，由Larkfield领投。", "7500万", "6.4亿"),
        (EN, "区域内票价5月下跌2%，跨海航线则上涨6%。", "下跌", "上涨"),
        (EN, "房租1月环比下跌1.4%。", "环比", "同比"),
        (EN, "On average drivers have saved 38 minutes a shift.", "shift", "week"),
        (EN, "全球新增装机127吉瓦。", "全球", "国内"),
    ],
)
def test_a_figure_of_something_else_is_seen(report: str, true: str, word: str, put: str) -> None:
    """The figure stands in the report, beside other words."""
    assert kinds(true, report) == []
    assert kinds(true.replace(word, put), report) != []


def test_figures_in_a_row_without_words_are_no_figures_of_anything() -> None:
    """A list of what a report names says of none what it is of."""
    assert kinds("The report names 6%, 12%, 2%.", EN) == []
