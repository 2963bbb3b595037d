"""What was announced for later in printed stories, kept with its evidence until it falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, delete, func, or_, select

from ribao.promise import Promise
from ribao.store.codec import decode, encode
from ribao.store.engine import put
from ribao.store.schema import editions, promises


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of several in a store: a beat in a language."""

    beat: str
    language: str


@dataclass(frozen=True, slots=True)
class Promises:
    """Reads and writes promises. Each edition keeps its own, so that making it again adds none."""

    engine: Engine

    def put_promises(
        self, connection: Connection, paper: Paper, day: date, found: Sequence[Promise]
    ) -> None:
        """Keep what the edition of a day announces, in place of an earlier making of it."""
        connection.execute(
            delete(promises).where(
                promises.c.beat == paper.beat,
                promises.c.language == paper.language,
                promises.c.day == day.isoformat(),
            )
        )
        rows: list[dict[str, object]] = [
            {"id": one.id, "beat": paper.beat, "language": paper.language, "day": day.isoformat(),
             "first": one.first.isoformat(), "last": one.last.isoformat(), "data": encode(one)}
            for one in found
        ]  # fmt: skip
        put(connection, promises, rows)

    def promises_around(self, paper: Paper, after: date, day: date) -> tuple[Promise, ...]:
        """Promises of earlier editions that begin or end after `after`, up to `day`."""
        between = [
            (column > after.isoformat()) & (column <= day.isoformat())
            for column in (promises.c.first, promises.c.last)
        ]
        statement = (
            select(promises.c.id, promises.c.data)
            .where(
                promises.c.beat == paper.beat,
                promises.c.language == paper.language,
                promises.c.day < day.isoformat(),
                or_(*between),
            )
            .order_by(promises.c.day, promises.c.id)
        )
        with self.engine.connect() as connection:
            rows = {row.id: row.data for row in connection.execute(statement)}
        return tuple(decode(Promise, data) for data in rows.values())

    def last_edition_before(self, paper: Paper, day: date) -> date | None:
        """The day of the edition before this one; None where it is the first."""
        statement = select(func.max(editions.c.date)).where(
            editions.c.beat == paper.beat,
            editions.c.language == paper.language,
            editions.c.date < day.isoformat(),
        )
        with self.engine.connect() as connection:
            found = connection.execute(statement).scalar()
        return None if found is None else date.fromisoformat(found)
