"""The kinds beside feeds: pages, sitemaps, GitHub, the Hub, Reddit, YouTube, JSON lines."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ribao.collect import collect
from ribao.collect.plugin import source_kinds
from ribao.config import CollectSettings
from ribao.errors import ContentError
from ribao.model import Source, SourceId
from ribao.outcome import Reason
from tests.unit.collect.small_web import NOW, FakeWeb, answer, read

KINDS = {kind.name: kind for kind in source_kinds()}
PAGE = "https://feed.example/rss"

MENU = "".join(f'<li><a href="/m{n}">第{n}个很长很长的菜单项目</a></li>' for n in range(8))
LISTING = f"""<!doctype html><html lang="zh"><head><title>样例</title></head><body>
<nav><ul>{MENU}</ul></nav><div class="list">%s</div>
<aside><a href="/x">热门推荐文章标题在这里一</a></aside>
<footer><a href="/about">关于我们与联系方式说明</a></footer></body></html>"""
ROW = """<div class="card card-%d"><a href="/zh/news/%d?utm_source=home">
<h3>猫头鹰公司发布第%d号模型</h3><p>这是摘要，比标题长得多，说明了模型的参数、价格和上线时间。</p></a>
<span>2026-01-%02d 09:30</span></div>"""


def test_a_list_of_news_is_found_by_itself() -> None:
    """The menu, the side and the foot are not the list; dates stand beside the headlines."""
    body = LISTING % "".join(ROW % (n, n, n, n) for n in range(10, 16))
    outcome = read(body, kind="html", timezone="Asia/Shanghai")
    found = [item.url for item in outcome.kept]
    assert found == [f"https://feed.example/zh/news/{n}" for n in range(10, 16)]
    assert outcome.kept[0].title == "猫头鹰公司发布第10号模型"
    assert outcome.kept[0].published_at is not None
    assert outcome.kept[0].published_at.isoformat() == "2026-01-10T01:30:00+00:00"


def test_selectors_say_where_things_are() -> None:
    """With options nothing is guessed."""
    row = "<li class=n><b>Owl %d</b> <a href=/n/%d>more</a><i>Jan %d, 2026</i><p>Text %d</p></li>"
    body = "<ul>" + "".join(row % (n, n, n, n) for n in (1, 2)) + "</ul>"
    options = (("date", "i"), ("item", "li.n"), ("link", "a"), ("summary", "p"), ("title", "b"))
    source = Source(SourceId("s"), "html", PAGE, options=options)
    first, second = KINDS["html"].parse(source, answer(body.encode(), PAGE)).kept
    found = (first.title, first.url, first.summary)
    assert found == ("Owl 1", "https://feed.example/n/1", "Text 1")
    assert second.published_at is not None
    assert second.published_at.day == 2


@pytest.mark.parametrize(
    "body", ["", "<p>Nothing here</p>", "<a href='/1'>a long enough headline</a>"]
)
def test_a_page_without_a_list_is_one_error(body: str) -> None:
    """It says so and names the page."""
    with pytest.raises(ContentError, match=PAGE):
        read(body, kind="html")


@pytest.mark.parametrize(
    ("option", "error"),
    [
        (("item", "li["), r"the selector is wrong: .* of 'item': li\["),
        (("title", "h3:nosuch("), "the selector is wrong: .* of 'title'"),
        (("itme", "li"), "no such option: .*'itme' is none of item, title"),
        (("item", "li.none"), "nothing fits item = 'li.none'"),
    ],
)
def test_a_wrong_selector_is_named(option: tuple[str, str], error: str) -> None:
    """The owner sees which and why; what can be told before is told before anything is asked."""
    source = Source(SourceId("s"), "html", PAGE, options=(option,))
    with pytest.raises(ContentError, match=error):
        KINDS["html"].parse(source, answer(b"<p>x</p>", PAGE))
    if "nothing fits" not in error:
        with pytest.raises(ContentError, match=error):
            KINDS["html"].requests(source)


def test_a_news_sitemap_has_titles_and_a_plain_one_the_words_of_its_addresses() -> None:
    """An address without words has no title and is dropped."""
    body = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://a.example/1</loc><news:news>
    <news:publication><news:language>en</news:language></news:publication>
    <news:publication_date>2026-01-15T08:00:00Z</news:publication_date>
    <news:title>Owls &amp; foxes</news:title></news:news></url>
    <url><loc>https://a.example/2026/owls-learn-to-read-8731.html</loc>
    <lastmod>2026-01-14</lastmod></url>
    <url><loc>https://a.example/about</loc></url></urlset>"""
    outcome = read(body, kind="sitemap")
    assert [item.title for item in outcome.kept] == ["Owls & foxes", "Owls learn to read"]
    assert [drop.reason for drop in outcome.dropped] == [Reason.NO_TITLE]


