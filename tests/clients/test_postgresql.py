"""The store in a real PostgreSQL: the same as in SQLite, from the tables to the desk."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Barrier, Thread

import httpx2
import psycopg
import pytest
from sqlalchemy import text

from ribao.errors import BudgetError, StoreError
from ribao.gateways.models.purse import Call
from ribao.language.search import question
from ribao.model import DocumentId
from ribao.store import Store, open_store
from ribao.store.money import Caps, Money
from ribao.store.search import Search, Wanted
from tests.unit.store.test_store import (
    document,
    test_a_killed_run_is_taken_up_and_a_finished_one_begins_again,
    test_a_printed_story_stays_as_it_was_printed,
    test_a_transaction_that_fails_keeps_nothing,
    test_health_sums_up_what_a_source_gave,
    test_how_a_source_is_asked_is_kept_until_told_anew,
    test_items_come_back_whole,
    test_learned_names_belong_to_their_day,
    test_pages_come_back_as_they_were_fetched,
    test_the_ledger_tells_what_became_of_a_subject,
    test_the_window_takes_its_first_moment_and_not_its_last,
)

__all__ = [  # run here with the store of this module
    "test_a_killed_run_is_taken_up_and_a_finished_one_begins_again",
    "test_a_printed_story_stays_as_it_was_printed",
    "test_a_transaction_that_fails_keeps_nothing",
    "test_health_sums_up_what_a_source_gave",
    "test_how_a_source_is_asked_is_kept_until_told_anew",
    "test_items_come_back_whole",
    "test_learned_names_belong_to_their_day",
    "test_pages_come_back_as_they_were_fetched",
    "test_the_ledger_tells_what_became_of_a_subject",
    "test_the_window_takes_its_first_moment_and_not_its_last",
]

NOBODY = 65_534  # a server refuses to run as root
NUMBERS = count(1)
DIGEST = re.compile(r'"config_digest": *"[^"]*"')  # of settings, which differ in the store


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """The folder of the socket of a server of our own."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    found = shutil.which("postgres") or (str(places[-1]) if places else "")
    if not found:
        pytest.skip("needs PostgreSQL (Debian: postgresql)")
    programs = Path(found).parent
    with tempfile.TemporaryDirectory(prefix="ribao-pg-") as name:
        folder, as_whom = Path(name), {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        else:
            as_whom = {}
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "ribao", "--auth=trust",
             "--locale=C", "--encoding=UTF8", "--no-sync"],
            check=True, capture_output=True, cwd=folder, **as_whom,  # type: ignore[call-overload]
        )  # fmt: skip
        running = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, "-h", "", "-F"],
            stderr=subprocess.DEVNULL, cwd=folder, **as_whom,  # type: ignore[call-overload]
        )  # fmt: skip
        try:
            _await(folder)
            yield folder
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)


