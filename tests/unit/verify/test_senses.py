"""The contrary of a report: seen in its own words, in others, and in the other language."""

from __future__ import annotations

import pytest

from ribao.language.senses import DONE, PLANNED, find_senses, inflected, mode_of
from tests.unit.verify.proving import kinds

EN = (
    "An appeals court in Halden on Monday upheld the fine of $36 million on Brindle Robotics. "
    "Brindle plans to open a plant in Ghent in 2026 for 240 million euros. "
    "Regulators approved its purchase of Larkfield Tools. "
    "It has 61 stores and will close 14 of them. "
    "Revenue of $870 million was up 6% year-on-year."
)
MORE = (
    "The association of fishers welcomed the ban of 2026 on fishing. Bruno Keel owns 31% of Osgood "
    "and does not want to sell. A hall is to be finished by Brindle in 2028."
)
ZH = (
    "哈尔登上诉法院周一维持了对云杉实验室3600万元的罚款。云杉实验室计划2026年在宁波开设新厂，投资2.4亿元。"
    "监管机构批准了云杉收购辰光科技。公司已关闭14家门店。营收8.7亿元，同比增长6%。"
)


@pytest.mark.parametrize(
    ("report", "true", "word", "put", "kind"),
    [
        (EN, "法院维持了对Brindle的3600万美元罚款。", "维持", "撤销", "sense"),
        (EN, "Brindle计划投资2.4亿欧元开设新厂。", "计划", "已", "certainty"),
        (ZH, "云杉计划2026年投资2.4亿元，拟开设新厂。", "拟", "已", "certainty"),
        (EN, "The fine of $36 million was upheld.", "upheld", "overturned", "sense"),
        (EN, "Revenue was $870 million, 6% up from a year earlier.", "year", "month", "sense"),
        (ZH, "营收8.7亿元，比上年同期增长6%。", "比上年同期", "环比", "sense"),
        (MORE, "渔民协会对2026年的禁渔令表示欢迎。", "欢迎", "不满", "sense"),
        (MORE, "Keel持股31%，不愿出售。", "不愿", "愿意", "sense"),
        (
            MORE,
            "Brindle is to finish the terminal in 2028.",
            "is to finish",
            "finished",
            "certainty",
        ),
    ],
)
def test_the_contrary_of_a_report_is_seen(
    report: str, true: str, word: str, put: str, kind: str
) -> None:
    """The true sentence passes, the one with the contrary word fails by that word."""
    assert kind not in kinds(true, report)
    assert kind in kinds(true.replace(word, put), report)


def test_a_report_that_tells_both_contradicts_neither() -> None:
    """A ruling that was upheld once and overturned later is told by both words."""
    report = EN + " The supreme court later overturned the fine of $36 million."
    assert "sense" not in kinds("The fine of $36 million was overturned.", report)


@pytest.mark.parametrize(
    ("text", "word", "mode"),
    [
        ("Brindle will open a plant", "open", PLANNED),
        ("The plant is expected to be opened in May", "opened", PLANNED),
        ("Brindle has opened a plant", "opened", DONE),
        ("Once approved, the plant makes arms", "approved", ""),
        ("公司拟收购云杉", "收购", PLANNED),
        ("公司收购了云杉", "收购", DONE),
        ("公司已将云杉出售", "出售", DONE),
        ("公司尚未收购云杉", "收购", ""),
    ],
)
def test_what_lies_ahead_is_told_from_what_is_done(text: str, word: str, mode: str) -> None:
    """A verb is planned or done by the words around it, in both languages."""
    sense = next(one for one in find_senses(text) if one.text == word)
    assert mode_of(sense, text) == mode


def test_a_verb_of_the_table_stands_for_its_forms() -> None:
    """Regular verbs, doubled letters, irregular ones and terms of two words."""
    assert {word for word, _ in inflected("ban~~")} == {"ban", "bans", "banning", "banned"}
    assert {word for word, _ in inflected("deny~")} == {"deny", "denies", "denying", "denied"}
    assert "took over" in {word for word, _ in inflected("take=took,taken_over")}
    assert dict(inflected("cut=cut"))["cut"] == "base"
    assert {word for word, _ in inflected("agree~")} == {"agree", "agrees", "agreeing", "agreed"}


def test_a_sentence_drawn_from_a_foreign_report_is_not_called_invented() -> None:
    """Its words cannot be looked for in a report of another language."""
    assert kinds("哈尔登的法官认为，这家机器人企业必须为它过去的做法付出代价。", EN) == []


@pytest.mark.parametrize(
    ("sentence", "turned", "report"),
    [
        (
            "凌川纸业把北岸的厂房卖给辰光集团。",
            "辰光集团出售了凌川纸业在北岸的厂房。",
            "辰光集团收购了凌川纸业在北岸的厂房。",
        ),
        (
            "Quellin sold its mill in Thornby to Marrick.",
            "Marrick sold the mill of Quellin in Thornby.",
            "Marrick bought the mill of Quellin in Thornby.",
        ),
        (
            "Quellin beat Marrick in the Thornby final.",
            "Marrick beat Quellin in the Thornby final.",
            "Marrick lost the Thornby final to Quellin.",
        ),
    ],
)
def test_one_deed_may_be_told_from_its_other_side(sentence: str, turned: str, report: str) -> None:
    """Who sells stands behind who buys; the same one who sells instead is another deed."""
    assert not kinds(sentence, report)
    assert kinds(turned, report)
