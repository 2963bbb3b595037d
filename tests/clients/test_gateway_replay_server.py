"""The live gateway against a real HTTP server that serves a recorded day on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ribao.config import HttpSettings
from ribao.errors import RefusedError, RemoteError
from ribao.gateways.clock import SystemClock
from ribao.gateways.http import MemoryValidators
from ribao.gateways.open import open_web
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Request

pytestmark = [pytest.mark.shared, pytest.mark.client]
FEEDS = 12


@pytest.fixture(scope="module")
def archive(shared: Path) -> Path:
    """The recorded day."""
    return shared / "replay" / "2025-12-19.warc.gz"


@pytest.fixture(scope="module")
def base(shared: Path, archive: Path) -> Iterator[str]:
    """Start the server on a free port and give its address."""
    script = shared / "replay" / "replay_server.py"
    server = subprocess.Popen(
        [sys.executable, str(script), str(archive), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        yield server.stderr.readline().split(" on ")[1].strip()
    finally:
        server.terminate()
        server.wait()
        server.stderr.close()


def allowing(base: str) -> HttpSettings:
    """Settings that open the server, and ask it as fast as it can."""
    return HttpSettings(
        allow_addresses=(base.split("/")[2],), host_spacing_seconds=0, host_connections=8
    )


def test_live_feeds_are_what_replay_gives(base: str, archive: Path, tmp_path: Path) -> None:
    """Live, then recorded, then replayed: the same bytes; the second round is all 304."""
    replay = ReplayWeb(archive)
    feeds = [url for url in replay.addresses() if "feed" in url or "rss" in url][:FEEDS]
    asked = [Request(base + url, purpose="feed", conditional=True) for url in feeds]
    validators = MemoryValidators()
    with open_web(allowing(base), SystemClock(), validators=validators) as web:
        bodies = {
            fetched.request.url: fetched.response.body
            for fetched in web.fetch_all(asked)
            if fetched.response is not None
        }
        again = [fetched.response for fetched in web.fetch_all(asked)]
    assert bodies == {base + url: replay.fetch(Request(url)).body for url in feeds}
    assert [response and (response.status, response.body) for response in again] == [
        (304, b"")
    ] * FEEDS
    recording = tmp_path / "again.warc.gz"
    with open_web(
        allowing(base), SystemClock(), record=recording, validators=validators
    ) as recorder:
        assert all(fetched.response is not None for fetched in recorder.fetch_all(asked))
    replayed = ReplayWeb(recording)
    assert {url: replayed.fetch(Request(url)).body for url in bodies} == bodies


def test_a_page_that_is_not_there_is_a_remote_error(base: str) -> None:
    """404 is an error with the address and the status, not a response."""
    with (
        open_web(allowing(base), SystemClock()) as web,
        pytest.raises(RemoteError, match="HTTP 404") as caught,
    ):
        web.fetch(Request(base + "https://none.example/"))
    assert not isinstance(caught.value, RefusedError)


def test_loopback_is_refused_unless_it_is_allowed(base: str) -> None:
    """The same server, without the allow-list."""
    with (
        open_web(HttpSettings(), SystemClock()) as web,
        pytest.raises(RefusedError, match="address not public"),
    ):
        web.fetch(Request(base))
