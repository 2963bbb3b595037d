"""The outbox: what is to be sent, what was, and every step between, durably before it is done.

    planned -> sending -> delivered
                       -> waiting (for its next try) -> sending
                       -> failed (given up, or refused)
                       -> unsure (it may have been taken; nobody knows) -> delivered or waiting
    planned, waiting, unsure -> cancelled (overtaken, or nobody wants it any more)

A delivery is `sending` only while a process holds `sending_alone`: whoever gets that lock and finds
one in this state knows that its sender was killed.
"""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, func, insert, select, text, update

from ribao.errors import StoreError
from ribao.model import content_id
from ribao.store.engine import put
from ribao.store.outbox_schema import contents, deliveries, happenings
from ribao.store.postgresql import SENDER

Transaction = Connection  # under this name for those who write together with others


class State(StrEnum):
    """Where a delivery stands."""

    PLANNED = "planned"
    SENDING = "sending"
    DELIVERED = "delivered"
    WAITING = "waiting"
    FAILED = "failed"
    UNSURE = "unsure"
    CANCELLED = "cancelled"


OPEN = (State.PLANNED, State.SENDING, State.WAITING, State.UNSURE)
REACHED = (State.DELIVERED, State.UNSURE, State.SENDING)  # may have been seen by somebody


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient; its id is the idempotency key and never changes."""

    id: str
    edition_id: str  # "" for what belongs to no edition, such as asking for a confirmation
    revision: int
    channel: str
    recipient: str  # id of a subscriber; "" is the channel itself
    part: int  # 1-based
    parts: int
    content_digest: str
    title: str
    planned_at: datetime
    due_at: datetime
    state: State = State.PLANNED
    tries: int = 0
    tried_at: datetime | None = None
    receipt: str = ""
    detail: str = ""

    @property
    def thread(self) -> tuple[str, int, str, str]:
        """What must arrive in order: the parts of one edition to one recipient."""
        return self.edition_id, self.revision, self.channel, self.recipient


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of a delivery."""

    at: datetime
    state: State
    detail: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """Reads and writes deliveries."""

    engine: Engine

    def plan(
        self, connection: Connection, planned: Sequence[Delivery], bodies: Iterable[bytes]
    ) -> int:
        """Put deliveries into the outbox with what they carry; return how many were new.

        Those that are there already stay as they are.
        """
        rows = [{"digest": content_digest(body), "body": zlib.compress(body, 6)} for body in bodies]
        put(connection, contents, [dict(row) for row in rows])
        known = self._known(connection, [one.id for one in planned])
        new = [one for one in planned if one.id not in known]
        if new:
            connection.execute(insert(deliveries), [_row(one) for one in new])
            connection.execute(insert(happenings), [_first(one) for one in new])
        return len(new)

    def move(
        self,
        connection: Connection,
        delivery_id: str,
        state: State,
        at: datetime,
        **values: object,
    ) -> None:
        """Bring a delivery into a state and note it; `values` are further columns of its row."""
        changed = connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id)
            .values(state=state.value, **{key: _plain(value) for key, value in values.items()})
        )
        if changed.rowcount != 1:
            raise StoreError("no such delivery", delivery_id)
        _note(connection, delivery_id, at, state, str(values.get("detail", "")))

    def get(self, delivery_id: str) -> Delivery | None:
        """One delivery, by its id or an unmistakable beginning of it."""
        statement = (
            select(deliveries)
            .where(deliveries.c.id.startswith(delivery_id, autoescape=True))
            .limit(2)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(statement).all()
        return _delivery(rows[0]) if len(rows) == 1 else None

    def find(
        self, states: Sequence[State] = (), *, channel: str = "", edition: str = "", last: int = 0
    ) -> tuple[Delivery, ...]:
        """Deliveries in those states, oldest first; with `last`, only so many of the newest."""
        statement = select(deliveries).order_by(
            deliveries.c.planned_at.desc(),
            deliveries.c.channel.desc(),
            deliveries.c.recipient.desc(),
            deliveries.c.revision.desc(),
            deliveries.c.edition_id.desc(),
            deliveries.c.part.desc(),
        )
        if states:
            statement = statement.where(deliveries.c.state.in_([one.value for one in states]))
        if channel:
            statement = statement.where(deliveries.c.channel == channel)
        if edition:
            statement = statement.where(deliveries.c.edition_id == edition)
        if last:
            statement = statement.limit(last)
        with self.engine.connect() as connection:
            rows = connection.execute(statement).all()
        return tuple(_delivery(row) for row in reversed(rows))

    def last_try(self, channel: str) -> datetime | None:
        """When something was last sent to a channel."""
        statement = select(func.max(deliveries.c.tried_at)).where(deliveries.c.channel == channel)
        with self.engine.connect() as connection:
            found = connection.execute(statement).scalar()
        return _time(found) if found else None

    def body(self, digest: str) -> bytes:
        """What a delivery carries.

        Raises:
            StoreError: it is not there.
        """
        statement = select(contents.c.body).where(contents.c.digest == digest)
        with self.engine.connect() as connection:
            found = connection.execute(statement).scalar()
        if found is None:
            raise StoreError("the content of a delivery is missing", digest)
        return zlib.decompress(found)

    def history(self, delivery_id: str) -> tuple[Happening, ...]:
        """Every step of a delivery, oldest first."""
        statement = (
            select(happenings)
            .where(happenings.c.delivery_id == delivery_id)
            .order_by(happenings.c.number)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(statement).all()
        return tuple(Happening(_time(row.at), State(row.state), row.detail) for row in rows)

    def counts(self) -> Mapping[State, int]:
        """How many deliveries stand where."""
        statement = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
        with self.engine.connect() as connection:
            found = {State(state): count for state, count in connection.execute(statement)}
        return {state: found[state] for state in State if state in found}

    @contextmanager
    def sending_alone(self) -> Iterator[bool]:
        """Hold the one right to send; False where another process has it. Ends with the process."""
        if self.engine.dialect.name != "sqlite":
            # Nothing is open while it is held: a transaction of hours would keep old rows alive.
            options = {"isolation_level": "AUTOCOMMIT", "reading": True}
            with self.engine.execution_options(**options).connect() as connection:
                number = {"number": SENDER}
                taken = connection.execute(text("SELECT pg_try_advisory_lock(:number)"), number)
                alone = bool(taken.scalar())
                try:
                    yield alone
                finally:
                    if alone:  # the connection goes back to its pool, and would keep the lock
                        connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)
            return
        path = Path(f"{self.engine.url.database}.sending")
        with path.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _known(self, connection: Connection, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(ids), 500):
            statement = select(deliveries.c.id).where(deliveries.c.id.in_(ids[start : start + 500]))
            found.update(connection.execute(statement).scalars())
        return found


def content_digest(body: bytes) -> str:
    """The name of what a delivery carries."""
    return content_id("delivery-content", body.decode("latin-1"))


def _row(delivery: Delivery) -> dict[str, object]:
    return {
        "id": delivery.id, "edition_id": delivery.edition_id, "revision": delivery.revision,
        "channel": delivery.channel, "recipient": delivery.recipient, "part": delivery.part,
        "parts": delivery.parts, "content_digest": delivery.content_digest,
        "title": delivery.title, "state": delivery.state.value, "tries": delivery.tries,
        "planned_at": _plain(delivery.planned_at), "due_at": _plain(delivery.due_at),
        "tried_at": _plain(delivery.tried_at or ""), "receipt": delivery.receipt,
        "detail": delivery.detail,
    }  # fmt: skip


def _delivery(row: Row[tuple[object, ...]]) -> Delivery:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to the columns of a row
    values |= {
        "state": State(row.state),
        "planned_at": _time(row.planned_at),
        "due_at": _time(row.due_at),
        "tried_at": _time(row.tried_at) if row.tried_at else None,
    }
    return Delivery(**values)


def _first(delivery: Delivery) -> dict[str, object]:
    return {
        "delivery_id": delivery.id, "number": 1, "at": _plain(delivery.planned_at),
        "state": delivery.state.value, "detail": delivery.detail,
    }  # fmt: skip


def _note(
    connection: Connection, delivery_id: str, at: datetime, state: State, detail: str
) -> None:
    number = select(func.coalesce(func.max(happenings.c.number), 0) + 1).where(
        happenings.c.delivery_id == delivery_id
    )
    connection.execute(
        insert(happenings).values(
            delivery_id=delivery_id, number=number.scalar_subquery(), at=_plain(at),
            state=state.value, detail=detail,
        )
    )  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return value


def _time(value: object) -> datetime:
    return datetime.fromisoformat(str(value))
