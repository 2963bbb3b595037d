"""Names that the reports of each day taught, names in question, and what editors said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Engine, Integer, String, Table, Text, delete, select

from ribao.language.aliases_learned import LearnedAlias, merged
from ribao.language.aliases_seen import AliasCandidate, accepted, joined
from ribao.store.codec import decode, encode
from ribao.store.engine import put
from ribao.store.schema import aliases, metadata

candidates = Table(  # names that came only together in the stories of a day
    "alias_candidate",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("han", String(64), primary_key=True),
    Column("latin", String(128), primary_key=True),
    Column("data", Text, nullable=False),
)

verdicts = Table(  # what an editor said of two names
    "alias_verdict",
    metadata,
    Column("han", String(64), primary_key=True),
    Column("latin", String(128), primary_key=True),
    Column("accepted", Integer, nullable=False),  # 1: they are one, 0: they are not
    Column("at", String(32), nullable=False),
)

Pair = tuple[str, str]  # Chinese and Latin name


@dataclass(frozen=True, slots=True)
class Aliases:
    """Reads and writes learned names. Each day keeps its own, so that a second run adds none."""

    engine: Engine

    def put_aliases(self, connection: Connection, day: date, found: Sequence[LearnedAlias]) -> None:
        """Keep what the reports of a day taught, in place of an earlier making of it."""
        self._put(connection, aliases, day, found)

    def put_candidates(
        self, connection: Connection, day: date, found: Sequence[AliasCandidate]
    ) -> None:
        """Keep which names of a day may be one, in place of an earlier making of it."""
        self._put(connection, candidates, day, found)

    def put_names(
        self,
        connection: Connection,
        day: date,
        learned: Sequence[LearnedAlias],
        candidates: Sequence[AliasCandidate],
    ) -> None:
        """Keep both of a day."""
        self.put_aliases(connection, day, learned)
        self.put_candidates(connection, day, candidates)

    def put_verdict(self, connection: Connection, pair: Pair, at: str, *, right: bool) -> None:
        """Keep what an editor says of two names, in place of what was said before."""
        row: dict[str, object] = {
            "han": pair[0], "latin": pair[1], "accepted": int(right), "at": at,
        }  # fmt: skip
        put(connection, verdicts, [row])

    def learned_before(self, day: date) -> tuple[LearnedAlias, ...]:
        """What the days before a day taught, as one table, with the candidates that count.

        A pair that an editor refused is not in it.
        """
        said, no = self.verdicts(), self.refused()
        yes = {pair for pair, right in said.items() if right}
        statement = (
            select(aliases.c.data)
            .where(aliases.c.day < day.isoformat())
            .order_by(aliases.c.day, aliases.c.han, aliases.c.latin)
        )
        with self.engine.connect() as connection:
            rows = [decode(LearnedAlias, row[0]) for row in connection.execute(statement)]
        taught = [one for one in rows if (one.han, one.latin) not in no]
        return merged(taught, accepted(self.candidates_before(day), yes, no))

    def candidates_before(self, day: date) -> tuple[AliasCandidate, ...]:
        """Names that may be one by the days before a day, the best seen first."""
        statement = (
            select(candidates.c.data)
            .where(candidates.c.day < day.isoformat())
            .order_by(candidates.c.day, candidates.c.han, candidates.c.latin)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(statement).all()
        return joined(decode(AliasCandidate, row[0]) for row in rows)

    def verdicts(self) -> dict[Pair, bool]:
        """What editors said: whether two names are one."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(verdicts).order_by(verdicts.c.han, verdicts.c.latin))
            return {(row.han, row.latin): bool(row.accepted) for row in rows}

    def refused(self) -> frozenset[Pair]:
        """The pairs of which an editor said that they are not one name."""
        return frozenset(pair for pair, right in self.verdicts().items() if not right)

    def _put(
        self,
        connection: Connection,
        table: Table,
        day: date,
        found: Sequence[LearnedAlias] | Sequence[AliasCandidate],
    ) -> None:
        connection.execute(delete(table).where(table.c.day == day.isoformat()))
        rows: list[dict[str, object]] = [
            {"day": day.isoformat(), "han": one.han, "latin": one.latin, "data": encode(one)}
            for one in found
        ]
        put(connection, table, rows)
