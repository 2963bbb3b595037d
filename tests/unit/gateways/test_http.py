"""The live gateway with servers that mean well: manners, validators, moves and errors."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ribao.config import HttpSettings
from ribao.errors import GoneError, RefusedError, RemoteError, RetryableError
from ribao.gateways import http, politeness
from ribao.gateways.clock import FixedClock
from ribao.gateways.http import LiveWeb, MemoryValidators, Validator
from ribao.gateways.http_exchange import LARGE_BYTES
from ribao.gateways.web import Request
from tests.unit.gateways.sites import Reply, Site

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def web(settings: HttpSettings) -> Iterator[LiveWeb]:
    """A gateway that may read loopback."""
    with LiveWeb(settings, FixedClock(NOW)) as web:
        yield web


def patient(settings: HttpSettings, **changes: object) -> LiveWeb:
    """A gateway with other settings."""
    return LiveWeb(settings.model_copy(update=changes), FixedClock(NOW))


def test_a_page_comes_back_whole(web: LiveWeb, site: Site) -> None:
    """Body, status, addresses, time and lower-case headers."""
    url = site.answer("/page", Reply(200, "日报".encode(), {"X-Kind": "Test"}))
    response = web.fetch(Request(url))
    assert response.body.decode() == "日报"
    assert (response.status, response.url, response.final_url) == (200, url, url)
    assert response.fetched_at == NOW
    assert response.header("x-kind") == "Test"
    assert response.moved_to == ""


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"words " * 999, mtime=0)),
        ("gzip", gzip.compress(b"words " * 99, mtime=0) + gzip.compress(b"words " * 900, mtime=0)),
        ("GZIP", gzip.compress(b"words " * 999, mtime=0) + bytes(8)),
        ("deflate", zlib.compress(b"words " * 999)),
        ("deflate", zlib.compress(b"words " * 999, wbits=-15)),
        ("identity", b"words " * 999),
        ("", b"words " * 999),
    ],
)
def test_content_codings_are_undone(web: LiveWeb, site: Site, coding: str, packed: bytes) -> None:
    """With and without header, in several members, with padding behind the end."""
    headers = {"Content-Encoding": coding} if coding else {}
    assert (
        web.fetch(Request(site.answer("/page", Reply(200, packed, headers)))).body
        == b"words " * 999
    )


@pytest.mark.parametrize("size", [65_536, 65_537, 65_540, 131_072, 600_000])
def test_much_comes_out_of_little(web: LiveWeb, site: Site, size: int) -> None:
    """What one packet holds is unpacked to its end, even where all of it was taken in before."""
    packed = zlib.compress(bytes(size), wbits=-15)
    reply = Reply(200, packed, {"Content-Encoding": "deflate"})
    assert web.fetch(Request(site.answer("/page", reply))).body == bytes(size)


def test_an_address_that_was_not_redirected_stays_as_asked(web: LiveWeb, site: Site) -> None:
    """Its normal form is sent, but whoever compares addresses sees no move."""
    site.answer("/%E6%97%A5?q=%20", Reply())
    url = site.url + "/日?q= "
    assert web.fetch(Request(url)).final_url == url


def test_we_say_who_we_are(site: Site, settings: HttpSettings) -> None:
    """Name, version and contact on every request, robots.txt included; only codings we undo."""
    site.answer("/page", Reply())
    with patient(settings, contact="desk@paper.example") as web:
        web.fetch(Request(site.url + "/page", headers=(("Accept-Language", "zh"),)))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/page"]
    for _, headers in site.asked:
        assert headers["user-agent"].startswith("ribao/")
        assert headers["user-agent"].endswith("(+desk@paper.example)")
        assert headers["accept-encoding"] == "gzip, deflate"
    assert site.asked[1][1]["accept-language"] == "zh"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, RemoteError),
        (403, RemoteError),
        (410, GoneError),
        (429, RetryableError),
        (500, RetryableError),
        (503, RetryableError),
        (304, RemoteError),
        (501, RemoteError),
    ],
)
def test_a_status_says_who_can_act(
    web: LiveWeb, site: Site, status: int, kind: type[RemoteError]
) -> None:
    """Gone is gone, busy is for later, the rest is an error of the host; never a response."""
    with pytest.raises(RemoteError, match=f"HTTP {status}") as caught:
        web.fetch(Request(site.answer("/page", Reply(status, b"sorry"))))
    assert type(caught.value) is kind


def test_a_change_is_asked_for_with_what_the_host_gave(web: LiveWeb, site: Site) -> None:
    """Both validators go back verbatim, and an unchanged feed is a 304 without a body."""
    tags = {"ETag": 'W/"a-gzip"', "Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"}
    request = Request(site.answer("/feed", Reply(200, b"<rss/>", tags)), "feed", conditional=True)
    assert web.fetch(request).status == 200
    again = web.fetch(request)
    assert (again.status, again.body) == (304, b"")
    sent = site.asked[-1][1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == tuple(tags.values())


def test_validators_follow_the_newest_answer(site: Site, settings: HttpSettings) -> None:
    """A new tag replaces the old; a 304 without a date keeps it; a 200 without any forgets both."""
    kept = MemoryValidators()
    url = site.answer(
        "/feed",
        Reply(200, b"1", {"ETag": '"1"', "Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"}),
        Reply(200, b"2", {"ETag": '"1"'}),
        Reply(200, b"3"),
    )
    request = Request(url, "feed", conditional=True)
    with LiveWeb(settings, FixedClock(NOW), kept) as web:
        web.fetch(request)
        assert web.fetch(request).status == 304
        assert kept.get(url) == Validator('"1"', "Sun, 01 Mar 2026 10:00:00 GMT")
        web.fetch(request)
        assert kept.get(url) == Validator()


def test_a_request_that_is_not_conditional_sends_no_validators(web: LiveWeb, site: Site) -> None:
    """Whoever wants the body gets it."""
    url = site.answer("/feed", Reply(200, b"x", {"ETag": '"1"'}))
    web.fetch(Request(url, conditional=True))
    assert web.fetch(Request(url)).status == 200


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), "/end"), ((308, 301), "/end"), ((302,), ""), ((301, 302), "/1"), ((302, 301), "")],
)
def test_only_moves_for_good_are_reported(
    web: LiveWeb, site: Site, statuses: tuple[int, ...], moved: str
) -> None:
    """As far as the chain is permanent from its start."""
    for number, status in enumerate(statuses):
        target = "/end" if number + 1 == len(statuses) else f"/{number + 1}"
        site.answer(f"/{number}", Reply(status, b"", {"Location": target}))
    site.answer("/end", Reply())
    response = web.fetch(Request(site.url + "/0"))
    assert response.final_url == site.url + "/end"
    assert response.moved_to == (site.url + moved if moved else "")


def test_secrets_stay_with_the_host_they_are_for(site: Site, settings: HttpSettings) -> None:
    """Authorization and cookies are dropped when a redirect leaves the origin; the rest is not."""
    other = Site()
    try:
        other.answer("/end", Reply())
        url = site.answer("/start", Reply(302, b"", {"Location": other.url + "/end"}))
        headers = (("Authorization", "Bearer x"), ("Cookie", "a=b"), ("X-Plain", "1"))
        with LiveWeb(settings, FixedClock(NOW)) as web:
            web.fetch(Request(url, headers=headers))
        assert site.asked[-1][1]["authorization"] == "Bearer x"
        assert "authorization" not in other.asked[-1][1]
        assert "cookie" not in other.asked[-1][1]
        assert other.asked[-1][1]["x-plain"] == "1"
    finally:
        other.close()


def test_a_passing_failure_is_tried_again(
    site: Site, settings: HttpSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once more, after the pause that the host named."""
    monkeypatch.setattr(politeness, "BACKOFF_SECONDS", 0.05)
    url = site.answer("/page", Reply(503, b"", {"Retry-After": "0"}), Reply(200, b"back"))
    with patient(settings, retries=1, max_wait_seconds=5) as web:
        assert web.fetch(Request(url)).body == b"back"
    assert site.counts()["/page"] == 2


