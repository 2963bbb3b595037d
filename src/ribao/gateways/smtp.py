"""Sends mail through one relay (RFC 5321), and asks the relay's log what became of a message.

The relay is looked up once, every address is checked as for the web, and the connection goes to one
that was checked. Without TLS only a relay that the owner opened with `http.allow_addresses` gets
anything, and never a password. A failure says whether the message may have been taken: it may from
the moment on at which its last line leaves, until the relay answers.
"""

from __future__ import annotations

import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ribao.config import HttpSettings
from ribao.errors import BouncedError, ConfigError, RefusedError, RemoteError, RetryableError
from ribao.gateways.closing import Closing
from ribao.gateways.guard import ALLOW_HINT, AllowList, is_public

TIMEOUT_SECONDS = 60.0  # RFC 5321 allows minutes; a relay of one's own answers in seconds
PORTS = {"tls": 465, "starttls": 587, "none": 25}
LOG_BYTES = 64 * 2**20  # of the end of a relay's log
_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_DOTS = re.compile(rb"(?m)^\.")
_QUEUED = re.compile(r"queue active|status=sent|: removed")
_TAKEN = re.compile(r"\b250\b|\baccepted\b|\bqueued\b|\bdelivered\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relay:
    """Who takes our mail. `security` is tls, starttls or none."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


class Mailer(Closing):
    """Keeps one connection to each relay while it sends."""

    def __init__(self, settings: HttpSettings, context: ssl.SSLContext | None = None) -> None:
        """Prepare; nothing is opened yet.

        Raises:
            ConfigError: `http.allow_addresses` cannot be read.
        """
        self._allow = AllowList.parse(settings.allow_addresses)
        self._context = context
        self._clients: dict[Relay, _Client] = {}

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
        self._clients.clear()

    def send(self, relay: Relay, sender: str, recipient: str, message: bytes) -> str:
        """Hand one message to the relay; return its answer.

        Raises:
            BouncedError: the recipient takes no mail.
            RefusedError: the relay will never take this message.
            RetryableError: not now; `sent` tells whether it may have been taken.
            ConfigError: the password is refused, or the relay has no TLS.
        """
        client = self._client(relay)
        try:
            return client.hand_over(sender, recipient, message)
        except BouncedError:
            raise  # the connection is as good as before
        except (RemoteError, ConfigError):
            self._drop(relay)
            raise

    def _client(self, relay: Relay) -> _Client:
        """The open connection, or a new one where there is none or the relay ended it."""
        client = self._clients.get(relay)
        if client is not None:
            try:
                if client.rset()[0] == 250:
                    return client
            except (smtplib.SMTPException, OSError):
                pass
            self._drop(relay)
        try:
            with _in_our_words(relay.host, sent=False):
                client = _Client(relay, self._allow, self._context or ssl.create_default_context())
        except RemoteError as error:
            error.sent = False
            raise
        self._clients[relay] = client
        return client

    def _drop(self, relay: Relay) -> None:
        client = self._clients.pop(relay, None)
        if client is not None:
            client.close()


class _Client(smtplib.SMTP):
    """A connection to a checked address of the relay, with TLS and signed in where it is so set."""

    def __init__(self, relay: Relay, allow: AllowList, context: ssl.SSLContext) -> None:
        self._relay, self._allow, self._tls = relay, allow, context
        self.sock = None  # the library sets it late, and `close` asks for it
        try:
            super().__init__(relay.host, relay.port, timeout=TIMEOUT_SECONDS)
            self.ehlo_or_helo_if_needed()
            if relay.security == "starttls":
                self._begin_tls()
            if relay.user:
                self._sign_in()
        except BaseException:
            self.close()
            raise

    def _begin_tls(self) -> None:
        try:
            self.starttls(context=self._tls)
        except smtplib.SMTPNotSupportedError as error:
            raise ConfigError(
                "the mail relay has no TLS", self._relay.host,
                hint='set security to "tls", or to "none" for a relay on this machine',
            ) from error  # fmt: skip
        self.ehlo_or_helo_if_needed()

    def hand_over(self, sender: str, recipient: str, message: bytes) -> str:
        """One transaction: MAIL, RCPT, DATA."""
        subject = f"{recipient} at {self._relay.host}"
        with _in_our_words(subject, sent=False):
            _judge(*self.mail(sender), subject, RefusedError)
            _judge(*self.rcpt(recipient), subject, BouncedError)
            code, answer = self.docmd("DATA")
            if code != 354:
                _judge(code, answer, subject, RefusedError)
            text = _DOTS.sub(b"..", _LINE_ENDS.sub(b"\r\n", message)).removesuffix(b"\r\n")
        with _in_our_words(subject, sent=True):
            self.send(text + b"\r\n.\r\n")
            code, answer = self.getreply()
        _judge(code, answer, subject, RefusedError)
        return f"{code} {_words(answer)}"

    def _sign_in(self) -> None:
        if self._relay.security == "none":
            raise ConfigError("a password would go out in the clear", self._relay.host)
        try:
            self.login(self._relay.user, self._relay.password)
        except smtplib.SMTPAuthenticationError as error:
            detail = f"{error.smtp_code} {_words(error.smtp_error)}"
            raise ConfigError(
                "the mail relay refuses the password", self._relay.host, detail
            ) from None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(row[4][0]) for row in found]
        for text in addresses:
            address = ipaddress.ip_address(text.split("%")[0])
            opened = self._allow.opens(host, port, address)
            if not opened and not is_public(address):
                raise RefusedError("address not public", host, text, hint=ALLOW_HINT)
            if not opened and self._relay.security == "none":
                raise ConfigError(
                    "mail would go out in the clear", host,
                    hint='set security to "starttls" or "tls"',
                )  # fmt: skip
        plain = socket.create_connection((addresses[0], port), timeout)
        if self._relay.security != "tls":
            return plain
        try:
            return self._tls.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise


def accepted(log: Path, message_id: str) -> str:
    """The line of a relay's log which shows that it took a message; "" where there is none.

    Postfix names the message once, and then what became of it by its queue id. Any other log will
    do that has the Message-ID and a word such as 250, accepted, queued or delivered in one line.

    Raises:
        RetryableError: the log cannot be read now.
    """
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - LOG_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError as error:
        raise RetryableError("the mail log cannot be read", str(log), str(error)) from error
    wanted = f"<{message_id.strip('<>')}>"
    queues = set()
    for line in lines:
        if wanted in line:
            match = re.search(r"(\w+): (?:resent-)?message-id=", line)
            if match:
                queues.add(match.group(1))
            elif _TAKEN.search(line):
                return line.strip()
        elif _QUEUED.search(line) and any(f"{queue}: " in line for queue in queues):
            return line.strip()
    return ""


def _judge(code: int, answer: bytes | str, subject: str, refusal: type[RefusedError]) -> None:
    """Pass an answer of the 200s; raise for the others by who can act."""
    if 200 <= code < 300:
        return
    detail = f"{code} {_words(answer)}"
    error: RemoteError
    if 400 <= code < 500:
        error = RetryableError("the mail relay cannot take it now", subject, detail)
    else:
        error = refusal("the mail is refused", subject, detail)
    error.sent = False
    raise error


def _words(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:300]


@contextmanager
def _in_our_words(subject: str, *, sent: bool) -> Iterator[None]:
    """Translate what smtplib and the network raise."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        _judge(error.smtp_code, error.smtp_error, subject, RefusedError)
    except ssl.SSLCertVerificationError as error:
        raise ConfigError("the certificate is not good", subject, error.verify_message) from error
    except (smtplib.SMTPException, OSError) as error:
        broken = RetryableError("the mail relay does not answer", subject, str(error))
        broken.sent = sent
        raise broken from error
