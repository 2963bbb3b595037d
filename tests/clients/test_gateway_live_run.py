"""A whole run over HTTP: the recorded day served on loopback, read live, recorded and replayed."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ribao.cli.main import app

pytestmark = [pytest.mark.shared, pytest.mark.client]

FEEDS = ("36kr.com/feed", "techcrunch.com/rss", "violet.xml", "technologyreview.com")
DAY = "2025-12-19"
Getaddrinfo = socket.getaddrinfo


@pytest.fixture
def base(shared: Path) -> Iterator[str]:
    """Serve the recorded day on a free port; gives the address that goes before recorded ones."""
    folder = shared / "replay"
    script, archive = folder / "replay_server.py", folder / f"{DAY}.warc.gz"
    command = [sys.executable, str(script), str(archive), "--port=0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        yield server.stderr.readline().split(" on ")[1].strip()
        server.kill()


@pytest.fixture
def arguments(base: str, shared: Path, tmp_path: Path) -> list[str]:
    """A configuration that opens the server, and a few of the day's feeds as it serves them."""
    opml = (shared / "replay" / "sources.opml").read_text(encoding="utf-8")
    outlines = [
        line.replace('xmlUrl="', f'xmlUrl="{base}')
        for line in opml.splitlines()
        if re.search("xmlUrl", line) and any(feed in line for feed in FEEDS)
    ]
    assert len(outlines) >= len(FEEDS)
    outlines.append(f'<outline type="rss" text="dead" xmlUrl="{base}https://dead.example/feed"/>')
    body = "\n".join(outlines)
    sources = tmp_path / "few.opml"
    sources.write_text(f"<opml version='2.0'><body>{body}</body></opml>", encoding="utf-8")
    config = tmp_path / "ribao.toml"
    host = base.split("/")[2]
    config.write_text(
        f'[http]\nallow_addresses = ["{host}"]\nhost_spacing_seconds = 0.0\nretries = 0\n'
    )
    return ["run", "--json", f"--config={config}", f"--sources={sources}", f"--date={DAY}"]


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of the feeds stand on real hosts, which a test does not ask."""

    def getaddrinfo(host: str, *rest: Any, **more: Any) -> Any:
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "not in this test")
        return Getaddrinfo(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def ran(arguments: list[str], *more: str) -> dict[str, Any]:
    """Run the command line and read what it says."""
    result = CliRunner().invoke(app, [*arguments, *more])
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_live_recorded_and_replayed_are_one_edition(
    arguments: list[str], tmp_path: Path, connections: list[str], base: str
) -> None:
    """The recording of a live run gives the same pages again, without the network."""
    record = tmp_path / "day.warc.gz"
    live = ran(arguments, f"--output={tmp_path / 'live'}", f"--record={record}")
    assert live["steps"][0]["kept"] > 100
    assert live["edition"]["articles"] > 5
    assert live["steps"][0]["failed"] == 1
    assert len(live["notes"]) == 1
    port = int(base.split(":")[2].strip("/"))
    spoken_to = {entry for entry in connections if entry.startswith("socket.connect")}
    assert spoken_to == {f"socket.connect ('127.0.0.1', {port})"}

    connections.clear()
    replayed = ran(arguments, f"--output={tmp_path / 'replay'}", f"--replay={record}")
    assert connections == []
    for count in ("kept", "failed"):
        assert replayed["steps"][0][count] == live["steps"][0][count]
    assert replayed["notes"] == live["notes"]
    editions = [
        next((tmp_path / mode).rglob("edition.md")).read_bytes() for mode in ("live", "replay")
    ]
    assert editions[0] == editions[1]
