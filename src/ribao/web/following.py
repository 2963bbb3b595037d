"""Following a run that is under way, as server-sent events, for pages and for programs.

    reading  {"sources": 12}            while sources are read
    step     {"name": "extract", ...}   each step as it ends, in order
    done     {"state": "done", "edition": "..."}
    ended    {}                         whoever asked is signed out, or the token is revoked

The id of an event says how far the run was. A browser that lost the connection sends it back
(Last-Event-ID) and gets what came after it, nothing twice.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from ribao.errors import ConfigError
from ribao.model import RunId
from ribao.store.ledger import StepCount
from ribao.store.overview import Overview, RunLine
from ribao.web.entry import Visitor, office_of, visitor

BEAT_SECONDS = 1.0  # between two looks at a run that is under way
QUIET_BEATS = 15  # after which a comment shows proxies that the connection is alive
LONGEST = 3_600  # looks; then the browser asks again
STREAMS = 16  # of one account at once
RETRY = "retry: 2000\n\n"  # milliseconds after which a browser asks again
SEEN = re.compile(r"([0-9]{1,3})\.([0-9]{1,7})", re.ASCII)


class BusyError(ConfigError):
    """Somebody asks for more at once than one person needs."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How far a run is."""

    run: RunLine | None
    steps: tuple[StepCount, ...]
    sources: int
    welcome: bool  # whether whoever asked may see it still

    @property
    def id(self) -> str:
        return f"{len(self.steps)}.{self.sources}"


def follow(request: Request, who: Visitor, run_id: str) -> StreamingResponse:
    """What a run has done so far and does from now on, until it ends.

    Raises:
        BusyError: the account follows too many runs already.
    """
    open_streams = office_of(request).kept("streams", "", Counter[str])
    if open_streams[who.account.id] >= STREAMS:
        raise BusyError("too many streams are open", who.name, hint="close some")
    seen = SEEN.fullmatch(request.headers.get("last-event-id", ""))
    after = (int(seen.group(1)), int(seen.group(2))) if seen else (0, 0)

    async def counted() -> AsyncIterator[str]:
        with _counted(open_streams, who.account.id):
            async for event in _stream(request, who, run_id, after):
                yield event

    headers = {"X-Accel-Buffering": "no"}  # else a proxy may keep it all until the end
    return StreamingResponse(counted(), media_type="text/event-stream", headers=headers)


@contextmanager
def _counted(streams: Counter[str], account_id: str) -> Iterator[None]:
    streams[account_id] += 1
    try:
        yield
    finally:
        streams[account_id] -= 1


async def _stream(
    request: Request, who: Visitor, run_id: str, after: tuple[int, int]
) -> AsyncIterator[str]:
    told, sources = after
    quiet = 0
    yield RETRY
    for _ in range(LONGEST):
        look = await run_in_threadpool(_look, request, who, run_id)
        if not look.welcome:
            yield _event("ended", look.id, {})
            return
        if look.sources > sources and not look.steps:
            yield _event("reading", look.id, {"sources": look.sources})
        for number, step in enumerate(look.steps[told:], told + 1):
            yield _event("step", f"{number}.{look.sources}", asdict(step))
        quiet = 0 if (told, sources) != (len(look.steps), look.sources) else quiet + 1
        told, sources = len(look.steps), look.sources
        if look.run is None or look.run.state != "running":
            state = look.run.state if look.run else "unknown"
            edition = look.run.edition_id if look.run else ""
            yield _event("done", look.id, {"state": state, "edition": edition})
            return
        if quiet % QUIET_BEATS == QUIET_BEATS - 1:
            yield ":\n\n"
        if await request.is_disconnected():
            return
        await asyncio.sleep(BEAT_SECONDS)


def _look(request: Request, who: Visitor, run_id: str) -> _Look:
    office = office_of(request)
    overview = Overview(office.library.engine)
    now = visitor(request, passing=True)
    welcome = now is not None and now.account.id == who.account.id and now.scopes == who.scopes
    return _Look(
        overview.run(run_id), office.ledger.step_counts(RunId(run_id)), overview.readings(run_id),
        welcome,
    )  # fmt: skip


def _event(name: str, identifier: str, data: dict[str, object]) -> str:
    return f"id: {identifier}\nevent: {name}\ndata: {json.dumps(data)}\n\n"
