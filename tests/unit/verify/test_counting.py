"""Which one of several: an ordinal beside the noun that it counts, a place in a ranking."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "It was Harrow's fourth final and her first title. Harrow, who is 24, had begun in Halden. "
    "The second batch of buoys follows in June."
)
ZH = "云杉实验室去年在国内市场的份额为11%，排名第三。这是云杉实验室今年发现的第三颗行星。"


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (
            EN,
            "For Harrow this final was the fourth final.",
            "It was the first final for Harrow, 24.",
        ),
        (EN, "Harrow has a first title.", "Harrow has a fourth title."),
        (ZH, "云杉实验室以11%的份额位居国内市场第三。", "云杉实验室以11%的份额位居国内市场第二。"),
        (ZH, "云杉今年找到第三颗行星。", "云杉今年找到第一颗行星。"),
    ],
)
def test_an_ordinal_counts_the_same_thing(report: str, true: str, false: str) -> None:
    """That a report has a first of something makes nothing else the first."""
    assert "ordinal" not in kinds(true, report)
    assert {"ordinal", "superlative"} & set(kinds(false, report))
