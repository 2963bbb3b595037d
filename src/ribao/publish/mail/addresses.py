"""Mail addresses: what we take for one."""

from __future__ import annotations

import re
from email.utils import parseaddr

from ribao.errors import ContentError

LONGEST = 254  # RFC 5321
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")


def checked_address(text: str) -> str:
    """The address with its domain in ASCII and small letters.

    Raises:
        ContentError: it is no address that mail can go to.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode().lower() if domain else ""
    except UnicodeError:
        ascii_domain = ""
    labels = ascii_domain.split(".")
    good = (
        bool(at)
        and len(local) <= 64
        and len(text) <= LONGEST
        and _LOCAL.fullmatch(local) is not None
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
    )
    if not good:
        raise ContentError("no mail address", text.strip()[:80])
    return f"{local}@{ascii_domain}"


def bare(text: str) -> str:
    """The address alone of NAME <ADDRESS>, checked.

    Raises:
        ContentError: it is no address that mail can go to.
    """
    return checked_address(parseaddr(text)[1] or text)
