"""Times of day, in words and figures of both languages."""

from __future__ import annotations

import pytest

from ribao.verify.hours import find_hours
from tests.unit.verify.proving import kinds


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        ("The park shuts at 5:30 p.m.", "公园17:30关门。", "公园下午6点半关门。"),
        ("公园17:30闭园。", "The park closes at 5:30 p.m.", "The park closes at 6:30 p.m."),
        ("公园下午5点半闭园。", "公园于17:30闭园。", "公园于18:30闭园。"),
        ("Open from 9 a.m. to 6 p.m.", "上午9点开门。", "上午8点开门。"),
        ("会议于5月18日14时召开。", "会议5月18日下午2点召开。", "会议5月18日下午3点召开。"),
        ("It opens at nine o'clock.", "It opens at 9 a.m.", "It opens at 10 a.m."),
    ],
)
def test_an_hour_is_borne_out_in_any_form(report: str, true: str, false: str) -> None:
    """Another hour is another time, whatever day it is of."""
    assert kinds(true, report) == []
    assert kinds(false, report) == ["hour"]


@pytest.mark.parametrize(
    "text",
    [
        "她以21:15获胜。",
        "比例为1:20。",
        "他提出3点建议。",
        "北京时间20:00开赛。",
        "at 8 p.m. ET",
        "上午开会",
        "2:19:48",
    ],
)
def test_what_is_no_hour_or_one_of_another_zone(text: str) -> None:
    """Scores, points of a list, parts of a day, and hours that a zone makes others."""
    assert not list(find_hours(text))
