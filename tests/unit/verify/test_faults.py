"""Small faults of the checker that readers found, each mended in general."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.model import Verdict
from ribao.verify import check_text
from tests.unit.verify.proving import failing, kinds

_ORDERS = (
    "Larkfield Robotics presented its results on Monday. The head of business at Larkfield, "
    "Dana Orrin, said orders will rise and a new model will be launched in Europe."
)


@pytest.mark.parametrize(
    "sentence", ["云杉实验室预计明年发布新模型。", "云杉实验室表示，订单将增长。"]
)
def test_one_word_in_common_binds_no_speaker_of_another_language(sentence: str) -> None:
    """What a firm expects or says is not held against the report on another firm."""
    assert "name" not in kinds(sentence, _ORDERS)


def test_who_foresees_a_thing_of_another_is_its_speaker() -> None:
    """预计 is saying where it is said of another: the printed bank did not foresee it."""
    (found,) = failing("高盛预计美联储明年降息。", "摩根大通预计美联储明年降息。", "zh")
    assert (found.kind, found.expected) == ("name", "摩根大通")


@pytest.mark.parametrize(
    ("sentence", "report", "language"),
    [
        ("市长表示“桥梁将于明年关闭”。", "市长在会上表示：“桥梁不会于明年关闭。”", "zh"),
        ("市长说“票价将上涨”。", "市长说“票价将下跌”。", "zh"),
        ('He said "we will raise fares".', 'He said "we will lower fares".', "en"),
        ('He said "we sold 30 boats".', 'He said "we sold 40 boats".', "en"),
    ],
)
def test_a_wrong_quotation_is_one_finding(sentence: str, report: str, language: str) -> None:
    """The turned word or figure in it is not told again beside the whole quotation."""
    assert [one.kind for one in failing(sentence, report, language)] == ["quotation"]


def test_what_is_done_to_the_one_before_the_verb_is_not_done_by_it() -> None:
    """向OpenAI投资: OpenAI is paid, as the English report says."""
    report = "Microsoft said it would invest $3 billion in OpenAI."
    assert kinds("微软表示将向OpenAI投资30亿美元。", report) == []
    assert kinds("OpenAI表示将向微软投资30亿美元。", report) == ["role"]


@pytest.mark.parametrize(
    ("summary", "text", "wrong"),
    [
        ("Port moved 4.2 million tonnes of grain.", "Port moved 3.1 million tonnes of grain.", 1),
        ("Port moved 3.1 million tonnes of grain.", "Port moved 3.1 million tonnes of grain.", 0),
        ("港口去年粮食吞吐量达420万吨。", "港口去年粮食吞吐量达310万吨，运营方称。", 1),
        ("新渡轮码头将于5月启用。", "港务局表示，新渡轮码头将于9月启用。", 1),
        ("新渡轮码头将于5月启用。", "老渡轮博物馆于9月关门。", 0),
    ],
)  # fmt: skip
def test_the_summary_of_a_letter_without_links_is_compared(
    summary: str, text: str, wrong: int
) -> None:
    """What stands over the text must not say another value of the same thing."""
    letter = f"---\ntitle: Letter\nsummary: {summary}\n---\n\n{text}\n\nMore follows.\n"
    report = check_text(letter, day=date(2026, 3, 15))
    found = [
        (one.printed.part, it.verdict)
        for one in report.sentences
        for it in one.findings
        if it.verdict == Verdict.CONTRADICTED
    ]
    assert found == [("summary", Verdict.CONTRADICTED)] * wrong
