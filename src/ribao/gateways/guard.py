"""Lets connections go to the public internet only, whatever the address looks like.

A name is resolved once, every answer is checked, and the connection goes to an address that was
checked: a name whose answer changes in between gains nothing. One bad answer refuses the name.
The rule for IPv6 is an allow-list (2000::/3 less the special blocks); ready-made predicates such as
`is_global` let through up to 18 of the 44 special addresses that the tests try.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import zip_longest
from ssl import SSLContext
from typing import Any

import httpcore2

from ribao.config import HttpSettings
from ribao.errors import ConfigError, RefusedError, RetryableError
from ribao.gateways.names import Address, Names

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# IANA special-purpose registries as of 2026-11, and what routes to nobody: never public.
SPECIAL_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
            *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24"),
            *("192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
            *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        ),
    )
)
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
SPECIAL_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48"]
)
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: IPv4 in the last 32 bits
ADDRESSES_TRIED = 4  # of one name; more only prolong the failure of a dead host


def is_public(address: Address) -> bool:
    """Whether an address is an ordinary one of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is None:
            special = any(address in block for block in SPECIAL_V6)
            return address in GLOBAL_V6 and not address.scope_id and not special
        address = inner
    return not any(address in block for block in SPECIAL_V4)


@dataclass(frozen=True, slots=True)
class AllowList:
    """What the owner opened: whole networks on every port, and single `host:port` pairs."""

    networks: tuple[Network, ...]
    hosts: frozenset[tuple[str, int]]

    @classmethod
    def parse(cls, entries: Iterable[str]) -> AllowList:
        """Read `http.allow_addresses`.

        Raises:
            ConfigError: an entry is neither a network nor `host:port`.
        """
        networks: list[Network] = []
        hosts: set[tuple[str, int]] = set()
        for entry in entries:
            try:
                networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                host, colon, port = entry.rpartition(":")
                if not (colon and host and port.isascii() and port.isdigit()):
                    hint = "write a network such as 10.0.0.0/8, or host:port"
                    raise ConfigError("bad http.allow_addresses", entry, hint=hint) from None
                hosts.add((host.strip("[]").lower(), int(port)))
        return cls(tuple(networks), frozenset(hosts))

    def opens(self, host: str, port: int, address: Address) -> bool:
        """Whether the owner allowed this address of this host."""
        if (host.lower(), port) in self.hosts or (str(address), port) in self.hosts:
            return True
        return any(address in network for network in self.networks)


def alternating(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    """The addresses to try: the two families in turn, so that one that is broken hides none."""
    first = [address for address in addresses if address.version == addresses[0].version]
    others = [address for address in addresses if address.version != addresses[0].version]
    turns = zip_longest(first, others)
    return tuple(address for turn in turns for address in turn if address)[:ADDRESSES_TRIED]


class Guard(httpcore2.AsyncNetworkBackend):
    """The only maker of connections: resolves, checks, connects to what it checked, and meters."""

    def __init__(self, settings: HttpSettings) -> None:
        """Read the allow-list and the allowed ports.

        Raises:
            ConfigError: the allow-list cannot be read.
        """
        self._allow = AllowList.parse(settings.allow_addresses)
        self._ports = frozenset(settings.allow_ports)
        self._backend = httpcore2.AnyIOBackend()
        self._names = Names()

    def check(self, host: str, port: int, addresses: Iterable[Address]) -> None:
        """Refuse a host when one of its addresses, or the port, is not for us.

        Raises:
            RefusedError: with the address or port in its detail.
        """
        for address in addresses:
            if self._allow.opens(host, port, address):
                continue
            if not is_public(address):
                raise RefusedError("address not public", host, str(address), hint=ALLOW_HINT)
            if port not in self._ports:
                raise RefusedError("port not allowed", host, str(port), hint=ALLOW_HINT)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,  # noqa: ARG002 - the signature is httpcore's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the signature is httpcore's
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first of the checked addresses of `host` that answers.

        Raises:
            RefusedError: an address or the port is not for us.
            RemoteError: there is no such host.
            RetryableError: the name service, or the host, does not answer in time.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._names.addresses(host, port)
                self.check(host, port, addresses)
                return await self._connect(host, port, alternating(addresses), timeout)
        except TimeoutError as error:
            raise RetryableError("cannot connect in time", host, f"{timeout} s") from error

    async def _connect(
        self, host: str, port: int, addresses: tuple[Address, ...], seconds: float | None
    ) -> httpcore2.AsyncNetworkStream:
        """Try one address after the other; a silent one uses up its own share of the time only."""
        failure: Exception | None = None
        share = None if seconds is None else seconds / len(addresses)
        for address in addresses:
            try:
                stream = await self._backend.connect_tcp(str(address), port, timeout=share)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout, OSError) as error:
                failure = error
            else:
                return MeteredStream(stream)
        raise RetryableError("cannot connect", host, str(failure) or "no answer") from failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the signature is httpcore's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the signature is httpcore's
    ) -> httpcore2.AsyncNetworkStream:
        """Never."""
        raise RefusedError("address not public", path, "a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


ALLOW_HINT = "open it with http.allow_addresses if it is yours"


class Meter:
    """Counts what one fetch receives before its body begins; endless headers end here."""

    def __init__(self, url: str, settings: HttpSettings) -> None:
        """Start at zero, waiting for headers."""
        self._url = url
        self._limit = settings.max_header_bytes
        self._received = 0
        self.in_headers = True

    def may_read(self, most: int) -> int:
        """How much of `most` bytes may be read next: headers up to their limit, no further.

        Raises:
            RefusedError: the headers should have ended by now.
        """
        if not self.in_headers:
            return most
        if self._received >= self._limit:
            detail = f"over http.max_header_bytes = {self._limit}"
            raise RefusedError("the headers are too large", self._url, detail)
        return min(most, self._limit - self._received)

    def received(self, size: int) -> None:
        """Count what came."""
        self._received += size


meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


class MeteredStream(httpcore2.AsyncNetworkStream):
    """A connection whose reads are counted against the fetch that makes them."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        """Wrap a connection."""
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        """Read some bytes."""
        current = meter.get()
        if current is not None:
            max_bytes = current.may_read(max_bytes)
        data = await self._stream.read(max_bytes, timeout)
        if current is not None:
            current.received(len(data))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's signature
        """Send some bytes."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
    ) -> httpcore2.AsyncNetworkStream:
        """Speak TLS from here on."""
        return MeteredStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the signature is httpcore's
        """What is known of the connection."""
        return self._stream.get_extra_info(info)
