"""Changed words in a sentence that was made from a report: each change is seen, its twin shown."""

from __future__ import annotations

import pytest

from ribao.language.sentences import split_sentences
from ribao.model import Article, Finding, Verdict
from ribao.outcome import Outcome
from tests.unit.verify.test_articles import checked, report

ZH = (
    "辰光科技首席执行官贺晓川表示，公司第三季度营收同比增长12%，达到3.2亿元，首次超过云杉实验室。"
    "公司没有裁员，计划明年推出新款机器人，售价约2万元。"
    "他说：“我们不追求规模，只追求把一件事情做好。”"
)
EN = (
    "Brindle Robotics did not raise prices this year. "
    "Revenue rose 12% to $320 million in the quarter. "
    "The company said its arm is 2-3x faster than the one it sold in 2021, "
    "and the largest it has built."
)


def failing(sentence: str, text: str) -> list[Finding]:
    """The failing findings of one sentence against one report."""
    language = "zh" if "。" in text else "en"
    outcome: Outcome[Article] = checked(
        sentence,
        documents=(report(text),),
        language=language,
        headline="Nvidia buys Brindle Robotics",
    )
    bad = {Verdict.CONTRADICTED, Verdict.UNSUPPORTED}
    return [f for f in outcome.kept[0].paragraph[0].findings if f.verdict in bad]


@pytest.mark.parametrize(
    ("true", "false", "kind"),
    [
        ("增长12%", "下降12%", "direction"),
        ("增长12%", "增长15%", "percent"),
        ("增长12%", "增长12个百分点", "percentage-points"),
        ("3.2亿元", "3.2亿美元", "money"),
        ("3.2亿元", "3.2万元", "money"),
        ("贺晓川", "林思远", "name"),
        ("超过云杉实验室", "超过全球最大的云杉实验室", "superlative"),
        ("约2万元", "约3万元", "money"),
        ("明年", "今年", "date"),
        ("没有裁员", "裁员", "negation"),
        ("计划明年", "不计划明年", "negation"),
        ("把一件事情做好", "把一件事情做快", "quotation"),
    ],
)
def test_a_changed_word_is_seen_in_chinese(true: str, false: str, kind: str) -> None:
    """The sentence passes as the report has it, and fails by the changed word alone."""
    sentence = next(span.text for span in split_sentences(ZH) if true in span.text)
    assert failing(f"据报道，{sentence}", ZH) == []
    changed = failing(sentence.replace(true, false), ZH)
    assert [finding.kind for finding in changed] == [kind]


@pytest.mark.parametrize(
    ("true", "false", "kind"),
    [
        ("did not raise", "did raise", "negation"),
        ("rose 12%", "fell 12%", "direction"),
        ("$320 million", "$320 billion", "money"),
        ("$320 million", "€320 million", "money"),
        ("2-3x", "2-5x", "multiple"),
        ("2021", "2022", "date"),
        ("an arm", "an arm", ""),
    ],
)
def test_a_changed_word_is_seen_in_english(true: str, false: str, kind: str) -> None:
    """The same in English; what was not changed passes."""
    sentence = next(
        (part for part in EN.split(". ") if true in part), EN.split(". ", maxsplit=1)[0]
    )
    changed = failing(sentence.replace(true, false) + " ...", EN)
    assert [finding.kind for finding in changed] == ([kind] if kind else [])


def test_both_values_of_a_contradiction_are_shown() -> None:
    """The finding has the words of the report beside those of the sentence."""
    finding = failing("Revenue rose 15% to $320 million in the quarter.", EN)[0]
    assert finding.verdict == Verdict.CONTRADICTED
    assert (finding.claim, finding.expected) == ("15%", "12%")
    assert finding.evidence is not None
    assert finding.evidence.quote == "12%"


def test_a_figure_in_another_form_is_the_same_figure() -> None:
    """Other units of ten, other script, the other language: the fact is the same."""
    assert failing("辰光科技三季度营收32000万元，同比增长百分之12。", ZH) == []
    assert failing("The quarter brought 0.32 billion dollars, up 12 percent.", EN) == []


