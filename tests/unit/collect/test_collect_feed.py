"""Reading feeds: each field, each form, each usual defect."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from ribao.errors import ContentError
from ribao.outcome import Reason
from tests.unit.collect.small_web import read

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>Sample</title><link>https://paper.example/</link><language>en</language>
%s
</channel></rss>"""
ITEM = """<item><title>Owl &amp;amp; Fox ship a model</title>
<link>https://paper.example/owl?utm_source=rss</link><guid isPermaLink="false">n-1</guid>
<pubDate>Thu, 15 Jan 2026 10:00:00 +0800</pubDate>
<dc:creator>A. Writer</dc:creator><dc:contributor>First Post</dc:contributor>
<dc:contributor>Second Post</dc:contributor><comments>https://paper.example/owl/talk</comments>
<slash:comments>12</slash:comments>
<description>A &lt;b&gt;small&lt;/b&gt; model for owls.</description>
<content:encoded><![CDATA[<p>The whole story.</p>]]></content:encoded></item>"""


def test_every_field_of_an_rss_item_arrives() -> None:
    """Address, title, texts, author, date, outlets, comments."""
    (item,) = read(RSS % ITEM).kept
    assert item.url == "https://paper.example/owl"
    assert item.title == "Owl & Fox ship a model"
    assert item.summary == "A small model for owls."
    assert item.body == "<p>The whole story.</p>"
    assert item.author == "A. Writer"
    assert item.published_at == datetime(2026, 1, 15, 2, 0, tzinfo=UTC)
    assert item.published_because == ""
    assert item.heat.outlets == ("First Post", "Second Post")
    assert item.heat.comments == 12
    assert item.links == ("https://paper.example/owl/talk",)
    assert item.language == "en"
    assert item.outlet == ""


def test_atom_takes_the_page_and_not_the_feed_for_its_link() -> None:
    """rel=alternate wins over rel=self, relative addresses are resolved."""
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>S</title>
    <entry><title type="html">One &amp;lt; two</title><id>tag:x,1</id>
    <link rel="self" href="/feed/1"/><link rel="alternate" href="/page/1"/>
    <link rel="related" href="https://code.example/owl"/>
    <updated>2026-01-15T08:00:00Z</updated><published>2026-01-14T08:00:00Z</published>
    <summary type="text">Fewer than &lt;3 birds</summary></entry></feed>"""
    (item,) = read(body).kept
    assert (item.url, item.title) == ("https://feed.example/page/1", "One < two")
    assert item.summary == "Fewer than <3 birds"
    assert item.published_at == datetime(2026, 1, 14, 8, 0, tzinfo=UTC)
    assert item.links == ("https://code.example/owl",)


def test_rdf_items_beside_the_channel_are_read() -> None:
    """RSS 1.0 keeps its items outside of the channel."""
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example/"><title>R</title></channel>
    <item rdf:about="https://x.example/1"><title>Robots walk</title><link>https://x.example/1</link>
    <dc:date>2026-01-15</dc:date></item></rdf:RDF>"""
    (item,) = read(body).kept
    assert (item.title, item.published_at) == ("Robots walk", datetime(2026, 1, 15, tzinfo=UTC))


def test_json_feed_is_read() -> None:
    """JSON Feed 1.1, with a text body."""
    body = json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "S", "language": "zh",
        "items": [{"id": "7", "url": "https://x.example/7", "title": "猫头鹰发布新模型",
                   "content_text": "正文 1 < 2", "date_published": "2026-01-15T09:00:00+08:00",
                   "authors": [{"name": "甲"}, {"name": "乙"}]}, 3],
    })  # fmt: skip
    outcome = read(body)
    (item,) = outcome.kept
    assert (item.title, item.language, item.author) == ("猫头鹰发布新模型", "zh", "甲, 乙")
    assert item.body == "正文 1 &lt; 2"
    assert [drop.reason for drop in outcome.dropped] == [Reason.NO_LINK]


@pytest.mark.parametrize("encoding", ["gb18030", "gb2312", "utf-16", "utf-8-sig", "big5", "cp1251"])
def test_encodings_are_told_from_declaration_or_bytes(encoding: str) -> None:
    """Declared or marked encodings come out whole."""
    word = "Модель" if encoding == "cp1251" else "新模型"
    name = {"utf-8-sig": "utf-8", "cp1251": "windows-1251"}.get(encoding, encoding)
    text = (RSS % ITEM).replace("Owl &amp;amp; Fox ship a model", word).replace("utf-8", name)
    (item,) = read(text.encode(encoding)).kept
    assert item.title == word


def test_gb18030_named_by_the_header_only() -> None:
    """The Content-Type tells what the document does not."""
    text = (RSS % ITEM).replace(' encoding="utf-8"', "").replace("Owl &amp;amp; Fox", "猫头鹰")
    (item,) = read(text.encode("gb18030"), content_type="application/rss+xml; charset=gb18030").kept
    assert item.title == "猫头鹰 ship a model"


