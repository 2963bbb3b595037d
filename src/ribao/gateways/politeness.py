"""Manners: how often one host is asked, how long it is left alone, and who we say we are."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from ribao.config import HttpSettings
from ribao.errors import RetryableError

BACKOFF_SECONDS = 1.0  # before the first further try; doubles with each one after it
FAILURES = 3  # of one host in a row, after which the others of this run are not even tried
FAILED_SECONDS = 3_600.0  # longer than any run
MAX_CRAWL_DELAY_SECONDS = 10.0  # a robots.txt that asks for more would outlast any run


def user_agent(settings: HttpSettings) -> str:
    """Who we say we are: the product, its version, and whom to write to."""
    product = settings.user_agent or f"ribao/{version('ribao')}"
    return f"{product} (+{settings.contact})" if settings.contact else product


def product_token(agent: str) -> str:
    """The name that robots.txt calls us by: the first word of the User-Agent (RFC 9309, 2.2.1)."""
    match = re.match(r"[A-Za-z_-]+", agent)
    return match[0].lower() if match else "ribao"


def backoff_seconds(url: str, attempt: int) -> float:
    """How long to wait before try `attempt` (1 is the first repetition).

    Exponential with a jitter of half to one and a half, which follows from the address, so that a
    thousand sources that failed together do not come back together and a run stays repeatable.
    """
    jitter: float = 0.5 + zlib.crc32(url.encode()) / 2**32
    return float(BACKOFF_SECONDS * 2 ** (attempt - 1) * jitter)


def retry_after_seconds(value: str, now: datetime) -> float | None:
    """Read a Retry-After header (RFC 9110, 10.2.3): seconds or a date; None for neither."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - now).total_seconds())


class HostGate:
    """One host's door: so many at once, so far apart, and shut for as long as the host asked."""

    def __init__(self, host: str, settings: HttpSettings) -> None:
        """Open the door."""
        self._host = host
        self._slots = asyncio.Semaphore(settings.host_connections)
        self._spacing = settings.host_spacing_seconds
        self._max_wait = settings.max_wait_seconds
        self._next_at = 0.0  # of the clock of the event loop
        self._shut_until = 0.0
        self._failures = 0

    def slow_down(self, spacing_seconds: float) -> None:
        """Keep requests at least this far apart, as its robots.txt asks."""
        self._spacing = max(self._spacing, min(spacing_seconds, MAX_CRAWL_DELAY_SECONDS))

    def shut(self, seconds: float) -> None:
        """Leave the host alone for so long."""
        self._shut_until = max(self._shut_until, asyncio.get_running_loop().time() + seconds)

    def failed(self) -> None:
        """Count a failure to connect or to answer; a dead host costs three time-outs, no more."""
        self._failures += 1
        if self._failures >= FAILURES:
            self.shut(FAILED_SECONDS)

    def answered(self) -> None:
        """It lives."""
        self._failures = 0

    @asynccontextmanager
    async def turn(self, *, spaced: bool = True) -> AsyncIterator[None]:
        """Wait for our turn and hold it.

        Raises:
            RetryableError: the host asked to be left alone for longer than we wait.
        """
        async with self._slots:
            loop = asyncio.get_running_loop()
            wait = self._shut_until - loop.time()
            if wait > self._max_wait:
                detail = f"left alone for {wait:.0f} s more"
                what = "the host is not to be asked"
                raise RetryableError(what, self._host, detail, retry_after=wait)
            start = max(loop.time(), self._shut_until)
            if spaced:
                start = max(start, self._next_at)
                self._next_at = start + self._spacing
            if start > loop.time():
                await asyncio.sleep(start - loop.time())
            yield
