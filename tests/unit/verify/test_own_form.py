"""The form in which ribao prints: marks, lists of sources and counts are no claims of reports."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ribao.catalogue import say
from ribao.model import Verdict
from ribao.verify import Report, check_text
from ribao.verify.forms.newsletter import read_newsletter
from ribao.verify.forms.pieces import is_computed

LETTER = """---
title: "120台云杉机器人上岗，星渚发布大模型三号"
date: 2026-01-16
summary: "- 120台云杉机器人上岗，年底增至1000台\\n- Harbour opens a campus（英文原文）"
---
# 120台云杉机器人上岗，星渚发布大模型三号

## 具身智能

### [120台云杉机器人上岗，年底增至1000台](https://a.example/1)

云杉科技1月14日宣布，120台机器人已在工厂上岗，每小时可完成210次插接。[1][2]

**深度解读 & 洞察：**
- 3 家来源报道：a.example、b.example（英文）、c.example。[1][2][3]
- 时间线：最早见于1月13日（b.example），最近一篇为1月14日（a.example）。[1][2]

来源：[1] [a.example](https://a.example/1)（中文，2026-01-14） ·
[2] [b.example（转述）](https://b.example/1)（英文，2026-01-13） ·
[3] [c.example](https://c.example/1)（中文，2026-01-14）

## 其他

- **Harbour opens a campus**（英文原文）：Harbour opens a campus with 40 rooms.[1]（英文原文）
  来源：[1] [d.example](https://d.example/1)（英文，2026-01-15）
"""
PAGE = """<html lang="zh"><body>
<header><p><time datetime="2026-01-16">2026 年 1 月 16 日</time></p><p>2 则报道</p></header>
<h1>日报</h1>
<nav><ol><li><a href="#s1">120台云杉机器人上岗</a></li>
<li><a href="#s2">港湾开园</a></li></ol></nav>
<h2>具身智能</h2>
<h3><a href="https://a.example/1">120台云杉机器人上岗</a></h3>
<p>云杉科技1月14日宣布，120台机器人已上岗。<sup><a href="#r1">1</a></sup></p>
<ul><li>2 家来源报道：a.example、b.example。<sup><a href="#r1">1</a>
<a href="#r2">2</a></sup></li></ul>
<ol class="references"><li id="r1"><b>1</b><a href="https://a.example/1">a.example</a>
<time datetime="2026-01-14">01-14</time></li>
<li id="r2"><b>2</b><a href="https://b.example/1">b.example</a>
<time datetime="2026-01-13">01-13</time></li></ol>
<h3><a href="https://d.example/1">港湾开园</a></h3><p>港湾15日开园。</p>
<footer><p>由 7 人编成</p></footer></body></html>"""


def verdicts(report: Report, part: str = "") -> list[tuple[str, Verdict]]:
    """Each claim with its verdict, of one part of the print or of all."""
    return [
        (finding.claim, finding.verdict)
        for checked in report.sentences
        for finding in checked.findings
        if part in {"", checked.printed.part}
    ]


def test_marks_notes_and_lists_of_sources_are_no_words_of_the_print() -> None:
    """What is left are the sentences themselves; the sources are known with their days."""
    letter = read_newsletter(LETTER)
    texts = [sentence.text for sentence in letter.sentences]
    assert "云杉科技1月14日宣布，120台机器人已在工厂上岗，每小时可完成210次插接。" in texts
    assert "Harbour opens a campus with 40 rooms." in texts
    assert not [text for text in texts if "[1]" in text or "来源：" in text or "原文" in text]
    assert [(story, one.number, one.outlet, one.day) for story, one in letter.sources][1] == (
        1, 2, "b.example", date(2026, 1, 13),
    )  # fmt: skip
    assert len(letter.sources) == 4
    parts = [sentence.part for sentence in letter.of_story(2)]
    assert parts == ["headline", "paragraph"]


def test_true_sentences_of_one_story_do_not_contradict_each_other() -> None:
    """120 machines are no 210 times, and the day of an announcement is not the end of the year."""
    found = verdicts(check_text(LETTER))
    assert Verdict.CONTRADICTED not in {verdict for _, verdict in found}
    assert ("120台", Verdict.UNSUPPORTED) in found


def test_counts_are_proved_from_the_sources_listed_under_the_story() -> None:
    """Three outlets are listed and named; of two, four or a day that none has, it is said."""
    bullets = dict(verdicts(check_text(LETTER), "bullet"))
    assert bullets["3 家"] == bullets["1月13日"] == bullets["1月14日"] == Verdict.SUPPORTED
    fewer = dict(verdicts(check_text(LETTER.replace("3 家来源", "2 家来源")), "bullet"))
    more = dict(verdicts(check_text(LETTER.replace("3 家来源", "7 家来源")), "bullet"))
    late = dict(verdicts(check_text(LETTER.replace("一篇为1月14日", "一篇为1月19日")), "bullet"))
    close = dict(verdicts(check_text(LETTER.replace("3 家来源", "3家来源")), "bullet"))
    assert close["3家"] == Verdict.SUPPORTED
    assert fewer["2 家"] == Verdict.CONTRADICTED
    assert more["7 家"] == Verdict.OPINION
    assert late["1月19日"] == Verdict.CONTRADICTED


COMPUTED_HERE = [
    ("write-voices", {"outlet": "Harbour Post (in English)", "title": "Kestrel opens 3 yards"}),
    ("write-due-today", {"outlet": "a.example", "day": "1月13日"}),
    ("write-due-opens", {"outlet": "a.example", "day": "1月13日"}),
    ("write-due-ends", {"outlet": "a.example", "day": "1月13日"}),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_sentence_that_the_writer_computes_is_known_in_print(language: str) -> None:
    """Voices, facts and reminders are, one or several; words beside the quotations are not."""
    for key, values in COMPUTED_HERE:
        assert is_computed(say(key, language, **values)), key
    voice = say("write-voices", language, outlet="b.example", title="云杉开放港湾 2 号？")
    join = say("write-voices-join", language)
    assert is_computed(f"{voice}{join}{voice}")
    name = say("write-fact-context", language)
    fact = say("write-fact", language, name=name, words="128K tokens")
    facts = say("write-facts", language, facts=say("write-comma", language).join([fact, fact]))
    assert is_computed(facts)
    assert not is_computed(f"{voice} Kestrel sold 40 boats.")
    assert not is_computed(facts.replace(name, "Kestrel sold 40 boats"))
    assert not is_computed(say("write-facts", language, facts="Kestrel sold 40 boats"))


def test_a_page_is_read_without_its_furniture() -> None:
    """Mastheads, footers and raised numbers go; contents are a summary; lists of sources count."""
    letter = read_newsletter(PAGE)
    assert letter.day == date(2026, 1, 16)
    texts = [(sentence.part, sentence.text) for sentence in letter.sentences]
    assert ("summary", "120台云杉机器人上岗") in texts
    assert ("paragraph", "云杉科技1月14日宣布，120台机器人已上岗。") in texts
    assert not [text for _, text in texts if "7 人" in text or "01-14" in text]
    assert dict(verdicts(check_text(PAGE), "bullet"))["2 家"] == Verdict.SUPPORTED
    lines = {sentence.text: sentence.line for sentence in letter.sentences}
    assert lines["港湾15日开园。"] == PAGE[: PAGE.index("港湾15日")].count("\n") + 1


@pytest.mark.parametrize("count", [2, 5])
def test_an_edition_in_json_counts_its_own_references(count: int) -> None:
    """What `edition.json` computed is held against its references, at its line of the file."""
    sentence = {"text": "", "kind": "fact"}
    reference = {"url": "https://a.example/1", "published_at": "2025-06-02T08:00:00Z"}
    table = {
        "title": "Daily",
        "date": "2025-06-03",
        "language": "en",
        "summary": [],
        "sections": [{"articles": [{
            "headline": {**sentence, "text": "Acme opens a shop"},
            "url": "https://a.example/1",
            "paragraph": [],
            "insights": [{"kind": "coverage", "sentences": [
                {"text": f"Reported by {count} sources: A, B", "kind": "computed"}]}],
            "references": [
                {**reference, "number": 1, "outlet": "A"},
                {**reference, "number": 2, "outlet": "B"}],
        }]}],
    }  # fmt: skip
    content = json.dumps(table, indent=1)
    found = check_text(content, name="edition.json")
    expected = Verdict.SUPPORTED if count == 2 else Verdict.OPINION
    bullet = next(one for one in found.sentences if one.printed.part == "bullet")
    assert [finding.verdict for finding in bullet.findings] == [expected]
    assert "Reported by" in content.splitlines()[bullet.printed.line - 1]


def test_headings_of_level_two_begin_stories_where_nothing_is_deeper() -> None:
    """A letter of plain headings and paragraphs has as many stories as headings."""
    text = "# Weekly\n\n## Acme opens\n\nAcme opens a shop.\n\n## Brindle sells\n\nBrindle sells.\n"
    letter = read_newsletter(text)
    assert letter.stories == (1, 2)
    assert [s.part for s in letter.of_story(2)] == ["headline", "paragraph"]


def test_a_count_behind_the_text_of_a_brief_is_known() -> None:
    """The line that says what is new stands in one paragraph with the report's words."""
    told = say("write-timeline-continues", "zh", first_day="1月12日", count=3)
    letter = LETTER.replace("with 40 rooms.[1]", f"with 40 rooms.[1] {told}。")
    kinds = {one.text: one.kind for one in read_newsletter(letter, "letter.md").sentences}
    assert kinds[f"{told}。"] == "computed"