SOUND = RSS % ITEM
SLASH = ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
DOCTYPE = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
TITLE = "Owl & Fox ship a model"


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        ("\n\n \x00junk" + SOUND, TITLE),
        (SOUND.replace("&amp;amp;", "&"), TITLE),
        (SOUND.replace("&amp;amp;", "&nbsp;&hellip;"), "Owl … Fox ship a model"),
        (SOUND.replace("Owl", "Owl\x0b\x02"), TITLE),
        (SOUND.replace("<rss", f"{DOCTYPE}<rss"), TITLE),
        (SOUND[:-40], TITLE),
        (SOUND.replace(SLASH, ""), TITLE),
        (SOUND.replace("&amp;amp;", "< 3 &amp;amp;"), "Owl < 3 & Fox ship a model"),
    ],
)
def test_usual_defects_are_mended(broken: str, title: str) -> None:
    """None of them costs an entry or its link."""
    (item,) = read(broken).kept
    assert (item.title, item.url) == (title, "https://paper.example/owl")


def test_invalid_utf8_costs_no_entry() -> None:
    """One broken byte in the middle of a Chinese feed."""
    body = (
        (RSS % (ITEM + ITEM.replace("owl", "elk"))).encode().replace(b"ship a", b"ship \xff\xfea")
    )
    found = [item.url for item in read(body).kept]
    assert found == ["https://paper.example/owl", "https://paper.example/elk"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the feed is empty"),
        (b"  \n", "the feed is empty"),
        (b"not a feed at all", "the feed is not XML"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "web page where a feed should be"),
        (b"<?xml version='1.0'?><urlset></urlset>", "this XML is not a feed"),
        (b'{"a": 1}', "this JSON is not a feed"),
        (b'{"items": ', "the answer is not JSON"),
        (b"<rss>" + b" " * (33 * 2**20), "the feed is too large"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_one_clear_error(body: bytes, words: str) -> None:
    """One sentence that names the address."""
    with pytest.raises(ContentError, match=words) as caught:
        read(body)
    assert "'https://feed.example/rss'" in str(caught.value)


def test_an_empty_channel_is_no_error() -> None:
    """A feed with nothing in it is read, and gives nothing."""
    assert read(RSS % "").kept == ()


def test_entities_are_never_expanded() -> None:
    """A billion laughs costs nothing and prints nothing."""
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "'
        + "&a;" * 50
        + '"><!ENTITY c "'
        + "&b;" * 50
        + '">]>'
    )
    (item,) = read(bomb + (RSS % ITEM).split("?>")[1].replace("Owl", "&c; Owl")).kept
    assert "haha" not in item.title
    assert "Owl" in item.title


def test_entries_without_title_or_link_are_kept_or_dropped_with_a_reason() -> None:
    """A title is made from the text; without any address or any words an entry is dropped."""
    words = "<description>First line here. More.</description>"
    bare = f"<item><link>https://x.example/1</link>{words}</item>"
    nolink = "<item><title>Nowhere</title></item>"
    mute = "<item><link>https://x.example/2</link></item>"
    outcome = read(RSS % (bare + nolink + mute))
    assert [item.title for item in outcome.kept] == ["First line here."]
    assert [drop.reason for drop in outcome.dropped] == [Reason.NO_LINK, Reason.NO_TITLE]


def test_entries_that_share_an_address_stay_apart() -> None:
    """A changelog points at one page: fragment and guid tell its entries apart, a repeat goes."""
    one = "<item><title>v1</title><link>https://x.example/log#1</link></item>"
    outcome = read(RSS % (one + one.replace("v1", "v2").replace("#1", "#2") + one))
    found = [item.url for item in outcome.kept]
    assert found == ["https://x.example/log#1", "https://x.example/log#2"]
    assert [drop.reason for drop in outcome.dropped] == [Reason.REPEATED]


def test_an_aggregator_names_the_outlet() -> None:
    """An item of another host, or with a <source>, is somebody else's."""
    other = ITEM.replace("https://paper.example/owl?", "https://www.other.example/owl?")
    named = ITEM.replace("n-1", "n-2").replace(
        "<guid", "<source url='https://third.example/'>Third</source><guid"
    )
    assert [item.outlet for item in read(RSS % (other + named)).kept] == ["other.example", "Third"]


@pytest.mark.parametrize(
    ("title", "headline", "day"),
    [
        ("Dec 18, 2025PolicyAn owl learns to read", "An owl learns to read", 18),
        ("PolicyDec 18, 2025Policy for owls, explained", "Policy for owls, explained", 18),
        ("December 18, 2025“Owls” are here", "“Owls” are here", 18),
        ("Societal ImpactsDec 2, 2025How owls work", "How owls work", 2),
        ("Dec 18, 2025 was a good day for owls", "Dec 18, 2025 was a good day for owls", None),
        ("Product of the year: Dec 18, 2025", "Product of the year: Dec 18, 2025", None),
    ],
)
def test_titles_made_of_whole_cards_are_taken_apart(
    title: str, headline: str, day: int | None
) -> None:
    """Where a date touches the next word, section and date go and the date counts."""
    (item,) = read(
        RSS % f"<item><title>{title}</title><link>https://a.example/1</link></item>"
    ).kept
    assert item.title == headline
    assert (item.published_at.day if item.published_at else None) == day
