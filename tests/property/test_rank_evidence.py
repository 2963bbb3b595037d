"""Laws of facts cards and promises: what they say is a passage of the report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ribao.facts import KINDS, facts_card, find_facts
from ribao.model import Document, DocumentId, ItemId, SourceId, Story, StoryId
from ribao.rank.promises import falling_due, find_promises

NOW = datetime(2030, 5, 4, 16, tzinfo=UTC)
PIECES = st.sampled_from(
    [
        "总参数3090亿，激活参数150亿",
        "300亿、1000亿和5000亿参数",
        "a 1M-token context window",
        "MIT 许可协议",
        "Apache License 2.0",
        "模型大小为4.2GB",
        "预计明年上市",
        "将于6月1日开售",
        "will open in March 2031",
        "by the end of 2030",
        "。",
        ". ",
        "\n\n",
        "，",
        "（",
        "𠮷",
        "Ⅷ",
        "１２８Ｋ上下文",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a report that is made of phrases which hold facts and promises, in any order."""
    text = st.lists(PIECES | st.text(max_size=4), max_size=8).map("".join)
    number = draw(st.integers(0, 10**9))
    return Document(
        DocumentId(f"{number:010}"),
        ItemId("i"),
        SourceId("s"),
        "https://gazette.example/1",
        draw(text),
        draw(text),
        "",
        NOW - timedelta(hours=draw(st.integers(0, 72))),
        "feed",
    )


@given(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_evidence_is_where_it_says(reports: list[Document]) -> None:
    """Every fact and every promise quotes its document at the given place."""
    by_id = {document.id: document for document in reports}
    story = Story(StoryId("story"), reports[0].title, tuple(reports), NOW, NOW)
    facts = [fact for document in reports for fact in find_facts(document)]
    promises = find_promises(story, "Asia/Shanghai")
    for cited in [fact.citation for fact in facts] + [promise.citation for promise in promises]:
        document = by_id[cited.document_id]
        whole = document.title if cited.field == "title" else document.text
        assert whole[cited.start : cited.end] == cited.quote != ""
    card = facts_card(reports)
    assert [fact.kind for fact in card] == sorted({fact.kind for fact in card}, key=KINDS.index)
    assert set(card) <= set(facts)


@given(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_promises_do_not_depend_on_order_and_fall_due(reports: list[Document]) -> None:
    """Reports in another order make the same promises, and each falls due on some day."""
    story = Story(StoryId("story"), "", tuple(reports), NOW, NOW)
    turned = Story(StoryId("story"), "", tuple(reversed(reports)), NOW, NOW)
    promises = find_promises(story)
    assert find_promises(turned) == promises
    for promise in promises:
        assert promise.last > date(2030, 5, 1)
        assert falling_due([promise], promise.first) or falling_due([promise], promise.last)
