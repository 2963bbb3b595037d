"""Printings for which an editor set a time; each is carried out once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, Engine, select, update

from ribao.store.desk_tables import planned
from ribao.store.engine import put

State = Literal["waiting", "done", "refused", "cancelled"]
WAITING: State = "waiting"


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition that is to go out at a moment; of each edition there is one plan, the last."""

    edition_id: str
    at: str  # UTC
    told: str  # as it was set: 2026-01-16T07:30, on clocks of the edition's zone
    account_id: str
    account: str
    note: str
    made_at: str
    state: State = WAITING
    because: str = ""  # what came of it


@dataclass(frozen=True, slots=True)
class Plans:
    """Reads and writes plans."""

    engine: Engine

    def get(self, edition_id: str) -> Plan | None:
        """The plan of an edition."""
        statement = select(planned).where(planned.c.edition_id == edition_id)
        with self.engine.connect() as connection:
            row = connection.execute(statement).first()
        return None if row is None else Plan(*row)

    def newest(self, limit: int) -> tuple[Plan, ...]:
        """The latest plans, whatever became of them."""
        return self._find(select(planned).order_by(planned.c.at.desc()).limit(limit))

    def due(self, now: str) -> tuple[Plan, ...]:
        """What must go out now, the earliest first."""
        waiting = (planned.c.state == WAITING) & (planned.c.at <= now)
        return self._find(select(planned).where(waiting).order_by(planned.c.at))

    def put(self, connection: Connection, plan: Plan) -> None:
        """Keep a plan, in place of an earlier one."""
        put(connection, planned, [dict(asdict(plan))])

    def settle(self, connection: Connection, plan: Plan, state: State, because: str = "") -> bool:
        """Note what became of a plan; False where it does not wait any more, or is another one."""
        found = connection.execute(
            update(planned)
            .where(
                planned.c.edition_id == plan.edition_id,
                planned.c.state == WAITING,
                planned.c.at == plan.at,
                planned.c.made_at == plan.made_at,
            )
            .values(state=state, because=because)
        )
        return found.rowcount == 1

    def _find(self, statement: object) -> tuple[Plan, ...]:
        with self.engine.connect() as connection:
            return tuple(Plan(*row) for row in connection.execute(statement))  # type: ignore[call-overload]  # a select
