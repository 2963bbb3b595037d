"""Feeds hold what was published, under identifiers that never change."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from ribao.config import PublishSettings
from ribao.model import Article, Edition, EditionId, Section
from ribao.plugins.kinds import RenderedFile
from ribao.publish.site import site_files

SETTINGS = PublishSettings(search="off", address="https://paper.example/daily")
NAMES = ("editions", "stories")


def feeds(*editions: Edition) -> dict[str, bytes]:
    """The feeds of a site by file name."""
    files: list[RenderedFile] = list(site_files(editions, SETTINGS))
    return {
        Path(one.path).name: one.content
        for one in files
        if "/zh/" in one.path and one.path.endswith(("xml", "json"))
    }


def entries(content: bytes) -> list[Any]:
    """What a feed reader finds."""
    parsed = feedparser.parse(io.BytesIO(content))
    assert not parsed.bozo
    return list(parsed.entries)


def test_three_formats_tell_the_same(edition: Edition) -> None:
    """Ids, titles, links and texts agree in RSS, Atom and JSON Feed."""
    found = feeds(edition)
    for name in NAMES:
        rss, atom = (entries(found[f"{name}.{kind}.xml"]) for kind in ("rss", "atom"))
        items = json.loads(found[f"{name}.feed.json"])["items"]
        told = [(one.id, one.title, one.link, one.content[0].value.strip()) for one in atom]
        assert [(one.id, one.title, one.link, one.content[0].value.strip()) for one in rss] == told
        assert [
            (one["id"], one["title"], one["url"], one["content_html"].strip()) for one in items
        ] == told
    assert (
        entries(found["editions.rss.xml"])[0].link == "https://paper.example/daily/2031/03/05/zh/"
    )


def test_a_correction_is_an_update_of_the_same_entry(edition: Edition) -> None:
    """The id stays, the time of the change moves."""
    corrected = replace(edition, revision=2, correction="62%，不是26%")
    before, after = (feeds(one)["editions.atom.xml"] for one in (edition, corrected))
    (old,), (new,) = entries(before), entries(after)
    assert old.id == new.id
    assert old.published == new.published
    assert old.updated < new.updated


def test_a_story_that_goes_on_is_one_entry(
    edition: Edition, make_article: Callable[..., Article]
) -> None:
    """The second day updates it; the first day stays its date of publication."""
    next_day = replace(
        make_article(headline="鹤鸣2下载量过百万"), continues=edition.articles[0].story_id
    )
    second = replace(
        edition,
        id=EditionId("e2"),
        date=date(2031, 3, 6),
        sections=(Section("models", "模型", "story", (next_day,)),),
    )
    found = entries(feeds(edition, second)["stories.atom.xml"])
    assert len(found) == len(edition.articles)
    assert found[0].title == "鹤鸣2下载量过百万"
    assert found[0].published < found[0].updated


def test_texts_are_escaped_once(edition: Edition, make_article: Callable[..., Article]) -> None:
    """A reader shows markup of a feed as text; control characters are gone."""
    article = make_article(headline="<b>AT&T</b> \x00\ufffe", text="<script>alert(1)</script>")
    odd = replace(edition, sections=(Section("m", "模型", "story", (article,)),))
    found = feeds(odd)
    for name in ("stories.rss.xml", "stories.atom.xml"):
        (entry,) = entries(found[name])
        content = etree.fromstring(f"<div>{entry.content[0].value}</div>")
        assert not content.xpath("//script | //b")
    root = etree.fromstring(found["stories.rss.xml"])
    assert root.findtext(".//item/title") == "<b>AT&T</b>"


def test_without_an_address_there_are_no_feeds(edition: Edition) -> None:
    """A feed whose links lead nowhere is worse than none."""
    paths = [one.path for one in site_files([edition], PublishSettings(search="off"))]
    assert not [path for path in paths if path.endswith((".xml", ".feed.json"))]


@pytest.mark.parametrize("address", ["paper.example", "ftp://a.example", "https://a.example/?x"])
def test_a_bad_address_is_refused(address: str) -> None:
    """By the settings, before anything is made."""
    with pytest.raises(ValueError, match="address"):
        PublishSettings(search="off", address=address)
