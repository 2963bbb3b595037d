"""One fetch, from its address to its body: hops, manners, limits, and errors in our own words."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpcore2
import httpx2

from ribao.config import HttpSettings
from ribao.errors import GoneError, RefusedError, RemoteError, RetryableError
from ribao.gateways.clock import Clock
from ribao.gateways.guard import Guard, Meter, meter
from ribao.gateways.limits import ACCEPT_ENCODING, Body
from ribao.gateways.politeness import (
    HostGate,
    backoff_seconds,
    product_token,
    retry_after_seconds,
    user_agent,
)
from ribao.gateways.robots import MAX_BYTES
from ribao.gateways.signals import page_opt_outs
from ribao.gateways.sites import MemorySiteNotes, SiteNotes, Sites
from ribao.gateways.tls import tls_context
from ribao.gateways.web import OptOut, Request, Response

Header = tuple[str, str]

NOT_MODIFIED = 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # a later try may succeed
PERSONAL = frozenset({"authorization", "cookie", "proxy-authorization"})  # for one origin only
LARGE_BYTES = 524_288  # bodies beyond it share the few places for large ones
LARGE_AT_ONCE = 3
ROBOTS_SECONDS = 10.0  # for robots.txt, which whole batches wait for
IDLE_CONNECTIONS = 64  # as many as fetches may run: a host is asked several files in a row
IDLE_SECONDS = 5.0
ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
    "api": "application/json, application/atom+xml;q=0.9, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}


@dataclass(slots=True)
class Trip:
    """One fetch on its way: where it stands, how long it took, where its address moved for good."""

    request: Request
    conditions: tuple[Header, ...]
    url: httpx2.URL
    seconds_left: float
    site_opt_outs: tuple[OptOut, ...] = ()
    moved_to: str = ""
    permanent: bool = True
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one host answered, before anybody judged its status."""

    status: int
    headers: tuple[Header, ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of that name, or ""."""
        return next((value for key, value in self.headers if key == name), "")


class Exchanges:
    """Makes fetches in one event loop."""

    def __init__(
        self, settings: HttpSettings, clock: Clock, notes: SiteNotes | None = None
    ) -> None:
        """Prepare; connections are made later, inside the loop."""
        self._settings = settings
        self._clock = clock
        self._guard = Guard(settings)
        self._agent = user_agent(settings)
        self._pool: httpcore2.AsyncConnectionPool | None = None
        self._gates: dict[str, HostGate] = {}
        self._product = product_token(self._agent)
        self._sites = Sites(
            self.fetch, self._product, clock, notes or MemorySiteNotes(),
            ask_wishes=settings.ask_wishes,
        )  # fmt: skip
        self._places = asyncio.Semaphore(settings.connections)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def fetch(
        self,
        request: Request,
        conditions: tuple[Header, ...] = (),
        room: asyncio.Event | None = None,
    ) -> Response:
        """Fetch one address; tries again where a failure looks passing and there is time.

        `room`, where given, is waited for before anything is sent: the caller keeps up.

        Raises:
            RemoteError: as `Web.fetch` has it.
        """
        url = check_form(request.url, self._settings)
        trip = Trip(request, conditions, url, self._settings.total_seconds)
        retries = self._settings.retries
        if request.purpose == "robots":  # whoever needs the file tries again, and asks anew
            trip.seconds_left, retries = min(trip.seconds_left, ROBOTS_SECONDS), 0
        for attempt in range(1, retries + 2):
            if room is not None:
                await room.wait()
            try:
                return await self._travel(trip)
            except RetryableError as error:
                pause = max(error.retry_after or 0.0, backoff_seconds(request.url, attempt))
                last = attempt > retries or trip.seconds_left <= 0
                if last or pause > self._settings.max_wait_seconds:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")  # pragma: no cover

    async def close(self) -> None:
        """Close all connections."""
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None

    async def _travel(self, trip: Trip) -> Response:
        while True:
            gate = self._gate(trip.url)
            if self._obeys_robots(trip):
                rules = await self._sites.check(site_of(trip.url), str(trip.url))
                gate.slow_down(rules.robots.crawl_delay_seconds)
                trip.site_opt_outs = rules.opt_outs(str(trip.url))
            async with gate.turn(spaced=trip.request.purpose != "robots"), self._places:
                answer = await self._counted(trip, gate)
            target = answer.header("location") if answer.status in REDIRECTS else ""
            if not target:
                return self._judge(trip, gate, answer)
            self._follow(trip, answer.status, target)

    def _obeys_robots(self, trip: Trip) -> bool:
        """Whether robots.txt applies: not to itself, nor to an API, which is made for programs."""
        settings = self._settings
        if not settings.obey_robots or trip.request.purpose in {"robots", "api"}:
            return False
        return trip.url.host not in settings.robots_exempt

    async def _counted(self, trip: Trip, gate: HostGate) -> Answer:
        try:
            answer = await self._exchange_in_time(trip)
        except RetryableError:
            gate.failed()
            raise
        gate.answered()
        return answer

    def _gate(self, url: httpx2.URL) -> HostGate:
        host = url.netloc.decode("ascii")
        if host not in self._gates:
            self._gates[host] = HostGate(host, self._settings)
            self._gates[host].shut(self._sites.quiet_seconds(site_of(url)))
        return self._gates[host]

    def _follow(self, trip: Trip, status: int, target: str) -> None:
        if trip.hops >= self._settings.max_redirects:
            detail = f"over http.max_redirects = {self._settings.max_redirects}"
            raise RefusedError("too many redirects", trip.request.url, detail)
        try:
            url = str(trip.url.join(target))
        except (httpx2.InvalidURL, ValueError) as error:
            raise RefusedError("bad redirect", trip.request.url, str(error)) from error
        trip.url = check_form(url, self._settings)
        trip.hops += 1
        trip.permanent = trip.permanent and status in PERMANENT
        if trip.permanent:
            trip.moved_to = url

    def _judge(self, trip: Trip, gate: HostGate, answer: Answer) -> Response:
        """Make a response of an answer, or say whose fault it is that there is none."""
        status, url = answer.status, trip.request.url
        asked = bool(trip.conditions) and status == NOT_MODIFIED
        if asked or HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return Response(
                url=url,
                final_url=str(trip.url) if trip.hops else url,  # as asked, not as normalised
                status=status,
                headers=answer.headers,
                body=answer.body,
                fetched_at=self._clock.now(),
                moved_to=trip.moved_to,
                opt_outs=tuple(
                    dict.fromkeys(
                        trip.site_opt_outs
                        + page_opt_outs(answer.headers, answer.body, self._product)
                    )
                ),
            )
        detail = f"HTTP {status}"
        if status == HTTPStatus.GONE:
            raise GoneError("gone for good", url, detail)
        if status in PASSING:
            after = retry_after_seconds(answer.header("retry-after"), self._clock.now())
            if after is not None:
                gate.shut(after)
                self._sites.quieten(site_of(trip.url), after)
            raise RetryableError("the host cannot answer now", url, detail, retry_after=after)
        raise RemoteError("the host had no answer", url, detail)

    async def _exchange_in_time(self, trip: Trip) -> Answer:
        """Do one exchange within what is left of the time of the whole fetch."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(trip.seconds_left):
                return await self._exchange(trip)
        except TimeoutError as error:
            detail = f"over http.total_seconds = {self._settings.total_seconds:g}"
            raise RetryableError("the host is too slow", trip.request.url, detail) from error
        finally:
            trip.seconds_left -= loop.time() - started

    async def _exchange(self, trip: Trip) -> Answer:
        counter = Meter(trip.request.url, self._settings)
        token = meter.set(counter)
        try:
            async with in_our_words(trip.request.url):
                return await self._send(trip, counter)
        finally:
            meter.reset(token)

    async def _send(self, trip: Trip, counter: Meter) -> Answer:
        url = trip.url
        core = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        seconds = self._settings.connect_seconds
        timeouts = {"connect": seconds, "read": None, "write": None, "pool": None}
        async with self._connections().stream(
            "GET", core, headers=self._headers(trip), extensions={"timeout": timeouts}
        ) as response:
            counter.in_headers = False
            headers = tuple((text(name).lower(), text(value)) for name, value in response.headers)
            check_size(trip.request.url, response.headers, self._settings.max_header_bytes)
            answer = Answer(response.status, headers, b"")
            if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                body = await self._receive(trip, answer, response)
                answer = Answer(response.status, headers, body)
            return answer

    async def _receive(self, trip: Trip, answer: Answer, response: httpcore2.Response) -> bytes:
        body = Body(trip.request.url, answer.header("content-encoding"), self._settings)
        large = False
        try:
            async for chunk in response.aiter_stream():
                body.add(chunk)
                if trip.request.purpose == "robots" and len(body) >= MAX_BYTES:
                    return body.so_far()
                if not large and len(body) > LARGE_BYTES:
                    await self._large.acquire()
                    large = True
            return body.finish()
        finally:
            if large:
                self._large.release()

    def _headers(self, trip: Trip) -> list[tuple[str, str]]:
        """What we send. Conditions and personal headers go to the address that was asked only."""
        request = trip.request
        headers = {
            "user-agent": self._agent,
            "accept": ACCEPT.get(request.purpose, "*/*"),
            "accept-encoding": ACCEPT_ENCODING,
        }
        own = {name.lower(): value for name, value in (*request.headers, *trip.conditions)}
        if trip.hops and origin(trip.url) != origin(httpx2.URL(request.url)):
            own = {name: value for name, value in own.items() if name not in PERSONAL}
        return list((headers | own).items())

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


def origin(url: httpx2.URL) -> tuple[str, bytes]:
    """Scheme, host and port: who gets to see what was meant for them."""
    return url.scheme, url.netloc


def site_of(url: httpx2.URL) -> str:
    """The site of an address: scheme, host, and port where it is not the usual one."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def check_form(address: str, settings: HttpSettings) -> httpx2.URL:
    """Parse an address once, for good: what is checked is what is connected to.

    Raises:
        RefusedError: it is no http(s) address, carries a user or password, or is malformed.
    """
    shown = address[:200]
    if len(address.encode("utf-8", "surrogatepass")) > settings.max_url_bytes:
        detail = f"over http.max_url_bytes = {settings.max_url_bytes}"
        raise RefusedError("address too long", shown, detail)
    try:
        url = httpx2.URL(address)
        port = url.port
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise RefusedError("bad address", shown, str(error)) from error
    if url.scheme not in {"http", "https"}:
        raise RefusedError("address not of the web", shown, f"scheme '{url.scheme}'")
    if url.userinfo:
        raise RefusedError("address with a user name", url.host, "user names are not sent")
    if "\\" in address or not url.host or port == 0:
        raise RefusedError("bad address", shown, "no host, or a character that splits parsers")
    return url


def check_size(url: str, headers: list[tuple[bytes, bytes]], limit: int) -> None:
    """Refuse headers that came in one piece and are too large all the same.

    Raises:
        RefusedError: they are over the limit.
    """
    if sum(len(name) + len(value) + 4 for name, value in headers) > limit:
        detail = f"over http.max_header_bytes = {limit}"
        raise RefusedError("the headers are too large", url, detail)


def text(raw: bytes) -> str:
    """A header as text: UTF-8 where it is, else Latin-1, which every byte is (RFC 9110, 5.5)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def certificate_complaint(error: BaseException) -> str:
    """What the TLS library has against a certificate; "" where the error is another one."""
    link: BaseException | None = error
    while link is not None and not isinstance(link, ssl.SSLCertVerificationError):
        link = link.__cause__ or link.__context__
    return "" if link is None else link.verify_message


@asynccontextmanager
async def in_our_words(url: str) -> AsyncIterator[None]:
    """Translate what the HTTP library raises.

    Raises:
        RemoteError: whatever went wrong, with the address as its subject.
    """
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise RetryableError("the host does not answer in time", url, str(error)) from error
    except httpcore2.NetworkError as error:
        complaint = certificate_complaint(error)
        if complaint:
            raise RemoteError("the certificate is not good", url, complaint) from error
        raise RetryableError("the connection broke", url, str(error)) from error
    except httpcore2.RemoteProtocolError as error:
        raise RetryableError("the answer breaks off", url, str(error)) from error
    except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as error:
        raise RefusedError("the request cannot be sent", url, str(error)) from error
