"""Whole runs from recorded webs, watched by an audit hook: nothing asks the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ribao.cli.main import app

pytestmark = pytest.mark.client


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sample_sends_not_one_byte(
    tmp_path: Path, connections: list[str], language: str
) -> None:
    """The edition of the built-in sample, with every step and every library that they use."""
    arguments = ["run", "--demo", "--language", language, "--output", str(tmp_path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert list(tmp_path.rglob("edition.json"))
    assert connections == []


@pytest.mark.shared
def test_a_replayed_day_sends_not_one_byte(
    tmp_path: Path, connections: list[str], shared: Path
) -> None:
    """Nor does a real day of 65 feeds, some of whose addresses are not in the archive."""
    archive = shared / "replay" / "2025-12-19.warc.gz"
    arguments = ["run", "--replay", str(archive), "--date", "2025-12-19", "--output", str(tmp_path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert list(tmp_path.rglob("edition.json"))
    assert connections == []


def test_the_watch_itself_sees_a_connection(connections: list[str]) -> None:
    """Or the tests above would prove nothing."""
    import socket  # noqa: PLC0415 - the one place outside the gateway, to be caught at it

    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", 9)) != 0
    assert connections == ["socket.connect ('127.0.0.1', 9)"]
