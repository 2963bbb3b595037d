"""robots.txt by RFC 9309, and what publishers say about AI."""

from __future__ import annotations

import pytest

from ribao.config import HttpSettings
from ribao.errors import RefusedError, RetryableError
from ribao.gateways.clock import SystemClock
from ribao.gateways.http import LiveWeb
from ribao.gateways.robots import read_rules
from ribao.gateways.signals import forbids_models, page_opt_outs
from ribao.gateways.web import OptOut, Request
from tests.unit.gateways.sites import Reply, Site

HOST = "https://paper.example"


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("user-agent: *\ndisallow: /", "/a", False),
        ("user-agent: *\ndisallow:", "/a", True),
        ("", "/a", True),
        ("disallow: /", "/a", True),
        ("user-agent: *\ndisallow: /\nuser-agent: ribao\nallow: /", "/a", True),
        ("user-agent: ribao\ndisallow: /a\nuser-agent: *\ndisallow: /b", "/b", True),
        ("user-agent: RIBAO/2.0\ndisallow: /", "/a", False),
        ("user-agent: ribaobot\ndisallow: /", "/a", True),
        ("user-agent: one\nuser-agent: ribao\n\ndisallow: /", "/a", False),
        ("user-agent: ribao\nsitemap: /s\nuser-agent: two\ndisallow: /", "/a", False),
        (
            "user-agent: ribao\ndisallow: /x\n\nuser-agent: two\n\nuser-agent: ribao\ndisallow: /a",
            "/a",
            False,
        ),
        ("user-agent: *\ndisallow: /p\nallow: /p/", "/p/1", True),
        ("user-agent: *\nallow: /p\ndisallow: /p/", "/p/1", False),
        ("user-agent: *\nallow: /p\ndisallow: /p", "/p", True),
        ("user-agent: *\ndisallow: /*.php$", "/a.php", False),
        ("user-agent: *\ndisallow: /*.php$", "/a.php?x", True),
        ("user-agent: *\ndisallow: /日", "/%E6%97%A5%E6%8A%A5", False),
        ("User Agent : *\nDissalow : /", "/a", False),
        ("user-agent: * # all\ndisallow: / # everything", "/a", False),
        ("user-agent *\ndisallow /", "/a", False),
        ("user-agent: *\ndisallow: /", "/robots.txt", True),
        ("\x00\xff<html>no robots here", "/a", True),
        ("foo: ribao\nbar: /", "/a", True),
        ("user-agent: * baz\ndisallow: /", "/a", False),
        ("user-agent: *baz\ndisallow: /", "/a", True),
        ("user-agent: ribao bar\ndisallow: /", "/a", False),
        ("user-agent: *\ndisallow: /x/\ndisallow: /" + "z" * 17_000 + "\nallow: /y", "/x/1", False),
        ("user-agent: *\ndisallow: /a?b=http://c.example", "/a?b=http://c.example/d", False),
        ("user-agent: *\ndisallow: /A", "/a", True),
        ("user-agent: *\r\ndisallow: /\r", "/a", False),
        ("user-agent: *\rallow: /a\rdisallow: /", "/b", False),
        ("user-agent: *\n\n\ndisallow: /\x0callow: /a", "/a", True),
        ("user-agent:*\ndisallow:/x", "/x/y", False),
        ("user-agent\t*\ndisallow\t/x", "/x", False),
        ("user-agent: *\ndisallow: /\nallow: /p/", "/p", False),
        ("user-agent: *\ndisallow: /page\nallow: /*.ph", "/page.ph1", True),
        ("user-agent: *\ndisallow: /*\nallow: /p", "/p", True),
        ("user-agent: *\nallow: /$\ndisallow: /", "/", True),
        ("user-agent: *\nallow: /$\ndisallow: /", "/page", False),
        ("user-agent: *\ndisallow: /foo/bar*qux", "/foo/bar/foo/qux1", False),
        ("user-agent: *\ndisallow: /foo/bar$", "/foo/bar/qux", True),
        ("user-agent: *\ndisallow: /foo/bar$", "/foo/bar", False),
        ("user-agent: *\ndisallow: *.pdf$", "/a/b.pdf", False),
        ("user-agent: *\ndisallow: *a*a$", "/a", True),
        ("user-agent: *\ndisallow: /a$b", "/a$b/c", False),
        ("user-agent: *\ndisallow: /a-%2A.html", "/a-*.html", False),
        ("user-agent: *\ndisallow: /a-%2A.html", "/a-b.html", True),
        ("user-agent: *\ndisallow: /~joe/", "/%7Ejoe/x", False),
        ("user-agent: *\ndisallow: /%7ejoe/", "/~joe/x", False),
        ("user-agent: *\ndisallow: /a%3cd.html", "/a%3Cd.html", False),
        ("user-agent: *\ndisallow: /a%2fb.html", "/a/b.html", True),
        ("user-agent: *\ndisallow: /%62%61%7a", "/baz", False),
        ("user-agent: *\ndisallow: /\xe3\x83\x84", "/%C3%A3%C2%83%C2%84", False),
        ("user-agent: *\ndisallow: /a\ndisallow: /?id=", "/?id=7", False),
        ("user-agent: *\ndisallow: foo", "/foo", True),
        ("user-agent: *\ndisallow: /\nunknown: x\nuser-agent: ribao\nallow: /", "/a", True),
        ("user-agent: two\ndisallow: /\n\nuser-agent: three\nallow: /", "/a", True),
        ("user-agent: ribao\n\nuser-agent: *\ndisallow: /", "/a", False),
        ("user-agent: ribao\ndisallow:\nuser-agent: *\ndisallow: /", "/a", True),
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb"])
def test_rules_are_read_by_the_book(robots: str, path: str, *, allowed: bool, mark: bytes) -> None:
    """Groups, longest match, wildcards, common misspellings; with and without a byte order mark."""
    rules = read_rules(mark + robots.encode("utf-8"), "ribao")
    assert rules.allows(HOST + path) is allowed


