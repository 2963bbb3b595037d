"""What models cost: every call in a ledger, and no cap ever passed; and the answers paid for.

A call is booked at the most that it can cost before it is made, in one transaction that also adds
up what the run, the day and the month came to; so concurrent calls, and other processes with the
same file, cannot pass a cap together. What a killed process had set aside stays booked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, update

from ribao.errors import BudgetError
from ribao.gateways.models.offers import shown
from ribao.gateways.models.purse import Call, Kept, Spent
from ribao.gateways.models.task import Answer, Usage
from ribao.store.engine import put
from ribao.store.schema import model_answers, model_calls


@dataclass(frozen=True, slots=True)
class Caps:
    """Money in millionths of `currency`; None is no cap."""

    run: int | None
    day: int | None
    month: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Booked:
    """One line of the ledger of money."""

    number: int
    run: str
    model: str
    task: str
    subject: str
    state: str  # reserved, settled, uncertain, released, disputed
    micro: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int


@dataclass(frozen=True, slots=True)
class Money:
    """The purse of a newsroom. `now` tells the machine's time: money is spent today."""

    engine: Engine
    caps: Caps
    now: Callable[[], datetime]

    def reserve(self, call: Call) -> int:
        """Set the most that a call can cost aside; gives its number.

        Raises:
            BudgetError: the cap of the run, the day or the month could be passed.
        """
        moment = self.now()
        with self.engine.begin() as connection:
            for name, cap, where in self._limits(call.run, moment):
                booked = 0 if cap is None else _sum(connection, where, self.caps.currency).micro
                if cap is not None and booked + call.most_micro > cap:
                    left = f"{shown(max(cap - booked, 0))} of {shown(cap)} {self.caps.currency}"
                    raise BudgetError(
                        "no money for models is left", call.task,
                        f"models.{name}: {left} is left and a call may cost "
                        f"{shown(call.most_micro)}",
                    )  # fmt: skip
            row = connection.execute(
                insert(model_calls).values(
                    run_id=call.run, day=moment.date().isoformat(), asked_at=moment.isoformat(),
                    model=call.model, task=call.task, subject=call.subject, state="reserved",
                    currency=self.caps.currency, most_micro=call.most_micro,
                    micro=call.most_micro,
                ).returning(model_calls.c.number)
            )  # fmt: skip
            return int(row.scalar_one())

    def settle(self, number: int, micro: int, usage: Usage | None, state: str) -> None:
        """Book what a call cost."""
        found = usage or Usage(0, 0)
        with self.engine.begin() as connection:
            connection.execute(
                update(model_calls)
                .where(model_calls.c.number == number)
                .values(
                    micro=micro,
                    state=state,
                    input_tokens=found.input_tokens,
                    output_tokens=found.output_tokens,
                    cached_tokens=found.cached_tokens,
                )
            )

    def kept(self, key: str) -> Kept | None:
        """The answer to a question that was asked before."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(model_answers).where(model_answers.c.key == key)
            ).first()
        if row is None:
            return None
        table = json.loads(row.data)
        usage = None if table["usage"] is None else Usage(**table["usage"])
        return Kept(row.model, Answer(table["text"], table["finish"], usage))

    def keep(self, key: str, kept: Kept) -> None:
        """Keep an answer under the digest of its question."""
        data = json.dumps(asdict(kept.answer), ensure_ascii=False, sort_keys=True)
        row: dict[str, object] = {
            "key": key, "model": kept.model, "data": data, "answered_at": self.now().isoformat(),
        }  # fmt: skip
        with self.engine.begin() as connection:
            put(connection, model_answers, [row])

    def spent(self, run: str = "") -> Spent:
        """What all calls came to, or those of one run."""
        where = model_calls.c.run_id == run if run else model_calls.c.number > 0
        with self.engine.connect() as connection:
            return _sum(connection, where, self.caps.currency)

    def spent_lately(self) -> dict[str, Spent]:
        """What the calls of this day and of this month came to."""
        with self.engine.connect() as connection:
            return {
                name: _sum(connection, where, self.caps.currency)
                for name, _, where in self._limits("", self.now())
                if name != "cap_run"
            }

    def calls(self, run: str = "") -> tuple[Booked, ...]:
        """The ledger, oldest first; of one run where it is named."""
        statement = select(model_calls).order_by(model_calls.c.number)
        if run:
            statement = statement.where(model_calls.c.run_id == run)
        with self.engine.connect() as connection:
            return tuple(
                Booked(
                    row.number, row.run_id, row.model, row.task, row.subject, row.state, row.micro,
                    row.input_tokens, row.output_tokens, row.cached_tokens,
                )
                for row in connection.execute(statement)
            )  # fmt: skip

    def _limits(
        self, run: str, moment: datetime
    ) -> tuple[tuple[str, int | None, ColumnElement[bool]], ...]:
        day = moment.date().isoformat()
        return (
            ("cap_run", self.caps.run, model_calls.c.run_id == run),
            ("cap_day", self.caps.day, model_calls.c.day == day),
            ("cap_month", self.caps.month, model_calls.c.day.startswith(day[:7])),
        )


def _sum(connection: Connection, where: ColumnElement[bool], currency: str) -> Spent:
    columns = (
        model_calls.c.micro, model_calls.c.input_tokens, model_calls.c.output_tokens,
        model_calls.c.cached_tokens,
    )  # fmt: skip
    sums = [func.coalesce(func.sum(column), 0) for column in columns]
    held = model_calls.c.state != "released"
    row = connection.execute(
        select(func.count(), *sums).where(where, held, model_calls.c.currency == currency)
    ).one()
    return Spent(*(int(value) for value in row))