def test_releases_carry_the_name_of_their_repository() -> None:
    """A bare version gets the name, a title that has it keeps it."""
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>v1.4.0</title>
    <link rel="alternate" href="https://github.com/owl/gantry/releases/tag/v1.4.0"/>
    <updated>2026-01-13T10:00:00Z</updated>
    <content type="html">&lt;p&gt;Faster.&lt;/p&gt;</content></entry>
    <entry><title>Gantry 1.3</title>
    <link href="https://github.com/owl/gantry/releases/tag/v1.3"/></entry></feed>"""
    source = "https://github.com/owl/gantry"
    found = read(body, kind="github-releases", url=source).kept
    assert [item.title for item in found] == ["gantry v1.4.0", "Gantry 1.3"]
    (request,) = KINDS["github-releases"].requests(Source(SourceId("s"), "github-releases", source))
    assert request.url == "https://github.com/owl/gantry/releases.atom"


@pytest.mark.parametrize(
    ("kind", "url"),
    [("github-releases", "https://github.com/owl"), ("youtube", "https://www.youtube.com/@owl")],
)
def test_addresses_that_name_nothing_are_refused(kind: str, url: str) -> None:
    """Before anything is fetched."""
    with pytest.raises(ContentError, match="this address names no"):
        KINDS[kind].requests(Source(SourceId("s"), kind, url))


def test_trending_repositories_have_places_and_stars() -> None:
    """Rows in order, with the stars of the day."""
    row = """<article class="Box-row"><h2><a href="/owl/%s"> owl / %s </a></h2>
    <p> A model of owls </p>
    <div><span>1,204 stars today</span></div></article>"""
    first, second = read(
        "<main>" + row % ("a", "a") + row % ("b", "b") + "</main>", kind="github-trending"
    ).kept
    assert (first.title, first.url) == ("owl/a: A model of owls", "https://github.com/owl/a")
    assert (first.heat.points, second.heat.rank) == (1204, 2)
    with pytest.raises(ContentError, match="no list of repositories"):
        read("<main></main>", kind="github-trending")


def test_the_hub_lists_models_and_spaces() -> None:
    """Likes are heat, the licence and the task are told."""
    row = {"id": "owl/tiny", "likes": 42, "downloads": 1500, "pipeline_tag": "image-text-to-text",
           "createdAt": "2026-01-14T00:00:00.000Z", "tags": ["license:mit", 3]}  # fmt: skip
    (model,) = read(json.dumps([row]), kind="hf-models").kept
    (space,) = read(json.dumps([row]), kind="hf-spaces").kept
    assert model.title == "owl/tiny (image text to text model)"
    assert model.url == "https://huggingface.co/owl/tiny"
    assert "License: mit. 1,500 downloads. 42 likes." in model.summary
    assert space.url == "https://huggingface.co/spaces/owl/tiny"
    with pytest.raises(ContentError, match="not a list of the Hub"):
        read("{}", kind="hf-models")


def test_reddit_points_at_what_a_post_links_to() -> None:
    """In the feed and in the JSON alike; a post of words is its own discussion."""
    talk = "https://www.reddit.com/r/owls/comments/1/owl/"
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Owl model</title>
    <link href="{talk}"/><content type="html">&lt;a href="https://owl.example/1"&gt;[link]&lt;/a&gt;
    &lt;a href="{talk}"&gt;[comments]&lt;/a&gt;</content>
    <updated>2026-01-15T00:00:00Z</updated></entry></feed>"""
    (post,) = read(feed, kind="reddit").kept
    assert (post.url, post.links) == ("https://owl.example/1", (talk,))
    data = {"title": "Owl model", "url": "https://owl.example/1",
            "permalink": "/r/owls/comments/1/owl/",
            "score": 7, "num_comments": 2, "created_utc": 1768435200.0}  # fmt: skip
    (row,) = read(json.dumps({"data": {"children": [{"data": data}]}}), kind="reddit").kept
    assert (row.url, row.links, row.heat.points) == ("https://owl.example/1", (talk,), 7)
    assert row.published_at is not None
    assert row.published_at.isoformat() == "2026-01-15T00:00:00+00:00"


