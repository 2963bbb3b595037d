"""Places in a row: the largest is not the third-largest, and no one of the largest."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "Brindle is Canada's third-largest baker. Larkfield is one of the largest makers of arms. "
    "The final in Halden drew 11,600 people, a record for the sport. "
    "Rates fell to $1,980, the lowest since late 2023. Larkfield used each rocket 20 times."
)
ZH = "云杉实验室是国内第二大面包企业。这是辰光科技最大的一笔投资。"


@pytest.mark.parametrize(
    ("report", "text", "right"),
    [
        (EN, "Brindle is the third-largest baker of Canada.", True),
        (EN, "Brindle is the largest baker of Canada.", False),
        (EN, "Of all makers of arms Larkfield is the largest.", False),
        (EN, "Larkfield is among the largest makers of arms.", True),
        (EN, "The crowd of 11,600 in Halden was the biggest of the sport.", True),
        (EN, "运价跌至1980美元，为2023年底以来最低。", True),
        (EN, "Brindle是加拿大最大的面包商。", False),
        (ZH, "云杉实验室是国内最大的面包企业。", False),
        (ZH + "蔺芳首次夺冠，这是主队首败。", "蔺芳第一次拿到冠军。", True),
        (ZH + "蔺芳首次夺冠，这是主队首败。", "主队第一次在家里失败。", True),
        (ZH, "这笔投资是辰光科技最大的。", True),
    ],
)
def test_a_rank_keeps_its_place_in_the_row(report: str, text: str, right: bool) -> None:  # noqa: FBT001 - a label
    """In one language and across two; a record is the biggest."""
    assert ("superlative" not in kinds(text, report)) == right


def test_a_judgement_without_facts_is_an_opinion() -> None:
    """What weighs and advises is in no report and need not be."""
    text = "Whoever owns such ovens and patience has little reason to envy rivals."
    assert kinds(text, EN) == []
    assert kinds(text.replace("has little reason to envy", "quietly envies all wealthy"), EN) != []
