"""Names that stand in the report, but not there: in a free telling and across languages."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.verify.unlisted import names_by_ending
from tests.unit.verify.proving import failing

DAY = date(2025, 6, 2)
EN = (
    "The investor Marlow Partners, which owns 7% of Brindle, had asked for the sale since March. "
    "Tolland Group made its first offer in January. Lena Okafor, who broke her wrist in the last "
    "round, left without a word. Dana Whitlow beat her by two points. "
    '"We will not sell below the price of last year," said finance chief Robert Ames. '
    "Chief executive Ines Calloway said the plant would reopen after the holidays. "
    "Nobody at Tolland Group, Brindle or Marlow Partners would say more."
)
ZH = (
    "云杉公司首席执行官许望舒表示，工厂将在7月重开，届时招聘380人。"
    "“我们不会低于去年的价格出售，”财务总监孟景行说。这笔交易由鹤湾资本提出。"
)
WIRE = (
    "Chief executive Ines Calloway said on Monday that the plant in Ghent would hire 380 people. "
    "Robert Ames, the finance chief, said sales fell 14% in May to 92 million euros."
)


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        (
            "Marlow Partners, with 7% of Tolland, has asked for the sale since March.",
            "Tolland",
            "Brindle",
        ),
        ("Whitlow broke her wrist in the last round.", "Whitlow", "Lena Okafor"),
        (
            '"We will not sell below the price of last year," said Brindle\'s boss, Ines Calloway.',
            "Ines Calloway",
            "Robert Ames",
        ),
        (
            "The plant will reopen after the holidays, Robert Ames said.",
            "Robert Ames",
            "Ines Calloway",
        ),
        (
            "Chief executive Robert Ames did not speak to reporters.",
            "Chief executive",
            "finance chief",
        ),
    ],
)
def test_a_name_of_the_report_at_the_wrong_place_is_seen(
    sentence: str, wrong: str, right: str
) -> None:
    """Told in other words: the sentence on the same thing names another one."""
    assert [(one.claim, one.expected) for one in failing(sentence, EN, "en")] == [(wrong, right)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Marlow Partners, with a 7% stake in Brindle, has asked for the sale since March.",
        "Okafor broke her wrist in the last round.",
        "Whitlow won by two points.",
        '"We will not sell below the price of last year," said Ames, who heads finance.',
        "Finance chief Robert Ames and chief executive Ines Calloway spoke.",
        "Calloway said the plant would reopen after the holidays.",
        "Tolland made its first offer in January.",
    ],
)
def test_the_right_name_passes_in_any_form(sentence: str) -> None:
    """A family name alone, the short name of a firm, an office told otherwise."""
    assert failing(sentence, EN, "en") == []


@pytest.mark.parametrize(
    ("sentence", "text", "wrong"),
    [
        ("“我们不会低于去年的价格出售，”首席执行官许望舒说。", ZH, ["许望舒"]),
        ("“我们不会低于去年的价格出售，”孟景行说。", ZH, []),
        ("首席执行官孟景行没有回应。", ZH, ["首席执行官"]),
        ("财务总监Robert Ames表示，根特的工厂将招聘380人。", WIRE, ["Robert Ames"]),
        ("首席执行官Ines Calloway表示，根特的工厂将招聘380人。", WIRE, []),
        ("首席执行官Ames称，销售额下降14%，为9200万欧元。", WIRE, ["首席执行官"]),
    ],
)
def test_the_same_in_chinese_and_across_languages(
    sentence: str, text: str, wrong: list[str]
) -> None:
    """Figures and things tell the sentence on the same matter where no words can be compared."""
    assert [one.claim for one in failing(sentence, text, "zh")] == wrong


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("去年8月，澄岚生物曾向瑞湾诊断提出报价。", ["澄岚生物", "瑞湾诊断"]),
        ("揭幕战由苏河联队坐镇主场。", ["苏河联队"]),
        ("国产大模型公司与新能源汽车公司、人工智能科技企业", []),
    ],
)
def test_names_by_their_ending(text: str, names: list[str]) -> None:
    """Firms and clubs are told by what their names end with; a sort of firms is no firm."""
    assert [one.text for one in names_by_ending(text)] == names


def test_a_firm_of_the_report_at_the_wrong_place_is_seen_in_chinese() -> None:
    """Told in another order: the report has another firm beside the same words."""
    text = "此前，澄岚生物曾在去年8月向瑞湾诊断提出报价，后因估值分歧退出。远汀制药没有参与。"
    told = "去年8月，澄岚生物曾向{}提出报价，后因估值谈不拢而退出。"
    assert failing(told.format("瑞湾诊断"), text, "zh") == []
    (found,) = failing(told.format("远汀制药"), text, "zh")
    assert (found.claim, found.expected) == ("远汀制药", "瑞湾诊断")


def test_words_that_are_anybodys_tell_no_same_thing() -> None:
    """Whoever releases a model releases a model: another name or a figure must be shared."""
    text = "瑞汐科技周二开源机器人模型。途翎科技也开源了SHARDE模型。"
    assert failing("途翎科技开源SHARDE模型。", text, "zh") == []
    assert failing("途翎科技开源机器人模型。", text.replace("SHARDE", "机器人"), "zh") == []


def test_a_latin_name_inside_of_chinese_is_heard() -> None:
    """The report may leave a foreign name in its own letters."""
    text = "由资深高管Peter DeSantis接任新组织负责人，该组织有380人。"
    assert failing("新组织的380人由彼得·德桑提斯接任负责人。", text, "zh") == []
