"""From a printing at the desk to its readers: planned with it, sent after it, with receipts.

Only live editions have readers: a replay or the sample is printed and nothing more.
"""

from __future__ import annotations

import logging
import threading
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from ribao.deliver import Post, next_revision, open_channels, open_office, post_of, send_due
from ribao.errors import ConfigError, RibaoError
from ribao.model import Edition
from ribao.plugins.kinds import Channel, RenderedFile
from ribao.plugins.loader import channel_kinds, load_plugins
from ribao.store.outbox import Delivery, State
from ribao.web.office import Office

LOG = logging.getLogger("ribao.web")
CAN_BE_RETRIED = (State.FAILED, State.UNSURE, State.WAITING, State.CANCELLED)
ENDINGS = {b"{": "json", b"[": "json", b"<": "html"}


def live(office: Office) -> bool:
    """Whether what is printed here goes to readers."""
    path = Path(str(office.store.engine.url.database))
    return path.stem == "live" or bool(office.config.store.path or office.config.store.url)


def channels(office: Office) -> tuple[Channel, ...]:
    """The channels of the settings."""
    return office.kept(
        "channels", "", lambda: open_channels(office.config, channel_kinds(load_plugins()))
    )


def revision_after(office: Office, edition_id: str) -> int:
    """The number of what goes out next: one more where readers have seen what is kept."""
    printings = office.drafts.printings(edition_id)
    if printings:
        return printings[0].revision + 1
    if not live(office):
        return 1
    public = bool(office.config.publish.address)
    return next_revision(edition_id, office.store, public=public)


def post(office: Office, edition: Edition) -> Post | None:
    """What is to be sent, rendered; None where nobody gets anything."""
    if not live(office) or not office.config.deliver.channels:
        return None
    return post_of(office.config, office.store, edition, office.clock.now())


def send_soon(office: Office) -> threading.Thread:
    """Send what is due beside the answering of pages; the outbox remembers what is left."""

    def send() -> None:
        try:
            with open_office(office.config, office.directory, clock=office.clock) as opened:
                send_due(opened, patience_seconds=office.config.deliver.patience_seconds)
        except RibaoError as error:
            LOG.warning("deliveries wait: %s", error)

    thread = threading.Thread(target=send, name="deliveries", daemon=True)
    thread.start()
    return thread


def receipts(office: Office, edition_id: str) -> tuple[Delivery, ...]:
    """Every delivery of an edition, with its state and receipt, the oldest first."""
    return office.store.outbox.find(edition=edition_id)


def delivery(office: Office, name: str) -> Delivery:
    """One delivery, by its identifier or an unmistakable beginning of it.

    Raises:
        ConfigError: there is none.
    """
    found = office.store.outbox.get(name)
    if found is None:
        raise ConfigError("no such delivery", name)
    return found


def retry(office: Office, name: str, who: str, *, arrived: bool) -> Delivery:
    """Make a delivery due once more, or note that it arrived.

    Raises:
        ConfigError: there is none, or it needs no second try.
    """
    found, now = delivery(office, name), office.clock.now()
    if found.state not in CAN_BE_RETRIED or not found.parts:
        raise ConfigError("cannot be sent again", found.id, found.detail or found.state)
    with office.store.begin() as connection:
        if arrived:
            detail = f"{who} says so"
            office.store.outbox.move(connection, found.id, State.DELIVERED, now, detail=detail)
        else:
            office.store.outbox.move(
                connection, found.id, State.WAITING, now, due_at=now, tries=0,
                detail=f"{who} wants another try",
            )  # fmt: skip
        words = (found.id, "arrived" if arrived else "again")
        office.people.note(connection, office.now(), who, "delivery-retried", words)
    if not arrived:
        send_soon(office)
    return delivery(office, found.id)


def parcels(office: Office, edition: Edition, name: str) -> tuple[RenderedFile, ...]:
    """The messages of one channel as they would be sent; of a letter its page."""
    channel = next(one for one in channels(office) if one.name == name)
    note = edition.revision > 1 and office.config.deliver.channels[name].corrections == "note"
    found = []
    for number, parcel in enumerate(channel.parcels(edition, note=note)):
        content = _page_of_letter(parcel.content) or parcel.content
        ending = ENDINGS.get(content.lstrip()[:1], "txt")
        found.append(RenderedFile(f"{name}-{number}.{ending}", content))
    return tuple(found)


def _page_of_letter(content: bytes) -> bytes:
    """The HTML part of a mail message; nothing where it is none."""
    if b"MIME-Version:" not in content[:8_192]:
        return b""
    part = message_from_bytes(content, policy=default).get_body(("html",))
    return str(part.get_content()).encode() if part is not None else b""
