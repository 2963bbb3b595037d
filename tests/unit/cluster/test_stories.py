"""Which reports become one story, who leads it, and what is said about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from ribao.cluster import Aids, cluster, explain_join, explain_pair, meaning_of
from ribao.config import ClusterSettings
from ribao.language.scripts import detect_language
from ribao.model import Document, DocumentId, ItemId, Points, SourceId, content_id

START = datetime(2031, 3, 3, tzinfo=UTC)
SETTINGS = ClusterSettings()


def report(title: str, hours: float = 0.0, **fields: object) -> Document:
    """One invented report."""
    id_ = DocumentId(content_id("report", title))
    values: dict[str, object] = {
        "id": id_,
        "item_id": ItemId(id_),
        "source_id": SourceId("paper"),
        "url": f"https://paper.example/{id_}",
        "title": title,
        "text": "",
        "language": detect_language(title),
        "published_at": START + timedelta(hours=hours),
        "extracted_by": "test",
    }
    return Document(**(values | fields))  # type: ignore[arg-type]  # fields of a test


NOISE = (
    "OpenAI opens an office in Lisbon", "Google hires a manager for the Nordic countries",
    "Apple pays musicians a little less", "Tesla paints its cars green", "Amazon tests slow boats",
    "微软发布年度可持续发展报告", "小米与供应商签约", "腾讯公益基金资助乡村图书馆",
    "亚马逊推出绿色包装", "Hong Kong trams turn 130",
    "OpenAI发布隐私白皮书", "Apple sued by a gardener", "Flood warning lifted in the valley",
    "Researchers count sparrows again", "A new museum of clocks", "The mayor rides a bicycle",
    "城市马拉松路线公布", "天文台观测到流星雨", "今年苹果丰收", "Bank raises fees for cheques",
    "Chess club wins regional cup", "港交所修订交易规则", "某科技公司通过环保认证",
    "Court rules on parking fines", "Startup raises $2 million for kites", "三家公司申请上市",
)  # fmt: skip


def noise() -> list[Document]:
    """Other news, so that what is common and what is rare can be told."""
    return [report(title, hours=number) for number, title in enumerate(NOISE)]


def stories_of(*found: Document) -> list[set[str]]:
    """The titles of each story that holds one of the documents."""
    stories = cluster([*found, *noise()], (), SETTINGS).kept
    ids = {document.id for document in found}
    return [
        {document.title for document in story.documents}
        for story in stories
        if any(document.id in ids for document in story.documents)
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Zorblax Labs buys QuuxDB for $3.5 billion", "Zorblax Labs以35亿美元收购QuuxDB"),
        ("QuuxDB 9 released with vector search", "QuuxDB 9 发布，支持向量搜索"),
        ("Brindle raises $70 million led by Accel", "Brindle完成7000万美元融资，Accel领投"),
        ("Harbour bridge collapses after heavy flood", "Heavy flood: harbour bridge collapses"),
        ("漫游星河工厂发生火灾，三人受伤", "三人在漫游星河工厂火灾中受伤"),
    ],
)
def test_reports_of_one_event_are_one_story(first: str, second: str) -> None:
    """One event is one story, in one language and across the two."""
    assert stories_of(report(first), report(second, 3)) == [{first, second}]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Apple is sued over the Zilch browser", "Apple launches new Brindle headphones"),
        ("OpenAI收购QuuxDB", "OpenAI发布新款语音助手"),
        ("QuuxDB 8 released", "Heavy flood in the harbour"),
        ("Google launches Gemini 3 Flash in the app", "Google launches Gemini 2 Pro in the app"),
    ],
)
def test_other_events_stay_apart(first: str, second: str) -> None:
    """A shared company or a shared kind of event is not a shared event."""
    assert len(stories_of(report(first), report(second, 3))) == 2


def test_the_best_report_leads() -> None:
    """A report with text from a source of its own leads before a hot list's headline."""
    hot = report("QuuxDB sold to Zorblax Labs", 0, category="hot-list")
    full = report("Zorblax Labs buys QuuxDB", 5, text="QuuxDB was sold to Zorblax Labs. " * 20)
    stories = cluster([hot, full, *noise()], (), SETTINGS).kept
    (story,) = [story for story in stories if hot in story.documents]
    assert story.lead == full
    assert story.headline == full.title
    assert story.first_seen_at == hot.published_at


