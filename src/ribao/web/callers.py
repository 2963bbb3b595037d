"""From where somebody asks: the address behind a reverse proxy, and the browsers that are known.

A proxy is believed only where the settings name it, and only by the one header that it writes.
Every proxy adds the address that it saw at the right, so the rightmost one that is no proxy of
ours is the last that nobody could make up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request
from starlette.responses import Response

from ribao.config import WebSettings
from ribao.store.people import Account
from ribao.web.office import Office
from ribao.web.secrecy import Throttle, digest, new_key

DEVICE_COOKIE, SECURE_DEVICE_COOKIE = "ribao_device", "__Host-ribao_device"
DEVICE_SECONDS = 400 * 86_400  # the longest that browsers keep a cookie
DEVICES = 20  # of one account
# Free failures are five times these; then each further one doubles the wait, up to so many seconds.
ADDRESS, NAME = 10, 4
NAME_SECONDS = 60.0  # whoever knows a name can keep strange browsers waiting, but never for long
HOPS = 32  # addresses of a header that are looked at
_FOR = re.compile(r'(?:^|[;,\s])for="?(\[[0-9a-fA-F:.]+\]|[^";,\s]+)', re.IGNORECASE)


def peer(request: Request) -> str:
    """The address at the other end of the connection."""
    return request.client.host if request.client else ""


def caller(request: Request, settings: WebSettings) -> str:
    """The address of whoever asks, as far as proxies of ours tell it."""
    address = peer(request)
    if not settings.proxies or not _within(address, settings.proxies):
        return address
    for told in reversed(_told(request, settings.proxies_header)):
        if not _is_address(told):
            return address  # "unknown" and the like: nobody but the proxy itself is known
        address = told
        if not _within(address, settings.proxies):
            break
    return address


def _told(request: Request, header: str) -> list[str]:
    line = ",".join(request.headers.getlist(header))
    found = _FOR.findall(line) if header == "Forwarded" else line.split(",")
    return [_bare(one.strip()) for one in found if one.strip()][-HOPS:]


def _bare(told: str) -> str:
    """An address without its brackets and its port."""
    if told.startswith("["):
        return told[1:].partition("]")[0]
    return told.partition(":")[0] if told.count(":") == 1 else told


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def _within(address: str, networks: Sequence[str]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in ip_network(one, strict=False) for one in networks)


def believed(request: Request, networks: Sequence[str]) -> bool:
    """Whether the other end of the connection itself is in one of these networks."""
    return _within(peer(request), networks)


def household(address: str) -> str:
    """What counts as one address: of IPv6 the network, which one household has for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(ip_network((found, 64), strict=False).network_address)
    return address


def device_key(request: Request) -> str:
    """The key of this browser's device cookie, "" where there is none."""
    return request.cookies.get(SECURE_DEVICE_COOKIE) or request.cookies.get(DEVICE_COOKIE) or ""


class Guesses:
    """The tries of one sign-in: by name and address, by name, by address; or by a known device.

    Where an account signed in before, the browser has a count of its own (OWASP, "Slow down online
    guessing attacks with device cookies"): what strangers guess of a name does not hinder it.
    """

    def __init__(self, request: Request, office: Office, throttle: Throttle, name: str) -> None:
        """Look at who asks; nothing is counted yet."""
        self._throttle, self._clock = throttle, office.clock
        address = household(caller(request, office.config.web))
        key, account = device_key(request), office.people.account_named(name)
        known = bool(key and account and is_known(office, key, account))
        folded = name.casefold()
        self._counts: list[tuple[str, int, float]] = (
            [(f"device {digest(key)}", 1, 3_600.0)]
            if known
            else [
                (f"name {folded} from {address}", 1, 3_600.0),
                (f"name {folded}", NAME, NAME_SECONDS),
                (f"from {address}", ADDRESS, 3_600.0),
            ]
        )

    def wait(self) -> float:
        """Seconds until the next try; 0.0: now."""
        now = self._clock.seconds()
        return max(
            self._throttle.wait(key, now, patience=patience, longest=longest)
            for key, patience, longest in self._counts
        )

    def count(self) -> None:
        """Count a failure, before the password is looked at: guesses made at once are many, too."""
        for key, _, _ in self._counts:
            self._throttle.failed(key, self._clock.seconds())

    def right(self) -> None:
        """It was none after all."""
        first, *others = (key for key, _, _ in self._counts)
        self._throttle.succeeded(first)
        for key in others:
            self._throttle.forgive(key)


def is_known(office: Office, key: str, account: Account) -> bool:
    """Whether an account signed in before in the browser of this key."""
    return office.people.device_of(_device(key, account), account.id)


def _device(key: str, account: Account) -> str:
    return digest(f"{key} {account.id}")


def know_device(
    request: Request, response: Response, office: Office, account: Account, *, secure: bool
) -> None:
    """Let this browser be known to the account that signed in here.

    A key that the account never had is not taken: somebody may have put it into the browser.
    """
    key = device_key(request)
    if not key or not is_known(office, key, account):
        key = new_key()
    with office.store.begin() as connection:
        office.people.put_device(
            connection, _device(key, account), account.id, office.now(), most=DEVICES
        )
    response.set_cookie(
        SECURE_DEVICE_COOKIE if secure else DEVICE_COOKIE, key, max_age=DEVICE_SECONDS,
        httponly=True, secure=secure, samesite="lax",
    )  # fmt: skip
