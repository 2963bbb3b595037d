"""Lead-ins, days that lean on others, values that are told twice, and other forms of the true."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.verify import check_text
from ribao.verify.lead_ins import lead_in
from ribao.verify.proof import FAILED
from tests.unit.verify.proving import document, failing, kinds


@pytest.mark.parametrize(
    ("report", "printed", "kind"),
    [
        (
            "The new ferries are available to the public.",
            "According to reports, the new ferries are not available to the public.",
            "negation",
        ),
        ("新渡轮对公众开放。", "据报道，新渡轮不对公众开放。", "negation"),
        ("The port opens on 12 May.", "In other news, the port opens on 8 May.", "date"),
    ],
)
def test_a_lead_in_hides_no_error(report: str, printed: str, kind: str) -> None:
    """A few words before the sentence keep it no less near to its report."""
    assert kinds(printed, report) == [kind]
    wrong = failing(printed, report, "en" if printed.isascii() else "zh")
    assert all(printed[one.start : one.end] == one.claim for one in wrong)


def test_only_empty_words_lead() -> None:
    """Who said it is no lead-in, and neither is a time or a place."""
    assert lead_in("According to Keld, it opens.") == 0
    assert lead_in("On Monday, it opens.") == 0
    assert lead_in("据雾港电力介绍，新厂开工。") == 0
    assert lead_in("Meanwhile, it opens.") == len("Meanwhile, ")


@pytest.mark.parametrize(
    "told",
    [
        "公司5月9日递交申请，并于次日刊登公告。",
        "The series airs on June 20, 2025 and streams the next day.",
        "他于5月9日被取保候审，期限从当日起算。",
        "公司5月9日开会，当日晚间发布公告。",
        "Cities once counted by hand and now use sensors.",
        "游戏《明日方舟》将于7月开启公测。",
        "他被称为“明日之星”。",
    ],
)
def test_a_day_that_leans_on_another_does_not_age(told: str) -> None:
    """次日 counts from the day before it in the text, whenever the paper is printed."""
    report = check_text(f"{told}\n", [document(told)], day=date(2025, 6, 7))
    assert not any(it.verdict in FAILED for one in report.sentences for it in one.findings)


def test_two_values_that_a_report_has_are_no_contradiction() -> None:
    """A text may tell the value of two years; a letter alone is held to one."""
    told = "居民平均单程通勤时间为47分钟。2021年平均单程为42分钟。"
    letter = f"- {told} [原文]({document(told).url})\n"
    alone = check_text(letter, day=date(2025, 6, 2))
    assert any(it.verdict == "contradicted" for one in alone.sentences for it in one.findings)
    proved = check_text(letter, [document(told)], day=date(2025, 6, 2))
    assert not any(it.verdict == "contradicted" for one in proved.sentences for it in one.findings)


def test_the_begin_of_a_development_may_be_past() -> None:
    """From 1 billion in 2024 to 14 billion by 2034 is a projection."""
    told = "The market is projected to grow from $1.1 billion in 2024 to $14.2 billion by 2034."
    report = check_text(f"{told}\n", [document(told)], day=date(2025, 6, 2))
    assert report.clean


@pytest.mark.parametrize(
    ("report", "true"),
    [
        ("Our method reaches 95.5\\% on the test.", "Our method reaches 95.5% on the test."),
        ("市长陶令仪为大桥剪彩。", "Mayor Tao Lingyi opened the bridge."),
        (
            "Totem has signed a 21-year supply deal with Hale to provide power.",
            "A 21-year supply deal was signed by Totem with Hale.",
        ),
        ("四部门发布《青山方案》。", "《青山方案》由四部门发布。"),
        (
            "Norrvik raised $420 million, valuing it at $3.1 billion.",
            "Norrvik估值达31亿美元。",
        ),
        ("气温上升1.5摄氏度。", "气温上升1.5度。"),
        ("2 percent of ships are late.", "One in fifty ships is late."),
        ("公司裁掉了一半员工。", "公司裁掉了五成员工。"),
        ("It costs $0.40 per million tokens.", "每百万token收费0.4美元。"),
        ("The firm announced a new pump.", "The firm unveiled a new pump."),
    ],
)
def test_true_in_another_form(report: str, true: str) -> None:
    """A passive, a title, a pronoun and the signs of TeX say the same."""
    assert kinds(true, report) == []


@pytest.mark.parametrize(
    ("report", "false"),
    [
        ("胃癌已经成为当地最常见的癌症之一。", "胃癌已经成为当地最常见的癌症。"),
        ("董事会否决了高管提出的增发方案。", "董事会通过了增发方案。"),
    ],
)
def test_false_in_a_short_sentence(report: str, false: str) -> None:
    """One of the commonest is not the commonest, and passed is not voted down."""
    assert kinds(false, report) != []


def test_a_lone_heading_with_a_link_is_a_headline() -> None:
    """Under the title of the letter it begins a story, and is held against its report."""
    words = "Halden leased 48 robots."
    letter = f"# News\n\n## [Halden leases 84 robots]({document(words).url})\n\nIt leased robots.\n"
    report = check_text(letter, [document(words)], day=date(2025, 6, 2))
    assert [one.printed.part for one in report.sentences][1] == "headline"
    assert not report.clean


def test_two_names_that_changed_clauses() -> None:
    """What one country granted is not told of the other, in either language."""
    report = "董事长柴立群说，墨西哥取消了税收优惠，摩洛哥则给予十年免税。"
    true = "Mexico withdrew a tax break, while Morocco granted ten years without tax."
    false = "Morocco withdrew a tax break, while Mexico granted ten years without tax."
    assert kinds(true, report) == []
    assert kinds(false, report) != []