def test_a_printed_story_is_continued() -> None:
    """What an edition carried comes back as an update that names what is new."""
    first = report("Zorblax Labs buys QuuxDB for $3.5 billion")
    second = report("Zorblax Labs以35亿美元收购QuuxDB", 20)
    yesterday = cluster([first, *noise()], (), SETTINGS).kept
    (known,) = [story for story in yesterday if first in story.documents]
    today = cluster([second], yesterday, SETTINGS, printed=frozenset({known.id})).kept
    (story,) = today
    assert (story.id, story.continues) == (known.id, known.id)
    assert story.new_document_ids == (second.id,)
    unprinted = cluster([second], yesterday, SETTINGS).kept[0]
    assert (unprinted.id, unprinted.continues) == (known.id, None)


def test_every_join_is_explained() -> None:
    """A join names the nearest report and the shared names and figures."""
    first = report("Zorblax Labs buys QuuxDB for $3.5 billion")
    second = report("Zorblax Labs以35亿美元收购QuuxDB", 3)
    (story,) = [
        s for s in cluster([first, second, *noise()], (), SETTINGS).kept if first in s.documents
    ]
    join = explain_join(story, second.id)
    assert join is not None
    assert join.nearest_id == first.id
    assert any("quuxdb" in part.because for part in join.because)
    assert explain_join(story, DocumentId("none")) is None


def test_every_pair_is_explained() -> None:
    """For any two reports there is a verdict, and the parts add up to it."""
    first = report("Zorblax Labs buys QuuxDB for $3.5 billion")
    second = report("Zorblax Labs以35亿美元收购QuuxDB", 3)
    third = report("Heavy flood in the harbour")
    together = explain_pair(first, second, SETTINGS, among=noise())
    assert together[-1].name == "together"
    assert sum(part.points for part in together[:-1]) == pytest.approx(
        together[-1].points, abs=0.01
    )
    assert explain_pair(first, third, SETTINGS, among=noise())[-1].name == "apart"


def test_a_newcomer_introduced_once_ties_two_languages() -> None:
    """One report gives both names of a firm and its model; the others of both languages follow."""
    found = stories_of(
        report(
            "星渚智能发布大模型渚语3", text="星渚智能（Xingzhu AI）发布大模型渚语3（Zhuyu-3）。"
        ),
        report("渚语3正式发布", hours=1),
        report("Xingzhu AI launches Zhuyu-3", hours=2),
    )
    assert len(found) == 1


def test_a_paper_tells_of_a_new_step_after_a_day() -> None:
    """Two reports of two papers are one event; one paper's, a day later, are two steps of it."""
    first, later = "Brindle raises $70 million led by Accel", "Brindle raises money led by Accel"
    assert len(stories_of(report(first), report(later, 27, outlet="herald.example"))) == 1
    assert len(stories_of(report(first), report(later, 27))) == 2
    verdict = explain_pair(report(first), report(later, 27), SETTINGS, among=noise())[-1]
    assert verdict.name == "apart"
    assert "more than a day apart" in verdict.because


def test_an_embedder_is_one_more_feature_and_never_enough() -> None:
    """Like vectors stand in for facts told otherwise, where both texts name the same."""
    first = report("Zorblax Labs opens the gates of QuuxDB to gardeners")
    other = report("Zorblax Labs 的 QuuxDB 迎来园丁", 1)
    stranger = report("Heavy rain floods the old harbour", 1)
    same = np.array([1.0, 0.0], dtype=np.float32)
    across = np.array([0.0, 1.0], dtype=np.float32)

    def parts(second: Document, vector: np.ndarray) -> dict[str, Points]:
        vectors = {first.id: same, second.id: vector}
        aids = Aids(vectors=vectors, meaning=meaning_of(SETTINGS))
        found = explain_pair(first, second, SETTINGS, among=noise(), aids=aids)
        return {part.name: part for part in found}

    plain = explain_pair(first, other, SETTINGS, among=noise())[-1]
    alike, unlike = parts(other, same), parts(other, across)
    assert alike["meaning"].points > 0.0
    assert alike["meaning"].because == "by the embedder 0.50"
    assert alike["together"].points > plain.points
    assert "meaning" not in unlike
    assert parts(stranger, same)["apart"].points < 0.05
    vectors = {one.id: same for one in (first, other, stranger)}
    stories = cluster([first, other, stranger, *noise()], (), SETTINGS, vectors=vectors).kept
    (story,) = (one for one in stories if first in one.documents)
    assert stranger not in story.documents
    assert "meaning" in {part.name for join in story.joins for part in join.because}
