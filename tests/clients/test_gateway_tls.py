"""TLS: the name counts, though the connection goes to an address. Certificates by openssl."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ribao.config import HttpSettings
from ribao.errors import RemoteError, RetryableError
from ribao.gateways import http_exchange
from ribao.gateways.clock import SystemClock
from ribao.gateways.http import LiveWeb
from ribao.gateways.web import Request
from tests.unit.gateways.sites import Calm, QuietServer

pytestmark = pytest.mark.client
Getaddrinfo = socket.getaddrinfo


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for name.example that nobody has signed, with its key in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command line")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "name.pem",
            "-days",
            "2",
            "-subj",
            "/CN=name.example",
            "-addext",
            "subjectAltName=DNS:name.example",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_text((folder / "key.pem").read_text() + (folder / "name.pem").read_text())
    return both


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, list[str]]]:
    """A TLS server that every name under .example leads to; gives its port and the names asked."""
    names: list[str] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    server = QuietServer(("127.0.0.1", 0), Calm)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def getaddrinfo(host: str, port: int, **more: Any) -> Any:
        return Getaddrinfo("127.0.0.1" if host.endswith(".example") else host, port, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield server.server_address[1], names
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def web() -> Iterator[LiveWeb]:
    """A gateway that may read loopback."""
    settings = HttpSettings(allow_addresses=("127.0.0.0/8",), obey_robots=False, retries=0)
    with LiveWeb(settings, SystemClock()) as web:
        yield web


def test_a_certificate_that_nobody_signed_is_an_error_of_the_host(
    web: LiveWeb, server: tuple[int, list[str]]
) -> None:
    """Trying again is no use, and the reason is told."""
    with pytest.raises(RemoteError, match=r"certificate is not good: .*self-signed") as caught:
        web.fetch(Request(f"https://name.example:{server[0]}/"))
    assert not isinstance(caught.value, RetryableError)


def test_the_certificate_must_be_for_the_name(
    web: LiveWeb, server: tuple[int, list[str]], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is sent and checked; another name at the same address is refused."""

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(certificate))

    monkeypatch.setattr(http_exchange, "tls_context", trusting)
    port, names = server
    assert web.fetch(Request(f"https://name.example:{port}/")).body == b"ok"
    with pytest.raises(RemoteError, match="certificate is not good"):
        web.fetch(Request(f"https://other.example:{port}/"))
    assert names == ["name.example", "other.example"]
