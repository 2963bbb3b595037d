"""robots.txt by RFC 9309: which addresses of a host we may ask for, how fast, and for what use.

Groups are chosen here, since the product token must match as a whole and `User-agent: Name/1.2` and
a byte order mark are common; the paths of the group are matched by protego. One file is asked for
once per host and run, by whoever comes first; the others wait for it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from ribao.errors import RefusedError, RemoteError, RetryableError
from ribao.gateways.signals import usage_opt_outs
from ribao.gateways.web import OptOut, Request, Response

MAX_BYTES = 524_288  # RFC 9309, 2.5 asks for at least 500 KiB; what follows is not read
MAX_RULES = 5_000  # of our group; sites with more have generated them, and they cost seconds
MAX_LINE = 16_664  # characters; Google's parser, too, reads eight times the longest address
TOKEN = re.compile(r"[A-Za-z_-]+|\*(?=\s|$)")
# Spellings that are common enough for Google's parser to know them.
FIELDS = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
    "content-signal": "content-signal",
    "content-usage": "content-usage",
}

Rule = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us."""

    matcher: Protego | None  # None allows everything
    crawl_delay_seconds: float = 0.0
    usage: tuple[tuple[str, str, str], ...] = ()  # field, path prefix, statement

    def allows(self, url: str) -> bool:
        """Whether we may ask for an address."""
        return self.matcher is None or bool(self.matcher.can_fetch(url, "*"))

    def opt_outs(self, url: str) -> tuple[OptOut, ...]:
        """What it says about the use of an address; the longest path that fits decides."""
        path = urlsplit(url).path or "/"
        found: list[OptOut] = []
        for field in ("content-signal", "content-usage"):
            fitting = [row for row in self.usage if row[0] == field and path.startswith(row[1])]
            longest = max((len(prefix) for _, prefix, _ in fitting), default=0)
            for _, prefix, statement in fitting:
                if len(prefix) == longest:
                    found += usage_opt_outs(statement, f"robots.txt {field}")
        return tuple(dict.fromkeys(found))


NO_RULES = Rules(None)


def read_rules(content: bytes, product: str) -> Rules:
    """Read a robots.txt for the robot `product` (lower case); no content makes it raise."""
    rules = our_group(content[:MAX_BYTES].decode("utf-8-sig", "replace"), product)
    if not rules:
        return NO_RULES
    paths = [f"{field}: {value}" for field, value in rules if field in {"allow", "disallow"}]
    usage: list[tuple[str, str, str]] = []
    delay = 0.0
    for field, value in rules:
        if field == "crawl-delay":
            delay = max(delay, read_seconds(value))
        elif field.startswith("content-"):
            prefix, space, rest = value.partition(" ")
            scoped = bool(space) and prefix.startswith("/")
            usage.append((field, prefix if scoped else "/", rest if scoped else value))
    text = "\n".join(["user-agent: *", *paths[:MAX_RULES]])
    return Rules(Protego.parse(text) if paths else None, delay, tuple(usage))


def read_seconds(value: str) -> float:
    """A number of seconds; 0 for what is none."""
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < 1e6 else 0.0


def our_group(text: str, product: str) -> list[Rule]:
    """The rules of all groups that name us or, where none does, of all that speak to everybody."""
    groups: dict[str, list[Rule]] = {product: [], "*": []}
    named = False
    ours: set[str] = set()  # which of the two the group being read speaks to
    in_rules = False
    for line in text.splitlines():
        field, value = read_line(line[:MAX_LINE])
        if field == "user-agent":
            ours = set() if in_rules else ours
            in_rules = False
            token = TOKEN.match(value)
            agent = token[0].lower() if token else ""
            named = named or agent == product
            ours |= {agent} & groups.keys()
        elif field:
            in_rules = True
            for agent in ours:
                groups[agent].append((field, value))
    return groups[product] if named else groups["*"]


def read_line(line: str) -> Rule:
    """Split a line into a field that we know and its value; ("", "") for any other line."""
    content = line.partition("#")[0].strip()
    name, colon, value = content.partition(":")
    if not colon:  # `Disallow /path` is common enough for Google's parser to read it
        name, _, value = content.partition(" ")
    field = FIELDS.get(name.strip().lower(), "")
    return (field, value.strip()) if field else ("", "")


def seen(task: asyncio.Task[Rules]) -> None:
    """Look at how a task ended, or asyncio complains when all who waited for it have left."""
    if not task.cancelled():
        task.exception()


class Robots:
    """The robots.txt of every host of a run, each fetched once."""

    def __init__(self, fetch: Callable[[Request], Awaitable[Response]], product: str) -> None:
        """`fetch` asks the network; `product` is the token that groups call us by."""
        self._fetch = fetch
        self._product = product
        self._known: dict[str, asyncio.Task[Rules]] = {}

    async def rules(self, site: str) -> Rules:
        """The rules of a site (`https://host:port`). A failure is told to all who wait, not kept.

        Raises:
            RetryableError: robots.txt cannot be reached, so nothing may be asked for now.
        """
        task = self._known.get(site)
        if task is None:
            task = self._known[site] = asyncio.create_task(self._read(site))
            task.add_done_callback(seen)
        try:
            return await asyncio.shield(task)
        except RetryableError:
            self._known.pop(site, None)
            raise

    async def check(self, site: str, url: str) -> Rules:
        """Return the rules of a site after making sure that they let us ask for `url`.

        Raises:
            RefusedError: they do not.
            RetryableError: nobody can tell for now.
        """
        rules = await self.rules(site)
        if not rules.allows(url):
            hint = "list the host in http.robots_exempt if its owner allowed it"
            raise RefusedError(
                "robots.txt does not allow it", url, f"for {self._product}", hint=hint
            )
        return rules

    async def _read(self, site: str) -> Rules:
        try:
            response = await self._fetch(Request(f"{site}/robots.txt", purpose="robots"))
        except RetryableError as error:  # RFC 9309, 2.3.1.4: unreachable means complete disallow
            raise RetryableError(
                "robots.txt cannot be reached", site, error.detail, retry_after=error.retry_after
            ) from error
        except RemoteError:  # RFC 9309, 2.3.1.3: unavailable means no restrictions
            return NO_RULES
        return read_rules(response.body, self._product)
