"""Reads a mail folder over IMAP with TLS (RFC 9051), as the one other way out beside HTTP.

The host is looked up once, every answer is checked as for the web, and the connection goes to an
address that was checked. Nothing in the folder is changed: it is opened read-only and bodies are
peeked at.
"""

from __future__ import annotations

import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from ribao.errors import ConfigError, RefusedError, RetryableError
from ribao.gateways.guard import is_public

TIMEOUT_SECONDS = 30
MESSAGES = 200  # the newest of a folder; a day of newsletters has tens
MESSAGE_BYTES = 5 * 2**20  # larger ones are attachments, not newsletters
PORT = 993  # IMAP over TLS
_SIZE = re.compile(rb"UID (\d+)[^)]*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^)]*UID (\d+)")
_DATE = "%d-%b-%Y"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where newsletters are: `imaps://USER@HOST[:PORT]/FOLDER`."""

    host: str
    port: int
    user: str
    name: str

    @classmethod
    def parse(cls, url: str) -> Folder:
        """Read an address.

        Raises:
            ConfigError: it is no address of a mail folder, or holds a password.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or PORT
        except ValueError as error:
            raise ConfigError("no such mail folder", url, str(error)) from error
        if parts.scheme != "imaps" or not host or not parts.username:
            raise ConfigError("no such mail folder", url, "wanted is imaps://USER@HOST/FOLDER")
        if parts.password is not None:
            raise ConfigError(
                "a password stands in an address of", host, hint="put it into the environment"
            )
        name = unquote(parts.path.strip("/")) or "INBOX"
        if not (name.isascii() and name.isprintable()) or '"' in name or "\\" in name:
            raise ConfigError("no such mail folder", url, "only printable ASCII is understood")
        return cls(host, port, unquote(parts.username), name)


class _Checked(imaplib.IMAP4_SSL):
    """Connects to a public address of its host only; the certificate must be for the host."""

    def __init__(self, folder: Folder, context: ssl.SSLContext, *, private: bool) -> None:
        self._private = private
        super().__init__(folder.host, folder.port, ssl_context=context, timeout=TIMEOUT_SECONDS)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(row[4][0]) for row in found]
        for address in addresses:
            if not self._private and not is_public(ipaddress.ip_address(address.split("%")[0])):
                raise RefusedError(
                    "this mail host is not on the public internet", self.host, address
                )
        plain = socket.create_connection((addresses[0], self.port), timeout)
        context: ssl.SSLContext = self.ssl_context
        return context.wrap_socket(plain, server_hostname=self.host)


@contextmanager
def _open(folder: Folder, context: ssl.SSLContext, *, private: bool) -> Iterator[_Checked]:
    try:
        client = _Checked(folder, context, private=private)
    except (OSError, imaplib.IMAP4.error) as error:
        raise RetryableError("the mail host does not answer", folder.host, str(error)) from error
    try:
        yield client
    except (OSError, imaplib.IMAP4.error) as error:
        raise RetryableError("the mail host failed", folder.host, str(error)) from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            client.logout()


def read_folder(
    folder: Folder,
    password: str,
    now: datetime,
    *,
    days: int = 3,
    context: ssl.SSLContext | None = None,
    private: bool = False,
) -> tuple[bytes, ...]:
    """Give the messages of the last days, oldest first, whole as they were received.

    `private` lets the host be on this machine or network.

    Raises:
        RefusedError: the host is not on the public internet.
        RetryableError: it does not answer, refuses the password, or breaks off.
    """
    with _open(folder, context or ssl.create_default_context(), private=private) as client:
        client.login(folder.user, password)
        status, told = client.select(f'"{folder.name}"', readonly=True)
        if status != "OK":
            raise RetryableError("the mail host has no folder", folder.name, repr(told[:1]))
        since = (now - timedelta(days=days)).strftime(_DATE)
        _, found = client.uid("SEARCH", "SINCE", since)
        numbers = (found[0] or b"").split()[-MESSAGES:]
        return tuple(_messages(client, _small(client, numbers)))


def _small(client: imaplib.IMAP4, numbers: list[bytes]) -> list[str]:
    """Those messages that are no larger than a newsletter."""
    if not numbers:
        return []
    _, rows = client.uid("FETCH", b",".join(numbers).decode("ascii"), "(RFC822.SIZE)")
    sizes = {}
    for row in rows:
        if isinstance(row, bytes) and (match := _SIZE.search(row)):
            number, size = (match[1], match[2]) if match[1] else (match[4], match[3])
            sizes[number] = int(size)
    return [number.decode("ascii") for number in numbers if sizes.get(number, 0) <= MESSAGE_BYTES]


def _messages(client: imaplib.IMAP4, numbers: list[str]) -> Iterator[bytes]:
    for number in numbers:
        _, rows = client.uid("FETCH", number, "(BODY.PEEK[])")
        yield from (row[1] for row in rows if isinstance(row, tuple))
