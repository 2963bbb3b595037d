"""The relay: TLS before any password, checked certificates, and whose turn it is when it fails."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bench._channel_fakes import Arrivals, Relay, free_port
from ribao.config import HttpSettings
from ribao.errors import ConfigError, RefusedError, RetryableError
from ribao.gateways import smtp
from ribao.gateways.smtp import Mailer

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
OPEN = HttpSettings(allow_addresses=("127.0.0.0/8",))
LETTER = b"Message-ID: <1@harbour.example>\nSubject: x\n\n.\r\n..two\nend"


def authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
) -> AuthResult:
    """Let in who knows the password."""
    good = isinstance(data, LoginPassword) and data.password == b"right"
    return AuthResult(success=good, handled=False)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody signed but itself, with its key."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    key = path.with_suffix(".key")
    command = (
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", path,
    )  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + key.read_text())
    return path


@pytest.fixture
def arrived() -> Arrivals:
    """What the relay took."""
    return Arrivals()


@pytest.fixture
def relay(pem: Path, arrived: Arrivals, tmp_path: Path) -> Iterator[int]:
    """A relay that wants TLS and a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    controller = Controller(
        Relay(arrived, tmp_path / "log"), hostname="127.0.0.1", port=free_port(),
        tls_context=context, require_starttls=True, authenticator=authenticate,
        auth_required=True,
    )  # fmt: skip
    controller.start()
    yield controller.port
    controller.stop()


def send(port: int, pem: Path | None, **changes: Any) -> str:
    """One letter over STARTTLS."""
    values: dict[str, Any] = {"host": "localhost", "port": port, "security": "starttls"}
    values |= {"user": "u", "password": "right"}
    context = ssl.create_default_context(cafile=pem) if pem else None
    with Mailer(OPEN, context) as mailer:
        return mailer.send(smtp.Relay(**(values | changes)), "a@b.example", "c@d.example", LETTER)


def test_a_letter_goes_out_encrypted_and_whole(relay: int, pem: Path, arrived: Arrivals) -> None:
    """TLS, then the password, then the letter with its dots and line ends as they were meant."""
    assert send(relay, pem).startswith("250")
    (came,) = arrived.messages["mail"]
    assert came.replace(b"\r\n", b"\n").rstrip(b"\n") == LETTER.replace(b"\r\n", b"\n")


def test_nothing_secret_goes_out_in_the_clear(relay: int, pem: Path, arrived: Arrivals) -> None:
    """No certificate that we trust, no TLS, a wrong password: the owner's turn, and no secret."""
    with pytest.raises(ConfigError, match="the certificate is not good"):
        send(relay, None)
    with pytest.raises(ConfigError, match="in the clear"):
        send(relay, pem, security="none")
    with pytest.raises(ConfigError, match="refuses the password") as wrong:
        send(relay, pem, password="hunter2-canary")  # noqa: S106 - a wrong one on purpose
    assert "canary" not in f"{wrong.value!r} {smtp.Relay('h', 1, 'tls', 'u', 'canary')}"
    with pytest.raises(RefusedError, match="not public") as closed, Mailer(HttpSettings()) as shut:
        shut.send(smtp.Relay("127.0.0.1", relay, "none"), "a@b.example", "c@d.example", LETTER)
    assert closed.value.sent is False
    assert arrived.messages == {}


def test_a_relay_that_is_not_there_got_nothing() -> None:
    """A refused connection is tried again later, without a doubt."""
    with pytest.raises(RetryableError) as nobody:
        send(free_port(), None)
    assert nobody.value.sent is False
