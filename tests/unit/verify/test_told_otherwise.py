"""Times, places and speakers that a report tells in another form."""

from __future__ import annotations

import pytest

from ribao.verify.claims import AMOUNT, DATE, find_claims
from ribao.verify.sizes import find_sizes
from tests.unit.verify.proving import DAY, kinds


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (
            "国内首条跨海氢能管线在青礁投产，全长40公里。",
            "我国首条跨海氢能管线在青礁投产，全长40公里。",
            "德国首条跨海氢能管线在青礁投产，全长40公里。",
        ),
        ("去年国内新建了34座氢能站。", "去年，中国新建氢能站34座。", "去年，法国新建氢能站34座。"),
        ("中国去年新建了34座氢能站。", "去年我国新建氢能站34座。", "去年日本新建氢能站34座。"),
        ("日本国内首条氢能管线投产。", "日本国内首条氢能管线投产。", "中国首条氢能管线投产。"),
    ],
)
def test_the_inland_of_a_chinese_report_is_china(report: str, true: str, false: str) -> None:
    """国内 bears out 我国 and 中国, unless another country stands before it."""
    assert kinds(true, report) == []
    assert "name" in kinds(false, report)


def test_a_day_without_its_year_bears_out_no_year_but_the_nearest() -> None:
    """11月20日 of a report of June 2025 may be one of 2024, which proves nothing of 2024."""
    report = "规定要求，船只自2023年起改用电动机，意见征求到11月20日。违者将被罚款。"
    assert kinds("2024年起，船上须用电动机，违者罚款。", report) == ["date"]
    assert kinds("2023年起，船上须用电动机，违者罚款。", report) == []


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        ("Dozens of workers stood at the gate.", "数十名工人站在门口。", "数百名工人站在门口。"),
        (
            "数十名工人站在门口。",
            "Dozens of workers stood there.",
            "Hundreds of workers stood there.",
        ),
        ("47 workers stood at the gate.", "数十名工人站在门口。", "上百名工人站在门口。"),
        ("103 people queued for bread.", "上百人排队买面包。", "近百人排队买面包。"),
        ("Several thousand homes had no power.", "数千户家庭停电。", "数万户家庭停电。"),
        ("The fund lost $43 million.", "基金亏损数千万美元。", "基金亏损数百万美元。"),
        ("逾百人排队买面包。", "More than 100 people queued.", "More than 1,000 people queued."),
        ("数十名工人站在门口。", "几十名工人站在门口。", "十名工人站在门口。"),
    ],
)
def test_counts_of_which_only_the_size_is_told(report: str, true: str, false: str) -> None:
    """数十名 is "dozens" and 47, and neither 10 nor hundreds."""
    assert kinds(true, report) == []
    assert set(kinds(false, report)) <= {"count", "number", "money"}
    assert kinds(false, report)


@pytest.mark.parametrize(
    "text", ["历史上百年的事", "参数百亿的模型", "多数百姓", "通过百人投票", "a dozen eggs"]
)
def test_what_only_looks_like_a_size_is_none(text: str) -> None:
    """上, 数 and 过 belong to the word before, and a dozen is a number."""
    assert not list(find_sizes(text))


@pytest.mark.parametrize("within", ["within two years", "in two years"])
def test_a_term_is_counted_from_the_day_or_not(within: str) -> None:
    """两年内 is a length of time, "within two years" a time: both say the same."""
    report = "市政府称，两年内将建成三座水厂。"
    assert kinds(f"The city said three waterworks would be built {within}.", report) == []
    false = within.replace("two", "five")
    assert kinds(f"The city said three waterworks would be built {false}.", report) == ["date"]
    assert kinds(
        "市政府称，五年内将建成三座水厂。", "The city will build three within two years."
    ) == ["duration"]


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        ("The mill halved its output.", "面粉厂产量减少一半。", "面粉厂产量增加一半。"),
        ("The mill halved its output.", "Output of the mill fell 50%.", "Output fell 30%."),
        ("面粉厂产量减少了一半。", "Output of the mill was halved.", "Output of the mill doubled."),
        ("票价打五折。", "Fares were halved.", "Fares were tripled."),
        ("Sales doubled.", "销售额增长100%。", "销售额增长200%。"),
        ("销售额增长两倍。", "Sales rose 200%.", "Sales rose 300%."),
        ("Sales nearly doubled.", "销售额增长96%。", "销售额增长56%。"),
        ("Sales more than doubled.", "销售额增长112%。", "Sales nearly doubled."),
        ("The firm will cut 12,000 jobs.", "公司将裁员1.2万人。", "公司将招聘1.2万人。"),
        ("公司裁员1.2万人。", "The firm cut 12,000 jobs.", "The firm cut 15,000 jobs."),
        ("The firm laid off 12,000 workers.", "公司裁减1.2万个岗位。", "公司裁减1.5万个岗位。"),
        ("The plant built 12,000 cars.", "该厂生产1.2万辆汽车。", "该厂裁员1.2万人。"),
    ],
)
def test_one_change_in_other_words(report: str, true: str, false: str) -> None:
    """Halved is down 50%, doubled up 100%; people who are laid off are jobs that are cut."""
    assert kinds(true, report) == []
    assert kinds(false, report)


def test_a_figure_in_another_form_binds_a_speaker_of_another_language() -> None:
    """1200人 is "1,200 jobs", so it is known who said it, though no word is in common."""
    report = (
        "The chairman of Velmora, Reto Amsel, said it would look for smaller targets. "
        "Hartmoor chief executive Joanna Price said it would cut 1,200 jobs this year."
    )
    assert kinds("Hartmoor首席执行官Price宣布,今年将裁员1200人。", report) == []
    assert kinds("Velmora董事长Amsel宣布,今年将裁员1200人。", report) == ["name"]


def test_a_year_before_is_a_basis_of_comparison() -> None:
    """一年前 beside a second figure is 同比 told by the figure of the year before."""
    report = "前三季度净息差为1.52%,同比收窄11个基点。"
    assert "date" not in kinds("前三季度净息差只有1.52%,而一年前是1.63%。", report)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He ran for half an hour.", ["half an hour"]),
        ("It took a year and a half.", ["a year and a half"]),
        ("The fair runs from Dec 22 to 26.", ["Dec 22 to 26"]),
        ("营收将在2026财年增长。", ["2026财年"]),
        ("The light was built in 1887.", ["1887"]),
        ("早上7点半到9点开船。", []),
    ],
)
def test_what_is_one_time_is_one_claim(text: str, told: list[str]) -> None:
    """A number within the words for a time counts nothing."""
    found = find_claims(text, "zh" if not text.isascii() else "en", DAY)
    assert [one.text for one in found if one.family in {AMOUNT, DATE}] == told
