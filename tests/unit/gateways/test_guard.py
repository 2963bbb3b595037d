"""The guard: which addresses are public, however they are written and however they are reached."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bench._addresses import DISGUISES, PUBLIC, SPECIAL
from ribao.config import HttpSettings
from ribao.errors import ConfigError, RefusedError, RemoteError
from ribao.gateways import names
from ribao.gateways.clock import SystemClock
from ribao.gateways.guard import AllowList, alternating, is_public
from ribao.gateways.http import LiveWeb
from ribao.gateways.web import Request
from tests.unit.gateways.sites import Reply, Site


@pytest.fixture
def web() -> Iterator[LiveWeb]:
    """A gateway without an allow-list, that asks for no robots.txt first."""
    settings = HttpSettings(
        obey_robots=False, retries=0, total_seconds=2, connect_seconds=1, host_spacing_seconds=0
    )
    with LiveWeb(settings, SystemClock()) as web:
        yield web


def answers(monkeypatch: pytest.MonkeyPatch, *rounds: tuple[str, ...]) -> list[str]:
    """Script the name service: one round of addresses per look-up, the last for all that follow."""
    left, asked = list(rounds), []

    def getaddrinfo(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        addresses = left.pop(0) if len(left) > 1 else left[0]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def connected(connections: list[str]) -> list[str]:
    """Connections, less the look-ups."""
    return [entry for entry in connections if entry.startswith("socket.connect")]


@pytest.mark.parametrize("address", [*SPECIAL, "2606:4700::1111%eth0"])
def test_special_addresses_are_not_public(address: str) -> None:
    """None of the 44 of the special-purpose registries, nor one bound to an interface."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_ordinary_addresses_are_public(address: str) -> None:
    """The rule is no stricter than it must be."""
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", SPECIAL)
def test_no_route_leads_to_a_special_address(
    web: LiveWeb, monkeypatch: pytest.MonkeyPatch, connections: list[str], address: str
) -> None:
    """Neither as written, nor through a name, nor through a name with good answers beside it."""
    shown = f"[{address}]" if ":" in address else address
    with pytest.raises(RefusedError, match="address not public"):
        web.fetch(Request(f"http://{shown}/"))
    for round_ in ((address,), ("93.184.216.34", address), (address, "2606:4700::1111")):
        answers(monkeypatch, round_)
        with pytest.raises(RefusedError, match="address not public"):
            web.fetch(Request("https://name.example/"))
    assert connected(connections) == []


@pytest.mark.parametrize("address", SPECIAL)
def test_no_redirect_leads_to_a_special_address(
    site: Site, connections: list[str], address: str
) -> None:
    """The second hop is checked like the first."""
    shown = f"[{address}]" if ":" in address else address
    start = site.answer("/go", Reply(302, b"", {"Location": f"http://{shown}/"}))
    settings = HttpSettings(
        allow_addresses=(f"127.0.0.1:{site.port}",), obey_robots=False, host_spacing_seconds=0
    )
    with (
        LiveWeb(settings, SystemClock()) as web,
        pytest.raises(RefusedError, match="address not public"),
    ):
        web.fetch(Request(start))
    assert connected(connections) == [f"socket.connect ('127.0.0.1', {site.port})"]


@pytest.mark.parametrize("url", DISGUISES)
def test_no_disguise_leads_to_this_machine(web: LiveWeb, connections: list[str], url: str) -> None:
    """Refused, or no such host, or no address at all; never a connection."""
    with pytest.raises(RemoteError):
        web.fetch(Request(url))
    assert connected(connections) == []


@pytest.mark.parametrize("url", DISGUISES)
def test_no_disguise_works_as_a_redirect(site: Site, connections: list[str], url: str) -> None:
    """Nor from a server that we read; what is no address of its own stays on that server."""
    start = site.answer("/go", Reply(302, b"", {"Location": quote(url, safe=":/@[]#%\\.")}))
    settings = HttpSettings(
        allow_addresses=(f"127.0.0.1:{site.port}",), obey_robots=False, host_spacing_seconds=0
    )
    with LiveWeb(settings, SystemClock()) as web, pytest.raises(RemoteError):
        web.fetch(Request(start))
    assert set(connected(connections)) == {f"socket.connect ('127.0.0.1', {site.port})"}


def test_an_answer_that_changes_after_the_check_gains_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, connections: list[str]
) -> None:
    """The name is looked up once, and the connection goes to the address that was checked."""
    site.answer("/secret", Reply(200, b"secret"))
    asked = answers(monkeypatch, ("127.0.0.2",), ("127.0.0.1",))
    settings = HttpSettings(
        allow_addresses=(f"127.0.0.2:{site.port}",), obey_robots=False, retries=0
    )
    with LiveWeb(settings, SystemClock()) as web, pytest.raises(RemoteError):
        web.fetch(Request(f"http://rebind.example:{site.port}/secret"))
    assert asked == ["rebind.example"]
    assert connected(connections) == [f"socket.connect ('127.0.0.2', {site.port})"]
    assert site.asked == []


