"""Mailing lists: one letter for each confirmed subscriber, through the owner's relay."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from ribao.config import ChannelSettings, PublishSettings, Settings
from ribao.errors import ConfigError, ContentError
from ribao.gateways.exits import Exits, variable
from ribao.gateways.smtp import PORTS, Relay, accepted
from ribao.model import Edition
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import Channel, ChannelKind, Parcel, Repeats, Sending
from ribao.publish.chat.channel import compact, options_of
from ribao.publish.mail.addresses import bare
from ribao.publish.mail.confirmation import CONFIRM
from ribao.publish.mail.letter import UNSUBSCRIBE, letters
from ribao.publish.mail.message import Envelope, Signer, message, message_id, signed, with_link
from ribao.publish.mail.tokens import CONFIRM as JOIN
from ribao.publish.mail.tokens import CONFIRM_WITHIN, SECRET_CHARACTERS, Wish, sign
from ribao.publish.mail.tokens import UNSUBSCRIBE as LEAVE


class MailOptions(Settings):
    """Further keys of a mailing list."""

    sender: str  # NAME <ADDRESS>: who the letters are from
    reply_to: str = ""
    bounces: str = ""  # where the relay sends back what cannot be delivered; "" is the sender
    # Address of the pages where people confirm and unsubscribe: PAGES/unsubscribe?token=...
    pages: str = Field(pattern="^https?://[A-Za-z0-9./:_~%-]+$", max_length=300)
    host: str  # the relay
    port: int = Field(0, ge=0, le=65_535)  # 0 is the usual one of its security
    security: str = Field("starttls", pattern="^(tls|starttls|none)$")
    user: str = ""  # "" sends without signing in
    dkim_domain: str = ""  # "" leaves signing to the relay
    dkim_selector: str = "ribao"
    relay_log: str = ""  # the relay's log, where it can be read: it knows what arrived
    detail: str = Field("full", pattern="^(headlines|brief|full)$")  # of a story
    per_second: float = Field(10.0, gt=0, le=1_000)  # letters, at most


class MailingList:
    """One list."""

    for_subscribers = True

    def __init__(self, name: str, options: MailOptions, publish: PublishSettings) -> None:
        """Hold what the owner configured."""
        self.name = name
        self.options = options
        self.spacing_seconds = 1.0 / options.per_second
        self.repeats = Repeats.ASKABLE if options.relay_log else Repeats.DOUBLED
        self.secrets: tuple[str, ...] = ("SECRET",)
        self.secrets += ("PASSWORD",) if options.user else ()
        self.secrets += ("DKIM_KEY",) if options.dkim_domain else ()
        self._publish = publish

    def parcels(self, edition: Edition, *, note: bool) -> Sequence[Parcel]:
        """The letters of an edition, without recipient."""
        made = letters(edition, self._publish, note=note, detail=self.options.detail)
        day = f"{edition.date.isoformat()} {edition.language}"
        return tuple(
            Parcel(
                compact({"subject": one.subject, "html": one.html, "text": one.text}),
                day + (f" ({number}/{len(made)})" if len(made) > 1 else ""),
            )
            for number, one in enumerate(made, 1)
        )

    def send(self, sending: Sending, exits: Exits) -> str:
        """Hand one letter to the relay."""
        return exits.mail.send(
            self._relay(exits),
            bare(self.options.bounces or self.options.sender),
            sending.recipient,
            self.message(sending, exits),
        )

    def message(self, sending: Sending, exits: Exits) -> bytes:
        """The bytes of a letter to one recipient, signed where there is a key."""
        letter = json.loads(sending.content)
        personal = bool(letter.get("personal"))
        if personal:
            place, link = CONFIRM, self.way_in(sending, exits)
        else:
            place, link = UNSUBSCRIBE, self.way_out(sending.recipient_id, exits)
        made = message(
            letter["subject"],
            with_link(letter["text"], place, link, markup=False),
            with_link(letter["html"], place, link, markup=True),
            Envelope(
                sender=self.options.sender,
                recipient=sending.recipient,
                key=sending.key,
                moment=sending.planned_at,
                list_name="" if personal else self.name,
                unsubscribe="" if personal else link,
                reply_to=self.options.reply_to,
            ),
        )
        if not self.options.dkim_domain:
            return made
        key = exits.secrets.get(self.name, "DKIM_KEY").replace("\\n", "\n")
        return signed(made, Signer(self.options.dkim_domain, self.options.dkim_selector, key))

    def way_out(self, subscriber_id: str, exits: Exits) -> str:
        """The address with which one subscriber leaves."""
        return self.page(LEAVE, sign(Wish(LEAVE, subscriber_id), self.secret(exits)))

    def way_in(self, sending: Sending, exits: Exits) -> str:
        """The address with which a subscriber confirms, for seven days."""
        wish = Wish(JOIN, sending.recipient_id)
        token = sign(wish, self.secret(exits), sending.planned_at + CONFIRM_WITHIN)
        return self.page(JOIN, token)

    def page(self, name: str, token: str) -> str:
        """The address of a page that takes a token."""
        return f"{self.options.pages.rstrip('/')}/{name}?token={token}"

    def secret(self, exits: Exits) -> str:
        """The secret that tokens are signed with.

        Raises:
            ConfigError: it is missing or too short.
        """
        found = exits.secrets.get(self.name, "SECRET")
        if len(found) < SECRET_CHARACTERS:
            name = variable(self.name, "SECRET")
            raise ConfigError(
                "a secret is too short", name, f"wanted are {SECRET_CHARACTERS} signs"
            )
        return found

    def ask(self, sending: Sending, exits: Exits) -> str:
        """Look into the relay's log for the Message-ID."""
        del exits
        return accepted(Path(self.options.relay_log), message_id(sending.key, self.options.sender))

    def _relay(self, exits: Exits) -> Relay:
        options = self.options
        password = exits.secrets.get(self.name, "PASSWORD") if options.user else ""
        port = options.port or PORTS[options.security]
        return Relay(options.host, port, options.security, options.user, password)


class MailKind:
    """Makes mailing lists."""

    name = "mail"

    def open(self, name: str, settings: ChannelSettings, publish: PublishSettings) -> Channel:
        """One list."""
        options: MailOptions = options_of(MailOptions, name, settings)
        for key in ("sender", "reply_to", "bounces"):
            address = getattr(options, key)
            try:
                if address:
                    bare(address)
            except ContentError as error:
                where = f"deliver.channels.{name}.{key}"
                raise ConfigError("bad configuration", where, str(error)) from None
        return MailingList(name, options, publish)


@hookimpl
def channels() -> list[ChannelKind]:
    """Mailing lists."""
    return [MailKind()]
