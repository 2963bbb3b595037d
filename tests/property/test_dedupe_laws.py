"""The laws of dedupe: it only labels, in any order, and no copy is of a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ribao.config import DedupeSettings
from ribao.dedupe import dedupe
from ribao.model import Document, DocumentId, ItemId, SourceId, content_id

START = datetime(2031, 3, 3, tzinfo=UTC)
TITLES = (
    "Zorblax Labs buys QuuxDB for a song",
    "Zorblax buys QuuxDB",
    "热搜",
    "",
    "雾港买船十二艘渡轮",
)
TEXTS = (
    "",
    "Zorblax Labs buys QuuxDB, the two said in a joint letter to their many customers on Monday.",
    "Zorblax Labs buys QuuxDB, the two said in a joint letter to their many clients on Monday.",
    "雾港市议会周一决定购买渡轮，首批将于秋季交付，票价保持不变，市长感谢了市民。",
)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """Invented documents, many of them alike."""
    made = []
    for number in range(draw(st.integers(0, 9))):
        host = draw(st.sampled_from(("lamp", "else")))
        made.append(
            Document(
                id=DocumentId(content_id(str(number))),
                item_id=ItemId(str(number)),
                source_id=SourceId(host),
                url=f"https://{host}.example/{draw(st.integers(0, 2))}",
                title=draw(st.sampled_from(TITLES)),
                text=draw(st.sampled_from(TEXTS)),
                language="",
                published_at=START + timedelta(hours=draw(st.integers(0, 60))),
                extracted_by="feed",
            )
        )
    return made


def unlabelled(batch: Sequence[Document]) -> list[Document]:
    """The batch without what dedupe adds."""
    bare = (replace(x, copy_of=None, copy_because="", revision_of=None) for x in batch)
    return sorted(bare, key=lambda document: document.id)


@given(documents())
def test_dedupe_only_labels(batch: list[Document]) -> None:
    """All documents are kept, and nothing but labels changes."""
    outcome = dedupe(batch, DedupeSettings())
    assert unlabelled(outcome.kept) == unlabelled(batch)
    assert (outcome.dropped, outcome.failed) == ((), ())


@given(documents())
def test_no_copy_is_of_a_copy(batch: list[Document]) -> None:
    """Every label names an original of the batch, and has its reason."""
    kept = dedupe(batch, DedupeSettings()).kept
    originals = {document.id for document in kept if document.copy_of is None}
    for document in kept:
        assert document.copy_of is None or document.copy_of in originals
        assert bool(document.copy_of) == bool(document.copy_because)


@given(documents(), st.randoms(use_true_random=False))
def test_order_and_a_second_run_change_nothing(batch: list[Document], random: object) -> None:
    """The outcome depends on the documents alone; labelling labelled documents gives the same."""
    shuffled = list(batch)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands over a Random
    once = dedupe(batch, DedupeSettings())
    assert dedupe(shuffled, DedupeSettings()) == once
    assert dedupe(once.kept, DedupeSettings()) == once
