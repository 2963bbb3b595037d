"""A run under way is followed step by step, over a lost connection, and no longer than one may."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.config import Config
from ribao.running.run import STEPS
from ribao.store.overview import Overview
from tests.desk import PASSWORD, Desk, sample, served

CONFIG = {"edition": {"language": "zh", "timezone": "Asia/Shanghai"}}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk over the sample that looks often."""
    monkeypatch.setattr("ribao.web.following.BEAT_SECONDS", 0.01)
    with served(sample(tmp_path)) as opened:
        yield opened


@dataclass(slots=True)
class Held:
    """A run that stops before a step until it is let go."""

    before: str
    reached: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def watch(self, step: str, _done: int, _total: int) -> None:
        """Called by the run."""
        if step == self.before:
            self.reached.set()
            assert self.go.wait(60)


@contextmanager
def run_held(desk: Desk, before: str) -> Iterator[Held]:
    """Make the sample's edition again, beside the desk; held before a step."""
    held = Held(before)
    options = RunOptions(demo=True, output=desk.office.directory)
    work = threading.Thread(
        target=make, args=(options, Config.model_validate(CONFIG)), kwargs={"watch": held.watch}
    )
    work.start()
    assert held.reached.wait(60)
    yield held
    held.go.set()
    work.join()


def run_of(desk: Desk) -> str:
    """The run that goes on."""
    return Overview(desk.office.library.engine).runs(1)[0].id


def events(lines: Iterator[str]) -> Iterator[tuple[str, str, Any]]:
    """(id, name, data) of the events of a stream."""
    told: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if name:
            told[name] = value.strip()
        elif "event" in told:
            yield told["id"], told["event"], json.loads(told["data"])
            told = {}


def client(desk: Desk, **headers: str) -> httpx2.Client:
    """Whoever follows."""
    return httpx2.Client(base_url=desk.base, headers=headers, timeout=60)


def test_steps_arrive_in_order_and_none_twice_over_a_lost_connection(desk: Desk) -> None:
    """While the run goes on; whoever comes back with the last id gets what is new since."""
    key = desk.token("ann", "reader", "read")
    with (
        client(desk, Authorization=f"Bearer {key}") as program,
        run_held(desk, "rank") as held,
    ):
        where = f"/runs/{run_of(desk)}/events"
        first: list[tuple[str, str, Any]] = []
        with program.stream("GET", where) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            for event in events(answer.iter_lines()):
                first.append(event)
                if event[2].get("name") == "cluster":
                    break
        assert [data["name"] for _, name, data in first if name == "step"] == list(STEPS[:4])
        held.go.set()
        with program.stream("GET", where, headers={"Last-Event-ID": first[-1][0]}) as answer:
            later = list(events(answer.iter_lines()))
        assert [data["name"] for _, name, data in later if name == "step"] == list(STEPS[4:])
        assert later[-1][1:] == ("done", {"state": "done", "edition": desk.edition})
        with program.stream("GET", where) as answer:
            again = list(events(answer.iter_lines()))
    assert [one[2].get("name") for one in again[:-1]] == list(STEPS)


def test_a_stream_ends_with_the_session_that_opened_it(desk: Desk) -> None:
    """Signed out elsewhere, or the token revoked: nothing more is told."""
    key = desk.token("ann", "reader", "read")
    with client(desk) as browser, run_held(desk, "rank"):
        where = f"/runs/{run_of(desk)}/events"
        browser.post("/sign-in", data={"name": "ann", "password": PASSWORD})
        with browser.stream("GET", where) as answer:
            told = events(answer.iter_lines())
            assert next(told)[1] == "step"
            with desk.office.store.begin() as connection:
                desk.office.people.end_sessions(connection, "ann")
            assert list(told)[-1][1:] == ("ended", {})
        headers = {"Authorization": f"Bearer {key}"}
        with httpx2.stream("GET", desk.base + where, headers=headers, timeout=60) as answer:
            told = events(answer.iter_lines())
            assert next(told)[1] == "step"
            with desk.office.store.begin() as connection:
                desk.office.people.drop_tokens(connection, "ann")
            assert list(told)[-1][1:] == ("ended", {})


def test_one_person_does_not_open_streams_without_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs the desk some work every second."""
    monkeypatch.setattr("ribao.web.following.STREAMS", 2)
    key = desk.token("ann", "reader", "read")
    with client(desk, Authorization=f"Bearer {key}") as program, run_held(desk, "rank"):
        where = f"/runs/{run_of(desk)}/events"
        with program.stream("GET", where) as one, program.stream("GET", where) as two:
            chunks = one.iter_bytes(), two.iter_bytes()  # to let go of one ends its stream
            assert all(next(each) for each in chunks)
            with program.stream("GET", where) as third:
                assert third.status_code == 429
        while desk.office.kept("streams", "", Counter[str])["ann"]:
            pass  # the desk notices that both are gone; the test's own limit of time ends it
        with program.stream("GET", where) as again:
            assert again.status_code == 200