def test_youtube_gives_title_and_description() -> None:
    """The description stands in a group of Media RSS."""
    body = """<feed xmlns="http://www.w3.org/2005/Atom"
    xmlns:media="http://search.yahoo.com/mrss/"><entry><title>Owls explained</title>
    <link rel="alternate" href="https://www.youtube.com/watch?v=abc"/>
    <published>2026-01-15T00:00:00+00:00</published>
    <media:group><media:title>Owls explained</media:title>
    <media:description>All about owls.</media:description></media:group></entry></feed>"""
    url = "https://www.youtube.com/channel/UC0123456789abcdefghijkl"
    (video,) = read(body, kind="youtube", url=url).kept
    assert (video.summary, video.url) == ("All about owls.", "https://www.youtube.com/watch?v=abc")
    (request,) = KINDS["youtube"].requests(Source(SourceId("s"), "youtube", url))
    assert (
        request.url
        == "https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789abcdefghijkl"
    )


LINES = """{"url": "https://a.example/1", "title": "Owl", "body": "<p>x</p>", "points": 3}
not json

{"title": "No link"}
"""


def test_json_lines_come_from_a_file_and_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any crawler can feed us; a broken line is dropped with its number."""
    path = tmp_path / "items.jsonl"
    path.write_text(LINES)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(LINES.encode())))
    for url in (str(path), f"file:{path}", "-"):
        source = Source(SourceId("s"), "jsonl", url)
        outcome = collect((source,), KINDS, FakeWeb({}), CollectSettings(), NOW)
        assert [(item.title, item.heat.points) for item in outcome.kept] == [("Owl", 3)]
        assert [drop.reason for drop in outcome.dropped] == [Reason.NO_TEXT, Reason.NO_LINK]
        assert outcome.dropped[0].detail == "line 2 is no JSON object"


def test_a_file_that_is_not_there_fails_its_source_alone() -> None:
    """The path is named."""
    source = Source(SourceId("s"), "jsonl", "/nowhere/items.jsonl")
    outcome = collect((source,), KINDS, FakeWeb({}), CollectSettings(), NOW)
    assert "cannot read the file: '/nowhere/items.jsonl'" in outcome.failed[0].error
    with pytest.raises(ContentError, match="no JSON lines"):
        read("one\ntwo", kind="jsonl")


def test_only_a_line_feed_ends_a_line_of_json() -> None:
    """JSON lets U+2028, U+0085 and their like stand inside a string."""
    row = '{"url": "https://a.example/1", "title": "Owls\u2028of the\x85north"}'
    (item,) = read(f"{row}\r\n", kind="jsonl").kept
    assert item.title.split() == ["Owls", "of", "the", "north"]
