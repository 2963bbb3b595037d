"""Subscribing, confirming, leaving: what the pages and the commands of a mailing list do.

Functions of the store and a token; whoever serves pages shows the same page whether an address was
known or not, so that nobody learns who subscribes. A page that a token leads to must act on POST
only: scanners of mail follow links.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ribao.errors import ConfigError, ContentError
from ribao.model import content_id
from ribao.plugins.kinds import Channel
from ribao.publish.chat.channel import compact
from ribao.publish.mail.addresses import checked_address
from ribao.publish.mail.bounces import bounces
from ribao.publish.mail.channel import MailingList
from ribao.publish.mail.confirmation import confirmation
from ribao.publish.mail.tokens import CONFIRM, read
from ribao.store import Store
from ribao.store.outbox import Delivery, content_digest
from ribao.store.subscribers import Standing, Subscriber, moment, subscriber_id

ASK_AGAIN_AFTER = timedelta(hours=1)  # nobody gets a letter by our hand more often than that
LANGUAGES = ("", "zh", "en")  # of editions; "" takes both
COLUMNS = ("address", "language", "state", "asked_at", "confirmed_at", "ended_at", "because")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file of addresses."""

    added: int
    known: int
    bad: tuple[str, ...]


def mailing_list(channels: Iterable[Channel], name: str = "") -> MailingList:
    """The mailing list of that name; with "", the only one.

    Raises:
        ConfigError: there is none, or there are several.
    """
    found = [one for one in channels if isinstance(one, MailingList) and name in ("", one.name)]
    if len(found) != 1:
        what = "there are several mailing lists" if found else "there is no mailing list"
        hint = (
            "name one with --list"
            if found
            else "name its settings with --config; see docs/guides/email.md"
        )
        raise ConfigError(what, name, hint=hint)
    return found[0]


def subscribe(
    store: Store, channel: MailingList, address: str, now: datetime, *, paper: str, language: str
) -> Subscriber:
    """Ask an address whether it wants the paper; nothing but that question is sent to it.

    Raises:
        ContentError: it is no mail address.
    """
    address = checked_address(address)
    identifier = subscriber_id(channel.name, address)
    known = store.subscribers.get(identifier)
    if known is not None and not _may_ask(known, now):
        return known
    asked = Subscriber(identifier, channel.name, address, language, Standing.PENDING, moment(now))
    letter = confirmation(paper, language)
    body = compact(
        {"subject": letter.subject, "html": letter.html, "text": letter.text, "personal": True}
    )
    delivery = Delivery(
        id=content_id("confirm", identifier, moment(now)),
        edition_id="",
        revision=0,
        channel=channel.name,
        recipient=identifier,
        part=1,
        parts=1,
        content_digest=content_digest(body),
        title="confirmation",
        planned_at=now,
        due_at=now,
    )
    with store.begin() as connection:
        store.subscribers.put(connection, asked)
        store.outbox.plan(connection, [delivery], [body])
    return asked


def follow(store: Store, token: str, secret: str, now: datetime) -> Subscriber:
    """Do what a token asks for: confirm a subscription, or end it. Doing it twice does it once.

    Raises:
        ContentError: the token is not good, or its subscriber is gone.
    """
    wish = read(token, secret, now)
    found = store.subscribers.get(wish.subscriber_id)
    if found is None:
        raise ContentError("this link is over", detail="the subscription does not exist any more")
    if wish.action == CONFIRM:
        if found.state == Standing.ENDED:
            raise ContentError("this link is over", detail="the subscription was ended")
        return confirm(store, found, now, because="by link")
    return end(store, found, now, because="by link")


def confirm(store: Store, subscriber: Subscriber, now: datetime, *, because: str) -> Subscriber:
    """Let a subscriber have the paper from now on."""
    if subscriber.state == Standing.CONFIRMED:
        return subscriber
    changed = replace(
        subscriber, state=Standing.CONFIRMED, confirmed_at=moment(now), ended_at="",
        because=because,
    )  # fmt: skip
    return _keep(store, changed)


