"""Invented reports for the writer's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ribao.model import (
    Document,
    DocumentId,
    ItemId,
    Points,
    Score,
    SourceId,
    Story,
    StoryId,
    content_id,
)

NOON = datetime(2031, 3, 4, 4, 0, tzinfo=UTC)  # noon in Shanghai
MakeDocument = Callable[..., Document]
MakeStory = Callable[..., Story]


@pytest.fixture
def now() -> datetime:
    """The moment of the edition."""
    return NOON + timedelta(hours=12)


@pytest.fixture
def make_document() -> MakeDocument:
    """Build a document of the given title and text."""

    def make(
        title: str,
        text: str = "",
        *,
        language: str = "zh",
        outlet: str = "lanting.example",
        hours: float = 0,
        category: str = "press",
        url: str = "",
        copy_of: DocumentId | None = None,
    ) -> Document:
        key = content_id(title, text, outlet)
        return Document(
            id=DocumentId(key),
            item_id=ItemId(key),
            source_id=SourceId(outlet),
            url=url or f"https://{outlet}/{key}",
            title=title,
            text=text,
            language=language,
            published_at=NOON + timedelta(hours=hours),
            extracted_by="feed",
            outlet=outlet,
            category=category,
            copy_of=copy_of,
        )

    return make


@pytest.fixture
def make_story() -> MakeStory:
    """Build a story of documents, the lead first."""

    def make(
        *documents: Document, kind: str = "story", section: str = "models", points: float = 1.0
    ) -> Story:
        return Story(
            id=StoryId(content_id("story", *(one.id for one in documents))),
            headline=documents[0].title,
            documents=documents,
            first_seen_at=min(one.published_at for one in documents),
            last_seen_at=max(one.published_at for one in documents),
            score=Score((Points("made up", points),)),
            section=section,
            kind=kind,
        )

    return make
