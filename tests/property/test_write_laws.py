"""The laws of write: every sentence cites its own story, order changes nothing, nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ribao.config import WriteSettings
from ribao.model import Article, Document, DocumentId, ItemId, SourceId, Story, StoryId, content_id
from ribao.outcome import Outcome
from ribao.write import Frame, FrameSection, compose, write
from ribao.write.edition import shortened
from ribao.write.passages import length
from ribao.write.styles import dressed, load_style

NOW = datetime(2031, 3, 4, 16, tzinfo=UTC)
TITLES = (
    "兰亭智能发布鹤鸣2，推理成本下降62%",
    "重磅！鹤鸣2开放下载_36氪",
    "Lanting opens Heming 2 to developers - TechCrunch",
    "Why Heming 2 matters!",
    "",
    "v2.0.51",
)
SENTENCES = (
    "36氪获悉，兰亭智能今日发布鹤鸣2，参数规模达到720亿参数。",
    "推理成本较上一代下降62%。",
    "推理成本较上一代下降26%。",
    "他表示，“鹤鸣2的训练成本为300万美元。”",
    "点击查看原文。",
    "这是一个被截断的句子…",
    "Lanting released Heming 2 on Tuesday, an open model with 72 billion parameters.",
    "Read more on our site.",
    "However, the company did not say when it will ship.",
    "\n\n",
)
FRAME = Frame(
    date(2031, 3, 5),
    "Asia/Shanghai",
    "zh",
    "试刊",
    (),
    (),
    (FrameSection("a", "甲", "story"), FrameSection("b", "乙", "brief")),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A report of invented sentences, in either language, by one of three outlets."""
    title = draw(st.sampled_from(TITLES))
    text = "".join(draw(st.lists(st.sampled_from(SENTENCES), max_size=6)))
    outlet = draw(st.sampled_from(["36kr.com", "techcrunch.com", "brook.example"]))
    number = draw(st.integers(0, 10**9))
    scheme = draw(st.sampled_from(["https", "https", "javascript"]))
    id_ = content_id(title, text, outlet, str(number))
    return Document(
        id=DocumentId(id_),
        item_id=ItemId(id_),
        source_id=SourceId(outlet),
        url=f"{scheme}://{outlet}/{draw(st.sampled_from(['a', id_]))}",
        title=title,
        text=text,
        language=draw(st.sampled_from(["zh", "en"])),
        published_at=NOW - timedelta(hours=draw(st.integers(-2, 60))),
        extracted_by="feed",
        outlet=outlet,
        category=draw(st.sampled_from(["press", "aggregator", ""])),
    )


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    """Stories of up to five reports."""
    made = []
    for number in range(draw(st.integers(0, 3))):
        reports = draw(st.lists(documents(), min_size=1, max_size=5, unique_by=lambda one: one.id))
        made.append(
            Story(
                id=StoryId(content_id("story", str(number))),
                headline=reports[0].title,
                documents=tuple(reports),
                first_seen_at=min(one.published_at for one in reports),
                last_seen_at=max(one.published_at for one in reports),
                section=draw(st.sampled_from(["a", "b", "nowhere"])),
                kind=draw(st.sampled_from(["story", "release", "brief"])),
            )
        )
    return made


def written(batch: list[Story], language: str) -> Outcome[Article]:
    """Write with the settings that ship."""
    return write(batch, WriteSettings(), language=language, now=NOW)


@given(stories(), st.sampled_from(["zh", "en"]))
def test_every_sentence_cites_its_own_story_word_for_word(
    batch: list[Story], language: str
) -> None:
    """And every cited report is numbered; what is quoted is what stands there."""
    by_story = {story.id: {one.id: one for one in story.documents} for story in batch}
    for article in written(batch, language).kept:
        numbered = {one.document_id for one in article.references}
        assert [one.number for one in article.references] == list(range(1, len(numbered) + 1))
        bullets = [sentence for one in article.insights for sentence in one.sentences]
        for sentence in [article.headline, *article.paragraph, *bullets]:
            assert sentence.text
            assert sentence.citations
            for citation in sentence.citations:
                document = by_story[article.story_id][citation.document_id]
                whole = document.text if citation.field == "text" else document.title
                assert whole[citation.start : citation.end] == citation.quote
                assert citation.document_id in numbered
            if sentence.kind != "computed":
                quote = sentence.citations[0].quote
                worn = dressed(quote, load_style("daily"), language)
                assert sentence.text.removesuffix("。") == worn.removesuffix("。")
        urls = {one.url for one in by_story[article.story_id].values()}
        assert {article.url, *(one.url for one in article.references)} <= urls
        assert article.url.startswith("https://")


@given(stories(), st.sampled_from(["zh", "en"]))
def test_every_story_becomes_an_article_or_a_drop(batch: list[Story], language: str) -> None:
    """And the order of the batch changes no article."""
    outcome = written(batch, language)
    subjects = [one.story_id for one in outcome.kept] + [one.subject for one in outcome.dropped]
    assert sorted(subjects) == sorted(story.id for story in batch)
    assert not outcome.failed
    assert {*written(batch[::-1], language).kept} == {*outcome.kept}


@given(stories())
def test_what_is_printed_is_whole(batch: list[Story]) -> None:
    """No dots at the end, no word of the page around it, no sentence twice."""
    for article in written(batch, "zh").kept:
        texts = [one.text for one in article.paragraph]
        assert len(texts) == len(set(texts))
        for text in texts:
            assert not text.endswith("…")
            assert "点击" not in text
            assert "Read more" not in text


@given(stories())
def test_an_edition_holds_each_article_once(batch: list[Story]) -> None:
    """In a section of its kind; the same edition from any order."""
    articles = written(batch, "zh").kept
    edition = compose(articles, FRAME)
    assert sorted(one.story_id for one in edition.articles) == sorted(
        one.story_id for one in articles
    )
    assert all(
        article.kind == section.kind for section in edition.sections for article in section.articles
    )
    assert compose(articles[::-1], FRAME) == edition
    assert edition.title


@given(st.text(st.sampled_from("兰亭发布，。“”鹤鸣2 ：ab"), min_size=1, max_size=40))
def test_a_title_is_cut_only_at_its_borders(text: str) -> None:
    """What is left is a beginning of the headline, followed by a mark or a space."""
    short = shortened(text, "zh")
    assert text.startswith(short)
    if short != text:
        assert text[len(short) :].lstrip()[:1] in "，；：。！？｜|——“鹤鸣兰亭发布"
        assert length(short, "zh") >= 8
