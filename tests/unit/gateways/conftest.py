"""Servers for the gateway to meet: one that follows a script, and one that means ill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ribao.config import HttpSettings
from tests.unit.gateways.sites import Site

HOSTILE_SERVER = Path(__file__).resolve().parents[3] / "bench" / "_hostile_server.py"


@pytest.fixture
def site() -> Iterator[Site]:
    """A scripted site for one test."""
    site = Site()
    yield site
    site.close()


@pytest.fixture
def settings() -> HttpSettings:
    """Loopback allowed, no waiting."""
    return HttpSettings(
        allow_addresses=("127.0.0.0/8",), host_spacing_seconds=0, retries=0, total_seconds=5,
        ask_wishes=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def hostile_port() -> Iterator[int]:
    """The port of the server that means ill."""
    server = subprocess.Popen(
        [sys.executable, str(HOSTILE_SERVER)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    yield int(server.stdout.readline())
    server.kill()
    server.wait()
    server.stdout.close()
