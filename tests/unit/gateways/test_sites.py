"""What sites say to all machines: asked once a day, kept from run to run, and wishes in files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from ribao.config import HttpSettings
from ribao.errors import RefusedError, RetryableError
from ribao.gateways.clock import FixedClock
from ribao.gateways.http import LiveWeb
from ribao.gateways.site_wishes import SiteWishes, read_ai_txt, read_tdmrep
from ribao.gateways.sites import MemorySiteNotes
from ribao.gateways.web import OptOut, Request
from tests.unit.gateways.sites import Reply, Site

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOST = "https://paper.example"
RESERVED = OptOut("tdm", "tdmrep.json", "tdm-reservation 1 for /news/*")


def runs(settings: HttpSettings, **changes: object) -> tuple[MemorySiteNotes, HttpSettings]:
    """Notes that outlive a gateway, and its settings."""
    return MemorySiteNotes(), settings.model_copy(update=changes)


def fetch(url: str, later: timedelta, notes: MemorySiteNotes, settings: HttpSettings) -> int:
    """Fetch one page in a run of its own; gives its status."""
    with LiveWeb(settings, FixedClock(NOW + later), notes=notes) as web:
        return web.fetch(Request(url)).status


def test_robots_txt_counts_for_a_day_across_runs(site: Site, settings: HttpSettings) -> None:
    """RFC 9309, 2.4; then it is asked for anew, and what it says now holds."""
    kept = runs(settings)
    site.answer("/robots.txt", Reply(200, b""), Reply(200, b"user-agent: *\ndisallow: /"))
    url = site.answer("/page", Reply())
    for hours in (0, 1, 23):
        assert fetch(url, timedelta(hours=hours), *kept) == 200
    assert site.counts()["/robots.txt"] == 1
    with pytest.raises(RefusedError, match=r"robots\.txt does not allow it"):
        fetch(url, timedelta(hours=24), *kept)
    assert site.counts() == {"/robots.txt": 2, "/page": 3}


def test_what_was_read_holds_while_the_site_is_down(site: Site, settings: HttpSettings) -> None:
    """For 30 days; who never had it may ask for nothing."""
    kept = runs(settings)
    site.answer("/robots.txt", Reply(200, b"user-agent: *\ndisallow: /secret"), Reply(500))
    url, secret = site.answer("/page", Reply()), site.answer("/secret", Reply())
    fetch(url, timedelta(), *kept)
    assert fetch(url, timedelta(days=29), *kept) == 200
    with pytest.raises(RefusedError):
        fetch(secret, timedelta(days=29), *kept)
    with pytest.raises(RetryableError, match="cannot be reached"):
        fetch(url, timedelta(days=31), *kept)


def test_a_host_that_asked_to_be_left_alone_is_so_by_the_next_run(
    site: Site, settings: HttpSettings
) -> None:
    """Until the time it named, and for no more than a week."""
    kept = runs(settings, obey_robots=False, max_wait_seconds=1)
    url = site.answer("/page", Reply(429, b"", {"Retry-After": "7200"}), Reply())
    other = site.answer("/other", Reply())
    with pytest.raises(RetryableError, match="HTTP 429"):
        fetch(url, timedelta(), *kept)
    with pytest.raises(RetryableError, match="left alone for 3600 s more"):
        fetch(other, timedelta(hours=1), *kept)
    assert site.counts() == {"/page": 1}
    assert fetch(other, timedelta(hours=2), *kept) == 200
    site.answer("/page", Reply(503, b"", {"Retry-After": "999999999"}))
    with pytest.raises(RetryableError, match="HTTP 503"):
        fetch(url, timedelta(hours=3), *kept)
    assert fetch(other, timedelta(days=7, hours=3), *kept) == 200


def test_files_of_wishes_reach_the_response(site: Site, settings: HttpSettings) -> None:
    """Asked for once a day beside robots.txt, not where it forbids them, nor by the setting."""
    rules = [{"location": "/news/*", "tdm-reservation": 1}]
    site.answer("/.well-known/tdmrep.json", Reply(200, json.dumps(rules).encode()))
    site.answer("/ai.txt", Reply(200, b"User-Agent: *\nDisallow: /news/"))
    news, free = site.answer("/news/1", Reply()), site.answer("/free", Reply())
    notes, wishing = runs(settings, ask_wishes=True)
    for hours in (0, 2):
        with LiveWeb(wishing, FixedClock(NOW + timedelta(hours=hours)), notes=notes) as web:
            trained = OptOut("ai-train", "ai.txt", "disallow: /news/")
            assert web.fetch(Request(news)).opt_outs == (RESERVED, trained)
            assert web.fetch(Request(free)).opt_outs == ()
    asked = {
        "/robots.txt": 1,
        "/.well-known/tdmrep.json": 1,
        "/ai.txt": 1,
        "/news/1": 2,
        "/free": 2,
    }
    assert site.counts() == asked
    site.answer("/robots.txt", Reply(200, b"user-agent: *\ndisallow: /ai.txt\ndisallow: /.well"))
    with LiveWeb(wishing, FixedClock(NOW)) as web:
        assert web.fetch(Request(news)).opt_outs == ()
    with LiveWeb(settings, FixedClock(NOW)) as web:
        assert web.fetch(Request(news)).opt_outs == ()
    assert site.counts() == {**asked, "/robots.txt": 3, "/news/1": 4}


@pytest.mark.parametrize(
    ("content", "path", "wish"),
    [
        (b'[{"location": "/news/*", "tdm-reservation": 1}]', "/news/1", True),
        (b'[{"location": "/news/*", "tdm-reservation": 1}]', "/free", False),
        (b'\xef\xbb\xbf[{"location": "/", "tdm-reservation": "1"}]', "/x", True),
        (b'[{"location": "news", "tdm-reservation": 1}]', "/news", True),
        (b'[{"location": "*.pdf$", "tdm-reservation": 1}]', "/a.pdf", True),
        (b'{"location": "/", "tdm-reservation": 1}', "/x", True),
        (
            b'[{"location": "/", "tdm-reservation": 1}, {"location": "/x", "tdm-reservation": 0}]',
            "/x/1",
            False,
        ),
        (
            b'[{"location": "/x", "tdm-reservation": 0}, {"location": "/x", "tdm-reservation": 1}]',
            "/x",
            True,
        ),
        (b'[{"location": "/", "tdm-reservation": 2}]', "/x", False),
        (b'[{"location": 7, "tdm-reservation": 1}, 3, null]', "/x", False),
        (b"[" * 100_000, "/x", False),
        (b"<html>", "/x", False),
        (b"", "/x", False),
    ],
)
def test_a_tdmrep_json_is_read_by_its_form(content: bytes, path: str, *, wish: bool) -> None:
    """The most specific rule decides; what is no such file says nothing."""
    assert bool(SiteWishes(read_tdmrep(content)).of(HOST + path)) is wish


@pytest.mark.parametrize(
    ("content", "path", "wish"),
    [
        (b"User-Agent: *\nDisallow: /", "/x", True),
        (b"User-Agent: *\nDisallow: /\nAllow: /x", "/x", False),
        (b"User-Agent: *\nDisallow: *.html", "/x/y.html", True),
        (b"User-Agent: otherbot\nDisallow: /", "/x", False),
        (b"<!doctype html>Disallow: /", "/x", False),
        (b"\x00\xff", "/x", False),
    ],
)
def test_an_ai_txt_is_read_like_a_robots_txt(content: bytes, path: str, *, wish: bool) -> None:
    """And speaks of training."""
    found = SiteWishes(ai_txt=read_ai_txt(content, "ribao")).of(HOST + path)
    assert [one.use for one in found] == (["ai-train"] if wish else [])
