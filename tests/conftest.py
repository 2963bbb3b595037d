"""What every test may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Laws are tried on a few examples at every change and on many in `make soak`.
settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("full", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("RIBAO_EXAMPLES", "quick"))

os.environ.pop("RIBAO_CONFIG", None)  # the settings of who runs the tests are not theirs
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The recorded web and the benchmark sets, which are not part of the repository."""
    if not (SHARED / "replay").is_dir():
        pytest.skip("needs ../shared (recorded news days), which is not part of the repository")
    return SHARED


_sinks: list[list[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note every connection and look-up of this process; audit hooks cannot be taken out again."""
    if _sinks and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        for sink in _sinks:
            sink.append(
                f"{event} {arguments[1] if event != 'socket.getaddrinfo' else arguments[0]}"
            )


sys.addaudithook(_watch)


@pytest.fixture
def connections() -> Iterator[list[str]]:
    """What this process asks of the network while the test runs; empty proves: nothing."""
    sink: list[str] = []
    _sinks.append(sink)
    yield sink
    _sinks.remove(sink)