def _await(folder: Path) -> None:
    for _ in range(300):
        try:
            psycopg.connect(host=str(folder), user="ribao", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not answer")


def database(server: Path, options: str = "") -> str:
    """The address of a new, empty database."""
    name = f"paper{next(NUMBERS)}"
    with psycopg.connect(
        host=str(server), user="ribao", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {options}".encode())
    return f"postgresql+psycopg://ribao@/{name}?host={server}"


@pytest.fixture
def address(server: Path) -> str:
    """The address of a new, empty database."""
    return database(server)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store."""
    with open_store(address) as opened:
        yield opened


def test_a_second_opening_changes_nothing(address: str) -> None:
    """The tables are made once; what is in them stays."""
    with open_store(address) as first:
        first.library.put_documents([document("a")])
    with open_store(address) as second:
        assert list(second.library.documents_by_id([DocumentId("a")])) == ["a"]


def test_words_are_found_as_in_sqlite(store: Store, tmp_path: Path) -> None:
    """Chinese by two neighbours, one character, a row of words; the title counts more."""
    texts = {
        "a": ("星河科技发布新模型", "模型很大。It scores 1e5 points in gpt-5 tests."),
        "b": ("Robots of the harbour", "The new model walks. 星河在此。"),
        "c": ("Tea", "Robots harbour tea; the harbour of robots."),
    }
    asked = ("星河", "模型", "河", "发布新", '"of the harbour"', "robots", "1e5", "nothing", "gpt")
    answers = []
    with open_store(tmp_path / "same.sqlite3") as other:
        for one in (store, other):
            one.library.put_documents(
                [
                    replace(document(key), title=title, text=words)
                    for key, (title, words) in texts.items()
                ]
            )
            search = Search(one.engine)
            assert search.index() == 3
            answers.append(
                {
                    words: [
                        hit.document.id for hit in search.find(Wanted(question(words)), limit=9)[1]
                    ]
                    for words in asked
                }
            )
    assert answers[0]["星河"] == ["a", "b"]
    assert answers[0] == answers[1]


def test_the_index_of_words_is_used(store: Store) -> None:
    """A search does not read every report."""
    with store.engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        plan = connection.execute(
            text("EXPLAIN SELECT number FROM word WHERE (title || text) @@ CAST('x' AS tsquery)")
        ).scalars()
        assert "ix_word" in " ".join(plan)


def test_writers_do_not_pass_a_cap_together(store: Store) -> None:
    """Eight at once, money for three."""
    caps = Caps(run=None, day=3, month=None, currency="USD")
    booked: list[int] = []
    start = Barrier(8)

    def ask() -> None:
        purse = Money(store.engine, caps, lambda: datetime(2026, 1, 15, tzinfo=UTC))
        store.library.documents_by_id([])  # its connection is open
        start.wait()
        with suppress(BudgetError):
            booked.append(purse.reserve(Call("r", "m", "draft", "s", 1)))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(booked) == 3


def test_a_character_that_it_does_not_keep_is_another(store: Store) -> None:
    """Words of strangers may hold NUL, anywhere."""
    with store.begin() as connection:
        kept = connection.execute(text("SELECT CAST(:words AS text)"), {"words": "a\x00b"})
        assert kept.scalar() == "a\ufffdb"


def test_one_process_sends_and_others_write_meanwhile(store: Store, address: str) -> None:
    """Until it is done, or its connection is gone."""
    with open_store(address) as other:
        with store.outbox.sending_alone() as first, other.outbox.sending_alone() as second:
            assert (first, second) == (True, False)
            other.library.put_documents([document("a")])
        with other.outbox.sending_alone() as again:
            assert again


def test_a_database_that_sorts_by_a_locale_is_refused(server: Path) -> None:
    """With the line that makes another."""
    address = database(server, "LOCALE_PROVIDER icu ICU_LOCALE 'en'")
    with pytest.raises(StoreError, match="sorts by a locale") as caught, open_store(address):
        pass
    assert "createdb --template=template0 --locale=C" in caught.value.hint


def test_no_server_is_one_sentence(tmp_path: Path) -> None:
    """And names the address."""
    address = f"postgresql+psycopg://ribao@/paper?host={tmp_path}"
    with pytest.raises(StoreError, match="the store failed: 'postgresql"), open_store(address):
        pass


def ribao(folder: Path, *words: str) -> str:
    """Run the real command, as a user would; what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "ribao", *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=200,
        env={**os.environ, "RIBAO_CONFIG": str(folder / "ribao.toml")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_whole_paper(address: str, tmp_path: Path) -> None:
    """The sample's edition has the bytes that it has with SQLite; the rest finds what it kept."""
    (tmp_path / "ribao.toml").write_text(f'[store]\nurl = "{address}"\n[web]\nport = 0\n')
    first = json.loads(ribao(tmp_path, "run", "--demo", "--json"))
    (tmp_path / "plain.toml").write_text("")
    ribao(tmp_path, "run", "--demo", "--output", "plain", "--config", "plain.toml")
    for name in first["files"]:
        one, other = ((tmp_path / each / name).read_text() for each in ("editions", "plain"))
        assert DIGEST.sub("", one) == DIGEST.sub("", other)
    assert not list((tmp_path / "editions").rglob("*.sqlite3"))
    edition = json.loads((tmp_path / "editions" / first["files"][1]).read_text())
    link = re.search(r'"url": ?"(https://[^"]+-2026-01-15)"', json.dumps(edition))
    assert link is not None
    assert json.loads(ribao(tmp_path, "why", link.group(1), "--json"))[0]["story"]
    assert json.loads(ribao(tmp_path, "sources", "health", "--json"))
    _desk(tmp_path)


def _desk(folder: Path) -> None:
    """The front page, and a search in Chinese, with an account made by the first link."""
    with subprocess.Popen(
        [sys.executable, "-m", "ribao", "serve", "--config", "ribao.toml"],
        cwd=folder, stdout=subprocess.PIPE, text=True,
    ) as serving, httpx2.Client(
        follow_redirects=True, timeout=60, transport=httpx2.HTTPTransport(retries=8)
    ) as client:  # fmt: skip
        try:
            assert serving.stdout is not None
            link = [serving.stdout.readline() for _ in range(3)][2].strip()
            made = client.post(link, data={"name": "ada", "password": "correct horse battery"})
            assert made.status_code == 200
            found = client.get(f"{link.partition('/welcome/')[0]}/ask", params={"q": "模型"})
            assert found.text.count("<mark>") > 3
        finally:
            serving.send_signal(signal.SIGINT)
