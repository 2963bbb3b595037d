"""Addresses: spellings that are joined, pages that are not, and whose they are."""

from __future__ import annotations

import pytest

from ribao.gateways.address import canonical_url, outlet_of, page_key

CANONICAL = [
    ("HTTP://WWW.Paper.Example:80/a/%7eb/%e4%bd%a0#top", "http://www.paper.example/a/~b/%E4%BD%A0"),
    ("https://paper.example", "https://paper.example/"),
    ("https://paper.example/x?utm_source=a&utm_medium=b", "https://paper.example/x"),
    ("https://paper.example/x?id=3&fbclid=abc&v=1", "https://paper.example/x?id=3&v=1"),
    ("https://paper.example/x?a=1&amp;b=2", "https://paper.example/x?a=1&b=2"),
    ("https://paper.example/x;jsessionid=AB12?q=1", "https://paper.example/x?q=1"),
    ("https://paper.example/#!/story/1", "https://paper.example/#!/story/1"),
    ("https://36kr.com/p/12?f=rss", "https://36kr.com/p/12"),
    ("https://m.36kr.com/p/12", "https://36kr.com/p/12"),
    ("https://youtu.be/abc?si=x", "https://www.youtube.com/watch?v=abc"),
    ("https://m.youtube.com/watch?v=abc&t=10s", "https://www.youtube.com/watch?v=abc"),
    ("http://export.arxiv.org/pdf/2601.00001v2.pdf", "http://arxiv.org/abs/2601.00001v2"),
    ("https://www.google.com/url?q=https%3A%2F%2Fa.example%2Fb&sa=D", "https://a.example/b"),
    ("https://link.zhihu.com/?target=https%3A//a.example/b", "https://a.example/b"),
    ("https://a-example.cdn.ampproject.org/c/s/a.example/b/amp/", "https://a.example/b"),
    ("https://a.example/story/amp/", "https://a.example/story"),
    (" <https://a.example/x> ", "https://a.example/x"),
    ("https://例子.测试/路", "https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF"),
    ("https://user:secret@a.example/x", "https://a.example/x"),
    ("https://a.example./x", "https://a.example/x"),
    ("https://a.example/x?", "https://a.example/x"),
    ("mailto:a@a.example", ""),
    ("javascript:alert(1)", ""),
    ("https://", ""),
    ("http://[::1", ""),
    ("", ""),
]


@pytest.mark.parametrize(("given", "wanted"), CANONICAL)
def test_one_spelling(given: str, wanted: str) -> None:
    """What only tells the way is cut; the page stays, and a second time changes nothing."""
    assert canonical_url(given) == wanted
    assert canonical_url(wanted) == wanted


PAGES = [
    ("https://a.example/?v=1", "https://a.example/?v=2"),
    ("https://a.example/x?ref=1", "https://a.example/x?ref=2"),
    ("https://a.example/x?article=1", "https://a.example/x?article=2"),
    ("https://a.example/x?id=1", "https://a.example/x?id=2"),
    ("https://a.example/x?p=1", "https://a.example/x?p=2"),
    ("https://a.example/x?source=1", "https://a.example/x"),
    ("https://a.example/x?f=rss", "https://a.example/x"),
    ("https://a.example/amp", "https://a.example/"),
    ("https://a.example/X", "https://a.example/x"),
    ("https://m.a.example/1", "https://a.example/1"),
    ("https://a.example:8443/1", "https://a.example/1"),
    ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=b"),
    ("https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/item?id=2"),
    ("https://a.example/#/one", "https://a.example/#/two"),
]


@pytest.mark.parametrize(("one", "other"), PAGES)
def test_two_pages_are_never_joined(one: str, other: str) -> None:
    """Parameters that name pages stay."""
    assert canonical_url(one) != canonical_url(other)
    assert page_key(one) != page_key(other)


SAME = [
    ("http://www.a.example/x/", "https://a.example/x"),
    ("https://a.example/x/index.html", "https://a.example/x"),
    ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2&utm_id=4"),
    ("https://arxiv.org/pdf/2601.00001", "http://arxiv.org/abs/2601.00001v3"),
    ("https://twitter.com/a/status/1?s=20", "https://x.com/a/status/1"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_keys_join_what_cannot_be_opened_alike(one: str, other: str) -> None:
    """Scheme, www, slash, index, order and version do not make another page."""
    assert page_key(one) == page_key(other)


def test_relative_addresses_are_resolved() -> None:
    """Against the base."""
    assert canonical_url("../b?x=1#y", "https://a.example/c/d/") == "https://a.example/c/b?x=1"


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.news.paper.co.uk/x", "paper.co.uk"),
        ("https://someone.github.io/x", "someone.github.io"),
        ("https://someone.substack.com/p/x", "someone.substack.com"),
        ("https://substack.com/p/x", "substack.com"),
        ("https://www.36kr.com/p/1", "36kr.com"),
        ("https://deep.host.paper.example/", "paper.example"),
        ("paper.com.cn", "paper.com.cn"),
        ("https://192.0.2.7:8080/x", "192.0.2.7"),
        ("http://localhost/x", "localhost"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_outlets(url: str, outlet: str) -> None:
    """The registrable host; blogs on a platform are their own."""
    assert outlet_of(url) == outlet