def end(store: Store, subscriber: Subscriber, now: datetime, *, because: str) -> Subscriber:
    """Send a subscriber nothing any more. The address stays, so that no import revives it."""
    if subscriber.state == Standing.ENDED:
        return subscriber
    changed = replace(subscriber, state=Standing.ENDED, ended_at=moment(now), because=because)
    return _keep(store, changed)


def note_bounces(store: Store, content: bytes, now: datetime) -> tuple[Subscriber, ...]:
    """Mark who a notice says takes no mail, where it quotes a letter that we sent to them."""
    marked = []
    for bounce in bounces(content):
        delivery = store.outbox.get(bounce.message_id.partition("@")[0] or "-")
        found = store.subscribers.get(delivery.recipient) if delivery else None
        same = found is not None and found.address.casefold() == bounce.address.casefold()
        if found is None or not same or not bounce.for_good or found.state == Standing.ENDED:
            continue
        changed = replace(
            found, state=Standing.BOUNCED, ended_at=moment(now), because=bounce.because
        )
        marked.append(_keep(store, changed))
    return tuple(marked)


def bring_in(
    store: Store, channel: MailingList, text: str, now: datetime, *, because: str
) -> Imported:
    """Read confirmed addresses of another system: CSV with a column `address`, or one a line.

    Who left or bounced here stays out.
    """
    here = {one.id for one in store.subscribers.find(channel.name)}
    added: dict[str, Subscriber] = {}
    known, bad, at = 0, [], moment(now)
    for written, tag in _rows(text):
        language = tag.strip().casefold().partition("-")[0]
        try:
            address = checked_address(written)
        except ContentError:
            address = ""
        if not address or language not in LANGUAGES:
            bad.append(written)
            continue
        one = Subscriber(
            subscriber_id(channel.name, address), channel.name, address, language,
            Standing.CONFIRMED, at, confirmed_at=at, because=because,
        )  # fmt: skip
        known += one.id in here or one.id in added
        if one.id not in here:
            added.setdefault(one.id, one)
    with store.begin() as connection:
        store.subscribers.put(connection, *added.values())
    return Imported(len(added), known, tuple(bad))


def write_out(subscribers: Iterable[Subscriber]) -> str:
    """Subscribers as CSV; cells that a spreadsheet would run as a formula begin with a quote."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in subscribers:
        cells = [str(getattr(one, column)) for column in COLUMNS]
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in cells])
    return buffer.getvalue()


def _may_ask(known: Subscriber, now: datetime) -> bool:
    if known.state == Standing.CONFIRMED:
        return False
    return now - datetime.fromisoformat(known.asked_at) >= ASK_AGAIN_AFTER


def _keep(store: Store, subscriber: Subscriber) -> Subscriber:
    with store.begin() as connection:
        store.subscribers.put(connection, subscriber)
    return subscriber


def _rows(text: str) -> Iterable[tuple[str, str]]:
    whole = text.lstrip("\ufeff").lstrip()
    head, _, rest = whole.partition("\n")
    if "address" in head.casefold().strip().split(","):
        # The reader gets the lines with their ends: a cell that holds one is no address, and must
        # not become one by losing it.
        reader = csv.DictReader([head.casefold().strip(), *rest.splitlines(keepends=True)])
        try:
            for row in reader:
                state = row.get("state") or Standing.CONFIRMED
                if state == Standing.CONFIRMED:
                    written = (row.get("address") or "").strip().lstrip("'")
                    yield written, row.get("language") or ""
        except csv.Error as error:
            line = str(reader.line_num)
            raise ConfigError("the addresses are not CSV", f"line {line}", str(error)) from error
        return
    for line in (one for one in whole.splitlines() if one.strip()):
        yield line.strip(), ""
