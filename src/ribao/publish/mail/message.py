"""A letter as a message (RFC 5322): both forms, a way out with one click (RFC 8058), and DKIM.

The same delivery gives the same bytes on every try, boundary and date included, so that a second
copy of it, where one is sent at all, is known for one by its Message-ID.
"""

from __future__ import annotations

import html
import logging
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from ribao.errors import ConfigError

# Signed where they stand (RFC 6376, 5.4); RFC 8058 wants the two of the way out among them.
SIGNED = (
    "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "reply-to",
    "list-id", "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom, and the way out. `unsubscribe` is an address of the paper's pages."""

    sender: str  # NAME <ADDRESS>
    recipient: str
    key: str
    moment: datetime
    list_name: str  # of the mailing list; "" for a letter to one person
    unsubscribe: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """A DKIM key of a domain."""

    domain: str
    selector: str
    key: str = field(repr=False)  # PEM


def message_id(key: str, sender: str) -> str:
    """The Message-ID of a delivery, with its angle brackets."""
    return f"<{key}@{parseaddr(sender)[1].rpartition('@')[2]}>"


def message(subject: str, text: str, markup: str, envelope: Envelope) -> bytes:
    """The bytes of a message, with CRLF; plain text comes first, as the plainest form must."""
    made = EmailMessage(policy=SMTP)
    name, address = parseaddr(envelope.sender)
    made["From"] = Address(_line(name), addr_spec=address)
    made["To"] = Address(addr_spec=envelope.recipient)
    made["Subject"] = _line(subject)
    made["Date"] = format_datetime(envelope.moment)
    made["Message-ID"] = message_id(envelope.key, envelope.sender)
    if envelope.reply_to:
        made["Reply-To"] = envelope.reply_to
    domain = address.rpartition("@")[2]
    if envelope.list_name:
        made["List-Id"] = f"<{envelope.list_name}.{domain}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        made["Precedence"] = "bulk"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text, charset="utf-8", cte="base64")
    if markup:
        made.add_alternative(markup, subtype="html", charset="utf-8", cte="base64")
        made.set_boundary(f"=_{envelope.key}")
    # Put in front by hand: the library would write so long an address as an encoded word, which
    # is allowed in no structured header and understood by nobody.
    way_out = f"List-Unsubscribe: <{envelope.unsubscribe}>\r\n" if envelope.list_name else ""
    return way_out.encode("ascii") + made.as_bytes()


def with_link(text: str, placeholder: str, address: str, *, markup: bool) -> str:
    """Put the address of one recipient in the place that was kept for it."""
    return text.replace(placeholder, html.escape(address) if markup else address)


def signed(content: bytes, signer: Signer) -> bytes:
    """The message with a DKIM-Signature in front.

    Raises:
        ConfigError: the key is of no use.
    """
    import dkim  # noqa: PLC0415 - only who signs needs it

    logger = logging.getLogger("ribao.dkim")
    logger.setLevel(logging.CRITICAL)
    present = {
        match.lower() for match in re.findall(rb"(?m)^([A-Za-z-]+):", content.split(b"\r\n\r\n")[0])
    }
    try:
        header = dkim.sign(
            content, signer.selector.encode(), signer.domain.encode(), signer.key.encode(),
            canonicalize=(b"relaxed", b"relaxed"), logger=logger,
            include_headers=[name.encode() for name in SIGNED if name.encode() in present],
        )  # fmt: skip
    except (dkim.DKIMException, ValueError) as error:
        raise ConfigError("mail cannot be signed", signer.domain, str(error)[:120]) from None
    return bytes(header) + content


def _line(text: str) -> str:
    return " ".join(text.split())
