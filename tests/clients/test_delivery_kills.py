"""Publishing while the process is killed: the quick form of `python -m bench deliveries`."""

from __future__ import annotations

import pytest

from bench.deliveries import check, sweep


@pytest.mark.client
def test_killed_publishers_lose_and_double_nothing() -> None:
    """After SIGKILL at random moments six channels have every edition, those with keys once."""
    found = sweep(6, "at-least-once")
    assert found.kills == 6
    check(found, "at-least-once")
