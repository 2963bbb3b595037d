"""Sitemaps: an index leads to the files that can hold news, packed files are unpacked."""

from __future__ import annotations

import gzip

import pytest

from ribao.collect import discover, read_sources
from ribao.collect.plugin import source_kinds
from ribao.config import CollectSettings
from ribao.errors import ContentError
from ribao.gateways.web import Response
from ribao.model import Source, SourceId
from tests.unit.collect.small_web import NOW, FakeWeb, answer, read

KINDS = {kind.name: kind for kind in source_kinds()}
HOME = "https://owl.example"
INDEX = Source(SourceId("owl"), "sitemap", f"{HOME}/sitemap.xml")


def index(*files: tuple[str, str]) -> bytes:
    """An index of these addresses, with their dates."""
    rows = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for loc, date in files
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<sitemapindex xmlns="{space}">{rows}</sitemapindex>'.encode()


def sitemap(name: str) -> bytes:
    """A sitemap of one page."""
    return f"<urlset><url><loc>{HOME}/{name}-of-some-owls</loc></url></urlset>".encode()


def web(body: bytes, **files: bytes) -> FakeWeb:
    """An index and the files that it may lead to."""
    bodies = {INDEX.url: body} | {f"{HOME}/{name}.xml": file for name, file in files.items()}
    return FakeWeb({url: answer(body, url) for url, body in bodies.items()})


@pytest.mark.parametrize(
    ("files", "read_files"),
    [
        ([(f"{HOME}/a.xml", "2024-01"), (f"{HOME}/b.xml", "2026-01"), (f"{HOME}/c.xml", "")], "ba"),
        ([(f"{HOME}/{n}.xml", f"2026-01-0{d}") for d, n in enumerate("edcba", 1)], "abc"),
        ([(f"{HOME}/a.xml", ""), (f"{HOME}/b.xml", "")], "ab"),
        ([(f"{HOME}/a.xml", ""), ("https://fox.example/b.xml", "")], "a"),
        ([(f"{HOME}/a.xml", "2099-01-01"), (f"{HOME}/b.xml", "2026-01-01")], "b"),
    ],
)  # fmt: skip
def test_an_index_leads_to_its_newest_files(files: list[tuple[str, str]], read_files: str) -> None:
    """Three at most, by their dates; never to another site; no other file is asked for."""
    net = web(index(*files), **{name: sitemap(name) for name in "abcde"})
    (told,) = read_sources([INDEX], KINDS, net, CollectSettings(), NOW)
    assert told.outcome.failed == ()
    assert {item.title[0].lower() for item in told.outcome.kept} == set(read_files)
    asked = [f"{HOME}/{name}.xml" for name in read_files]
    assert sorted(request.url for request in net.asked) == sorted([INDEX.url, *asked])
    assert sorted(told.vouched) == sorted(asked), "a 304 of the index would hide its files"


def test_names_tell_which_files_are_new() -> None:
    """Where no dates stand beside them; a file for news goes before all."""
    months = [(f"{HOME}/pages-2025-{n:02}.xml", "") for n in range(1, 13)]
    files = {f"pages-2025-{n:02}": sitemap(f"m{n}") for n in range(1, 13)}
    (told,) = read_sources([INDEX], KINDS, web(index(*months), **files), CollectSettings(), NOW)
    assert {item.url for item in told.outcome.kept} == {
        f"{HOME}/m{n}-of-some-owls" for n in (10, 11, 12)
    }
    both = index(*months, (f"{HOME}/news.xml", ""))
    net = web(both, news=sitemap("n"), **files)
    (told,) = read_sources([INDEX], KINDS, net, CollectSettings(), NOW)
    assert [item.url for item in told.outcome.kept] == [f"{HOME}/n-of-some-owls"]


@pytest.mark.parametrize(
    ("body", "files", "error"),
    [
        (index(), {}, "it is empty"),
        (index(*((f"{HOME}/{n}.xml", "") for n in "abcd")), {}, "which of its 4 files is new"),
        (index((f"{HOME}/a.xml", "")), {}, "gone for good"),
        (index((f"{HOME}/a.xml", "")), {"a": index((f"{HOME}/b.xml", ""))}, "named by an index"),
        (b"<rss/>", {}, "not a sitemap"),
        (index((INDEX.url, "")), {}, "named by an index"),
    ],
)
def test_an_index_that_leads_nowhere_says_so(
    body: bytes, files: dict[str, bytes], error: str
) -> None:
    """One sentence, and the source is not taken for gone."""
    (told,) = read_sources([INDEX], KINDS, web(body, **files), CollectSettings(), NOW)
    assert error in told.error
    assert told.gone == ""


