"""An edition -> the deliveries of it: who gets what, with which key.

`prepare` reads and renders; `Post.keep` writes, inside the transaction that keeps the edition, so
that there is never an edition without its deliveries nor a delivery of an edition that is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ribao.config import DeliverSettings
from ribao.errors import RibaoError
from ribao.model import Edition, content_id
from ribao.plugins.kinds import Channel, Parcel
from ribao.store import Store
from ribao.store.outbox import REACHED, Delivery, State, Transaction, content_digest
from ribao.store.subscribers import Standing

OVERTAKEN = (State.PLANNED, State.WAITING)  # of an earlier revision: nobody has seen it yet


@dataclass(frozen=True, slots=True)
class Post:
    """What an edition adds to the outbox, and what it takes out of it."""

    store: Store
    at: datetime
    planned: tuple[Delivery, ...] = ()
    bodies: tuple[bytes, ...] = ()
    overtaken: tuple[tuple[str, str], ...] = ()  # delivery, why

    def keep(self, connection: Transaction) -> int:
        """Write it; return how many deliveries were added."""
        outbox = self.store.outbox
        for delivery_id, why in self.overtaken:
            outbox.move(connection, delivery_id, State.CANCELLED, self.at, detail=why)
        return outbox.plan(connection, self.planned, self.bodies)


@dataclass(frozen=True, slots=True)
class _Thread:
    """What one recipient got, or was to get, of an edition."""

    reached: bool  # something of an earlier revision was, or may have been, seen
    planned: bool  # this revision is in the outbox already
    overtaken: tuple[str, ...]


def prepare(
    store: Store,
    edition: Edition,
    channels: Sequence[Channel],
    settings: DeliverSettings,
    now: datetime,
) -> Post:
    """Render an edition for every channel and say what is to be sent to whom.

    A channel that cannot render it becomes a failed delivery, which says why; the others go on.
    """
    planned: list[Delivery] = []
    bodies: dict[str, bytes] = {}
    overtaken: list[tuple[str, str]] = []
    for channel in channels:
        chosen = settings.channels[channel.name]
        if chosen.languages and edition.language not in chosen.languages:
            continue
        rendered = _Rendered(channel, edition)
        earlier = _by_recipient(store.outbox.find(channel=channel.name, edition=edition.id))
        for recipient in _recipients(store, channel, edition):
            thread = _thread(earlier.get(recipient, []), edition.revision)
            why = f"overtaken by revision {edition.revision}"
            overtaken += [(one, why) for one in thread.overtaken]
            if thread.planned or (thread.reached and chosen.corrections == "nothing"):
                continue
            note = thread.reached and chosen.corrections == "note"
            for delivery, body in rendered.deliveries(recipient, now, note=note):
                planned.append(delivery)
                bodies[delivery.content_digest] = body
    return Post(store, now, tuple(planned), tuple(bodies.values()), tuple(overtaken))


class _Rendered:
    """The parcels of one channel, rendered when they are first needed."""

    def __init__(self, channel: Channel, edition: Edition) -> None:
        self._channel, self._edition = channel, edition
        self._parcels: dict[bool, tuple[Sequence[Parcel], str]] = {}

    def deliveries(
        self, recipient: str, now: datetime, *, note: bool
    ) -> list[tuple[Delivery, bytes]]:
        """The deliveries to one recipient; a single failed one where nothing could be rendered."""
        if note not in self._parcels:
            self._parcels[note] = self._render(note=note)
        parcels, complaint = self._parcels[note]
        if complaint:
            failed = self._delivery(recipient, (0, 0), Parcel(b"", "-"), now)
            return [(_failed(failed, complaint), b"")]
        return [
            (self._delivery(recipient, (part, len(parcels)), parcel, now), parcel.content)
            for part, parcel in enumerate(parcels, 1)
        ]

    def _render(self, *, note: bool) -> tuple[Sequence[Parcel], str]:
        try:
            return tuple(self._channel.parcels(self._edition, note=note)), ""
        except RibaoError as error:
            return (), str(error)
        except Exception as error:  # noqa: BLE001 - a stranger's channel may raise anything
            return (), f"{type(error).__name__}: {error}"

    def _delivery(
        self, recipient: str, place: tuple[int, int], parcel: Parcel, now: datetime
    ) -> Delivery:
        edition, part = self._edition, place[0]
        key = content_id(
            "delivery", edition.id, str(edition.revision), self._channel.name, recipient, str(part)
        )
        return Delivery(
            id=key,
            edition_id=edition.id,
            revision=edition.revision,
            channel=self._channel.name,
            recipient=recipient,
            part=part,
            parts=place[1],
            content_digest=content_digest(parcel.content),
            title=parcel.title,
            planned_at=now,
            due_at=now,
        )


def _failed(delivery: Delivery, complaint: str) -> Delivery:
    return replace(delivery, state=State.FAILED, detail=f"could not be rendered: {complaint}")


def _recipients(store: Store, channel: Channel, edition: Edition) -> list[str]:
    if not channel.for_subscribers:
        return [""]
    return [
        one.id
        for one in store.subscribers.find(channel.name, Standing.CONFIRMED)
        if one.language in ("", edition.language)
    ]


def _by_recipient(found: Sequence[Delivery]) -> Mapping[str, list[Delivery]]:
    sorted_out: dict[str, list[Delivery]] = {}
    for one in found:
        sorted_out.setdefault(one.recipient, []).append(one)
    return sorted_out


def _thread(earlier: Sequence[Delivery], revision: int) -> _Thread:
    before = [one for one in earlier if one.revision < revision]
    return _Thread(
        reached=any(one.state in REACHED for one in before),
        planned=any(one.revision >= revision for one in earlier),
        overtaken=tuple(one.id for one in before if one.state in OVERTAKEN),
    )
