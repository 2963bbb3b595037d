"""Invented reports and stories for the tests of rank."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ribao.config import EditionSettings, RankSettings
from ribao.model import Document, DocumentId, ItemId, SourceId, Story, StoryId, content_id

NOW = datetime(2030, 5, 4, 16, tzinfo=UTC)


def report(title: str, text: str = "", *, hours: float = 5.0, **fields: Any) -> Document:
    """Make one report, `hours` before the edition closes."""
    url = fields.pop("url", f"https://gazette.example/{content_id(title)}")
    key = content_id(url, title)
    values: dict[str, Any] = {
        "id": DocumentId(key),
        "item_id": ItemId(key),
        "source_id": SourceId("gazette"),
        "url": url,
        "title": title,
        "text": text,
        "language": "en",
        "published_at": NOW - timedelta(hours=hours),
        "extracted_by": "feed",
        "outlet": "gazette.example",
    }
    return Document(**(values | fields))


def story(*documents: Document, **fields: Any) -> Story:
    """Make one story of reports, the first one leading."""
    times = [document.published_at for document in documents]
    values: dict[str, Any] = {
        "id": StoryId(content_id(*(document.id for document in documents))),
        "headline": documents[0].title,
        "documents": documents,
        "first_seen_at": min(times),
        "last_seen_at": max(times),
    }
    return Story(**(values | fields))


def english(**fields: Any) -> EditionSettings:
    """Edition settings in English."""
    return EditionSettings(**({"language": "en"} | fields))


def lenient(**fields: Any) -> RankSettings:
    """Rank settings that print whatever is on topic."""
    return RankSettings(**({"minimum_score": -100.0} | fields))
