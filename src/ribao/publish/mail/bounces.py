"""Reads what comes back: delivery status notifications (RFC 3464).

Anybody can write such a message, so only one that quotes a message of ours, by a Message-ID that
the outbox knows for that address, counts; the caller looks that up.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32

MOST_PARTS = 50
_ID = re.compile(r"(?im)^message-id:\s*<([^<>\s]{1,200})>")
_STATUS = re.compile(r"\s*([245])\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient that did not get a message."""

    address: str
    message_id: str  # without angle brackets; "" where the notice quotes none
    for_good: bool  # status 5.x.x: trying again is no use
    because: str


def bounces(content: bytes) -> tuple[Bounce, ...]:
    """The failed recipients of a notification; none where it is something else."""
    made = email.message_from_bytes(content, policy=compat32)
    if made.get_content_type() != "multipart/report":
        return ()
    parts = [part for _, part in zip(range(MOST_PARTS), made.walk(), strict=False)]
    quoted = "\n".join(_text(part) for part in parts if _quotes(part))
    match = _ID.search(quoted)
    found = match.group(1) if match else ""
    status = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    return tuple(bounce for part in status for bounce in _failed(part, found))


def _quotes(part: Message) -> bool:
    return part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload.decode("utf-8", "replace")
    inner = part.get_payload()
    if isinstance(inner, list):
        return "\n".join(
            f"{key}: {value}"
            for one in inner
            if isinstance(one, Message)
            for key, value in one.items()
        )
    return str(inner)


def _failed(part: Message, message_id: str) -> Iterator[Bounce]:
    groups = part.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if not isinstance(group, Message):
            continue
        if str(group.get("Action", "")).strip().lower() != "failed":
            continue
        named = str(group.get("Original-Recipient") or group.get("Final-Recipient") or "")
        address = named.partition(";")[2].strip()
        match = _STATUS.match(str(group.get("Status", "")))
        because = " ".join(str(group.get("Diagnostic-Code", "")).split())[:200]
        if address:
            yield Bounce(address, message_id, match is not None and match.group(1) == "5", because)
