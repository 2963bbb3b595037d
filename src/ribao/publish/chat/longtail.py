"""Any other service, by Apprise: plain text, as long as the owner says that it may be."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import Field

from ribao.config import ChannelSettings, PublishSettings
from ribao.gateways.exits import Exits
from ribao.gateways.longtail import notify
from ribao.model import Edition
from ribao.plugins.kinds import Channel, Parcel, Repeats, Sending
from ribao.publish.chat.bulletin import Bulletin, Piece, bulletin
from ribao.publish.chat.channel import ChatOptions, Message, options_of, write
from ribao.publish.chat.packing import utf16

PER_MINUTE = 20.0


class LongtailOptions(ChatOptions):
    """Further keys of a channel by Apprise."""

    characters: int = Field(2_000, ge=200, le=100_000)  # of one message, at most


class Longtail:
    """The services behind one list of Apprise addresses (RIBAO_NAME_URLS)."""

    for_subscribers = False
    repeats = Repeats.DOUBLED
    secrets: tuple[str, ...] = ("URLS",)

    def __init__(self, name: str, options: LongtailOptions, publish: PublishSettings) -> None:
        """Hold what the owner configured."""
        self.name = name
        self.spacing_seconds = 60.0 / (options.per_minute or PER_MINUTE)
        self._options, self._publish = options, publish

    def parcels(self, edition: Edition, *, note: bool) -> Sequence[Parcel]:
        """The messages of an edition."""
        laid = bulletin(edition, self._publish, note=note, detail=self._options.detail)
        return write(laid, self)

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """One message of plain text."""
        lines = [bulletin.title, *bulletin.remarks] if number == 1 else []
        lines += [_as_text(piece, bulletin) for piece in pieces]
        if number == parts and bulletin.link:
            lines.append(f"{bulletin.say('read-on')}: {bulletin.link}")
        head = bulletin.masthead + bulletin.part(number, parts)
        return {"title": head, "text": "\n\n".join(lines)}

    def within(self, message: Message) -> bool:
        """Characters of the text and its title."""
        return utf16(message["title"]) + utf16(message["text"]) <= self._options.characters

    def send(self, sending: Sending, exits: Exits) -> str:
        """Hand one message to Apprise."""
        told = json.loads(sending.content)
        addresses = exits.secrets.get(self.name, "URLS")
        return notify(self.name, addresses, told["title"], told["text"])

    def ask(self, sending: Sending, exits: Exits) -> str:
        """Never called: these services cannot be asked."""
        raise NotImplementedError


class LongtailKind:
    """Makes channels by Apprise."""

    name = "apprise"

    def open(self, name: str, settings: ChannelSettings, publish: PublishSettings) -> Channel:
        """One list of services."""
        options: LongtailOptions = options_of(LongtailOptions, name, settings)
        return Longtail(name, options, publish)


def _as_text(piece: Piece, bulletin: Bulletin) -> str:
    lines = [f"[{piece.section}]"] if piece.opens and piece.section else []
    lines += [piece.title, *filter(None, [piece.text, piece.url])]
    lines += [f"- {bullet}" for bullet in piece.bullets]
    if piece.sources:
        lines.append(bulletin.say("sources") + " · ".join(outlet for outlet, _ in piece.sources))
    return "\n".join(lines)