def test_an_answer_that_turns_bad_later_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer is kept for a minute, then asked for and checked anew."""
    monkeypatch.setattr(names, "KEPT_SECONDS", 0.0)
    site.answer("/page", Reply(200, b"page", {"Connection": "close"}))
    answers(monkeypatch, ("127.0.0.1",), ("127.0.0.3",))
    settings = HttpSettings(
        allow_addresses=(f"127.0.0.1:{site.port}",),
        obey_robots=False,
        retries=0,
        host_spacing_seconds=0,
    )
    url = f"http://turns.example:{site.port}/page"
    with LiveWeb(settings, SystemClock()) as web:
        assert web.fetch(Request(url)).body == b"page"
        with pytest.raises(RefusedError, match=r"127\.0\.0\.3"):
            web.fetch(Request(url))


@pytest.mark.parametrize(
    "entry", ["127.0.0.0/8", "127.0.0.1", "127.0.0.1:{port}", "LOCALHOST:{port}"]
)
def test_the_allow_list_opens_what_it_names(site: Site, entry: str) -> None:
    """A network, an address, an address with its port, a name with its port."""
    site.answer("/ok", Reply())
    settings = HttpSettings(allow_addresses=(entry.format(port=site.port),), obey_robots=False)
    host = "localhost" if "LOCAL" in entry else "127.0.0.1"
    with LiveWeb(settings, SystemClock()) as web:
        assert web.fetch(Request(f"http://{host}:{site.port}/ok")).body == b"ok"


@pytest.mark.parametrize(
    "entry", ["127.0.0.1:1", "10.0.0.0/8", "one.example:{port}", "[::1]:{port}"]
)
def test_the_allow_list_opens_nothing_else(site: Site, entry: str) -> None:
    """Another port, another network, another name."""
    settings = HttpSettings(allow_addresses=(entry.format(port=site.port),), obey_robots=False)
    with LiveWeb(settings, SystemClock()) as web, pytest.raises(RefusedError):
        web.fetch(Request(f"http://127.0.0.1:{site.port}/ok"))
    assert site.asked == []


@pytest.mark.parametrize("entry", ["intranet", "10.0.0.0/99", ":80", "host:", "host:port"])
def test_an_entry_that_is_neither_network_nor_host_is_the_owners_error(entry: str) -> None:
    """It is named."""
    with pytest.raises(ConfigError, match="allow_addresses"):
        AllowList.parse((entry,))


def test_odd_ports_of_public_hosts_are_refused(
    web: LiveWeb, monkeypatch: pytest.MonkeyPatch, connections: list[str]
) -> None:
    """A feed may not make us knock at a mail server."""
    answers(monkeypatch, ("93.184.216.34",))
    with pytest.raises(RefusedError, match="port not allowed"):
        web.fetch(Request("http://name.example:25/"))
    assert connected(connections) == []


def test_a_name_is_looked_up_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """For robots.txt, the page and a second try alike, and the answer stays as checked."""
    site.answer("/page", Reply(200, b"page", {"Connection": "close"}))
    asked = answers(monkeypatch, ("127.0.0.1",), ("127.0.0.3",))
    settings = HttpSettings(allow_addresses=(f"127.0.0.1:{site.port}",), host_spacing_seconds=0)
    with LiveWeb(settings, SystemClock()) as web:
        for _ in range(3):
            assert web.fetch(Request(f"http://once.example:{site.port}/page")).body == b"page"
    assert asked == ["once.example"]


def test_the_next_address_is_tried_where_one_is_dead(
    site: Site, monkeypatch: pytest.MonkeyPatch, connections: list[str]
) -> None:
    """One that refuses, and one family that leads nowhere, hide no good address."""
    site.answer("/page", Reply(200, b"page"))
    answers(monkeypatch, ("127.0.0.9", "127.0.0.8", "127.0.0.1"))
    settings = HttpSettings(allow_addresses=("127.0.0.0/8",), obey_robots=False)
    with LiveWeb(settings, SystemClock()) as web:
        assert web.fetch(Request(f"http://dead.example:{site.port}/page")).body == b"page"
    tried = [entry.split("'")[1] for entry in connected(connections)]
    assert tried == ["127.0.0.9", "127.0.0.8", "127.0.0.1"]


def test_the_families_are_tried_in_turn() -> None:
    """Four addresses at most, the resolver's first choice first."""
    many = [ipaddress.ip_address(f"2606::{n}") for n in range(1, 7)]
    one = ipaddress.ip_address("1.1.1.1")
    assert alternating((*many, one)) == (many[0], one, many[1], many[2])
    assert alternating((one,)) == (one,)


@pytest.mark.parametrize("error", [socket.gaierror(socket.EAI_NONAME, "none"), UnicodeError("bad")])
def test_a_name_that_does_not_exist_is_a_remote_error(
    web: LiveWeb, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """In our own words."""

    def getaddrinfo(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(RemoteError, match="no such host"):
        web.fetch(Request("http://name.example/"))


@pytest.mark.shared
def test_the_published_lists_of_disguises_reach_nothing(
    web: LiveWeb, monkeypatch: pytest.MonkeyPatch, connections: list[str], shared: Path
) -> None:
    """Every address in a well-known collection, where all names lead to this machine."""
    folder = shared / "bench" / "hostile" / "payloads" / "ssrf"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*"))]
    urls = sorted({url for text in texts for url in re.findall(r"[a-z]+:/+[^\s\"'<>`)]+", text)})
    assert len(urls) > 100
    answers(monkeypatch, ("127.0.0.1",))
    done = list(web.fetch_all(Request(url) for url in urls))
    assert len(done) == len(urls)
    reached = [
        re.findall(r"'([^']+)'", entry)[0]
        for entry in connected(connections)
        if not is_public(ipaddress.ip_address(re.findall(r"'([^']+)'", entry)[0]))
    ]
    assert reached == []
