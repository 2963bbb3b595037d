"""Who gets the paper by mail: nobody who did not confirm it, nobody who left."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, select

from ribao.model import content_id
from ribao.store.engine import put
from ribao.store.outbox_schema import subscribers


class Standing(StrEnum):
    """Where a subscriber stands."""

    PENDING = "pending"  # asked for the paper and has not confirmed yet
    CONFIRMED = "confirmed"
    ENDED = "ended"  # unsubscribed
    BOUNCED = "bounced"  # the address takes no mail


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One address on one mailing list. Times are UTC in ISO 8601, "" where it did not happen."""

    id: str
    channel: str
    address: str
    language: str
    state: str
    asked_at: str
    confirmed_at: str = ""
    ended_at: str = ""
    because: str = ""


def subscriber_id(channel: str, address: str) -> str:
    """The id of an address on a list; addresses that differ in case are one."""
    return content_id("subscriber", channel, address.casefold())


def moment(at: datetime) -> str:
    """A time as the table keeps it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Subscribers:
    """Reads and writes subscribers."""

    engine: Engine

    def put(self, connection: Connection, *changed: Subscriber) -> None:
        """Keep subscribers as they are now."""
        put(connection, subscribers, [asdict(one) for one in changed])

    def get(self, identifier: str) -> Subscriber | None:
        """One subscriber."""
        with self.engine.connect() as connection:
            statement = select(subscribers).where(subscribers.c.id == identifier)
            row = connection.execute(statement).one_or_none()
        return None if row is None else Subscriber(*row)

    def find(self, channel: str = "", state: str = "") -> tuple[Subscriber, ...]:
        """Subscribers of a list ("" is all) in a state ("" is any), by list and address."""
        statement = select(subscribers).order_by(subscribers.c.channel, subscribers.c.address)
        if channel:
            statement = statement.where(subscribers.c.channel == channel)
        if state:
            statement = statement.where(subscribers.c.state == state)
        with self.engine.connect() as connection:
            return tuple(Subscriber(*row) for row in connection.execute(statement))
