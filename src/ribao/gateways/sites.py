"""What each site says to all machines: robots.txt, tdmrep.json, ai.txt; read once, kept for a day.

One file is asked for once, by whoever comes first; the others wait for it. RFC 9309, 2.4: what was
read counts for 24 hours, and longer only while the site cannot be reached. The same notes remember
until when a host asked to be left alone, so that the next run does, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from ribao.errors import RefusedError, RemoteError, RetryableError
from ribao.gateways.clock import Clock
from ribao.gateways.robots import MAX_BYTES, Rules, read_rules
from ribao.gateways.site_wishes import SiteWishes, read_ai_txt, read_tdmrep
from ribao.gateways.web import OptOut, Request, Response

KEPT = timedelta(hours=24)  # RFC 9309, 2.4
KEPT_UNREACHABLE = timedelta(days=30)  # RFC 9309, 2.3.1.4: "a reasonably long period"
LONGEST_QUIET = timedelta(days=7)  # of a Retry-After; a host that asks for a year means an error
WISH_BYTES = 65_536  # of a file of wishes; the longest met had 3 kB
TDMREP, AI_TXT = "/.well-known/tdmrep.json", "/ai.txt"


@dataclass(frozen=True, slots=True)
class SiteNote:
    """What is kept of one site (`https://host:port`) from run to run; files as they were sent."""

    robots: bytes = b""
    tdmrep: bytes = b""
    ai_txt: bytes = b""
    read_at: datetime | None = None  # when the files were asked for; None: never
    quiet_until: datetime | None = None  # it is left alone until then, as it asked


class SiteNotes(Protocol):
    """Remembers sites. Used in the thread of the gateway; must not wait for anything."""

    def get(self, site: str) -> SiteNote | None:
        """What is remembered of a site."""
        ...

    def put(self, site: str, note: SiteNote) -> None:
        """Remember it."""
        ...


class MemorySiteNotes:
    """Notes of one run."""

    def __init__(self) -> None:
        """Begin with none."""
        self._notes: dict[str, SiteNote] = {}

    def get(self, site: str) -> SiteNote | None:
        """What is remembered of a site."""
        return self._notes.get(site)

    def put(self, site: str, note: SiteNote) -> None:
        """Remember it."""
        self._notes[site] = note


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What one site says, read for us."""

    robots: Rules
    wishes: SiteWishes
    read_at: datetime

    def opt_outs(self, url: str) -> tuple[OptOut, ...]:
        """What the site as a whole says about the use of an address."""
        return (*self.robots.opt_outs(url), *self.wishes.of(url))


def seen(task: asyncio.Task[SiteRules]) -> None:
    """Look at how a task ended, or asyncio complains when all who waited for it have left."""
    if not task.cancelled():
        task.exception()


class Sites:
    """The rules of every site that is asked, each read once a day."""

    def __init__(
        self,
        fetch: Callable[[Request], Awaitable[Response]],
        product: str,
        clock: Clock,
        notes: SiteNotes,
        *,
        ask_wishes: bool,
    ) -> None:
        """Begin.

        Args:
            fetch: asks the network.
            product: the token by which robots.txt calls us, in lower case.
            clock: says how old a note is.
            notes: what is known from earlier.
            ask_wishes: whether tdmrep.json and ai.txt are asked for, too.
        """
        self._fetch = fetch
        self._product = product
        self._clock = clock
        self._notes = notes
        self._ask_wishes = ask_wishes
        self._known: dict[str, asyncio.Task[SiteRules]] = {}

    async def rules(self, site: str) -> SiteRules:
        """The rules of a site (`https://host:port`). A failure is told to all who wait, not kept.

        Raises:
            RetryableError: robots.txt cannot be reached, so nothing may be asked for now.
        """
        task = self._known.get(site)
        if task is None or self._is_old(task):
            task = self._known[site] = asyncio.create_task(self._read(site))
            task.add_done_callback(seen)
        try:
            return await asyncio.shield(task)
        except RetryableError:
            self._known.pop(site, None)
            raise

    async def check(self, site: str, url: str) -> SiteRules:
        """Return the rules of a site after making sure that they let us ask for `url`.

        Raises:
            RefusedError: they do not.
            RetryableError: nobody can tell for now.
        """
        rules = await self.rules(site)
        if not rules.robots.allows(url):
            hint = "list the host in http.robots_exempt if its owner allowed it"
            raise RefusedError(
                "robots.txt does not allow it", url, f"for {self._product}", hint=hint
            )
        return rules

    def quiet_seconds(self, site: str) -> float:
        """For how long the site is still to be left alone."""
        note = self._notes.get(site)
        if note is None or note.quiet_until is None:
            return 0.0
        return max(0.0, (note.quiet_until - self._clock.now()).total_seconds())

    def quieten(self, site: str, seconds: float) -> None:
        """Note that the site asked to be left alone."""
        until = self._clock.now() + min(timedelta(seconds=seconds), LONGEST_QUIET)
        self._notes.put(site, replace(self._notes.get(site) or SiteNote(), quiet_until=until))

    def _is_old(self, task: asyncio.Task[SiteRules]) -> bool:
        if not task.done() or task.cancelled() or task.exception() is not None:
            return False
        return self._clock.now() - task.result().read_at >= KEPT

    async def _read(self, site: str) -> SiteRules:
        note, now = self._notes.get(site), self._clock.now()
        age = now - note.read_at if note is not None and note.read_at is not None else None
        if note is not None and age is not None and timedelta() <= age < KEPT:
            return self._understood(note)
        try:
            robots = await self._file(site, "/robots.txt")
        except RetryableError as error:
            if note is not None and age is not None and age < KEPT_UNREACHABLE:
                return replace(self._understood(note), read_at=now)  # asked anew tomorrow
            raise RetryableError(  # RFC 9309, 2.3.1.4: unreachable means complete disallow
                "robots.txt cannot be reached", site, error.detail, retry_after=error.retry_after
            ) from error
        rules = read_rules(robots, self._product)
        # One after the other: both at once would cost the host a second connection.
        tdmrep = await self._wish(site, TDMREP, rules)
        ai_txt = await self._wish(site, AI_TXT, rules)
        fresh = replace(
            self._notes.get(site) or SiteNote(),
            robots=robots, tdmrep=tdmrep, ai_txt=ai_txt, read_at=now,
        )  # fmt: skip
        self._notes.put(site, fresh)
        return self._understood(fresh)

    async def _file(self, site: str, path: str) -> bytes:
        """One file of a site; b"" where it has none (RFC 9309, 2.3.1.3: no restrictions)."""
        try:
            response = await self._fetch(Request(f"{site}{path}", purpose="robots"))
        except RetryableError:
            raise
        except RemoteError:
            return b""
        return response.body[:MAX_BYTES]

    async def _wish(self, site: str, path: str, rules: Rules) -> bytes:
        """A file of wishes; one that cannot be had says nothing."""
        if not self._ask_wishes or not rules.allows(site + path):
            return b""
        try:
            content = await self._file(site, path)
        except RetryableError:
            return b""
        is_page = content.lstrip()[:1] == b"<"  # sites that answer any address with a page
        return b"" if is_page or len(content) > WISH_BYTES else content

    def _understood(self, note: SiteNote) -> SiteRules:
        rules = read_rules(note.robots, self._product)
        wishes = SiteWishes(read_tdmrep(note.tdmrep), read_ai_txt(note.ai_txt, self._product))
        return SiteRules(rules, wishes, note.read_at or self._clock.now())