def test_what_stands_beyond_half_a_megabyte_is_not_read() -> None:
    """Nobody can keep us busy with a file; rules before the cut still hold."""
    rules = read_rules(
        b"user-agent: *\ndisallow: /a\n" + b"#" * 600_000 + b"\ndisallow: /b", "ribao"
    )
    assert not rules.allows(HOST + "/a")
    assert rules.allows(HOST + "/b")


def crawler(settings: HttpSettings, **changes: object) -> LiveWeb:
    """A gateway with other settings."""
    return LiveWeb(settings.model_copy(update=changes), SystemClock())


def test_a_forbidden_page_is_not_asked_for(site: Site, settings: HttpSettings) -> None:
    """And the file is read once for all pages of a host."""
    site.answer("/robots.txt", Reply(200, b"user-agent: ribao\ndisallow: /secret"))
    site.answer("/open", Reply())
    urls = [site.url + "/open", site.url + "/secret", site.url + "/secret/2"]
    with crawler(settings) as web:
        errors = [fetched.error for fetched in web.fetch_all(Request(url) for url in urls)]
    refused = [error for error in errors if isinstance(error, RefusedError)]
    assert len(refused) == 2
    assert all("robots.txt does not allow it" in str(error) for error in refused)
    assert site.counts() == {"/robots.txt": 1, "/open": 1}


def test_a_redirect_is_no_way_around(site: Site, settings: HttpSettings) -> None:
    """The target is checked like any address."""
    site.answer("/robots.txt", Reply(200, b"user-agent: *\ndisallow: /secret"))
    url = site.answer("/open", Reply(302, b"", {"Location": "/secret"}))
    with crawler(settings) as web, pytest.raises(RefusedError, match="robots"):
        web.fetch(Request(url))
    assert site.counts()["/secret"] == 0


@pytest.mark.parametrize("status", [404, 403, 401, 410, 400])
def test_a_missing_robots_txt_allows_everything(
    site: Site, settings: HttpSettings, status: int
) -> None:
    """RFC 9309, 2.3.1.3."""
    site.answer("/robots.txt", Reply(status))
    with crawler(settings) as web:
        assert web.fetch(Request(site.answer("/page", Reply()))).status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_broken_robots_txt_forbids_everything_for_now(
    site: Site, settings: HttpSettings, status: int
) -> None:
    """RFC 9309, 2.3.1.4; it is asked for again the next time, not remembered as broken."""
    site.answer("/robots.txt", Reply(status), Reply(200, b""))
    url = site.answer("/page", Reply())
    with crawler(settings) as web:
        with pytest.raises(RetryableError, match=r"robots\.txt cannot be reached"):
            web.fetch(Request(url))
        assert web.fetch(Request(url)).status == 200
    assert site.counts()["/page"] == 1


