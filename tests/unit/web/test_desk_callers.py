"""From where somebody asks, and what strangers' guesses can do to those who are known."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from pydantic import ValidationError
from starlette.requests import Request

from ribao.config import Config, WebSettings
from ribao.errors import ConfigError
from ribao.web.callers import caller, household
from ribao.web.passkeys import SECONDS, Challenges
from ribao.web.secrecy import Throttle
from tests.desk import PASSWORD, Desk, cheap_hash, sample, served

PROXY = "10.0.0.1"
BEHIND = WebSettings(proxies=("10.0.0.0/8", "2001:db8::/64"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample, behind a proxy on loopback."""
    config = Config.model_validate({"web": {"proxies": ["127.0.0.0/8"]}})
    with served(sample(tmp_path_factory.mktemp("callers")), config) as opened:
        yield opened


def asked(address: str, **headers: str) -> Request:
    """A request from an address."""
    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (address, 1), "headers": lines})


@pytest.mark.parametrize(
    ("address", "told", "expected"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # no proxy of ours: its word is nothing
        (PROXY, "", PROXY),
        (PROXY, "203.0.113.9", "203.0.113.9"),
        (PROXY, "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # what the client made up stands at left
        (PROXY, "1.1.1.1, 203.0.113.9, 10.7.7.7", "203.0.113.9"),  # two proxies of ours
        (PROXY, "10.1.1.1, 10.7.7.7", "10.1.1.1"),
        (PROXY, "1.1.1.1, unknown", PROXY),
        (PROXY, "203.0.113.9:4711", "203.0.113.9"),
        (PROXY, "[2001:db8:7::9]:4711", "2001:db8:7::9"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_a_proxy_of_ours_tells_who_asks(address: str, told: str, expected: str) -> None:
    """The rightmost address that is no proxy of ours counts; off by default."""
    request = asked(address, x_forwarded_for=told)
    assert caller(request, BEHIND) == expected
    assert caller(request, WebSettings()) == address


def test_the_header_that_the_proxy_does_not_write_is_not_read() -> None:
    """A client may send the other one, and the proxy lets it pass."""
    both = {"x_forwarded_for": "203.0.113.9", "forwarded": 'for=1.1.1.1, for="[2001:db8:7::9]:8"'}
    assert caller(asked(PROXY, **both), BEHIND) == "203.0.113.9"
    other = BEHIND.model_copy(update={"proxies_header": "Forwarded"})
    assert caller(asked(PROXY, **both), other) == "2001:db8:7::9"
    with pytest.raises(ValidationError, match="nonsense"):
        Config.model_validate({"web": {"proxies": ["nonsense"]}})


def test_of_ipv6_a_network_counts_as_one_address() -> None:
    """One household has 2 to the 64 of them."""
    assert household("2001:db8:1:2:3::4") == household("2001:db8:1:2::9") == "2001:db8:1:2::"
    assert household("203.0.113.9") == "203.0.113.9"


def guess(desk: Desk, name: str, address: str, password: str = "wrong") -> int:  # noqa: S107
    """One try from an address behind the proxy."""
    return httpx2.post(
        f"{desk.base}/sign-in", data={"name": name, "password": password},
        headers={"X-Forwarded-For": address}, timeout=60,
    ).status_code  # fmt: skip


def test_whoever_knows_a_name_cannot_keep_its_owner_out(desk: Desk) -> None:
    """Strangers' failures hinder neither the browser that is known nor another name.

    Behind one proxy, each visitor has an own count.
    """
    for name in ("kim", "lee"):
        desk.token(name, "owner")
    with httpx2.Client(base_url=desk.base, headers={"X-Forwarded-For": "203.0.113.5"}) as browser:
        right = {"name": "kim", "password": PASSWORD}
        assert browser.post("/sign-in", data=right).status_code == 303
        device = browser.cookies["ribao_device"]
        browser.cookies.clear()
        browser.cookies.set("ribao_device", device)
        for block in range(4):
            found = [guess(desk, "kim", f"198.51.100.{block}") for _ in range(6)]
            assert found == [403] * 5 + [429]
        assert guess(desk, "kim", "192.0.2.1", PASSWORD) == 429  # a strange browser waits, too
        assert guess(desk, "lee", "192.0.2.1", PASSWORD) == 303
        assert browser.post("/sign-in", data=right).status_code == 303
        wrong = {"name": "kim", "password": "wrong"}
        browser.cookies.delete("ribao_session")
        codes = [browser.post("/sign-in", data=wrong).status_code for _ in range(6)]
        assert codes == [403] * 5 + [429]  # nor is a known browser free to guess
        browser.cookies.set("ribao_device", "made up")
        assert browser.post("/sign-in", data=right).status_code == 429


def test_what_a_stranger_brings_about_passes_within_a_minute() -> None:
    """A name under attack opens to strange browsers again soon; one address waits longer."""
    throttle = Throttle()
    for _ in range(40):
        throttle.failed("name", 1_000.0)
    assert throttle.wait("name", 1_000.0, patience=4, longest=60.0) == 60.0
    assert throttle.wait("name", 1_000.0) == 3_600.0


def test_a_flood_of_challenges_pushes_nobodys_out() -> None:
    """Each is good once, for five minutes, and only as it was given."""
    challenges = Challenges()
    handle = challenges.sign(b"first", 100.0)
    for number in range(5_000):
        challenges.sign(b"%d" % number, 100.0)
    assert challenges.read(handle, 101.0) == b"first"
    for bad in ("", "x", handle + "0", handle.replace(".1", ".2"), "\ud800"):
        with pytest.raises(ConfigError, match="too long"):
            challenges.read(bad, 101.0)
    with pytest.raises(ConfigError):
        challenges.read(handle, 100.0 + SECONDS + 1)
    with pytest.raises(ConfigError):
        Challenges().read(handle, 101.0)
    challenges.spend(handle, 101.0)
    with pytest.raises(ConfigError):
        challenges.read(handle, 101.0)
    with pytest.raises(ConfigError):
        challenges.spend(handle, 101.0)


def test_wrong_passwords_do_not_hinder_a_passkey(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that failed too often with passwords may still ask with a passkey."""
    address = "198.51.100.99"
    monkeypatch.setattr("ribao.web.secrecy._nobody", cheap_hash)
    for number in range(50):
        guess(desk, f"nobody-{number}", address)
    assert guess(desk, "nobody", address) == 429
    headers = {"X-Forwarded-For": address, "Content-Type": "application/json"}
    odd = rb'{"id": "\ud800", "credential": {"id": "\ud800"}}'
    answer = httpx2.post(f"{desk.base}/passkeys/enter", content=odd, headers=headers)
    assert answer.status_code == 403
