"""Servers that mean ill: each is refused by the limit made for it, in good time.

`bench/hostile.py` runs the same server at full size and measures memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from ribao.config import HttpSettings
from ribao.errors import RefusedError, RemoteError, RetryableError
from ribao.gateways.clock import SystemClock
from ribao.gateways.http import LiveWeb
from ribao.gateways.web import Request

SECONDS = 20.0  # far more than any attack needs that does not play for time
DRIP_SECONDS = 0.4  # for those that do


@pytest.fixture
def seconds() -> float:
    """How patient the gateway is."""
    return SECONDS


@pytest.fixture
def web(hostile_port: int, seconds: float) -> Iterator[LiveWeb]:
    """A gateway that may talk to the hostile server."""
    settings = HttpSettings(
        allow_addresses=(f"127.0.0.1:{hostile_port}",),
        host_spacing_seconds=0,
        retries=0,
        total_seconds=seconds,
        obey_robots=False,
    )
    with LiveWeb(settings, SystemClock()) as web:
        yield web


@pytest.mark.parametrize(
    ("path", "kind", "limit"),
    [
        ("/bomb/gzip/32", RefusedError, "http.max_ratio"),
        ("/bomb/deflate/32", RefusedError, "http.max_ratio"),
        ("/bomb/raw-deflate/32", RefusedError, "http.max_ratio"),
        ("/bomb/gzip%2C%20gzip/32", RefusedError, "content coding not accepted"),
        ("/bomb/br/1", RefusedError, "content coding not accepted"),
        ("/bomb/zstd/1", RefusedError, "content coding not accepted"),
        ("/endless", RefusedError, "http.max_wire_bytes"),
        ("/endless-headers", RefusedError, "http.max_header_bytes"),
        ("/endless-continue", RefusedError, "http.max_header_bytes"),
        ("/many-headers", RefusedError, "http.max_header_bytes"),
        ("/loop", RefusedError, "http.max_redirects"),
        ("/grow", RefusedError, "http.max_url_bytes"),
        ("/short", RetryableError, "breaks off"),
        ("/short-chunks", RetryableError, "breaks off"),
        ("/short-gzip", RetryableError, "breaks off"),
        ("/garbage", RemoteError, "breaks off"),
        ("/to/" + quote("file:///etc/passwd", safe=""), RefusedError, "not of the web"),
        ("/to/" + quote("http://10.0.0.1:80/", safe=""), RefusedError, "10.0.0.1"),
        ("/to/" + quote("http://169.254.169.254/", safe=""), RefusedError, "169.254.169.254"),
        ("/to/" + quote("http://user:pw@one.example/", safe=""), RefusedError, "user name"),
    ],
)
def test_each_attack_meets_its_limit(
    web: LiveWeb, hostile_port: int, path: str, kind: type[RemoteError], limit: str
) -> None:
    """The error is of the right kind and names the setting; no other host is connected to."""
    with pytest.raises(kind, match=limit):
        web.fetch(Request(f"http://127.0.0.1:{hostile_port}{path}"))


@pytest.mark.parametrize("seconds", [DRIP_SECONDS])
@pytest.mark.parametrize("path", ["/drip", "/drip-chunks", "/drip-headers", "/silent"])
def test_playing_for_time_gains_none(web: LiveWeb, hostile_port: int, path: str) -> None:
    """The time of a whole fetch is limited, however the bytes come."""
    with pytest.raises(RetryableError, match=r"http\.total_seconds"):
        web.fetch(Request(f"http://127.0.0.1:{hostile_port}{path}"))


def test_the_same_server_is_read_where_it_behaves(web: LiveWeb, hostile_port: int) -> None:
    """The limits refuse attacks, not the server."""
    assert web.fetch(Request(f"http://127.0.0.1:{hostile_port}/fine")).body == b"ok"


def test_a_refused_redirect_connects_to_nobody(
    web: LiveWeb, hostile_port: int, connections: list[str]
) -> None:
    """Only the hostile server itself was spoken to."""
    target = quote("http://10.0.0.1:80/", safe="")
    with pytest.raises(RefusedError):
        web.fetch(Request(f"http://127.0.0.1:{hostile_port}/to/{target}"))
    spoken_to = {entry for entry in connections if entry.startswith("socket.connect")}
    assert spoken_to == {f"socket.connect ('127.0.0.1', {hostile_port})"}
