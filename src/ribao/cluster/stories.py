"""From groups of documents to stories: who leads, which id, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ribao.model import Document, DocumentId, Join, Story, StoryId, content_id

# Sources that repeat others; their report leads only where there is no other.
SECOND_HAND = frozenset({"aggregator", "hot-list", "community"})
PRIMARY = frozenset({"lab", "primary", "official", "papers", "open-source", "release"})
ENOUGH_TEXT = 200  # characters from which a report counts as one with a text


def in_order(documents: Iterable[Document]) -> list[Document]:
    """The one order of documents: by time, then by id, so that arrival changes nothing."""
    return sorted(documents, key=lambda document: (document.published_at, document.id))


def lead_first(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The best report first, then all others by time."""
    ordered = in_order(documents)
    lead = min(ordered, key=_lead_key)
    return (lead, *(document for document in ordered if document.id != lead.id))


def _lead_key(document: Document) -> tuple[bool, bool, bool, bool, float]:
    """Smallest is best: no copy, first hand, with text, primary, weighty; else the earliest."""
    return (
        document.copy_of is not None,
        document.category in SECOND_HAND,
        len(document.text) < ENOUGH_TEXT,
        document.category not in PRIMARY,
        -document.weight,
    )


def make_story(
    documents: Sequence[Document],
    joins: Sequence[Join],
    *,
    id_: StoryId | None = None,
    earlier: Story | None = None,
    printed: bool = False,
) -> Story:
    """Put a story together; an earlier one gives it its id and, once printed, what it continues.

    `id_` is the id of a story that was parted from another one, or that an editor made.
    """
    ordered = in_order(documents)
    known = {document.id for document in earlier.documents} if earlier else set[DocumentId]()
    everything = lead_first(documents)
    new = earlier.id if earlier else id_ or StoryId(content_id("story", ordered[0].id))
    return Story(
        id=new,
        headline=everything[0].title,
        documents=everything,
        first_seen_at=ordered[0].published_at,
        last_seen_at=ordered[-1].published_at,
        joins=tuple(joins),
        continues=earlier.id if earlier and printed else None,
        new_document_ids=tuple(d.id for d in ordered if d.id not in known) if earlier else (),
        split_from=earlier.split_from if earlier else None,
        split_because=earlier.split_because if earlier else "",
    )
