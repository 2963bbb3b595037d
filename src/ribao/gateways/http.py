"""The live web. Every request of ribao to the network passes here, and nothing else opens a socket.

Callers stay synchronous. An event loop in a thread of its own does the work, started with the first
request and ended by `close`. What a request goes through, in this order: the form of its address,
robots.txt, the turn at its host, a free connection, the guard, the limits; for each redirect again.
"""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ribao.config import HttpSettings
from ribao.errors import RemoteError
from ribao.gateways.clock import Clock
from ribao.gateways.closing import Closing
from ribao.gateways.http_exchange import NOT_MODIFIED, Exchanges, Header
from ribao.gateways.loop import LoopThread
from ribao.gateways.sites import SiteNotes
from ribao.gateways.web import Fetched, Request, Response

WAITING_BYTES = 33_554_432  # fetched and not yet taken by the caller; beyond it no fetch begins


@dataclass(frozen=True, slots=True)
class Validator:
    """What a host gave us to ask whether something changed; both are sent back as they came."""

    etag: str = ""
    last_modified: str = ""


class Validators(Protocol):
    """Remembers validators by the address that was asked. Used in the thread of the caller only.

    `put` is called just before the response is handed over. Whoever keeps validators on disk must
    commit them together with what was read from the response, or a run that is killed in between
    finds "not modified" the next time and never sees the content.
    """

    def get(self, url: str) -> Validator | None:
        """What is remembered of an address."""
        ...

    def put(self, url: str, validator: Validator) -> None:
        """Remember what the newest answer carried."""
        ...


class MemoryValidators:
    """Validators of one run."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[str, Validator] = {}

    def get(self, url: str) -> Validator | None:
        """What is remembered of an address."""
        return self._known.get(url)

    def put(self, url: str, validator: Validator) -> None:
        """Remember what the newest answer carried."""
        self._known[url] = validator


class LiveWeb(Closing):
    """Fetches from the network, safely and politely."""

    def __init__(
        self,
        settings: HttpSettings,
        clock: Clock,
        validators: Validators | None = None,
        notes: SiteNotes | None = None,
    ) -> None:
        """Prepare; nothing is started or sent yet.

        Raises:
            ConfigError: `http.allow_addresses` cannot be read.
        """
        self._validators = validators or MemoryValidators()
        self._exchanges = Exchanges(settings, clock, notes)
        self._loop = LoopThread("gateway")

    def fetch(self, request: Request) -> Response:
        """Fetch one address.

        Raises:
            RemoteError: RefusedError, GoneError or RetryableError, by who can act.
        """
        return self._remember(
            request, self._loop.wait(self._exchanges.fetch(request, self._ask(request)))
        )

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Fetch many at once; yields each as it is done. Leaving the loop early stops the rest."""
        batch = Batch(self._exchanges, [(request, self._ask(request)) for request in requests])
        loop = self._loop.started()
        running = asyncio.run_coroutine_threadsafe(batch.run(), loop)
        try:
            for _ in range(len(batch.asked)):
                fetched = batch.take(loop)
                if fetched.response is not None:
                    self._remember(fetched.request, fetched.response)
                yield fetched
        finally:
            running.cancel()

    def close(self) -> None:
        """Stop what is under way and end the thread. Closing twice does nothing."""
        self._loop.close(lambda: end(self._exchanges))

    def _ask(self, request: Request) -> tuple[Header, ...]:
        """The headers that make a request conditional."""
        known = self._validators.get(request.url) if request.conditional else None
        if known is None:
            return ()
        pairs = (("if-none-match", known.etag), ("if-modified-since", known.last_modified))
        return tuple((name, value) for name, value in pairs if value)

    def _remember(self, request: Request, response: Response) -> Response:
        """Keep the validators; a 304 may bring one and leave the other out (RFC 9110, 15.4.5)."""
        if request.conditional:
            before = self._validators.get(request.url) or Validator()
            if response.status != NOT_MODIFIED:
                before = Validator()
            etag = response.header("etag") or before.etag
            modified = response.header("last-modified") or before.last_modified
            self._validators.put(request.url, Validator(etag, modified))
        return response


class Batch:
    """The requests of one `fetch_all`, and the way of their answers to the caller's thread."""

    def __init__(
        self, exchanges: Exchanges, asked: list[tuple[Request, tuple[Header, ...]]]
    ) -> None:
        """Line the requests up."""
        self.asked = asked
        self._exchanges = exchanges
        self._answers: queue.SimpleQueue[Fetched | Exception] = queue.SimpleQueue()
        self._waiting_bytes = 0
        self._room = asyncio.Event()
        self._room.set()

    async def run(self) -> None:
        """Fetch them all; runs in the loop of the gateway."""
        async with asyncio.TaskGroup() as group:
            for request, headers in self.asked:
                group.create_task(self._one(request, headers))

    def take(self, loop: asyncio.AbstractEventLoop) -> Fetched:
        """Wait for the next answer; runs in the thread of the caller. A bug comes out here."""
        answer = self._answers.get()
        if isinstance(answer, Exception):
            raise answer
        if answer.response is not None and answer.response.body:
            loop.call_soon_threadsafe(self._count, -len(answer.response.body))
        return answer

    async def _one(self, request: Request, headers: tuple[Header, ...]) -> None:
        try:
            response = await self._exchanges.fetch(request, headers, self._room)
        except RemoteError as error:
            # Kept errors would keep the frames they passed through, and these hold megabytes.
            self._answers.put(Fetched(request, error=without_frames(error)))
        except Exception as bug:  # noqa: BLE001 - handed to the caller, who would wait for ever
            self._answers.put(bug)
        else:
            self._count(len(response.body))
            self._answers.put(Fetched(request, response=response))

    def _count(self, size: int) -> None:
        self._waiting_bytes += size
        if self._waiting_bytes > WAITING_BYTES:
            self._room.clear()
        else:
            self._room.set()


def without_frames(error: RemoteError) -> RemoteError:
    """The error with its causes, but without the frames that they passed through."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__
    return error


async def end(exchanges: Exchanges) -> None:
    """Stop every task of the loop, then close the connections."""
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await exchanges.close()
