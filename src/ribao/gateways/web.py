"""What a step may know of the web: requests, responses, and somebody who fetches them.

The live gateway, replay from a web archive and recording all give this one protocol, so a step
cannot tell them apart. Parallel work hides behind `fetch_all`; callers stay synchronous.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ribao.errors import RemoteError


@dataclass(frozen=True, slots=True)
class Request:
    """One GET. `purpose` (feed, page, api, robots) picks the limits that apply."""

    url: str
    purpose: str = "page"
    headers: tuple[tuple[str, str], ...] = ()
    conditional: bool = False  # send validators kept from last time; a 304 comes back as a Response


@dataclass(frozen=True, slots=True)
class OptOut:
    """A publisher's wish about machines, as `signals` read it: what for, where it stands, verbatim.

    `use` is `ai-input` (input of a model), `ai-train`, `tdm` (text and data mining) or `ai` (any).
    """

    use: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Response:
    """What a host answered: status 200-299, or 304 with an empty body when nothing changed."""

    url: str  # as asked
    final_url: str  # after redirects
    status: int
    headers: tuple[tuple[str, str], ...]  # names in lower case
    body: bytes  # decoded from its content coding, within the limits
    fetched_at: datetime
    moved_to: str = ""  # where the address moved for good (301, 308)
    opt_outs: tuple[OptOut, ...] = ()  # of robots.txt, the headers and the head of the page

    def header(self, name: str) -> str:
        """The first header of that name, or ""."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), "")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One finished request: either a response or the reason that there is none."""

    request: Request
    response: Response | None = None
    error: RemoteError | None = None


class Web(Protocol):
    """Somebody who fetches."""

    def fetch(self, request: Request) -> Response:
        """Fetch one address.

        Raises:
            RemoteError: RefusedError, GoneError or RetryableError, by who can act.
        """
        ...

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Fetch many at once, politely; yields each as it is done, in any order."""
        ...


class Archive(Web, Protocol):
    """A web that was recorded: it can also say what it holds and when it was captured."""

    def addresses(self) -> tuple[str, ...]:
        """Every address that the archive holds a response for, in the order of capture."""
        ...

    def captured_at(self) -> datetime:
        """The latest capture time in the archive, UTC."""
        ...
