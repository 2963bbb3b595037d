"""What the desk shows of runs and sources: counts over time, reasons, what is under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, select, update

from ribao.model import Source
from ribao.store.codec import encode
from ribao.store.engine import put
from ribao.store.ledger import Entry
from ribao.store.schema import items, model_calls, outcomes, readings, runs, sources

EXAMPLES = 200  # lines of one step that a page shows


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in the list."""

    id: str
    mode: str
    date: str
    language: str
    started_at: str
    state: str
    edition_id: str


@dataclass(frozen=True, slots=True)
class Spending:
    """Calls of one model for one task; `micro` are millionths of the currency."""

    model: str
    task: str
    currency: str
    calls: int
    tokens: int
    micro: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Sums over what the store holds."""

    engine: Engine

    def runs(self, limit: int = 40) -> tuple[RunLine, ...]:
        """The newest runs first."""
        statement = select(
            runs.c.id, runs.c.mode, runs.c.date, runs.c.language, runs.c.started_at,
            runs.c.state, runs.c.edition_id,
        ).order_by(runs.c.order.desc()).limit(limit)  # fmt: skip
        with self.engine.connect() as connection:
            return tuple(RunLine(*row) for row in connection.execute(statement))

    def run(self, run_id: str) -> RunLine | None:
        """One run."""
        statement = select(
            runs.c.id, runs.c.mode, runs.c.date, runs.c.language, runs.c.started_at,
            runs.c.state, runs.c.edition_id,
        ).where(runs.c.id == run_id)  # fmt: skip
        with self.engine.connect() as connection:
            row = connection.execute(statement).first()
        return None if row is None else RunLine(*row)

    def readings(self, run_id: str) -> int:
        """How many sources a run has read so far."""
        statement = select(func.count()).where(readings.c.run_id == run_id)
        with self.engine.connect() as connection:
            return connection.execute(statement).scalar_one()

    def reasons(self, run_id: str) -> tuple[tuple[str, str, int], ...]:
        """(step, reason, how many) of everything that a run dropped, the most first."""
        number = func.count().label("number")
        statement = (
            select(outcomes.c.step, outcomes.c.reason, number)
            .where(outcomes.c.run_id == run_id, outcomes.c.became == "dropped")
            .group_by(outcomes.c.step, outcomes.c.reason)
            .order_by(outcomes.c.step, number.desc(), outcomes.c.reason)
        )
        with self.engine.connect() as connection:
            return tuple((row[0], row[1], row[2]) for row in connection.execute(statement))

    def lines(self, run_id: str, step: str, became: str, reason: str = "") -> tuple[Entry, ...]:
        """Some lines of the ledger: those of a step that became this, for this reason."""
        statement = select(outcomes).where(
            outcomes.c.run_id == run_id, outcomes.c.step == step, outcomes.c.became == became
        )
        if reason:
            statement = statement.where(outcomes.c.reason == reason)
        with self.engine.connect() as connection:
            found = connection.execute(statement.order_by(outcomes.c.subject).limit(EXAMPLES))
            return tuple(
                Entry(row.step, row.subject, row.became, row.reason, row.detail) for row in found
            )

    def volumes(self, now: datetime, days: int) -> Mapping[str, tuple[int, ...]]:
        """How many items each source published on each of the last days, the oldest first."""
        first = (now - timedelta(days=days - 1)).date()
        names = [(first + timedelta(days=number)).isoformat() for number in range(days)]
        day = func.substr(items.c.published_at, 1, 10)
        statement = (
            select(items.c.source_id, day, func.count())
            .where(items.c.published_at >= names[0], items.c.published_at < f"{names[-1]}U")
            .group_by(items.c.source_id, day)
        )
        found: dict[str, dict[str, int]] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(statement):
                found.setdefault(row[0], {})[row[1]] = row[2]
        return {key: tuple(counts.get(one, 0) for one in names) for key, counts in found.items()}

    def spending(self, run_id: str) -> tuple[Spending, ...]:
        """What models were asked in a run and what is booked for it, by model and task."""
        columns = (model_calls.c.model, model_calls.c.task, model_calls.c.currency)
        statement = (
            select(
                *columns,
                func.count(),
                func.sum(model_calls.c.input_tokens + model_calls.c.output_tokens),
                func.sum(model_calls.c.micro),
            )
            .where(model_calls.c.run_id == run_id)
            .group_by(*columns)
            .order_by(*columns)
        )
        with self.engine.connect() as connection:
            return tuple(Spending(*row) for row in connection.execute(statement))

    def booked(self, day: str, currency: str) -> int:
        """Millionths of a currency booked on a day (YYYY-MM-DD), or in a month (YYYY-MM)."""
        statement = select(func.coalesce(func.sum(model_calls.c.micro), 0)).where(
            model_calls.c.day.startswith(day), model_calls.c.currency == currency
        )
        with self.engine.connect() as connection:
            return int(connection.execute(statement).scalar_one())

    def pause(self, connection: Connection, source: Source, because: str) -> None:
        """Leave a source alone until it is asked for again; the ledger of runs says why."""
        known = connection.execute(select(sources.c.id).where(sources.c.id == source.id)).first()
        if known is None:
            row: dict[str, object] = {"id": source.id, "url": source.url, "data": encode(source)}
            put(connection, sources, [row])
        connection.execute(
            update(sources).where(sources.c.id == source.id).values(gone_because=because)
        )