def test_a_lasting_failure_is_not_tried_again(site: Site, settings: HttpSettings) -> None:
    """A 404 will not get better by asking."""
    with patient(settings, retries=3) as web, pytest.raises(RemoteError):
        web.fetch(Request(site.url + "/none"))
    assert site.counts()["/none"] == 1


def test_a_host_that_asks_for_rest_is_left_alone(site: Site, settings: HttpSettings) -> None:
    """A long Retry-After stops every request to that host, and is told to the caller."""
    url = site.answer("/page", Reply(429, b"", {"Retry-After": "600"}))
    site.answer("/other", Reply())
    with patient(settings, retries=2) as web:
        with pytest.raises(RetryableError) as caught:
            web.fetch(Request(url))
        assert caught.value.retry_after == 600
        with pytest.raises(RetryableError, match="not to be asked"):
            web.fetch(Request(site.url + "/other"))
    assert site.counts()["/page"] == 1
    assert site.counts()["/other"] == 0


def test_a_dead_host_costs_three_failures_no_more(settings: HttpSettings) -> None:
    """The fourth page of a host that does not answer is not tried."""
    gone = Site()
    gone.close()
    with patient(settings, obey_robots=False) as web:
        errors = [
            str(fetched.error)
            for fetched in web.fetch_all(Request(f"{gone.url}/{n}") for n in range(9))
        ]
    assert sum("not to be asked" in error for error in errors) >= 5
    assert sum("cannot connect" in error for error in errors) <= 4


