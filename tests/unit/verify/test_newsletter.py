"""Reading newsletters, and what they say against themselves."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ribao.errors import ContentError
from ribao.model import Verdict
from ribao.verify import Report, check_text
from ribao.verify.forms.newsletter import read_newsletter

LETTER = """---
title: 机器人日报
date: 2025-06-03
summary: "- 辰光机器人明年上市，售价2000元\\n- 云杉开源新模型"
---
# 机器人日报

## 硬件

### [辰光机器人明年上市](https://a.example/1)

辰光科技的家用机器人预计2025年初上市，售价3000元。机器人由云杉实验室设计。

- 机器人重12公斤，售价3000元

## 开源

- [云杉开源新模型](https://a.example/2)：参数为30亿
- **天穹发布路线图**：首版在9月
"""


def failed(report: Report) -> list[tuple[str, str, str]]:
    """Part, claim and expected words of every contradiction."""
    return [
        (checked.printed.part, finding.claim, finding.expected)
        for checked in report.sentences
        for finding in checked.findings
        if finding.verdict == Verdict.CONTRADICTED
    ]


def test_markdown_is_cut_into_stories() -> None:
    """Headings of level three and opened list items begin stories; bullets belong to theirs."""
    letter = read_newsletter(LETTER)
    assert letter.day == date(2025, 6, 3)
    assert letter.title == "机器人日报"
    assert letter.stories == (1, 2, 3)
    assert [s.part for s in letter.of_story(1)] == ["headline", "paragraph", "paragraph", "bullet"]
    assert [(link.url, link.story) for link in letter.links] == [
        ("https://a.example/1", 1),
        ("https://a.example/2", 2),
    ]
    assert next(s.line for s in letter.sentences if s.part == "paragraph") == 12


def test_a_summary_that_speaks_against_its_text_is_found() -> None:
    """The year of the launch and the price differ; the text is believed, the summary flagged."""
    found = failed(check_text(LETTER))
    assert ("summary", "明年", "2025年初") in found
    assert ("headline", "明年", "2025年初") in found
    assert any(part == "summary" and "2000" in claim for part, claim, _ in found)


def test_a_line_that_speaks_of_two_stories_is_held_against_both() -> None:
    """Each clause of a summary against its own story."""
    letter = (
        "---\nsummary: 辰光机器人售价2000元；云杉模型训练花费3000万欧元\n---\n"
        "## [辰光机器人上市](https://a.example/1)\n\n辰光机器人售价2000元。\n\n"
        "## [云杉训练模型](https://a.example/2)\n\n云杉模型训练花费1300万欧元。\n"
    )
    assert failed(check_text(letter)) == [("summary", "3000万欧元", "1300万欧元")]


@pytest.mark.parametrize(("text", "wrong"), [("may recall every", True), ("recalled every", False)])
def test_a_headline_may_not_be_surer_than_its_text(text: str, wrong: bool) -> None:  # noqa: FBT001 - a table
    """What the text only holds possible, in other forms of the same words."""
    found = check_text(f"### Brindle recalls every kettle\n\nBrindle {text} kettle, it said.\n")
    kinds = [finding.kind for one in found.sentences for finding in one.findings]
    assert ("certainty" in kinds) is wrong


def test_a_launch_that_is_expected_in_the_past_is_found() -> None:
    """On the third of June nothing can be expected for the start of the same year."""
    found = failed(check_text(LETTER))
    assert ("paragraph", "2025年初", "2025-06-03") in found
    assert not [f for f in failed(check_text(LETTER, day=date(2024, 11, 1))) if "2024-11-01" in f]


def test_the_day_of_a_showing_is_not_that_of_the_sale() -> None:
    """What is shown on one day may be sold in another year."""
    letter = (
        "### Marlow will sell its glass kettle next year\n\n"
        "Marlow {} its glass kettle on 1 June 2025.\n"
    )
    shown, sold = (
        failed(check_text(letter.format(verb), day=date(2025, 6, 3)))
        for verb in ("unveiled", "sold")
    )
    assert shown == []
    assert sold == [("headline", "next year", "1 June 2025")]


def test_what_was_planned_once_may_lie_in_the_past() -> None:
    """A plan that the text itself calls an old one is no contradiction."""
    text = "# 快讯\n\n### 延期\n\n该车原计划于2025年初上市。\n"
    assert failed(check_text(text, day=date(2025, 6, 3))) == []


def test_a_wrong_weekday_is_found() -> None:
    """3 June 2025 was a Tuesday."""
    right = check_text("The show opens on Tuesday, June 3, 2025.", day=date(2025, 6, 1))
    wrong = check_text("The show opens on Friday, June 3, 2025.", day=date(2025, 6, 1))
    assert failed(right) == []
    assert [expected for _, _, expected in failed(wrong)] == ["Tuesday"]


def test_a_headline_may_not_rank_what_its_text_does_not() -> None:
    """A rank in a headline, such as the first of its sort, needs one in the text."""
    text = "### 辰光发布全球首款机器人\n\n辰光发布了一款机器人，{}。\n"
    claims = [
        [f.because for s in check_text(text.format(words)).sentences for f in s.findings]
        for words in ("售价不详", "是全球首款")
    ]
    assert any("标题称" in because for because in claims[0])
    assert not any("标题称" in because for because in claims[1])


def test_html_and_edition_json_are_read() -> None:
    """The same story is found in all three forms."""
    html = read_newsletter("<html><body><h3>Acme opens</h3><p>Acme opens a shop.</p></body></html>")
    assert [s.text for s in html.of_story(1)] == ["Acme opens", "Acme opens a shop."]
    sentence = {"text": "Acme opens a shop.", "citations": [], "findings": [], "kind": "fact"}
    article = {
        "headline": {**sentence, "text": "Acme opens"},
        "url": "https://a.example/1",
        "paragraph": [sentence],
        "insights": [{"kind": "figures", "sentences": [sentence]}],
    }
    table = {
        "title": "Daily",
        "date": "2025-06-03",
        "language": "en",
        "summary": [sentence],
        "sections": [{"articles": [article]}],
    }
    edition = read_newsletter(json.dumps(table), "edition.json")
    assert edition.language == "en"
    assert [s.part for s in edition.of_story(1)] == ["headline", "paragraph", "bullet"]


@pytest.mark.parametrize("content", ["", "  \n", "{}", '{"sections": 3}', "{broken"])
def test_what_is_no_newsletter_is_refused(content: str) -> None:
    """With one sentence that says what is wrong, never with a traceback."""
    with pytest.raises(ContentError):
        read_newsletter(content)


@pytest.mark.parametrize(
    "text",
    [
        "Here's a concise summary of the passage:",
        "As an AI language model I know no prices.",
        "以下是根据材料整理的简要摘要。",
        "原文未提及具体价格。",
    ],
)
def test_words_of_a_model_about_its_task_are_found(text: str) -> None:
    """What a model says of its own work is no claim, and no word for readers."""
    found = check_text(f"### Brindle opens\n\n{text} Brindle opens a shop.\n", day=date(2025, 6, 3))
    kinds = [finding.kind for checked in found.sentences for finding in checked.findings]
    assert kinds.count("leftover") == 1
