"""A whole live run with channels: read over HTTP, printed, sent once, corrected visibly."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench._channel_fakes import WEBHOOK_SECRET, Arrivals, serve_chats
from ribao.cli.main import app
from tests.newsweb import DAY, Entry, ordinary_web, rss

Getaddrinfo = socket.getaddrinfo
Pages = dict[str, bytes]
LATE = (
    "Cloud firm Ostermoor opens a $3 billion AI data center in Bergen",
    (
        "Ostermoor opened a data center for AI models in Bergen on Tuesday. "
        "It cost 3 billion dollars. The site holds 90,000 GPUs and draws 400 megawatts."
    ),
)


@pytest.fixture
def pages() -> Pages:
    """The feeds of an invented day, by path."""
    feeds = [body for body in ordinary_web().values() if isinstance(body, bytes)]
    return {f"/{number}.xml": body for number, body in enumerate(feeds)}


@pytest.fixture
def web(pages: Pages) -> Iterator[str]:
    """These feeds, served."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            body = pages.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def channels() -> Iterator[tuple[Arrivals, str]]:
    """The services, and where they are."""
    arrivals = Arrivals()
    server = serve_chats(arrivals)
    yield arrivals, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(
    web: str,
    pages: Pages,
    channels: tuple[Arrivals, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """The command line with a configuration of two channels; nothing but loopback is asked."""

    def getaddrinfo(host: str, *rest: Any, **more: Any) -> Any:
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "not in this test")
        return Getaddrinfo(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for name in ("WEBHOOK", "SLACK"):
        monkeypatch.setenv(f"RIBAO_{name}_URL", f"{channels[1]}/{name.lower()}?k=canary")
    monkeypatch.setenv("RIBAO_WEBHOOK_SECRET", WEBHOOK_SECRET)
    (tmp_path / "ribao.toml").write_text(
        '[http]\nallow_addresses = ["127.0.0.0/8"]\nhost_spacing_seconds = 0.0\nretries = 0\n'
        '[deliver.channels.webhook]\nkind = "webhook"\n'
        '[deliver.channels.slack]\nkind = "slack"\nper_minute = 6000\n'
    )
    shared = [f"--config={tmp_path / 'ribao.toml'}", f"--output={tmp_path / 'out'}"]

    def invoke(*words: str, ok: bool = True) -> str:
        outlines = "".join(f'<outline type="rss" text="{p}" xmlUrl="{web}{p}"/>' for p in pages)
        (tmp_path / "few.opml").write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")
        read = ["--language=en", f"--sources={tmp_path / 'few.opml'}", f"--date={DAY}"]
        arguments = [*words, *shared, *(read if words[0] == "run" else [])]
        done = CliRunner().invoke(app, arguments)
        assert (done.exit_code == 0) is ok, done.output
        return done.output

    return invoke


@pytest.mark.client
def test_a_live_run_sends_once_and_corrects_visibly(
    run: Any, pages: Pages, channels: tuple[Arrivals, str], tmp_path: Path
) -> None:
    """Sent with the edition; nothing on a second run; a changed day is revision 2 with a note."""
    arrivals, _ = channels
    assert "2 delivered" in run("run")
    (event,) = arrivals.messages["webhook"]
    edition = tmp_path / "out" / DAY / "en" / "edition"
    printed = json.loads(edition.with_suffix(".json").read_text())
    assert event["type"] == "edition.published"
    assert event["data"]["edition"] == printed

    run("run")
    assert [len(arrivals.messages[name]) for name in ("webhook", "slack")] == [1, 1]
    assert json.loads(edition.with_suffix(".json").read_text())["revision"] == 1

    for number, outlet in enumerate(("herald", "beacon", "mirror")):
        entry = Entry(f"https://{outlet}.example/late", f"{outlet.title()}: {LATE[0]}", LATE[1])
        pages[f"/late{number}.xml"] = rss(outlet.title(), [entry])
    run("run")
    corrected = json.loads(edition.with_suffix(".json").read_text())
    assert corrected["revision"] == 2
    assert "This edition has been revised." in edition.with_suffix(".md").read_text()
    assert arrivals.messages["webhook"][1]["type"] == "edition.corrected"
    note = json.dumps(arrivals.messages["slack"][1])
    assert "This edition has been revised." in note

    listed = json.loads(run("deliveries", "list", "--json"))
    assert [one["state"] for one in listed] == ["delivered"] * 4
    told = run("deliveries", "explain", listed[0]["id"][:8])
    assert [word in told for word in ("planned", "sending", "delivered")] == [True] * 3
    run("deliveries", "explain", "zz", ok=False)
    store = (tmp_path / "out" / ".ribao" / "live.sqlite3").read_bytes()
    assert b"canary" not in store
    assert "canary" not in run("deliveries", "list", "--json")
