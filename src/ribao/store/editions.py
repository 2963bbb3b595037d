"""What was printed: stories, editions, and where editions went."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, select

from ribao.model import DocumentId, Edition, Publication, Story, StoryId
from ribao.store.codec import decode, encode
from ribao.store.desk_tables import kept_editions, printings, remakings
from ribao.store.engine import put
from ribao.store.library import CHUNK, Library
from ribao.store.schema import (
    editions,
    printed,
    publications,
    stories,
    story_documents,
)


@dataclass(frozen=True, slots=True)
class Editions:
    """Reads and writes what was printed."""

    engine: Engine
    library: Library

    def put_stories(
        self, connection: Connection, day: date, found: Sequence[Story], edition_id: str = ""
    ) -> None:
        """Keep all stories of a day as they are now, in place of what was kept of that day.

        What other editions of the day than `edition_id` carried stays, as they printed it.
        """
        others = (
            select(printed.c.story_id)
            .join(editions, editions.c.id == printed.c.edition_id)
            .where(editions.c.date == day.isoformat(), editions.c.id != edition_id)
        )
        kept = set(connection.execute(others).scalars())
        found = [story for story in found if story.id not in kept or not edition_id]
        for table, column in (
            (stories, stories.c.id),
            (story_documents, story_documents.c.story_id),
        ):
            gone = table.c.day == day.isoformat()
            connection.execute(
                delete(table).where(gone & column.not_in(others) if edition_id else gone)
            )
        put(connection, stories, [story_row(day, story) for story in found])
        put(
            connection,
            story_documents,
            [
                {"story_id": story.id, "day": day.isoformat(), "document_id": document.id,
                 "place": place}
                for story in found
                for place, document in enumerate(story.documents)
            ],
        )  # fmt: skip

    def stories_before(self, day: date, *, days: int) -> tuple[Story, ...]:
        """Stories of several reports of the `days` days before `day`, as they stood last."""
        statement = (
            select(stories.c.id, stories.c.day, stories.c.data)
            .where(
                stories.c.day >= (day - timedelta(days=days)).isoformat(),
                stories.c.day < day.isoformat(),
                stories.c.size > 1,
            )
            .order_by(stories.c.day, stories.c.id)
        )
        return self._stories(statement)

    def printed_before(
        self, day: date, language: str, beat: str, *, days: int
    ) -> tuple[Story, ...]:
        """Stories that an edition of the `days` days before `day` carried, as they stood then."""
        statement = (
            select(stories.c.id, stories.c.day, stories.c.data)
            .join(printed, printed.c.story_id == stories.c.id)
            .join(
                editions,
                (editions.c.id == printed.c.edition_id) & (editions.c.date == stories.c.day),
            )
            .where(
                editions.c.date >= (day - timedelta(days=days)).isoformat(),
                editions.c.date < day.isoformat(),
                editions.c.language == language,
                editions.c.beat == beat,
            )
            .order_by(stories.c.day, printed.c.place)
        )
        return self._stories(statement)

    def story(self, story_id: StoryId, day: date) -> Story | None:
        """One story as it stood on a day, with its documents."""
        statement = select(stories.c.id, stories.c.day, stories.c.data).where(
            stories.c.id == story_id, stories.c.day == day.isoformat()
        )
        return next(iter(self._stories(statement)), None)

    def put_edition(self, connection: Connection, edition: Edition, beat: str) -> None:
        """Keep an edition and which stories it carried, in place of an earlier making of it.

        Of each revision the last making stays.
        """
        kept: dict[str, object] = {
            "edition_id": edition.id, "revision": edition.revision,
            "data": zlib.compress(encode(edition).encode(), 6),
        }  # fmt: skip
        put(connection, kept_editions, [kept])
        row: dict[str, object] = {
            "id": edition.id, "date": edition.date.isoformat(), "language": edition.language,
            "beat": beat, "data": encode(edition),
        }  # fmt: skip
        put(connection, editions, [row])
        connection.execute(delete(printed).where(printed.c.edition_id == edition.id))
        put(
            connection,
            printed,
            [
                {"edition_id": edition.id, "story_id": article.story_id, "kind": article.kind,
                 "place": place}
                for place, article in enumerate(edition.articles)
            ],
        )  # fmt: skip

    def put_remaking(
        self, connection: Connection, edition: Edition, run_id: str, now: datetime
    ) -> None:
        """Keep what a run made of an edition that the desk has put out; it waits there."""
        row: dict[str, object] = {
            "edition_id": edition.id, "run_id": run_id,
            "at": now.isoformat(timespec="seconds"), "data": encode(edition),
        }  # fmt: skip
        put(connection, remakings, [row])

    def put_out(self, edition_id: str) -> int:
        """The last revision of an edition that the desk put out; 0 is none."""
        newest = select(func.max(printings.c.revision)).where(printings.c.edition_id == edition_id)
        with self.engine.connect() as connection:
            return int(connection.execute(newest).scalar() or 0)

    def revisions(self, edition_id: str) -> tuple[Edition, ...]:
        """Every revision of an edition as it was printed, the newest first."""
        statement = (
            select(kept_editions.c.data)
            .where(kept_editions.c.edition_id == edition_id)
            .order_by(kept_editions.c.revision.desc())
        )
        with self.engine.connect() as connection:
            found = connection.execute(statement).scalars()
            return tuple(decode(Edition, zlib.decompress(data).decode()) for data in found)

    def edition_of(self, edition_id: str) -> Edition | None:
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

    def _stories(self, statement: Select[Any]) -> tuple[Story, ...]:
        """Read (id, day, data) rows; of one story on several days the last row counts."""
        with self.engine.connect() as connection:
            rows = {row.id: row for row in connection.execute(statement)}
            places = self._places(connection, [(row.id, row.day) for row in rows.values()])
        wanted = [document for found in places.values() for document in found]
        known = self.library.documents_by_id(wanted)
        return tuple(
            replace(
                decode(Story, row.data),
                documents=tuple(known[one] for one in places[row.id] if one in known),
            )
            for row in rows.values()
            if any(one in known for one in places[row.id])
        )

    def _places(
        self, connection: Connection, keys: Sequence[tuple[str, str]]
    ) -> dict[str, list[DocumentId]]:
        places: dict[str, list[DocumentId]] = {story: [] for story, _day in keys}
        by_day: dict[str, list[str]] = {}
        for story, day in keys:
            by_day.setdefault(day, []).append(story)
        for day, ids in by_day.items():
            for start in range(0, len(ids), CHUNK):
                rows = connection.execute(
                    select(story_documents)
                    .where(
                        story_documents.c.day == day,
                        story_documents.c.story_id.in_(ids[start : start + CHUNK]),
                    )
                    .order_by(story_documents.c.story_id, story_documents.c.place)
                )
                for row in rows:
                    places[row.story_id].append(DocumentId(row.document_id))
        return places


def story_row(day: date, story: Story) -> dict[str, object]:
    """A story of a day as its table keeps it."""
    return {
        "id": story.id, "day": day.isoformat(), "size": len(story.documents),
        "data": encode(replace(story, documents=())),
    }  # fmt: skip
