"""One story becomes one article of whole, cited sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from ribao.config import WriteSettings
from ribao.model import Article, Document, Sentence, Story
from ribao.outcome import Outcome, Reason
from ribao.write import write

LEAD_TEXT = (
    "36氪获悉，兰亭智能今日发布开源大模型“鹤鸣2”，参数规模为720亿，在中文长文档任务上支持200万字上下文。"
    "该模型采用稀疏混合专家架构，推理成本较上一代下降62%。"
    "点击查看完整技术报告。"
    "兰亭智能表示，鹤鸣2将于4月向企业客户开放接口，首批合作伙伴超过300家。\n\n"
    "（图片来源：兰亭智能）"
)
OTHER_TEXT = "据介绍，鹤鸣2的训练使用了1.2万亿词的语料。兰亭智能成立于2027年，总部位于绍兴。"
ENGLISH_TEXT = (
    "Lanting Intelligence released Heming 2 on Tuesday, an open model with 72 billion parameters. "
    "Read more on our site. "
    "The company said the model costs 62 percent less to run than its predecessor."
)


def all_sentences(article: Article) -> list[Sentence]:
    """Headline, paragraph and bullets."""
    bullets = [sentence for one in article.insights for sentence in one.sentences]
    return [article.headline, *article.paragraph, *bullets]


def story_of_three(
    make_document: Callable[..., Document], make_story: Callable[..., Story]
) -> Story:
    """Two Chinese reports and an English one, in three outlets."""
    lead = make_document("重磅！兰亭智能发布开源大模型鹤鸣2_36氪", LEAD_TEXT, outlet="36kr.com")
    other = make_document("兰亭智能开源鹤鸣2模型", OTHER_TEXT, outlet="ithome.com", hours=2)
    english = make_document(
        "Lanting open-sources Heming 2 - TechCrunch",
        ENGLISH_TEXT,
        language="en",
        outlet="techcrunch.com",
        hours=-20,
    )
    return make_story(lead, other, english)


def test_every_sentence_cites_words_that_stand_in_its_story(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Every citation is an exact span of the text or title of a document of the story."""
    story = story_of_three(make_document, make_story)
    by_id = {document.id: document for document in story.documents}
    for language in ("zh", "en"):
        (article,) = write([story], WriteSettings(), language=language, now=now).kept
        for sentence in all_sentences(article):
            assert sentence.citations
            for citation in sentence.citations:
                document = by_id[citation.document_id]
                whole = document.text if citation.field == "text" else document.title
                assert whole[citation.start : citation.end] == citation.quote


