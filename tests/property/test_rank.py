"""Laws of rank: every story is accounted for, scores add up, order changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ribao.beat import load_beat
from ribao.config import EditionSettings, RankSettings
from ribao.model import Document, DocumentId, Heat, ItemId, SourceId, Story, StoryId
from ribao.outcome import Outcome
from ribao.rank import rank

NOW = datetime(2030, 5, 4, 16, tzinfo=UTC)
WORDS = st.sampled_from(
    [
        "OpenAI",
        "launches",
        "a model",
        "Mistral",
        "football",
        "开源",
        "大模型",
        "融资",
        "天气",
        "how to",
        "7B",
        "why",
        "GPU",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw one report of a few words that matter to the beat."""
    number = draw(st.integers(0, 10**9))
    return Document(
        id=DocumentId(f"{number:010}"),
        item_id=ItemId(f"{number:010}"),
        source_id=SourceId("s"),
        url=f"https://{draw(st.sampled_from('abc'))}.example/{number}",
        title=" ".join(draw(st.lists(WORDS, min_size=1, max_size=5))),
        text=draw(st.sampled_from(["", "It costs $5 million in 2031.", "一共 40 台机器人。"])),
        language="",
        published_at=NOW - timedelta(hours=draw(st.floats(0, 100))),
        extracted_by="feed",
        weight=draw(st.floats(0, 3)),
        heat=Heat(points=draw(st.none() | st.integers(0, 5000))),
    )


@st.composite
def story_lists(draw: st.DrawFn) -> list[Story]:
    """Draw stories with identifiers of their own."""
    drawn = draw(st.lists(st.lists(documents(), min_size=1, max_size=3), max_size=12))
    return [
        Story(StoryId(f"story{place:02}"), reports[0].title, tuple(reports), NOW, NOW)
        for place, reports in enumerate(drawn)
    ]


def _rank(stories: list[Story], history: list[Story]) -> Outcome[Story]:
    edition = EditionSettings(stories=2, releases=1, briefs=2)
    return rank(stories, load_beat("ai"), RankSettings(), edition=edition, now=NOW, history=history)


@given(story_lists(), story_lists())
def test_laws_of_rank(stories: list[Story], history: list[Story]) -> None:
    """No story vanishes, a score is the sum of its parts, quotas hold, order changes nothing."""
    history = [Story(StoryId(f"old-{one.id}"), *_rest(one)) for one in history]
    outcome = _rank(stories, history)
    subjects = [one.id for one in outcome.kept] + [drop.subject for drop in outcome.dropped]
    assert sorted(subjects) == sorted(one.id for one in stories)
    assert all(drop.detail for drop in outcome.dropped)
    for one in outcome.kept:
        assert one.score.total == sum(part.points for part in one.score.parts)
        assert all(part.because for part in one.score.parts)
    kinds = [one.kind for one in outcome.kept]
    assert kinds.count("story") <= 2
    assert kinds.count("release") <= 1
    empty = (2 - kinds.count("story")) + (1 - kinds.count("release"))
    assert kinds.count("brief") <= 2 + empty  # whose places go to further lines
    assert _rank(stories[::-1], history) == outcome


def _rest(story: Story) -> tuple[str, tuple[Document, ...], datetime, datetime]:
    return story.headline, story.documents, story.first_seen_at, story.last_seen_at