def test_every_request_of_a_batch_is_answered_once(web: LiveWeb, site: Site) -> None:
    """Good, missing and refused addresses, and one asked twice, all come back."""
    good = [site.answer(f"/{n}", Reply(200, bytes([n]))) for n in range(30)]
    urls = [*good, site.url + "/none", "http://10.0.0.1/", good[0]]
    done = list(web.fetch_all(Request(url) for url in urls))
    assert sorted(fetched.request.url for fetched in done) == sorted(urls)
    assert all((fetched.response is None) != (fetched.error is None) for fetched in done)
    assert sum(fetched.response is not None for fetched in done) == 31
    assert list(web.fetch_all([])) == []


def test_leaving_a_batch_early_stops_it(site: Site, settings: HttpSettings) -> None:
    """Requests that have not begun are not made, and the gateway still works."""
    urls = [site.answer(f"/{n}", Reply()) for n in range(200)]
    with patient(settings, host_connections=1, connections=1) as web:
        batch = web.fetch_all(Request(url) for url in urls)
        next(batch)
        batch.close()  # type: ignore[attr-defined]  # an Iterator that is a generator
        assert web.fetch(Request(urls[0])).body == b"ok"
    assert len(site.asked) < 100


def test_one_host_is_asked_by_few_at_once(site: Site, settings: HttpSettings) -> None:
    """Never more than http.host_connections, however many the batch has."""
    urls = [site.answer(f"/{n}", Reply(200, b"x" * 100)) for n in range(40)]
    before = threading.active_count()
    most = 0
    with patient(settings, host_connections=2) as web:
        for _ in web.fetch_all(Request(url) for url in urls):
            most = max(most, threading.active_count() - before)
    assert most <= 3  # the loop of the gateway, and one thread of the server for each connection


def test_requests_to_one_host_are_spaced(site: Site, settings: HttpSettings) -> None:
    """Six requests at 50 ms take at least five times that; robots.txt comes on top."""
    urls = [site.answer(f"/{n}", Reply()) for n in range(6)]
    clock = FixedClock(NOW)
    started = clock.seconds()
    with patient(settings, host_spacing_seconds=0.05) as web:
        assert len(list(web.fetch_all(Request(url) for url in urls))) == 6
    assert clock.seconds() - started >= 0.25


def test_large_bodies_and_slow_readers_do_not_lock_up(
    site: Site, settings: HttpSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More large bodies than there are places or may wait, with a fetch between any two."""
    monkeypatch.setattr(http, "WAITING_BYTES", 3_000_000)
    size = LARGE_BYTES + 1
    urls = [site.answer(f"/{n}", Reply(200, bytes([n]) * size)) for n in range(12)]
    got = 0
    with patient(settings, host_connections=16) as web:
        for fetched in web.fetch_all(Request(url) for url in urls):
            assert fetched.response is not None, fetched.error
            got += len(fetched.response.body)
            assert len(web.fetch(Request(urls[0])).body) == size
    assert got == 12 * size


def test_a_gateway_that_was_never_used_starts_nothing(settings: HttpSettings) -> None:
    """No thread and no loop for a replay that only looks."""
    with LiveWeb(settings, FixedClock(NOW)) as web:
        assert "gateway" not in {thread.name for thread in threading.enumerate()}
        web.close()


def test_a_host_without_tls_is_an_error_in_our_words(site: Site, settings: HttpSettings) -> None:
    """With what the TLS library says as its detail."""
    with (
        patient(settings, obey_robots=False) as web,
        pytest.raises(RetryableError, match=r"the connection broke: .*SSL"),
    ):
        web.fetch(Request(site.url.replace("http:", "https:") + "/"))


@pytest.mark.parametrize(
    "limit",
    [
        {"max_body_bytes": 2000},
        {"max_wire_bytes": 2000},
        {"max_url_bytes": 256},
        {"max_header_bytes": 1024},
    ],
)
def test_each_limit_is_a_setting(site: Site, settings: HttpSettings, limit: dict[str, int]) -> None:
    """The error names it."""
    url = site.answer("/" + "p" * 300, Reply(200, b"x" * 2001, {"X-Long": "y" * 1024}))
    with (
        patient(settings, **limit) as web,
        pytest.raises(RefusedError, match=f"http.{next(iter(limit))}"),
    ):
        web.fetch(Request(url))
