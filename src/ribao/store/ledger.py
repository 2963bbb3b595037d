"""The ledger: runs, their steps, and what became of every subject at each step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from ribao.model import RunId, SourceId
from ribao.outcome import Drop, Failure
from ribao.store.engine import put
from ribao.store.schema import outcomes, readings, runs, steps


@dataclass(frozen=True, slots=True)
class Run:
    """One making of an edition. Replaying the same input with the same settings is the same run."""

    id: RunId
    mode: str  # live, replay or demo
    date: str
    language: str
    beat: str
    input_digest: str
    config_digest: str
    started_at: datetime
    state: str = "running"
    edition_id: str = ""


@dataclass(frozen=True, slots=True)
class StepCount:
    """One row of the table that `ribao run` prints.

    `came` is `kept + dropped + failed` where a step neither splits nor joins its subjects.
    """

    name: str
    came: int
    kept: int
    dropped: int
    failed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    step: str
    subject: str
    became: str  # kept, dropped, failed
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads and writes the ledger."""

    engine: Engine

    def open_run(self, run: Run) -> bool:
        """Begin a run, or take it up again; True where an unfinished one is continued."""
        with self.engine.begin() as connection:
            order = connection.execute(
                select(func.coalesce(func.max(runs.c.order), 0))
            ).scalar_one()
            row = connection.execute(select(runs.c.state).where(runs.c.id == run.id)).first()
            if row is None:
                connection.execute(insert(runs).values(**_row(run), order=order + 1))
                return False
            connection.execute(
                update(runs).where(runs.c.id == run.id).values(state="running", order=order + 1)
            )
            if row.state != "running":  # made again from the start
                for table in (readings, steps):
                    connection.execute(delete(table).where(table.c.run_id == run.id))
            return bool(row.state == "running")

    def unfinished(
        self, mode: str, date: str, language: str, beat: str, *, since: datetime
    ) -> RunId | None:
        """The run of that day that began after `since` and was killed before its end, if any."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(runs.c.id)
                .where(
                    runs.c.mode == mode,
                    runs.c.date == date,
                    runs.c.language == language,
                    runs.c.beat == beat,
                    runs.c.state == "running",
                    runs.c.started_at >= since.isoformat(),
                )
                .order_by(runs.c.order.desc())
            ).scalar()
        return None if found is None else RunId(found)

    def close_run(self, connection: Connection, run: RunId, edition_id: str) -> None:
        """Mark a run as done, in the transaction that keeps its edition."""
        connection.execute(
            update(runs).where(runs.c.id == run).values(state="done", edition_id=edition_id)
        )

    def fail_run(self, run: RunId) -> None:
        """Mark a run as ended without an edition, so that the next one begins anew."""
        with self.engine.begin() as connection:
            connection.execute(update(runs).where(runs.c.id == run).values(state="failed"))

    def last_run(self) -> Run | None:
        """The run that was made or repeated last."""
        with self.engine.connect() as connection:
            row = connection.execute(select(runs).order_by(runs.c.order.desc()).limit(1)).first()
        if row is None:
            return None
        return Run(
            RunId(row.id), row.mode, row.date, row.language, row.beat, row.input_digest,
            row.config_digest, datetime.fromisoformat(row.started_at), row.state, row.edition_id,
        )  # fmt: skip

    def read_sources(self, run: RunId) -> frozenset[SourceId]:
        """Sources that this run has read already."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(readings.c.source_id).where(readings.c.run_id == run)
            ).scalars()
            return frozenset(SourceId(source) for source in found)

    def note_reading(
        self, connection: Connection, run: RunId, source: SourceId, entries: int, failed: int
    ) -> None:
        """Remember that a run has read a source, in the transaction that keeps its items."""
        row: dict[str, object] = {
            "run_id": run, "source_id": source, "entries": entries, "failed": failed,
        }  # fmt: skip
        put(connection, readings, [row])

    def take_readings(self, other: RunId, run: RunId) -> None:
        """Let what another run has read count as read by this one, too: one crawl, two papers."""
        with self.engine.begin() as connection:
            found = connection.execute(select(readings).where(readings.c.run_id == other))
            put(connection, readings, [{**row._mapping, "run_id": run} for row in found])  # noqa: SLF001 - SQLAlchemy's public name

    def note_step(
        self,
        run: RunId,
        count: StepCount,
        place: int,
        kept: Iterable[tuple[str, str]],
        dropped: Sequence[Drop],
        failed: Sequence[Failure],
    ) -> None:
        """Write a step's outcome: `kept` gives (subject, what it became part of)."""
        lines: dict[str, dict[str, object]] = {}
        for subject, detail in kept:
            lines[subject] = _line(run, count.name, subject, "kept", "", detail)
        for drop in dropped:
            lines[drop.subject] = _line(
                run, count.name, drop.subject, "dropped", drop.reason.value, drop.detail
            )
        for failure in failed:
            lines[failure.subject] = _line(
                run, count.name, failure.subject, "failed", "", failure.error
            )
        with self.engine.begin() as connection:
            connection.execute(
                delete(outcomes).where(outcomes.c.run_id == run, outcomes.c.step == count.name)
            )
            put(connection, outcomes, list(lines.values()))
            row: dict[str, object] = {
                "run_id": run, "name": count.name, "came": count.came, "kept": count.kept,
                "dropped": count.dropped, "failed": count.failed, "seconds": count.seconds,
                "place": place,
            }  # fmt: skip
            put(connection, steps, [row])

    def failed_sources(self, run: RunId) -> int:
        """How many sources a run could not read."""
        with self.engine.connect() as connection:
            return connection.execute(
                select(func.count()).where(readings.c.run_id == run, readings.c.failed > 0)
            ).scalar_one()

    def entries(self, run: RunId, subject: str) -> tuple[Entry, ...]:
        """What became of one subject in one run, step by step."""
        statement = (
            select(outcomes)
            .join(steps, (steps.c.run_id == outcomes.c.run_id) & (steps.c.name == outcomes.c.step))
            .where(outcomes.c.run_id == run, outcomes.c.subject == subject)
            .order_by(steps.c.place)
        )
        with self.engine.connect() as connection:
            return tuple(
                Entry(row.step, row.subject, row.became, row.reason, row.detail)
                for row in connection.execute(statement)
            )

    def became(self, run: RunId, step: str) -> dict[str, str]:
        """What every subject that a step of a run kept became part of, by subject."""
        statement = select(outcomes.c.subject, outcomes.c.detail).where(
            outcomes.c.run_id == run, outcomes.c.step == step, outcomes.c.became == "kept"
        )
        with self.engine.connect() as connection:
            return {row.subject: row.detail for row in connection.execute(statement)}

    def step_counts(self, run: RunId) -> tuple[StepCount, ...]:
        """The table of a run."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(steps).where(steps.c.run_id == run).order_by(steps.c.place)
            )
            return tuple(
                StepCount(row.name, row.came, row.kept, row.dropped, row.failed, row.seconds)
                for row in found
            )


def _row(run: Run) -> dict[str, object]:
    return {
        "id": run.id, "mode": run.mode, "date": run.date, "language": run.language,
        "beat": run.beat, "input_digest": run.input_digest, "config_digest": run.config_digest,
        "started_at": run.started_at.isoformat(), "state": run.state, "edition_id": run.edition_id,
    }  # fmt: skip


def _line(
    run: RunId, step: str, subject: str, became: str, reason: str, detail: str
) -> dict[str, object]:
    return {
        "run_id": run, "step": step, "subject": subject, "became": became, "reason": reason,
        "detail": detail,
    }  # fmt: skip
