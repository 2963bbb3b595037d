"""Answers with bytes changed at random: whatever comes, the error is one of ours."""

from __future__ import annotations

import gzip
import random
import socketserver
import threading
from collections.abc import Iterator

import pytest

from ribao.config import HttpSettings
from ribao.errors import RemoteError
from ribao.gateways import politeness
from ribao.gateways.clock import SystemClock
from ribao.gateways.http import LiveWeb
from ribao.gateways.web import Request

CASES = 400
PACKED = gzip.compress(b"words " * 50, mtime=0)
GOOD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
    % (len(PACKED), PACKED),
    b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/x?y#z\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 429 Slow down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
)


def garbled() -> Iterator[bytes]:
    """Good answers with a few bytes replaced, left out or doubled; the same ones every time."""
    chance = random.Random(20260301)  # noqa: S311 - repeatable, not secret
    for number in range(CASES):
        answer = bytearray(GOOD[number % len(GOOD)])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(answer))
            piece = chance.choice(
                [b"", b"\x00", b"\r\n", b":", b"9", b"\xff", bytes(answer[at : at + 9])]
            )
            answer[at : at + chance.randint(0, 3)] = piece
        yield bytes(answer)


@pytest.fixture
def base() -> Iterator[str]:
    """A server that sends the garbled answer whose number is asked for, then hangs up."""
    answers = list(garbled())

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            """Read the request, send the bytes."""
            number = int(self.rfile.readline().split(b"/")[1].split()[0])
            while self.rfile.readline().strip():
                pass
            self.wfile.write(answers[number])

    class Server(socketserver.ThreadingTCPServer):
        request_queue_size = 64

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up early is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_every_garbled_answer_is_read_or_refused(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing foreign comes out: one unmapped exception would end a whole run."""
    monkeypatch.setattr(politeness, "FAILURES", CASES)
    settings = HttpSettings(
        allow_addresses=("127.0.0.0/8",),
        host_spacing_seconds=0,
        host_connections=16,
        max_wait_seconds=600,
        retries=0,
        obey_robots=False,
        total_seconds=10,
    )
    with LiveWeb(settings, SystemClock()) as web:
        monkeypatch.setattr(politeness.HostGate, "shut", lambda *_: None)
        done = list(web.fetch_all(Request(f"{base}/{number}") for number in range(CASES)))
    assert len(done) == CASES
    assert all(
        fetched.response is not None or isinstance(fetched.error, RemoteError) for fetched in done
    )
    assert sum(fetched.response is not None for fetched in done) > CASES // 20
    assert sum(fetched.error is not None for fetched in done) > CASES // 20
