"""Looks names up: each once a minute, few at a time, and never so that anything else must wait.

The resolver of the system cannot be interrupted, so every look-up runs in a daemon thread, which
keeps neither the other look-ups nor the end of the program waiting. Small resolvers drop packets
when dozens of names come at once, and a dropped packet costs the five seconds after which the C
library asks again; it is told to ask again sooner, unless the owner told it something else.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import socket
import threading
from dataclasses import dataclass

from ribao.errors import RemoteError, RetryableError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

AT_ONCE = 12  # look-ups; measured on a resolver that loses bursts of 25
ASK_AGAIN = "timeout:2 attempts:4"  # resolv.conf(5): 8 s in all, as long as its own two times 5 s
KEPT_SECONDS = 60.0  # an answer, good or bad; long enough for robots.txt, page and second try

_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the name service said of one host: addresses, or why there are none."""

    addresses: tuple[Address, ...] = ()
    failure: str = ""
    passing: bool = False

    def of(self, host: str) -> tuple[Address, ...]:
        """The addresses.

        Raises:
            RemoteError: there is no such host.
            RetryableError: the name service failed for now.
        """
        if self.passing:
            raise RetryableError("the name service failed", host, self.failure)
        if not self.addresses:
            raise RemoteError("no such host", host, self.failure)
        return self.addresses


class Names:
    """The names of one run, in one event loop."""

    def __init__(self) -> None:
        """Know none."""
        self._known: dict[str, tuple[float, Answer]] = {}

    async def addresses(self, host: str, port: int) -> tuple[Address, ...]:
        """Every address of a host, each once; an address written as such needs no name service.

        Raises:
            RemoteError: there is no such host.
            RetryableError: the name service failed for now.
        """
        with contextlib.suppress(ValueError):
            return (ipaddress.ip_address(host),)
        loop = asyncio.get_running_loop()
        until, answer = self._known.get(host, (0.0, Answer()))
        if until <= loop.time():
            answer = await ask(loop, host, port)
            self._known[host] = (loop.time() + KEPT_SECONDS, answer)
        return answer.of(host)


async def ask(loop: asyncio.AbstractEventLoop, host: str, port: int) -> Answer:
    """Ask the name service in a thread; a caller that gives up leaves the thread behind."""
    done: asyncio.Future[Answer] = loop.create_future()

    def settle(answer: Answer) -> None:
        if not done.done():
            done.set_result(answer)

    def work() -> None:
        with _places:
            answer = look_up(host, port)
        with contextlib.suppress(RuntimeError):  # the loop may be closed by now
            loop.call_soon_threadsafe(settle, answer)

    threading.Thread(target=work, name="look-up", daemon=True).start()
    return await done


def look_up(host: str, port: int) -> Answer:
    """Ask the resolver of the system, which may take many seconds."""
    os.environ.setdefault("RES_OPTIONS", ASK_AGAIN)
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return Answer(failure=str(error.strerror), passing=error.errno == socket.EAI_AGAIN)
    except (OSError, UnicodeError) as error:
        return Answer(failure=str(error))
    found = dict.fromkeys(str(info[4][0]) for info in infos)
    return Answer(tuple(ipaddress.ip_address(address) for address in found))
