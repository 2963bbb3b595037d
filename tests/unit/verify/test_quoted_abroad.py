"""Who said it, where the words are translated or the report says "she said"."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "Osby Council will close the quay, the council's chair, Ada Orrin, said on Monday. Harbour "
    'master Tom Keld was against it. "A quay without ships is a bench," Orrin said. Baker Lena '
    'Marsh hopes for visitors. "Nobody ever sailed in a press release," said the dockers\' '
    "spokesman Leo Farn."
)
ZH = (
    "榆州剧院公布新剧目。院长蔺慕云介绍，新季共有九部戏。她说：“我们先把老戏演好，新戏不着急。”"
    "制作人裘芸表示，票价不变。"
)


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (
            EN,
            "奥林(Ada Orrin)说：“没有船的码头只是一条长凳。”",
            "凯尔德(Tom Keld)说：“没有船的码头只是一条长凳。”",
        ),
        (
            EN,
            '"Nobody ever sailed in a press release," Farn said.',
            '"Nobody ever sailed in a press release," Orrin said.',
        ),
        (
            ZH,
            '"Let us first play the old pieces well," said director Lin Muyun.',
            '"Let us first play the old pieces well," said producer Qiu Yun.',
        ),
        (ZH, "蔺慕云说，先把老戏演好，新戏不着急。", "裘芸说，先把老戏演好，新戏不着急。"),
    ],
)
def test_another_speaker_is_seen(report: str, true: str, false: str) -> None:
    """Where the reports quote one person, another one did not say it."""
    assert "name" not in kinds(true, report)
    assert "name" in kinds(false, report)


def test_a_surname_alone_names_a_chinese_person() -> None:
    """Lin said of 蔺慕云; another surname is another person."""
    assert kinds("Lin says the new season has nine pieces, and that new ones can wait.", ZH) == []


def test_the_speaker_stands_behind_the_name_of_the_firm() -> None:
    """Said Osby chair Ada Orrin: the person is the speaker, not the firm."""
    assert kinds('"A quay without ships is a bench," said Osby chair Ada Orrin.', EN) == []
    assert kinds('"A quay without ships is a bench," said Osby baker Lena Marsh.', EN) == ["name"]
