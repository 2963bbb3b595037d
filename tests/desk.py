"""A desk over the recorded sample, served on loopback, for the tests that drive it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import uvicorn
from argon2 import PasswordHasher

from ribao.beat import load_beat
from ribao.cli.making import MEMORY, make
from ribao.cli.run import RunOptions
from ribao.config import Config
from ribao.desk.draft import sentences
from ribao.gateways.clock import Clock, SystemClock
from ribao.plugins.loader import load_plugins, outputs
from ribao.store import open_store
from ribao.store.people import Account, Token
from ribao.web.app import create_app
from ribao.web.office import Office, open_office
from ribao.web.pages.sign_in import one_time_link
from ribao.web.secrecy import digest, new_key
from ribao.web.serving import NO_DELAY
from ribao.web.workbench import bench
from tests.newsweb import Entry, rss

PASSWORD = "correct horse battery"  # noqa: S105 - of invented accounts
SAMPLE_SECONDS = 60


@cache
def cheap_hash() -> str:
    """The password as argon2id, with little work: tests try it often."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that is being served."""

    base: str  # http://localhost:PORT
    office: Office
    edition: str

    def link(self) -> str:
        """A one-time link of the first owner."""
        return f"{self.base}/welcome/{one_time_link(self.office, '')}"

    def sentence_with_a_number(self) -> tuple[str, str, str]:
        """Story, place and text of a printed sentence whose number its reports bear out."""
        for article in bench(self.office, self.edition).edition.articles:
            for place, sentence in sentences(article):
                kinds = {one.kind for one in sentence.findings}
                if place.startswith("paragraph") and kinds & {"number", "money", "percent"}:
                    return article.story_id, place, sentence.text
        raise AssertionError

    def token(self, name: str, role: str, scopes: str = "read edit publish people tokens") -> str:
        """An account with an API token."""
        now, key = self.office.now(), new_key()
        account = Account(name, name, role, cheap_hash(), now)
        with self.office.store.begin() as connection:
            self.office.people.put_account(connection, account)
            self.office.people.put_token(
                connection,
                Token(
                    key[:20], digest(key), name, "test", scopes, now, "2999-01-01T00:00:00+00:00"
                ),
            )
        return key


def sample(folder: Path) -> Path:
    """The sample's edition, made once for all workers of a test run; a copy for this one."""
    shared, ready = folder.parent / "desk-sample", folder.parent / "desk-sample.ready"
    try:
        shared.mkdir()
    except FileExistsError:
        for _ in range(10 * SAMPLE_SECONDS):
            if ready.exists():
                break
            time.sleep(0.1)
    else:
        config = Config.model_validate({"edition": {"language": "zh", "timezone": "Asia/Shanghai"}})
        make(RunOptions(demo=True, output=shared), config, watch=lambda *_: None)
        ready.touch()
    own = folder / "desk"
    shutil.copytree(shared, own)
    return own


def as_live(output: Path) -> Path:
    """The folder of a sample, its store kept where a live run keeps it: it has readers."""
    for path in (output / MEMORY).glob("demo.sqlite3*"):
        path.rename(path.with_name(path.name.replace("demo", "live")))
    return output


class _Feed(BaseHTTPRequestHandler):
    """Answers every address with one feed."""

    def do_GET(self) -> None:
        """The feed."""
        entries = [Entry("https://quay.example/1", "A crane was opened", "It lifts 40 tonnes.")]
        body = rss("Quay", entries)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve_feed() -> Iterator[str]:
    """The address of a feed on loopback, served until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/feed"
    server.shutdown()
    server.server_close()


@contextmanager
def served(
    output: Path, config: Config | None = None, clock: Clock | None = None
) -> Iterator[Desk]:
    """Serve the desk of a folder until the block ends."""
    settings = config or Config()
    known = outputs(load_plugins())
    chosen = tuple(known[name] for name in settings.publish.outputs)
    path = max((output / MEMORY).glob("*.sqlite3"))
    with open_store(path) as store:
        office = open_office(
            store, settings, load_beat("ai"), clock or SystemClock(), chosen, output
        )
        options = uvicorn.Config(
            create_app(office),
            host="127.0.0.1",
            port=0,
            log_level="warning",
            access_log=False,
            timeout_keep_alive=60,
            proxy_headers=False,  # as `ribao serve` has it
        )
        listening = options.bind_socket()
        listening.setsockopt(*NO_DELAY)
        server = uvicorn.Server(options)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        yield Desk(f"http://localhost:{port}", office, office.drafts.editions_by_day(1)[0][0])
        server.should_exit = True
        thread.join(10)
