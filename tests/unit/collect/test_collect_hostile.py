"""Hostile bodies: they cost little, they raise nothing but a ContentError, they leak nothing."""

from __future__ import annotations

import pytest

from ribao.collect.plugin import source_kinds
from ribao.collect.sniff import sniff
from ribao.errors import ContentError
from ribao.gateways.address import canonical_url, outlet_of, page_key
from ribao.model import Source, SourceId
from tests.unit.collect.small_web import answer

SIZE = 120_000  # bytes; what is quadratic takes minutes at this size, for fifteen kinds
URL = "https://feed.example/rss"
KINDS = source_kinds()


def row(inside: str) -> str:
    """A feed of one entry with this description."""
    entry = f"<item><title>t</title><link>https://a.example/1</link><description>{inside}</description></item>"
    return f"<rss><channel>{entry}</channel></rss>"


def times(text: str) -> str:
    """As many of it as make the size."""
    return text * (SIZE // len(text))


BODIES = {
    "open tags": times("<a>"),
    "less than": times("<"),
    "ampersands": times("&"),
    "bare entities": "<rss>" + times("&nbsp;"),
    "attributes": "<a " + times(" x=1") + ">",
    "quotes": times('<a x="'),
    "open sections": times("<![CDATA["),
    "doctypes": times("<!DOCTYPE "),
    "doctype brackets": times("<!DOCTYPE x ["),
    "instructions": times("<?xml "),
    "comments": times("<!--"),
    "items": "<rss><channel>" + times("<item>"),
    "same entries": "<rss><channel>" + times("<item><link>https://a.example/1</link><title>t</title></item>"),
    "scripts": row(times("&lt;script")),
    "escaped less than": row(times("&lt;")),
    "escaped comments": row(times("&lt;!--")),
    "white space": row(times("a \n\n ")),
    "a title": row("").replace("t</title>", times("a&lt;b") + "</title>"),
    "a date": row("").replace("<title>", f"<pubDate>{times('1 ')}</pubDate><title>"),
    "brackets of JSON": times("["),
    "objects of JSON": '{"items": [' + times('{"a":'),
    "lines": "{}\n" * 5_000,
    "big ints": '{"items": [{"id": ' + times("9") + "}]}",
}  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", list(BODIES))
def test_hostile_bodies_are_read_or_refused_in_time(name: str) -> None:
    """Every kind takes every body."""
    body = BODIES[name].encode()
    sniff(body)
    for reader in KINDS:
        longest, kept = 0, 0
        try:
            kept = len(
                reader.parse(Source(SourceId("s"), reader.name, URL), answer(body, URL)).kept
            )
        except ContentError as error:
            longest = len(str(error))
        assert longest < 1000, reader.name
        assert kept <= 1 or "items" in name, reader.name


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "part", ["/amp", "%41", "?utm_=", "&a=b", "#", "www.", "https://", "..", "/../", "中"]
)
def test_hostile_addresses_settle_in_time(part: str) -> None:
    """Whatever is repeated."""
    for length in (10, 1_000, 30_000):
        url = "https://a.example/" + part * length
        assert canonical_url(canonical_url(url)) == canonical_url(url)
        assert len(page_key(url)) <= len(url) * 9
        outlet_of(url)


LEAK = "root:"


@pytest.mark.parametrize("kind", ["feed", "sitemap", "html", "arxiv"])
def test_no_file_and_no_address_is_opened_by_a_document(kind: str) -> None:
    """External entities, parameter entities, XInclude and stylesheets stay words."""
    reader = next(each for each in KINDS if each.name == kind)
    for prolog in (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<?xml-stylesheet href="file:///etc/passwd"?>',
    ):
        include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
        body = prolog + row(f"&x; owls {include}").replace("t</title>", "&x; owls</title>")
        try:
            said = repr(reader.parse(Source(SourceId("s"), kind, URL), answer(body.encode(), URL)))
        except ContentError as error:
            said = str(error)
        assert LEAK not in said