def test_redirects_of_robots_txt_are_followed(site: Site, settings: HttpSettings) -> None:
    """RFC 9309, 2.3.1.2."""
    site.answer("/robots.txt", Reply(301, b"", {"Location": "/r2"}))
    site.answer("/r2", Reply(200, b"user-agent: *\ndisallow: /"))
    with crawler(settings) as web, pytest.raises(RefusedError, match="robots"):
        web.fetch(Request(site.answer("/page", Reply())))


@pytest.mark.parametrize("change", [{"obey_robots": False}, {"robots_exempt": ("127.0.0.1",)}, {}])
def test_the_owner_and_apis_may_be_exempt(
    site: Site, settings: HttpSettings, change: dict[str, object]
) -> None:
    """By setting, by host, or since an API is made for programs."""
    site.answer("/robots.txt", Reply(200, b"user-agent: *\ndisallow: /"))
    url = site.answer("/page", Reply())
    with crawler(settings, **change) as web:
        assert web.fetch(Request(url, purpose="page" if change else "api")).status == 200
    assert site.counts() == {"/page": 1}


def test_a_crawl_delay_is_kept(site: Site, settings: HttpSettings) -> None:
    """Requests to the host are at least that far apart."""
    site.answer("/robots.txt", Reply(200, b"user-agent: *\ncrawl-delay: 0.1"))
    urls = [site.answer(f"/{n}", Reply()) for n in range(4)]
    clock = SystemClock()
    started = clock.seconds()
    with crawler(settings) as web:
        assert len(list(web.fetch_all(Request(url) for url in urls))) == 4
    assert clock.seconds() - started >= 0.3


def test_wishes_of_robots_txt_reach_the_response(site: Site, settings: HttpSettings) -> None:
    """With the statement, verbatim; a path of its own decides over the general one."""
    site.answer(
        "/robots.txt",
        Reply(
            200,
            b"user-agent: *\ncontent-signal: search=yes, ai-input=no\n"
            b"content-usage: train-ai=n\ncontent-usage: /free train-ai=y\nallow: /",
        ),
    )
    page, free = site.answer("/page", Reply()), site.answer("/free/1", Reply())
    with crawler(settings) as web:
        signal = OptOut("ai-input", "robots.txt content-signal", "search=yes, ai-input=no")
        usage = OptOut("ai-train", "robots.txt content-usage", "train-ai=n")
        assert web.fetch(Request(page)).opt_outs == (signal, usage)
        assert web.fetch(Request(free)).opt_outs == (signal,)
        assert forbids_models((signal,))
        assert not forbids_models((usage,))


HTML = ("content-type", "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("headers", "body", "uses"),
    [
        ((), b"", ()),
        ((("x-robots-tag", "noindex, noai"),), b"", ("ai",)),
        ((("x-robots-tag", "ribao: noai"),), b"", ("ai",)),
        ((("x-robots-tag", "otherbot: noai"),), b"", ()),
        (
            (("x-robots-tag", "unavailable_after: 25 Jun 2030"), ("x-robots-tag", "NOAI")),
            b"",
            ("ai",),
        ),
        ((("tdm-reservation", "1"),), b"", ("tdm",)),
        ((("tdm-reservation", "0"),), b"", ()),
        ((("content-usage", "train-ai=n, search=y"),), b"", ("ai-train",)),
        ((("content-signal", "ai-input=no,ai-train=no"),), b"", ("ai-input", "ai-train")),
        ((("content-usage", "search=n"),), b"", ()),
        ((HTML,), b'<html><META content="noai, noimageai" name=robots>', ("ai",)),
        ((HTML,), b"<meta name='tdm-reservation' content='1'/>", ("tdm",)),
        ((HTML,), b'<meta name="ribao" content="noai">', ("ai",)),
        ((HTML,), b'<meta name="robots" content="index,follow">', ()),
        ((("content-type", "text/plain"),), b'<meta name="robots" content="noai">', ()),
        ((HTML,), b" " * 70_000 + b'<meta name="robots" content="noai">', ()),
    ],
)
def test_wishes_of_a_page_are_read(
    headers: tuple[tuple[str, str], ...], body: bytes, uses: tuple[str, ...]
) -> None:
    """In headers and in the head of an HTML page."""
    assert tuple(opt_out.use for opt_out in page_opt_outs(headers, body)) == uses
