"""The laws of cluster: conservation, order, copies, memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ribao.cluster import cluster
from ribao.cluster.stories import make_story
from ribao.config import ClusterSettings
from ribao.model import (
    Document,
    DocumentId,
    EditionId,
    ItemId,
    SourceId,
    Story,
    StoryId,
    content_id,
)
from ribao.placing import Bundle, Decision, Placing

START = datetime(2031, 3, 3, tzinfo=UTC)
TITLES = (
    "Zorblax Labs buys QuuxDB for $3.5 billion",
    "QuuxDB sold to Zorblax Labs in a 3.5 billion dollar deal",
    "Zorblax Labs以35亿美元收购QuuxDB",
    "英伟达发布新芯片",
    "Heavy rain floods the old harbour",
    "Heavy rain floods harbour, trains halt",
    "",
    "热搜",
)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """Some invented reports within a week; a few are copies of others."""
    made: list[Document] = []
    for number in range(draw(st.integers(0, 9))):
        title = draw(st.sampled_from(TITLES))
        id_ = DocumentId(content_id("document", str(number), title))
        hours = draw(st.integers(0, 160))
        copy_of = draw(st.sampled_from([None, None, *(d.id for d in made)]))
        made.append(
            Document(
                id=id_,
                item_id=ItemId(id_),
                source_id=SourceId("paper"),
                url=f"https://paper.example/{number}",
                title=title,
                text=draw(st.sampled_from(("", title * 9))),
                language="zh" if "的" in title or "热" in title or "达" in title else "en",
                published_at=START + timedelta(hours=hours),
                extracted_by="test",
                copy_of=copy_of,
            )
        )
    return made


def run(found: list[Document], earlier: tuple[Story, ...] = ()) -> tuple[Story, ...]:
    """Cluster with the default settings."""
    return cluster(found, earlier, ClusterSettings()).kept


@given(documents())
def test_each_document_is_in_exactly_one_story(found: list[Document]) -> None:
    """Nothing vanishes, nothing stands twice, and each document says why it is there."""
    stories = run(found)
    inside = [document.id for story in stories for document in story.documents]
    assert sorted(inside) == sorted(document.id for document in found)
    for story in stories:
        ids = {document.id for document in story.documents}
        assert {join.document_id for join in story.joins} == ids


@given(documents(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(found: list[Document], random: object) -> None:
    """The same documents in another order give the same stories."""
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert run(shuffled) == run(found)


@given(documents())
def test_copies_go_where_their_original_goes(found: list[Document]) -> None:
    """A copy is never apart from its original."""
    story_of = {d.id: story.id for story in run(found) for d in story.documents}
    assert all(story_of[d.id] == story_of[d.copy_of] for d in found if d.copy_of)


@given(documents(), st.integers(0, 9))
def test_stories_keep_their_ids(found: list[Document], cut: int) -> None:
    """A story known from yesterday keeps its id, and what came since is named."""
    # Copies may arrive before their original is known to be one: then nothing may be promised.
    found = [replace(document, copy_of=None) for document in found]
    yesterday = run(found[:cut])
    today = run(found, yesterday)
    before = {d.id: story.id for story in yesterday for d in story.documents}
    for story in today:
        moved = {j.document_id for j in story.joins if "moved" in {p.name for p in j.because}}
        old = {before[d.id] for d in story.documents if d.id in before.keys() - moved}
        assert not old or story.id in old
        if old:
            fresh = {d.id for d in story.documents} - before.keys()
            assert fresh <= set(story.new_document_ids)


@given(documents())
def test_a_second_run_changes_nothing(found: list[Document]) -> None:
    """Clustering the same window again, knowing the stories, gives the same groups."""
    first = run(found)
    again = run(found, first)
    assert {(s.id, frozenset(d.id for d in s.documents)) for s in first} == {
        (s.id, frozenset(d.id for d in s.documents)) for s in again
    }


@st.composite
def memories(draw: st.DrawFn) -> tuple[list[Document], list[Document], tuple[Story, ...]]:
    """Documents of yesterday and of today, and yesterday's stories, well made or not."""
    found = [replace(one, copy_of=None) for one in draw(documents())]
    cut = draw(st.integers(0, len(found)))
    boxes: dict[int, list[Document]] = {}
    for document in found[:cut]:
        boxes.setdefault(draw(st.integers(0, 2)), []).append(document)
    stories = tuple(
        make_story(box, (), id_=StoryId(f"story{number}")) for number, box in sorted(boxes.items())
    )
    return found[:cut], found, stories


@given(memories(), st.randoms(use_true_random=False))
def test_whatever_was_believed_nothing_is_lost(
    memory: tuple[list[Document], list[Document], tuple[Story, ...]], random: object
) -> None:
    """Parting and moving keep every document in one story, in any order; no id stands twice."""
    _, found, stories = memory
    today = run(found, stories)
    inside = [document.id for story in today for document in story.documents]
    assert sorted(inside) == sorted(document.id for document in found)
    assert len({story.id for story in today}) == len(today)
    known = {story.id for story in stories}
    assert {story.split_from for story in today} <= known | {None}
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert run(shuffled, stories[::-1]) == today
    assert {(s.id, frozenset(s.documents)) for s in run(found, today)} == {
        (s.id, frozenset(s.documents)) for s in today
    }


@given(memories(), st.data())
def test_what_an_editor_decided_stays(
    memory: tuple[list[Document], list[Document], tuple[Story, ...]], data: st.DataObject
) -> None:
    """The bundles of an edition stay whole and apart, whatever comes later."""
    old, found, stories = memory
    boxes: dict[str, list[DocumentId]] = {}
    for document in old:
        box = data.draw(st.sampled_from(["", "one", "two"]))
        if box:
            boxes.setdefault(box, []).append(document.id)
    bundles = tuple(Bundle(StoryId(name), tuple(ids)) for name, ids in sorted(boxes.items()))
    placing = Placing(decisions=(Decision(EditionId("edition"), bundles),))
    if data.draw(st.booleans()):  # today one of them proves to be a copy: it follows its original
        found = [
            replace(one, copy_of=found[0].id) if place == len(found) // 2 > 0 else one
            for place, one in enumerate(found)
        ]
    today = cluster(found, stories, ClusterSettings(), placing=placing).kept
    copies = {one.id for one in found if one.copy_of}
    bundles = tuple(
        replace(one, document_ids=ids)
        for one in bundles
        if (ids := tuple(id_ for id_ in one.document_ids if id_ not in copies))
    )
    story_of = {document.id: story.id for story in today for document in story.documents}
    where = [{story_of[id_] for id_ in bundle.document_ids} for bundle in bundles]
    assert all(len(ids) == 1 for ids in where)
    assert len(set().union(*where)) == len(where)
