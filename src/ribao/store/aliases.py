"""Names that the reports of each day taught, kept for the days after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, delete, select

from ribao.language.aliases_learned import LearnedAlias, merged
from ribao.store.codec import decode, encode
from ribao.store.engine import put
from ribao.store.schema import aliases


@dataclass(frozen=True, slots=True)
class Aliases:
    """Reads and writes learned names. Each day keeps its own, so that a second run adds none."""

    engine: Engine

    def put_aliases(self, connection: Connection, day: date, found: Sequence[LearnedAlias]) -> None:
        """Keep what the reports of a day taught, in place of an earlier making of it."""
        connection.execute(delete(aliases).where(aliases.c.day == day.isoformat()))
        rows: list[dict[str, object]] = [
            {"day": day.isoformat(), "han": one.han, "latin": one.latin, "data": encode(one)}
            for one in found
        ]
        put(connection, aliases, rows)

    def learned_before(self, day: date) -> tuple[LearnedAlias, ...]:
        """What the days before a day taught, as one table."""
        statement = (
            select(aliases.c.data)
            .where(aliases.c.day < day.isoformat())
            .order_by(aliases.c.day, aliases.c.han, aliases.c.latin)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(statement).all()
        return merged((), (decode(LearnedAlias, row[0]) for row in rows))
