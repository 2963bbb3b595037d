"""Sends something to a service: models, channels, hooks. The one way to ask for more than a page.

The same guard, limits and allow-list as the live web, with what a POST needs: no redirect is
followed (a secret goes to the origin that it was meant for, or nowhere), nothing is tried again
(only the caller knows whether sending twice is safe), any status comes back as an answer, and
errors say whether something left this machine (`RemoteError.sent`). An error names what the caller
calls the service, never its address, since some services carry their secret there.

Callers stay synchronous; `Poster.post` may be called from many threads at once.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from ribao.config import HttpSettings
from ribao.errors import RefusedError, RemoteError, RetryableError
from ribao.gateways.clock import Clock
from ribao.gateways.closing import Closing
from ribao.gateways.guard import Guard, Meter, meter
from ribao.gateways.http import without_frames
from ribao.gateways.http_exchange import check_form, check_size, in_our_words, text
from ribao.gateways.limits import ACCEPT_ENCODING, Body
from ribao.gateways.loop import LoopThread
from ribao.gateways.politeness import user_agent
from ribao.gateways.tls import tls_context
from ribao.gateways.web import Response

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
UNREADABLE = "an address that cannot be read"
IDLE_CONNECTIONS = 8
IDLE_SECONDS = 5.0
NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110, 5.6.2
VALUE = re.compile(r"[\x20-\x7e]*")  # libraries quote a bad value in their errors, secrets too


@dataclass(frozen=True, slots=True)
class Post:
    """One request with a body. What is secret stands in `url` or `secret_headers`, never shown."""

    url: str = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    secret_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    total_seconds: float = 30.0  # from the connection to the last byte
    idle_seconds: float | None = None  # longest silence of the host; None: as `total_seconds`
    method: str = "POST"
    subject: str = ""  # what errors and `Response.url` call it; "" is the scheme and host

    @property
    def shown(self) -> str:
        """What may be told of where it goes."""
        if self.subject:
            return self.subject
        try:
            parts = urlsplit(self.url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return UNREADABLE
        return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


class Poster(Closing):
    """Sends posts from an event loop in a thread of its own, begun with the first one."""

    def __init__(self, settings: HttpSettings, clock: Clock) -> None:
        """Prepare; nothing is started or sent yet.

        Raises:
            ConfigError: `http.allow_addresses` cannot be read.
        """
        self._settings = settings
        self._clock = clock
        self._guard = Guard(settings)
        self._agent = user_agent(settings)
        self._pool: httpcore2.AsyncConnectionPool | None = None
        self._loop = LoopThread("posting")

    def post(self, post: Post) -> Response:
        """Send one request and wait for the whole answer, whatever its status.

        A delay that the host asks for is in `response.header("retry-after")`; see
        `politeness.retry_after_seconds`.

        Raises:
            RefusedError: the address, the port, a header or the size is not for us.
            RetryableError: no connection, a broken one, or not in time.
            RemoteError: another failure, such as a bad certificate. Of each of the three, `sent`
                tells whether the service may have got something.
        """
        sent = threading.Event()
        try:
            core, headers = self._prepared(post)
            return self._loop.wait(self._in_time(post, core, headers, sent))
        except RemoteError as error:
            error.sent = sent.is_set()
            raise without_frames(error)  # noqa: B904 - the same error, less the frames it kept

    def close(self) -> None:
        """Stop what is under way and end the thread. Closing twice does nothing."""
        self._loop.close(self._end)

    def _prepared(self, post: Post) -> tuple[httpcore2.URL, list[tuple[str, str]]]:
        """Check the request by its form, in words that show no secret."""
        if post.method not in METHODS:
            raise RefusedError("method not sent", post.shown, post.method[:20])
        if post.shown == UNREADABLE:
            raise RefusedError("bad address", post.shown)
        with shown_as(post.shown):
            url = check_form(post.url, self._settings)
        own = {name.lower(): value for name, value in (*post.headers, *post.secret_headers)}
        for name, value in own.items():
            if not (NAME.fullmatch(name) and VALUE.fullmatch(value)):
                detail = f"header {name[:40]!r} holds characters that headers cannot carry"
                raise RefusedError("the request cannot be sent", post.shown, detail)
        host = url.netloc.decode("ascii")
        fixed = {
            "host": host,
            "user-agent": self._agent,
            "accept": "application/json, */*;q=0.5",
            "accept-encoding": ACCEPT_ENCODING,
            "content-length": str(len(post.body)),
        }
        core = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        return core, list((fixed | own).items())

    async def _in_time(
        self,
        post: Post,
        core: httpcore2.URL,
        headers: list[tuple[str, str]],
        sent: threading.Event,
    ) -> Response:
        counter = Meter(post.shown, self._settings)
        token = meter.set(counter)
        try:
            async with asyncio.timeout(post.total_seconds), in_our_words(post.shown):
                return await self._send(post, core, headers, (counter, sent))
        except TimeoutError as error:
            detail = f"no whole answer in {post.total_seconds:g} s"
            raise RetryableError("the host is too slow", post.shown, detail) from error
        finally:
            meter.reset(token)

    async def _send(
        self,
        post: Post,
        core: httpcore2.URL,
        headers: list[tuple[str, str]],
        watch: tuple[Meter, threading.Event],
    ) -> Response:
        counter, sent = watch

        async def trace(event: str, _: dict[str, Any]) -> None:
            if event.endswith("send_request_headers.started"):
                sent.set()

        connect = min(self._settings.connect_seconds, post.total_seconds)
        idle = post.idle_seconds
        timeouts = {"connect": connect, "read": idle, "write": idle, "pool": None}
        async with self._connections().stream(
            post.method, core, headers=headers, content=post.body,
            extensions={"timeout": timeouts, "trace": trace},
        ) as answer:  # fmt: skip
            counter.in_headers = False
            check_size(post.shown, answer.headers, self._settings.max_header_bytes)
            found = tuple((text(name).lower(), text(value)) for name, value in answer.headers)
            coding = next((value for name, value in found if name == "content-encoding"), "")
            body = Body(post.shown, coding, self._settings)
            async for chunk in answer.aiter_stream():
                body.add(chunk)
            return Response(
                url=post.shown,
                final_url=post.shown,
                status=answer.status,
                headers=found,
                body=body.finish(),
                fetched_at=self._clock.now(),
            )

    def _connections(self) -> httpcore2.AsyncConnectionPool:
        if self._pool is None:
            self._pool = httpcore2.AsyncConnectionPool(
                ssl_context=tls_context(),
                max_connections=self._settings.connections,
                max_keepalive_connections=IDLE_CONNECTIONS,
                keepalive_expiry=IDLE_SECONDS,
                network_backend=self._guard,
            )
        return self._pool

    async def _end(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None


@contextmanager
def shown_as(subject: str) -> Iterator[None]:
    """Let a refusal name `subject` instead of the address that it is about.

    Raises:
        RefusedError: the same refusal, without its cause, which would quote the address.
    """
    try:
        yield
    except RefusedError as error:
        raise RefusedError(error.what, subject, hint=error.hint) from None
