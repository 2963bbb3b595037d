"""Signed tokens for the links in a letter: they say who wants what, and nobody else can make one.

    ACTION.SUBSCRIBER.EXPIRES.SIGNATURE

The signature is an HMAC-SHA256 over the rest, cut to 128 bits. Nothing of it is stored. A token to
unsubscribe never expires: a letter of years ago must still let its reader out.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from ribao.errors import ContentError

CONFIRM = "confirm"
UNSUBSCRIBE = "unsubscribe"
CONFIRM_WITHIN = timedelta(days=7)
SIGNATURE_BYTES = 16
SECRET_CHARACTERS = 32  # fewer could be guessed
_FORM = re.compile(r"(confirm|unsubscribe)\.([0-9a-f]{20})\.(\d{1,11})\.([\w-]{22})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a good token asks for."""

    action: str  # confirm or unsubscribe
    subscriber_id: str


def sign(wish: Wish, secret: str, expires: datetime | None = None) -> str:
    """A token; without `expires` it is good for ever."""
    until = int(expires.timestamp()) if expires else 0
    told = f"{wish.action}.{wish.subscriber_id}.{until}"
    return f"{told}.{_signature(told, secret)}"


def read(token: str, secret: str, now: datetime) -> Wish:
    """What a token asks for.

    Raises:
        ContentError: it is no token of ours, was altered, or is over.
    """
    match = _FORM.fullmatch(token)
    told = token.rpartition(".")[0]
    if match is None or not hmac.compare_digest(match.group(4), _signature(told, secret)):
        raise ContentError("this link is not good", detail="it is no link of ours, or was cut off")
    until = int(match.group(3))
    if until and now.timestamp() > until:
        raise ContentError("this link is over", hint="subscribe once more for a new one")
    return Wish(match.group(1), match.group(2))


def _signature(told: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"ribao-token.{told}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).rstrip(b"=").decode()
