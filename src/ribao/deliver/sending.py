"""The outbox -> the channels, each message once as far as its channel allows.

What a crash, or an answer that never came, leaves open is settled by what the channel can do:
it knows our keys (send again), it can be asked (ask, then send where it has nothing), or neither;
then the owner's setting decides between never twice and never not.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ribao.config import DeliverSettings
from ribao.errors import (
    BouncedError,
    ConfigError,
    RefusedError,
    RemoteError,
    RetryableError,
    RibaoError,
)
from ribao.gateways.exits import Exits
from ribao.plugins.kinds import Channel, Repeats, Sending
from ribao.store import Store
from ribao.store.outbox import Delivery, State
from ribao.store.subscribers import Standing, Subscriber, moment

FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(hours=2)
OWNER_WAIT = timedelta(minutes=30)  # for a secret that is missing: the owner must act
INLINE_SECONDS = 1.0  # a shorter space between two messages is waited for on the spot
STOPPED = "the sender was stopped before the answer came"


@dataclass(frozen=True, slots=True)
class Office:
    """What is needed to send."""

    store: Store
    channels: Mapping[str, Channel]
    exits: Exits
    settings: DeliverSettings
    pause: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Sent:
    """What became of what was due."""

    counts: Counter[State] = field(default_factory=Counter)
    busy: bool = False  # another process is sending; nothing was done here
    waits_until: datetime | None = None  # when the next one is due


def send_due(office: Office, *, patience_seconds: float = 0.0) -> Sent:
    """Send everything that is due; wait for what comes due within the patience.

    Raises:
        StoreError: the outbox cannot be written.
    """
    sent = Sent()
    with office.store.outbox.sending_alone() as alone:
        if not alone:
            sent.busy = True
            return sent
        work = _Round(office, sent)
        work.recover()
        clock = office.exits.clock
        ends = clock.now() + timedelta(seconds=patience_seconds)
        while True:
            sent.waits_until = work.go()
            if sent.waits_until is None or sent.waits_until > ends:
                return sent
            office.pause(max(0.01, (sent.waits_until - clock.now()).total_seconds()))


class _Round:
    """Goes through the outbox, again and again."""

    def __init__(self, office: Office, sent: Sent) -> None:
        self._office, self._sent = office, sent
        self._store, self._settings = office.store, office.settings
        self._free_at = {  # when a channel takes its next message
            name: last + timedelta(seconds=channel.spacing_seconds)
            for name, channel in office.channels.items()
            if (last := office.store.outbox.last_try(name)) is not None
        }

    def recover(self) -> None:
        """Settle what a killed sender left: nobody else holds the lock."""
        for delivery in self._store.outbox.find([State.SENDING]):
            if delivery.channel in self._office.channels:
                self._uncertain(delivery, self._office.channels[delivery.channel], STOPPED)

    def go(self) -> datetime | None:
        """Send what is due now; return when the next one will be, None where nothing waits."""
        wake: list[datetime] = []
        held_up: set[tuple[str, int, str, str]] = set()  # threads whose earlier part waits
        found = self._store.outbox.find([State.PLANNED, State.WAITING, State.UNSURE])
        for delivery in found:
            channel = self._office.channels.get(delivery.channel)
            if channel is None or delivery.thread in held_up or self._parked(delivery, channel):
                continue
            ready = max(delivery.due_at, self._free_at.get(channel.name, delivery.due_at))
            ready = self._wait_inline(ready)
            if ready <= self._now():
                after = self._one(delivery, channel)
                if after is None:
                    continue
                ready = after
            wake.append(ready)
            held_up.add(delivery.thread)
        return min(wake, default=None)

    def _one(self, delivery: Delivery, channel: Channel) -> datetime | None:
        """Ask for or send one; return when it is due again, None where it is done with."""
        subscriber = self._subscriber(delivery)
        if delivery.recipient and subscriber is None:
            self._move(delivery, State.CANCELLED, detail="the recipient left, or never confirmed")
            return None
        sending = Sending(
            key=delivery.id,
            content=self._store.outbox.body(delivery.content_digest),
            planned_at=delivery.planned_at,
            recipient=subscriber.address if subscriber else "",
            recipient_id=delivery.recipient,
        )
        if delivery.state is State.UNSURE:
            return self._ask(delivery, channel, sending)
        return self._send(delivery, channel, sending)

    def _send(self, delivery: Delivery, channel: Channel, sending: Sending) -> datetime | None:
        now = self._now()
        self._free_at[channel.name] = now + timedelta(seconds=channel.spacing_seconds)
        self._move(delivery, State.SENDING, tries=delivery.tries + 1, tried_at=now, count=False)
        try:
            receipt = channel.send(sending, self._office.exits)
        except BouncedError as error:
            self._bounced(delivery, str(error))
            return self._move(delivery, State.FAILED, detail=str(error))
        except ConfigError as error:
            return self._later(delivery, OWNER_WAIT, str(error))
        except RemoteError as error:
            return self._failure(delivery, channel, error)
        except RibaoError as error:
            return self._move(delivery, State.FAILED, detail=str(error))
        except Exception as error:  # noqa: BLE001 - a stranger's channel may raise anything
            return self._uncertain(delivery, channel, f"{type(error).__name__}: {error}")
        return self._move(delivery, State.DELIVERED, receipt=receipt)

    def _failure(self, delivery: Delivery, channel: Channel, error: RemoteError) -> datetime | None:
        """What a failed try means, by whether the message may have arrived."""
        if error.sent:
            return self._uncertain(delivery, channel, str(error))
        if isinstance(error, RefusedError) or not isinstance(error, RetryableError):
            return self._move(delivery, State.FAILED, detail=str(error))
        after = error.retry_after
        if after is not None:  # the whole channel rests, not this message alone
            free = self._now() + timedelta(seconds=after)
            self._free_at[channel.name] = max(self._free_at[channel.name], free)
        return self._later(delivery, timedelta(seconds=after or 0.0), str(error))

    def _uncertain(self, delivery: Delivery, channel: Channel, why: str) -> datetime | None:
        """It may have arrived: who can tell, and if nobody can, what the owner prefers."""
        if channel.repeats is Repeats.ASKABLE:
            settled = (delivery.tried_at or self._now()) + timedelta(
                seconds=self._settings.settle_seconds
            )
            due = max(settled, self._now())
            self._move(delivery, State.UNSURE, due_at=due, detail=why)
            return due
        if channel.repeats is Repeats.HARMLESS:
            return self._later(delivery, timedelta(0), f"{why}; sending it again does no harm")
        if self._at_least_once(channel):
            return self._later(delivery, timedelta(0), f"{why}; sent again, perhaps a second time")
        detail = f"{why}; not sent again, since it may have arrived"
        return self._move(delivery, State.UNSURE, detail=detail)

    def _ask(self, delivery: Delivery, channel: Channel, sending: Sending) -> datetime | None:
        try:
            receipt = channel.ask(sending, self._office.exits)
        except RibaoError as error:
            due = self._now() + self._backoff(max(1, delivery.tries))
            self._move(delivery, State.UNSURE, due_at=due, detail=f"asked: {error}")
            return due
        if receipt:
            return self._move(
                delivery, State.DELIVERED, receipt=receipt, detail="asked: it is there"
            )
        return self._later(delivery, timedelta(0), "asked: it is not there", at_once=True)

    def _later(
        self, delivery: Delivery, least: timedelta, why: str, *, at_once: bool = False
    ) -> datetime | None:
        """Put a delivery off, or give it up after the last of its tries."""
        tries = delivery.tries + (delivery.state in (State.PLANNED, State.WAITING))
        if tries >= self._settings.tries:
            return self._move(delivery, State.FAILED, detail=f"given up after {tries} tries: {why}")
        wait = least if at_once or why.startswith(STOPPED) else max(least, self._backoff(tries))
        due = self._now() + wait
        self._move(delivery, State.WAITING, due_at=due, detail=why)
        return due

    @staticmethod
    def _backoff(tries: int) -> timedelta:
        """20 s, then twice as long each time, up to 2 hours."""
        return min(LONGEST_WAIT, FIRST_WAIT * (1 << max(0, min(tries, 20) - 1)))

    def _parked(self, delivery: Delivery, channel: Channel) -> bool:
        """Whether nobody but the owner can settle it."""
        return delivery.state is State.UNSURE and channel.repeats is not Repeats.ASKABLE

    def _at_least_once(self, channel: Channel) -> bool:
        chosen = self._settings.channels.get(channel.name)
        return chosen is not None and chosen.unsure == "at-least-once"

    def _subscriber(self, delivery: Delivery) -> Subscriber | None:
        """Who a letter goes to; None where nobody may get it."""
        found = self._store.subscribers.get(delivery.recipient) if delivery.recipient else None
        wanted = Standing.CONFIRMED if delivery.edition_id else Standing.PENDING
        return found if found is not None and found.state == wanted else None

    def _bounced(self, delivery: Delivery, because: str) -> None:
        found = self._store.subscribers.get(delivery.recipient)
        if found is not None:
            bounced = replace(
                found, state=Standing.BOUNCED, ended_at=moment(self._now()), because=because
            )
            with self._store.begin() as connection:
                self._store.subscribers.put(connection, bounced)

    def _wait_inline(self, ready: datetime) -> datetime:
        wait = (ready - self._now()).total_seconds()
        if 0 < wait <= INLINE_SECONDS:
            self._office.pause(wait)
            return min(ready, self._now())
        return ready

    def _move(
        self, delivery: Delivery, state: State, *, count: bool = True, **values: object
    ) -> datetime | None:
        """Keep a step. Returns None: of itself, no state is due again."""
        values.setdefault("detail", "")
        for name in ("detail", "receipt"):  # what services say, and they may say what we sent
            if name in values:
                values[name] = self._office.exits.secrets.without(str(values[name]))
        with self._store.begin() as connection:
            self._store.outbox.move(connection, delivery.id, state, self._now(), **values)
        if count:
            self._sent.counts[state] += 1
        return None

    def _now(self) -> datetime:
        return self._office.exits.clock.now()
