"""What lies on the desk: drafts with every change, the queue, printings, judgements.

A draft is bytes here: what is in them is the desk's own affair. Every change keeps the draft as it
was before, so that undoing gives back the very same bytes, and nothing is ever taken out of the
list of changes.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from ribao.errors import StoreError
from ribao.model import Edition, EditionId, Publication, PublicationId, RunId, Story
from ribao.store.codec import decode
from ribao.store.desk_tables import (
    candidates,
    changes,
    drafts,
    judgements,
    printings,
    remakings,
)
from ribao.store.editions import Editions, story_row
from ribao.store.engine import put
from ribao.store.schema import editions, outcomes, publications, runs, stories
from ribao.store.schema import story_documents as told

UNDO, REDO = "undo", "redo"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is kept: its version rises by one with every change."""

    edition_id: str
    base_digest: str
    version: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the draft's history; `detail` is JSON."""

    edition_id: str
    version: int
    at: str
    account: str
    verb: str
    subject: str = ""
    detail: str = ""
    undone_by: int = 0


@dataclass(frozen=True, slots=True)
class Printing:
    """One time that the desk put an edition out."""

    edition_id: str
    revision: int
    at: str
    account: str
    note: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an editor made of one story; `data` is the score as JSON."""

    edition_id: str
    story_id: str
    at: str
    account: str
    verdict: str
    printed: bool
    data: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """Reads and writes what lies on the desk."""

    engine: Engine
    editions: Editions

    def editions_by_day(self, limit: int = 60) -> tuple[tuple[str, str, str], ...]:
        """(id, date, language) of the newest editions."""
        statement = (
            select(editions.c.id, editions.c.date, editions.c.language)
            .order_by(editions.c.date.desc(), editions.c.language)
            .limit(limit)
        )
        with self.engine.connect() as connection:
            return tuple((row.id, row.date, row.language) for row in connection.execute(statement))

    def base(self, edition_id: str) -> tuple[str, str] | None:
        """(data, beat) of an edition as it is kept."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(editions.c.data, editions.c.beat).where(editions.c.id == edition_id)
            ).first()
        return None if row is None else (row.data, row.beat)

    def remade(self, edition_id: str) -> str:
        """What a later run made of an edition that was put out already; "" is nothing."""
        statement = select(remakings.c.data).where(remakings.c.edition_id == edition_id)
        with self.engine.connect() as connection:
            return str(connection.execute(statement).scalar() or "")

    def draft(self, edition_id: str) -> Kept | None:
        """The draft of an edition, if one was begun."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(drafts).where(drafts.c.edition_id == edition_id)
            ).first()
        if row is None:
            return None
        return Kept(row.edition_id, row.base_digest, row.version, zlib.decompress(row.data))

    def put_draft(self, connection: Connection, kept: Kept) -> None:
        """Keep a draft, in place of what was kept."""
        row: dict[str, object] = {
            "edition_id": kept.edition_id, "base_digest": kept.base_digest,
            "version": kept.version, "data": zlib.compress(kept.data, 1),
        }  # fmt: skip
        put(connection, drafts, [row])

    def put_change(self, connection: Connection, kept: Kept, change: Change, before: bytes) -> None:
        """Keep a draft and the change that led to it, if nobody else changed it meanwhile.

        Raises:
            StoreError: somebody did.
        """
        current = connection.execute(
            select(drafts.c.version).where(drafts.c.edition_id == kept.edition_id)
        ).scalar()
        if current != kept.version - 1:
            raise StoreError("the draft was changed meanwhile", kept.edition_id)
        self.put_draft(connection, kept)
        connection.execute(
            insert(changes).values(**asdict(change) | {"before": zlib.compress(before, 1)})
        )

    def mark_undone(self, connection: Connection, edition_id: str, version: int, by: int) -> None:
        """Note which change took another one back; 0: it is in force again."""
        connection.execute(
            update(changes)
            .where(changes.c.edition_id == edition_id, changes.c.version == version)
            .values(undone_by=by)
        )

    def before(self, edition_id: str, version: int) -> bytes:
        """The draft as it was before a change.

        Raises:
            StoreError: there is no such change.
        """
        with self.engine.connect() as connection:
            data = connection.execute(
                select(changes.c.before).where(
                    changes.c.edition_id == edition_id, changes.c.version == version
                )
            ).scalar()
        if data is None:
            raise StoreError("no such change", f"{edition_id} {version}")
        return zlib.decompress(data)

    def history(self, edition_id: str, *, since: int = -1, limit: int = 500) -> tuple[Change, ...]:
        """The changes of a draft after a version, the newest first."""
        columns = [column for column in changes.columns if column.name != "before"]
        statement = (
            select(*columns)
            .where(changes.c.edition_id == edition_id, changes.c.version > since)
            .order_by(changes.c.version.desc())
            .limit(limit)
        )
        with self.engine.connect() as connection:
            return tuple(Change(**row._mapping) for row in connection.execute(statement))  # noqa: SLF001 - the documented name of a row as a mapping

    # --- the queue ------------------------------------------------------------------------------

    def put_candidates(
        self, connection: Connection, edition_id: str, found: Sequence[tuple[str, float, str]]
    ) -> None:
        """Keep the queue of an edition: (story, points, data), the first one first."""
        connection.execute(delete(candidates).where(candidates.c.edition_id == edition_id))
        rows: list[dict[str, object]] = [
            {"edition_id": edition_id, "story_id": story, "place": place, "points": points,
             "data": data}
            for place, (story, points, data) in enumerate(found)
        ]  # fmt: skip
        put(connection, candidates, rows)

    def candidates(self, edition_id: str) -> tuple[str, ...]:
        """The queue of an edition, as data."""
        statement = (
            select(candidates.c.data)
            .where(candidates.c.edition_id == edition_id)
            .order_by(candidates.c.place)
        )
        with self.engine.connect() as connection:
            return tuple(connection.execute(statement).scalars())

    def day_stories(self, day: date) -> tuple[Story, ...]:
        """All stories of a day, as they stood then, with their documents."""
        statement = (
            select(stories.c.id, stories.c.day, stories.c.data)
            .where(stories.c.day == day.isoformat())
            .order_by(stories.c.id)
        )
        return self.editions._stories(statement)  # noqa: SLF001 - two halves of one shelf

    def run_of(self, edition_id: str) -> RunId | None:
        """The last run that made an edition."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(runs.c.id).where(runs.c.edition_id == edition_id)
                .order_by(runs.c.order.desc()).limit(1)
            ).scalar()  # fmt: skip
        return None if found is None else RunId(found)

    def dropped(self, run: str, step: str) -> dict[str, tuple[str, str]]:
        """Reason and words of everything that a step of a run dropped."""
        statement = select(outcomes.c.subject, outcomes.c.reason, outcomes.c.detail).where(
            outcomes.c.run_id == run, outcomes.c.step == step, outcomes.c.became == "dropped"
        )
        with self.engine.connect() as connection:
            return {row.subject: (row.reason, row.detail) for row in connection.execute(statement)}

    def timeline(self, story_ids: Sequence[str]) -> tuple[tuple[str, str, Story], ...]:
        """(day, id, story without documents) of the stories of these ids, the oldest first."""
        statement = (
            select(stories.c.id, stories.c.day, stories.c.data)
            .where(stories.c.id.in_(list(story_ids)))
            .order_by(stories.c.day, stories.c.id)
        )
        with self.engine.connect() as connection:
            return tuple(
                (row.day, row.id, decode(Story, row.data)) for row in connection.execute(statement)
            )

    def put_bundles(self, connection: Connection, day: date, found: Sequence[Story]) -> None:
        """Keep stories of a day whose reports an editor chose, in place of what a run made."""
        for story in found:
            for table, key in ((stories, stories.c.id), (told, told.c.story_id)):
                connection.execute(
                    delete(table).where(key == story.id, table.c.day == day.isoformat())
                )
        put(connection, stories, [story_row(day, story) for story in found])
        rows: list[dict[str, object]] = [
            {"story_id": story.id, "day": day.isoformat(), "document_id": one.id, "place": place}
            for story in found
            for place, one in enumerate(story.documents)
        ]
        put(connection, told, rows)

    def publications(self, edition_id: str) -> tuple[Publication, ...]:
        """The receipts of an edition."""
        statement = select(publications).where(publications.c.edition_id == edition_id)
        with self.engine.connect() as connection:
            return tuple(
                Publication(
                    PublicationId(row.id), EditionId(row.edition_id), row.channel, row.address,
                    row.content_digest, row.receipt,
                )
                for row in connection.execute(statement.order_by(publications.c.channel))
            )  # fmt: skip

    # --- printings and judgements ---------------------------------------------------------------

    def put_printing(self, connection: Connection, printing: Printing) -> None:
        """Keep that an edition went out."""
        row: dict[str, object] = {
            "edition_id": printing.edition_id, "revision": printing.revision, "at": printing.at,
            "account": printing.account, "note": printing.note, "version": printing.version,
            "digest": printing.digest,
        }  # fmt: skip
        put(connection, printings, [row])

    def printings(self, edition_id: str) -> tuple[Printing, ...]:
        """Every time that an edition went out, the newest first."""
        statement = (
            select(printings)
            .where(printings.c.edition_id == edition_id)
            .order_by(printings.c.revision.desc())
        )
        with self.engine.connect() as connection:
            return tuple(Printing(*row) for row in connection.execute(statement))

    def put_judgements(self, connection: Connection, found: Sequence[Judgement]) -> None:
        """Keep what an editor made of the stories of an edition, in place of what was kept."""
        for edition_id in sorted({one.edition_id for one in found}):
            connection.execute(delete(judgements).where(judgements.c.edition_id == edition_id))
        rows: list[dict[str, object]] = [
            {"edition_id": one.edition_id, "story_id": one.story_id, "at": one.at,
             "account": one.account, "verdict": one.verdict, "printed": int(one.printed),
             "data": one.data}
            for one in found
        ]  # fmt: skip
        put(connection, judgements, rows)

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, by edition and story."""
        statement = select(judgements).order_by(judgements.c.edition_id, judgements.c.story_id)
        with self.engine.connect() as connection:
            return tuple(
                Judgement(
                    row.edition_id, row.story_id, row.at, row.account, row.verdict,
                    bool(row.printed), row.data,
                )
                for row in connection.execute(statement)
            )  # fmt: skip

    def last_change(self) -> int:
        """How many changes there are; a number that rises with every one."""
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(changes)).scalar_one()


def edition_from(data: str) -> Edition:
    """An edition from the column that keeps it."""
    return decode(Edition, data)
