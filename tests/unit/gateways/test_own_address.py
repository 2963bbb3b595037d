"""The address that a page goes by: redirects and rel=canonical, followed only where it is safe."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ribao.gateways.address import canonical_url
from ribao.gateways.own_address import named_by, own_address
from ribao.gateways.web import Response

OWL = "https://www.owl.example"
ASKED = f"{OWL}/news/1?ref=home"
SHORT = "https://t.co/abc"
NOW = datetime(2026, 1, 15, tzinfo=UTC)


def page(head: str, final: str = ASKED, *headers: tuple[str, str], asked: str = ASKED) -> Response:
    """A page of HTML with this head."""
    body = f"<html><head>{head}</head><body><p>words</p></body></html>".encode()
    return Response(asked, final, 200, (("content-type", "text/html"), *headers), body, NOW)


def link(href: str) -> str:
    """How a page names itself."""
    return f'<link rel="canonical" href="{href}">'


@pytest.mark.parametrize(
    ("head", "url", "because"),
    [
        ("", ASKED, ""),
        (link(ASKED), ASKED, ""),
        (link("/news/1"), f"{OWL}/news/1", "calls itself"),
        (link("https://owl.example/a-title"), "https://owl.example/a-title", "calls itself"),
        (link("http://www.owl.example/news/1?ref=home"), ASKED, ""),
        (link("https://m.owl.example/n/1"), "https://m.owl.example/n/1", "calls itself"),
        ("<LINK HREF='/x?a=1&amp;b=2' REL='nofollow Canonical'/>", f"{OWL}/x?a=1&b=2", ""),
        ('<base href="/deep/">' + link("x"), f"{OWL}/deep/x", ""),
        (link("/x?utm_source=y"), f"{OWL}/x", ""),
        (link("https://fox.example/news/1"), ASKED, "another site: not taken"),
        (link(f"{OWL}/"), ASKED, "a home page: not taken"),
        (link("/login?next=1"), ASKED, "a log-in or an error page: not taken"),
        (link("javascript:alert(1)"), ASKED, ""),
        (link("https://[broken"), ASKED, ""),
        (link("/x") + link("/y"), ASKED, ""),
        ("<!-- " + link("/x") + " -->", ASKED, ""),
        ("<script>'" + link("/x") + "'</script>", ASKED, ""),
        ("</head><body>" + link("/x"), ASKED, ""),
    ],
)  # fmt: skip
def test_a_page_is_called_as_it_calls_itself_within_its_site(
    head: str, url: str, because: str
) -> None:
    """In whatever spelling; never by another site's name, a home page's, or two."""
    own = own_address(ASKED, page(head))
    assert own.url == url
    assert because in own.because
    assert bool(own.because) == (own.url != ASKED or bool(because))


@pytest.mark.parametrize(
    ("asked", "final", "url", "because"),
    [
        (ASKED, "https://owl.example/a-title/", "https://owl.example/a-title/", "redirected from"),
        ("http://owl.example/1", f"{OWL}/1", f"{OWL}/1", "redirected from"),
        ("https://owl.list-manage.com/c?u=1", f"{OWL}/1", f"{OWL}/1", "redirected from"),
        (SHORT, f"{OWL}/1?utm_medium=x", f"{OWL}/1", "redirected from"),
        (ASKED, "https://consent.example/owl", ASKED, "another site: not taken"),
        (ASKED, f"{OWL}/", ASKED, "a home page: not taken"),
        (SHORT, f"{OWL}/", SHORT, "a home page: not taken"),
        (ASKED, f"{OWL}/signin?to=1", ASKED, "a log-in or an error page: not taken"),
        (ASKED, "http://www.owl.example/n/1", ASKED, "without TLS: not taken"),
    ],
)
def test_a_redirect_is_followed_within_the_site_and_from_short_addresses(
    asked: str, final: str, url: str, because: str
) -> None:
    """A refused one also takes the word of the page that stands there."""
    own = own_address(asked, page("", final, asked=asked))
    assert (own.url, because in own.because) == (url, True)
    named = own_address(asked, page(link("/named"), final, asked=asked))
    refused = "not taken" in because
    assert named.url == (url if refused else canonical_url("/named", final))


def test_a_place_in_a_page_stays_a_place() -> None:
    """Entries of a changelog share a page and are told apart by their fragment."""
    asked = f"{OWL}/changelog#1.5.6"
    own = own_address(asked, page(link(f"{OWL}/changelog"), asked, asked=asked))
    assert (own.url, own.because) == (asked, "")


def test_the_header_names_the_page_too() -> None:
    """RFC 6596 and 8288; of a page that is no HTML as well; header and element must agree."""
    value = '<https://www.owl.example/p.pdf>; rel="canonical", </x>; rel=next'
    headers = (("content-type", "application/pdf"), ("link", value))
    pdf = Response(ASKED, ASKED, 200, headers, b"", NOW)
    assert named_by(pdf) == f"{OWL}/p.pdf"
    assert named_by(page(link("/other"), ASKED, ("link", value))) == ""


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "part", ["<link ", "<!--", "<script>", "<link rel='canonical' href='/", "<base "]
)
def test_hostile_heads_cost_little(part: str) -> None:
    """A megabyte of beginnings without an end."""
    assert own_address(ASKED, page(part * (1_000_000 // len(part)))).url == ASKED
