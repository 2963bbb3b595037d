"""A signed webhook for anybody's program (Standard Webhooks 1.0): the whole edition as JSON.

The id of the message is the idempotency key: a receiver that has seen it does nothing the second
time, so a message whose answer was lost is simply sent again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from http import HTTPStatus

from ribao.config import ChannelSettings, PublishSettings, Settings
from ribao.errors import ConfigError
from ribao.gateways.exits import Exits, variable
from ribao.gateways.posting import Post
from ribao.model import Edition
from ribao.plugins.kinds import Channel, Parcel, Repeats, Sending
from ribao.publish.canonical import edition_bytes
from ribao.publish.chat.answers import check_status, refused, words
from ribao.publish.chat.bulletin import edition_link
from ribao.publish.chat.channel import JSON_TYPE, compact, options_of
from ribao.publish.setting import opened_at

PREFIX = "whsec_"


class Webhook:
    """One receiver."""

    for_subscribers = False
    repeats = Repeats.HARMLESS
    spacing_seconds = 0.0
    secrets: tuple[str, ...] = ("URL", "SECRET")

    def __init__(self, name: str, publish: PublishSettings) -> None:
        """Hold the name."""
        self.name = name
        self._publish = publish

    def parcels(self, edition: Edition, *, note: bool) -> Sequence[Parcel]:
        """One message: programs want a corrected edition whole, never a note of it."""
        del note
        corrected = edition.revision > 1
        message = {
            "type": "edition.corrected" if corrected else "edition.published",
            "timestamp": opened_at(edition),
            "data": {
                "url": edition_link(edition, self._publish),
                "edition": json.loads(edition_bytes(edition)),
            },
        }
        title = f"{edition.date.isoformat()} {edition.language}"
        return (Parcel(compact(message), title),)

    def send(self, sending: Sending, exits: Exits) -> str:
        """Sign and post."""
        seconds = str(int(exits.clock.now().timestamp()))
        secret = key(exits.secrets.get(self.name, "SECRET"), self.name)
        sign = signature(sending.key, seconds, sending.content, secret)
        headers = (
            *JSON_TYPE,
            ("webhook-id", sending.key),
            ("webhook-timestamp", seconds),
            ("webhook-signature", sign),
        )
        url = exits.secrets.get(self.name, "URL")
        answer = exits.post.post(
            Post(url=url, body=sending.content, headers=headers, subject=self.name)
        )
        if answer.status == HTTPStatus.GONE:
            raise refused(self.name, "HTTP 410", "the receiver wants no more; drop the channel")
        check_status(self.name, answer, exits.clock.now())
        return f"HTTP {answer.status} {words(answer)[:80]}".strip()

    def ask(self, sending: Sending, exits: Exits) -> str:
        """Never called: sending again asks."""
        raise NotImplementedError


class WebhookKind:
    """Makes webhooks."""

    name = "webhook"

    def open(self, name: str, settings: ChannelSettings, publish: PublishSettings) -> Channel:
        """One receiver; it has no further keys."""
        options_of(Settings, name, settings)
        return Webhook(name, publish)


def key(secret: str, channel: str) -> bytes:
    """The bytes of a secret as Standard Webhooks writes it.

    Raises:
        ConfigError: it is not written so.
    """
    try:
        found = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not 24 <= len(found) <= 64:
        raise ConfigError(
            "no secret of a webhook", variable(channel, "SECRET"),
            f"wanted is {PREFIX} and the base64 of 24 to 64 bytes",
        )  # fmt: skip
    return found


def signature(message_id: str, seconds: str, content: bytes, secret: bytes) -> str:
    """The header webhook-signature."""
    signed = f"{message_id}.{seconds}.".encode() + content
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