def test_one_bad_file_of_an_index_fails_alone() -> None:
    """By its address; what the others hold is read."""
    net = web(index((f"{HOME}/a.xml", ""), (f"{HOME}/b.xml", "")), a=sitemap("a"))
    (told,) = read_sources([INDEX], KINDS, net, CollectSettings(), NOW)
    assert [item.url for item in told.outcome.kept] == [f"{HOME}/a-of-some-owls"]
    assert [failure.subject for failure in told.outcome.failed] == [f"{HOME}/b.xml"]
    assert told.error == ""


def test_packed_files_are_unpacked_within_a_limit() -> None:
    """A bomb, or a file that breaks off, is one sentence."""
    packed = gzip.compress(sitemap("packed"))
    assert [item.title for item in read(packed, kind="sitemap").kept] == ["Packed of some owls"]
    for body, error in (
        (packed[:-9], "breaks off"),
        (gzip.compress(b"<urlset>" + bytes(17 << 20)), "over 16777216 bytes"),
        (b"\x1f\x8bnonsense", "cannot be unpacked"),
    ):
        with pytest.raises(ContentError, match=error):
            read(body, kind="sitemap")


def test_a_packed_index_is_found_by_add() -> None:
    """As a source of its own."""
    url = f"{HOME}/sitemap_index.xml.gz"
    net = FakeWeb(
        {
            url: answer(gzip.compress(index((f"{HOME}/a.xml", ""))), url),
            f"{HOME}/a.xml": answer(sitemap("a"), f"{HOME}/a.xml"),
        }
    )
    found = discover(url, net, KINDS)
    assert (found.kind, found.url) == ("sitemap", url)


CHANNEL = "UC" + "owl" * 7 + "x"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (
            "https://www.youtube.com/@owls",
            f'<link rel="alternate" href="https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}">',
        ),
        ("youtube.com/@owls", f'<script>{{"channelId":"{CHANNEL}"}}</script>'),
        (
            "https://m.youtube.com/c/owls",
            f'<link rel="canonical" href="https://www.youtube.com/channel/{CHANNEL}">',
        ),
    ],
)
def test_a_handle_of_youtube_becomes_its_channel(url: str, page: str) -> None:
    """By what its page says; the source reads the channel's feed."""
    asked = url if "://" in url else f"https://{url}"
    found = discover(url, FakeWeb({asked: answer(page.encode(), asked)}), KINDS)
    assert (found.kind, found.url) == ("youtube", f"https://www.youtube.com/channel/{CHANNEL}")
    (request,) = KINDS["youtube"].requests(found)
    assert request.url.endswith(f"videos.xml?channel_id={CHANNEL}")


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ("<p>Before you continue</p>", "it names no channel"),
        (f'"channelId":"{CHANNEL}" "channelId":"UC{"fox" * 7}y"', "it names 2 channels"),
    ],
)
def test_a_page_of_youtube_that_names_no_channel_is_refused(page: str, error: str) -> None:
    """A consent page, or one that is about others."""
    url = "https://www.youtube.com/@owls"
    with pytest.raises(ContentError, match=error):
        discover(url, FakeWeb({url: answer(page.encode(), url)}), KINDS)


@pytest.mark.parametrize(
    "url", ["", "  ", "two words", "file:///etc/passwd", "javascript:alert(1)", "https://[::1", "imaps://u@h/f"]
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused_unasked(url: str) -> None:
    """In one sentence."""
    net = FakeWeb({})
    with pytest.raises(ContentError, match="no web address"):
        discover(url, net, KINDS)
    assert net.asked == []


def test_addresses_are_taken_as_people_type_them() -> None:
    """Without a scheme, with a port, as `feed:`, in brackets; a section is looked into, too."""
    feed = b"<rss><channel><item><title>Owls</title><link>https://owl.example/1</link></item></channel></rss>"
    for typed, asked in (
        (" <owl.example/rss> ", f"{HOME}/rss"),
        ("feed:https://owl.example/rss", f"{HOME}/rss"),
        ("feed://owl.example/rss", f"{HOME}/rss"),
        ("owl.example:8080/rss", "https://owl.example:8080/rss"),
    ):
        assert discover(typed, FakeWeb({asked: answer(feed, asked)}), KINDS).url == asked
    pages: dict[str, Response] = {
        f"{HOME}/blog/": answer(b"<html><p>hello</p></html>", f"{HOME}/blog/"),
        f"{HOME}/blog/index.xml": answer(feed, f"{HOME}/blog/index.xml"),
    }
    assert discover("owl.example/blog/", FakeWeb(pages), KINDS).url == f"{HOME}/blog/index.xml"
