"""What was printed: stories, editions, and where editions went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, delete, select

from ribao.model import Document, DocumentId, Edition, EditionId, Publication, Story, StoryId
from ribao.store.codec import decode, encode
from ribao.store.engine import put
from ribao.store.library import CHUNK, Library
from ribao.store.schema import (
    editions,
    printed,
    printed_documents,
    publications,
    stories,
    story_documents,
)


@dataclass(frozen=True, slots=True)
class Editions:
    """Reads and writes what was printed."""

    engine: Engine
    library: Library

    def put_stories(self, connection: Connection, found: Sequence[Story]) -> None:
        """Keep stories as they are now, each with the documents that it has now."""
        put(connection, stories, [_story_row(story) for story in found])
        ids = [story.id for story in found]
        for start in range(0, len(ids), CHUNK):
            connection.execute(
                delete(story_documents).where(
                    story_documents.c.story_id.in_(ids[start : start + CHUNK])
                )
            )
        put(
            connection,
            story_documents,
            [
                {"story_id": story.id, "document_id": document.id, "place": place}
                for story in found
                for place, document in enumerate(story.documents)
            ],
        )

    def stories_since(self, first: datetime, last: datetime) -> tuple[Story, ...]:
        """Stories last seen from `first` to before `last`, with their documents."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(stories.c.id, stories.c.data)
                .where(
                    stories.c.last_seen_at >= first.isoformat(),
                    stories.c.last_seen_at < last.isoformat(),
                )
                .order_by(stories.c.id)
            ).all()
        found = {StoryId(row.id): decode(Story, row.data) for row in rows}
        return self._with_documents(found, self._places(found))

    def printed_before(
        self, day: date, language: str, beat: str, *, days: int
    ) -> tuple[Story, ...]:
        """Stories that an edition of the `days` days before `day` carried, as they were then."""
        first = (day - timedelta(days=days)).isoformat()
        statement = (
            select(printed.c.story_id, stories.c.data, editions.c.date, editions.c.id)
            .join(editions, editions.c.id == printed.c.edition_id)
            .join(stories, stories.c.id == printed.c.story_id)
            .where(
                editions.c.date >= first,
                editions.c.date < day.isoformat(),
                editions.c.language == language,
                editions.c.beat == beat,
            )
            .order_by(editions.c.date, printed.c.place)
        )
        found: dict[StoryId, Story] = {}
        places: dict[StoryId, list[DocumentId]] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(statement).all():
                story = StoryId(row.story_id)
                found[story] = decode(Story, row.data)
                places[story] = [
                    DocumentId(document)
                    for document in connection.execute(
                        select(printed_documents.c.document_id)
                        .where(
                            printed_documents.c.edition_id == row.id,
                            printed_documents.c.story_id == story,
                        )
                        .order_by(printed_documents.c.place)
                    ).scalars()
                ]
        return self._with_documents(found, places)

    def story(self, story_id: StoryId) -> Story | None:
        """One story with its documents."""
        with self.engine.connect() as connection:
            data = connection.execute(
                select(stories.c.data).where(stories.c.id == story_id)
            ).scalar()
        if data is None:
            return None
        found = {story_id: decode(Story, data)}
        return next(iter(self._with_documents(found, self._places(found))), None)

    def put_edition(
        self, connection: Connection, edition: Edition, beat: str, told: Sequence[Story]
    ) -> None:
        """Keep an edition and what each of its stories rested on when it was printed."""
        row: dict[str, object] = {
            "id": edition.id, "date": edition.date.isoformat(), "language": edition.language,
            "beat": beat, "data": encode(edition),
        }  # fmt: skip
        put(connection, editions, [row])
        for table in (printed, printed_documents):
            connection.execute(delete(table).where(table.c.edition_id == edition.id))
        by_story = {story.id: story for story in told}
        lines: list[dict[str, object]] = []
        reports: list[dict[str, object]] = []
        for place, article in enumerate(edition.articles):
            lines.append(
                {"edition_id": edition.id, "story_id": article.story_id, "kind": article.kind,
                 "place": place}
            )  # fmt: skip
            reports += [
                {"edition_id": edition.id, "story_id": article.story_id,
                 "document_id": document.id, "place": at}
                for at, document in enumerate(by_story[article.story_id].documents)
            ]  # fmt: skip
        put(connection, printed, lines)
        put(connection, printed_documents, reports)

    def edition(self, edition_id: EditionId) -> Edition | None:
        """One edition."""
        with self.engine.connect() as connection:
            data = connection.execute(
                select(editions.c.data).where(editions.c.id == edition_id)
            ).scalar()
        return None if data is None else decode(Edition, data)

    def put_publications(self, connection: Connection, found: Sequence[Publication]) -> None:
        """Keep receipts."""
        put(
            connection,
            publications,
            [
                {"id": one.id, "edition_id": one.edition_id, "channel": one.channel,
                 "address": one.address, "content_digest": one.content_digest,
                 "receipt": one.receipt}
                for one in found
            ],
        )  # fmt: skip

    def _places(self, found: dict[StoryId, Story]) -> dict[StoryId, list[DocumentId]]:
        ids = list(found)
        places: dict[StoryId, list[DocumentId]] = {story: [] for story in ids}
        with self.engine.connect() as connection:
            for start in range(0, len(ids), CHUNK):
                rows = connection.execute(
                    select(story_documents)
                    .where(story_documents.c.story_id.in_(ids[start : start + CHUNK]))
                    .order_by(story_documents.c.story_id, story_documents.c.place)
                )
                for row in rows:
                    places[StoryId(row.story_id)].append(DocumentId(row.document_id))
        return places

    def _with_documents(
        self, found: dict[StoryId, Story], places: dict[StoryId, list[DocumentId]]
    ) -> tuple[Story, ...]:
        wanted = [document for story in found for document in places[story]]
        known: dict[DocumentId, Document] = self.library.documents_by_id(wanted)
        return tuple(
            replace(story, documents=tuple(known[one] for one in places[key] if one in known))
            for key, story in found.items()
            if any(one in known for one in places[key])
        )


def _story_row(story: Story) -> dict[str, object]:
    return {
        "id": story.id, "first_seen_at": story.first_seen_at.isoformat(),
        "last_seen_at": story.last_seen_at.isoformat(),
        "data": encode(replace(story, documents=())),
    }  # fmt: skip
