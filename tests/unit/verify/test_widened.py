"""Some told as all, one country as the world, a condition left out."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "The ban covers three of the country's five mines. The dockers' union speaks for about 700 of "
    "the port's 1,150 workers. Most of the choir signed a letter in support of Bruno Keel. If "
    "parliament agrees, a fund for port towns will receive 90 million dollars."
)
ZH = (
    "法院说，这一判决只适用于全职护士。部分村民已经迁走。"
    "只要股东投票通过，明年6月将在五个街道试行夜间公交。"
)


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (EN, "全国五座矿山中有三座受禁令约束。", "禁令覆盖全国所有矿山。"),
        (
            EN,
            "About 700 workers of the port belong to the dockers' union.",
            "All of the port's workers belong to the dockers' union.",
        ),
        (
            EN,
            "In a letter most of the choir backed Bruno Keel.",
            "In a letter the whole choir backed Bruno Keel.",
        ),
        (
            EN,
            "A fund for port towns will get 90 million dollars if parliament agrees.",
            "A fund for port towns will get 90 million dollars.",
        ),
        (EN, "议会同意的话，港口城镇基金将获得9000万美元。", "港口城镇基金将获得9000万美元。"),
        (
            EN + " Orrin may have to withdraw two robots in Canada.",
            "Orrin可能要在加拿大撤下两款机器人。",
            "Orrin可能要在全球撤下两款机器人。",
        ),
        (ZH, "The ruling applies to full-time nurses only.", "The ruling applies to all nurses."),
        (ZH, "村民已经部分迁走。", "村民已全部迁走。"),
        (
            ZH,
            "明年6月将在五个街道试行夜间公交，只要股东投票通过。",
            "明年6月，五个街道将试行夜间公交。",
        ),
    ],
)
def test_what_is_said_of_less_is_not_told_of_all(report: str, true: str, false: str) -> None:
    """Nor what stands under a condition as certain, in one language and in two."""
    assert kinds(true, report) == []
    assert set(kinds(false, report)) & {"sense", "certainty"}


def test_a_report_that_says_it_of_all_as_well_bears_it_out() -> None:
    """A condition that was met later, and some who became all."""
    report = EN + " In May parliament agreed, and the fund for port towns received 90 million."
    assert kinds("A fund for port towns has received 90 million dollars.", report) == []