def test_a_translated_quotation_is_left_open() -> None:
    """Words said in English cannot be compared with Chinese ones; that is said, not guessed."""
    text = 'Her rule is simple. "We only ship what we would use ourselves every day," she said.'
    outcome = checked("她说：“我们只交付自己每天都会用的东西。”", documents=(report(text),))
    verdicts = {f.kind: f.verdict for f in outcome.kept[0].paragraph[0].findings}
    assert verdicts["quotation"] == Verdict.OPINION


def test_a_figure_swapped_for_another_of_the_same_report_is_seen() -> None:
    """That a number stands somewhere in the report does not make it the right one."""
    text = "Brindle sold 410 arms in May and 530 arms in June, said the shop."
    found = failing("Brindle sold 530 arms in May and 530 arms in June, said the shop!", text)
    assert [finding.claim.split()[0] for finding in found] == ["530"]


def test_a_word_turned_into_its_opposite_is_seen() -> None:
    """Even where it is no word of change, denial or rank."""
    text = "The board of Brindle Robotics bought the Lisbon branch from its rival in May."
    found = failing(
        "The board of Brindle Robotics sold the Lisbon branch from its rival in May!", text
    )
    assert [(finding.claim, finding.expected) for finding in found] == [("sold", "bought")]


def test_a_date_that_does_not_exist_is_seen() -> None:
    """31 April cannot be read as a date, and is not passed over for that."""
    text = "辰光科技将于2026年3月31日前完成交付，届时由云杉实验室验收。"
    found = failing("辰光科技将于2026年4月31日前完成交付，届时由云杉实验室验收！", text)
    assert [finding.verdict for finding in found] == [Verdict.CONTRADICTED]


def test_a_clause_that_was_moved_or_left_out_is_no_error() -> None:
    """The same facts in another order, with fewer words, pass."""
    text = "没有裁员，辰光科技三季度营收增长12%，达到3.2亿元，超过云杉实验室。"
    assert failing("辰光科技三季度营收增长12%，达到3.2亿元，没有裁员！", text) == []


def test_reports_that_differ_are_named() -> None:
    """Where another report gives another figure, the finding says who says what."""
    one = report("Brindle Robotics sold 410 arms in May, the company said.", "Brindle in May", "d1")
    two = report("Brindle Robotics sold 530 arms in May, an analyst said.", "Brindle sales", "d2")
    outcome = checked("Brindle Robotics sold about 410 of its arms in May.", documents=(one, two))
    because = next(f.because for f in outcome.kept[0].paragraph[0].findings if "410" in f.claim)
    assert "d1.example" in because
    assert "d2.example" in because
    assert "530" in because


def test_what_somebody_says_is_an_opinion() -> None:
    """The speaker is named, the saying is marked as theirs."""
    outcome = checked("贺晓川认为，机器人三年内会普及。", documents=(report(ZH),))
    kinds = {f.kind: f.verdict for f in outcome.kept[0].paragraph[0].findings}
    assert kinds["attribution"] == Verdict.OPINION


def test_a_week_told_by_another_day_is_another_week() -> None:
    """Both days lie in one week, but the report names one of them."""
    text = "The award goes to the best trailers for the week of December 16, 2025."
    assert not failing(text, text + " It is given weekly.")
    (found,) = failing(text.replace("16", "18"), text + " It is given weekly.")
    assert found.kind == "date"
    assert found.verdict == Verdict.CONTRADICTED


def test_a_rank_is_borne_out_by_no_rank_of_something_else() -> None:
    """The report has a first batch, which makes nothing the first of its kind."""
    text = (
        "辰光科技今天在春城发布了新款协作机械臂，售价约2万元。"
        "据悉，首批协作机械臂将于月底在春城交付。"
    )
    false = "辰光科技今天在春城发布了业内首款新款协作机械臂，售价约2万元。"
    assert [f.kind for f in failing(false, text)] == ["superlative"]
    told = text.replace("首批", "这是业内首款")
    assert not failing(false, told)