def test_the_paragraph_is_whole_sentences_without_what_surrounds_the_news(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Dateline, call to click and photo credit are left out; what is printed stands verbatim."""
    story = story_of_three(make_document, make_story)
    (article,) = write([story], WriteSettings(), language="zh", now=now).kept
    text = "".join(sentence.text for sentence in article.paragraph)
    assert text.startswith("兰亭智能今日发布开源大模型“鹤鸣2”")
    assert "点击" not in text
    assert "图片" not in text
    for sentence in article.paragraph:
        assert sentence.text.endswith("。")
        assert sentence.text in LEAD_TEXT + OTHER_TEXT


def test_the_headline_is_the_best_title_in_the_language_of_the_edition(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Bait and outlet names are cut from its ends."""
    story = story_of_three(make_document, make_story)
    (chinese,) = write([story], WriteSettings(), language="zh", now=now).kept
    (english,) = write([story], WriteSettings(), language="en", now=now).kept
    assert chinese.headline.text == "兰亭智能发布开源大模型鹤鸣2"
    assert english.headline.text == "Lanting open-sources Heming 2"
    assert english.url.startswith("https://techcrunch.com/")
    assert english.paragraph[0].text.endswith("72 billion parameters.")


def test_a_story_in_another_language_is_shown_in_the_original(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Nothing is translated without a model: the reference names the language instead."""
    story = make_story(
        make_document("Lanting ships Heming 2", ENGLISH_TEXT, language="en", outlet="wired.com")
    )
    (article,) = write([story], WriteSettings(), language="zh", now=now).kept
    assert article.headline.text == "Lanting ships Heming 2"
    assert {one.language for one in article.references} == {"en"}
    assert all(sentence.text in ENGLISH_TEXT for sentence in article.paragraph)


def test_the_bullets_count_what_the_reports_say(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Figures, coverage and timeline, each computed and cited."""
    story = story_of_three(make_document, make_story)
    (article,) = write([story], WriteSettings(), language="zh", now=now).kept
    assert [one.kind for one in article.insights] == ["figures", "coverage", "timeline"]
    figures, coverage, timeline = (one.sentences[0].text for one in article.insights)
    assert "1.2万亿词" in figures
    assert "3 家来源" in coverage
    assert "TechCrunch（英文）" in coverage
    assert "3月3日（TechCrunch）" in timeline
    assert "3月4日" in timeline


def test_references_number_what_the_sentences_cite(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Numbers run from 1, and every cited document has one."""
    story = story_of_three(make_document, make_story)
    (article,) = write([story], WriteSettings(), language="zh", now=now).kept
    assert [one.number for one in article.references] == [1, 2, 3]
    listed = {one.document_id for one in article.references}
    for sentence in all_sentences(article):
        assert {one.document_id for one in sentence.citations} <= listed
    assert article.url in {one.url for one in article.references}


def test_a_relay_is_not_linked_where_an_outlet_reports(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """An aggregator may lend its words, but the reader is sent to who reported."""
    relay = make_document(
        "兰亭智能开源鹤鸣2", LEAD_TEXT, outlet="readhub.cn", category="aggregator"
    )
    outlet = make_document("兰亭智能发布鹤鸣2模型", "", outlet="jiemian.com")
    (article,) = write([make_story(relay, outlet)], WriteSettings(), language="zh", now=now).kept
    assert article.url == outlet.url


def test_a_story_that_cannot_be_printed_is_dropped_with_its_reason(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """No title, or no address that a reader may be sent to."""
    untitled = make_story(make_document(" ", LEAD_TEXT))
    unsafe = make_story(make_document("兰亭智能发布鹤鸣2", LEAD_TEXT, url="javascript:alert(1)"))
    outcome = write([untitled, unsafe], WriteSettings(), language="zh", now=now)
    assert not outcome.kept
    assert [one.subject for one in outcome.dropped] == [untitled.id, unsafe.id]
    assert [one.reason for one in outcome.dropped] == [Reason.NOTHING_TO_SAY, Reason.UNSAFE_LINK]


def test_a_brief_is_one_sentence_without_bullets(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Releases and briefs are one line each."""
    lead = make_document("兰亭智能发布鹤鸣2", LEAD_TEXT)
    (article,) = write(
        [make_story(lead, kind="brief")], WriteSettings(), language="zh", now=now
    ).kept
    assert len(article.paragraph) == 1
    assert article.insights == ()


def test_a_sentence_that_was_cut_off_is_never_printed(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """A summary that ends in dots gives its whole sentences only."""
    text = "鹤鸣2在三项公开测试中取得第一名的成绩。研究团队表示下一步将继续扩大模型规模并且…"
    (article,) = write(
        [make_story(make_document("鹤鸣2登顶三项测试", text))],
        WriteSettings(),
        language="zh",
        now=now,
    ).kept
    assert [one.text for one in article.paragraph] == ["鹤鸣2在三项公开测试中取得第一名的成绩。"]


def test_a_version_number_is_no_headline(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """A release that is called by its number alone tells a reader nothing."""
    titles = ("v2.0.51", "1.2.3", "鹤鸣2", "R1")
    stories = [make_story(make_document(title)) for title in titles]
    outcome = write(stories, WriteSettings(), language="zh", now=now)
    assert [one.headline.text for one in outcome.kept] == ["鹤鸣2"]
    assert {one.reason for one in outcome.dropped} == {Reason.NOTHING_TO_SAY}


def test_an_abbreviation_ends_no_chinese_sentence(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Half a sentence is not printed because a company is an Inc."""
    text = "总部位于绍兴的芯片初创公司Heming Inc. 周三宣布融资三千万元。该公司计划明年量产。"
    (article,) = write(
        [make_story(make_document("鹤鸣公司融资三千万元", text))],
        WriteSettings(),
        language="zh",
        now=now,
    ).kept
    assert all(one.text.endswith("。") for one in article.paragraph)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("鹤鸣2在三项公开测试中取得第一名的成绩 ...", ["鹤鸣2在三项公开测试中取得第一名的成绩。"]),
        ("鹤鸣2在三项公开测试中取得第一名的成绩...", []),
        ("鹤鸣2在三项公开测试中取得第一名并且将 ...", []),
        ("Heming 2 took first place in three public tests and will ...", []),
    ],
)
def test_dots_after_a_space_end_a_chinese_summary(
    make_document: Callable[..., Document],
    make_story: Callable[..., Story],
    now: datetime,
    text: str,
    printed: list[str],
) -> None:
    """They stand for "more"; where they touch the text, or it waits for a word, it was cut."""
    language = "zh" if text.startswith("鹤") else "en"
    title = "鹤鸣2登顶三项公开测试" if language == "zh" else "Heming 2 tops three public tests"
    document = make_document(title, text, language=language)
    (article,) = write([make_story(document)], WriteSettings(), language=language, now=now).kept
    assert [one.text for one in article.paragraph] == printed


def test_a_sentence_may_lean_on_the_headline(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Where the first sentence only says the headline again, the second takes its place."""
    text = "兰亭智能发布开源大模型鹤鸣2。该模型采用稀疏混合专家架构，推理成本下降62%。"
    document = make_document("兰亭智能发布开源大模型鹤鸣2", text)
    (article,) = write([make_story(document)], WriteSettings(), language="zh", now=now).kept
    assert [one.text for one in article.paragraph] == [
        "该模型采用稀疏混合专家架构，推理成本下降62%。"
    ]


def written(stories: list[Story], now: datetime, language: str = "zh") -> Outcome[Article]:
    """Write with the settings that ship."""
    return write(stories, WriteSettings(), language=language, now=now)


def test_an_endless_title_is_cut_and_the_ledger_says_so(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Of 100 kB a readable beginning is printed, everywhere."""
    title = "兰亭智能发布鹤鸣2，" + "参数更多，" * 10_000
    outcome = written(
        [make_story(make_document(title, "兰亭智能今日发布鹤鸣2，参数达720亿。"))], now
    )
    (article,) = outcome.kept
    assert article.headline.text.startswith("兰亭智能发布鹤鸣2")
    assert article.headline.text.endswith("…")
    assert len(article.headline.text) <= 161
    assert all(len(one.title) <= 160 for one in article.references)
    bullets = [sentence for one in article.insights for sentence in one.sentences]
    assert all(len(one.quote) <= 160 for said in bullets for one in said.citations)
    (drop,) = outcome.dropped
    assert drop.reason == Reason.CUT_SHORT
    assert str(len(title)) in drop.detail


def test_a_release_has_its_facts_cited(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """What the paragraph does not say stands behind it, each fact in the words of a report."""
    text = (
        "兰亭智能今日开源鹤鸣2，参数规模720亿参数。"
        + "该公司介绍了研发的过程。" * 3
        + "鹤鸣2采用Apache 2.0许可，支持256K 上下文。"
    )
    document = make_document("兰亭智能开源大模型鹤鸣2", text)
    (article,) = written([make_story(document, kind="release")], now).kept
    card = article.paragraph[-1]
    assert card.kind == "computed"
    assert "许可“Apache 2.0许可”" in card.text
    assert "256K 上下文" in card.text
    assert "720亿" not in card.text  # the paragraph says so
    assert all(document.text[one.start : one.end] == one.quote for one in card.citations)


def test_where_no_report_has_a_text_other_outlets_speak(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Their headlines are quoted; a headline that is alone becomes a brief."""
    first = make_document("Heming 2 is out", language="en", outlet="a.example")
    other = make_document(
        "Lanting opens Heming 2 to developers worldwide", language="en", outlet="b.example"
    )
    both = make_story(first, other)
    alone = make_story(make_document("Tidewell hires Ferrow", language="en", outlet="c.example"))
    told, brief = written([both, alone], now, "en").kept
    assert told.kind == "story"
    assert [one.text for one in told.paragraph] == [
        "b.example has it as “Lanting opens Heming 2 to developers worldwide”"
    ]
    assert (brief.kind, brief.paragraph, brief.insights) == ("brief", (), ())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("图片展示了兰亭智能的鹤鸣2发布会现场和参数规模的说明。", False),
        ("兰亭智能将在三周内发布鹤鸣2将在三周内开放参数规模的说明。", True),
        ("🔥兰亭智能今日发布鹤鸣2，参数规模达到720亿。", False),
        ("对于上述消息，兰亭智能回应称鹤鸣2参数规模不实。", False),
        ("2月4日，兰亭智能正式发布鹤鸣2，参数规模达到720亿。", False),
        ("3月4日，兰亭智能正式发布鹤鸣2，参数规模达到720亿。", True),
    ],
)
def test_what_an_editor_strikes_out_is_not_printed(
    make_document: Callable[..., Document],
    make_story: Callable[..., Story],
    now: datetime,
    text: str,
    *,
    kept: bool,
) -> None:
    """Captions, pictures, sentences that point back, and a day whose month is a slip."""
    (article,) = written(
        [make_story(make_document("兰亭智能发布鹤鸣2，参数规模惊人", text))], now
    ).kept
    assert bool(article.paragraph) is kept


@pytest.mark.parametrize("kind", ["story", "release", "brief"])
def test_an_update_says_so_in_every_form(
    kind: str,
    make_document: Callable[..., Document],
    make_story: Callable[..., Story],
    now: datetime,
) -> None:
    """A story that an earlier edition carried names the day on which it began, once."""
    text = "蓝汀科技周一开源了模型渚语，参数规模为70亿，可以商用。公司表示将在年内推出更大的版本。"
    lead = make_document("蓝汀科技开源模型渚语，参数70亿", text)
    story = make_story(lead, kind=kind)
    update = replace(story, continues=story.id, new_document_ids=(lead.id,))
    said = []
    for one in (story, update):
        (article,) = written([one], now).kept
        bullets = [sentence for bullet in article.insights for sentence in bullet.sentences]
        told = [*article.paragraph, *bullets]
        said.append(sum("此前一期已报道" in sentence.text for sentence in told))
    assert said == [0, 1]
