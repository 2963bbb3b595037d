"""The site holds together: every link leads to a file, every story to its evidence."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from ribao.config import PublishSettings
from ribao.errors import PublishError
from ribao.model import Edition, EditionId
from ribao.publish import publish, publish_site
from ribao.publish.plugin import outputs
from ribao.publish.site import site_files

SETTINGS = PublishSettings(address="https://paper.example", search="off")


def editions(edition: Edition) -> Sequence[Edition]:
    """Two days in Chinese and one in English."""
    english = replace(edition, id=EditionId("en"), language="en", timezone="UTC")
    return edition, replace(edition, id=EditionId("e2"), date=date(2031, 4, 6)), english


def pages(edition: Edition) -> dict[str, Any]:
    """All pages by path."""
    files = site_files(editions(edition), SETTINGS)
    return {
        one.path: html.document_fromstring(one.content)
        for one in files
        if one.path.endswith(".html")
    }


def test_every_link_of_the_site_leads_to_a_file(edition: Edition) -> None:
    """Also from the deepest page, and to the right anchor."""
    found = pages(edition)
    others = {one.path for one in site_files(editions(edition), SETTINGS)}
    checked = 0
    for path, page in found.items():
        for link in page.xpath("//a/@href | //link[@rel='alternate'][@type]/@href"):
            if link.startswith(("http://", "https://")):
                continue
            target, _, fragment = link.partition("#")
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            file = path if not target else f"{whole}/index.html" if target.endswith("/") else whole
            assert file in others, (path, link)
            if fragment:
                assert found[file].xpath(f"//*[@id='{fragment}']"), (path, link)
            checked += 1
    assert checked > 100


def test_a_story_page_sets_sentences_beside_their_passages(edition: Edition) -> None:
    """With the outlet and the date of each passage."""
    story = next(page for path, page in pages(edition).items() if "zh/stories/story-story" in path)
    rows = story.xpath("//dl/div")
    assert [one.find("dt").text_content() for one in rows][:3] == [
        "鹤鸣2开放下载",
        "权重今天开放。",
        "成本下降。",
    ]
    assert rows[2].xpath(".//blockquote/text()") == ["成本下降。"]
    assert rows[2].xpath(".//a/text()") == ["The Brook"]
    assert story.xpath("//dt/mark[@class='supported']/text()") == []  # the claim is elsewhere
    assert len(story.xpath("//section[contains(@class, 'told-on')]")) == 2
    assert story.xpath("//section[@class='course']/ol/li[@class='ours']/a/time/text()") == [
        "2031-03-05",
        "2031-04-06",
    ]


def test_pages_run_nothing_and_describe_themselves(edition: Edition) -> None:
    """The one script element is data for search engines, which no text can close."""
    hostile = replace(edition, title="</script><script>alert(1)</script>")
    for path, page in pages(hostile).items():
        scripts = page.xpath("//script")
        kinds = [one.get("type") for one in scripts]
        allowed = ["application/ld+json", *(["module"] if "/search/" in path else [])]
        assert kinds == allowed, path
        facts = json.loads(scripts[0].text)
        assert facts["@type"] in {"NewsArticle", "CollectionPage"}
        assert not page.xpath("//@onload | //@onerror | //@style | //img | //iframe")
        assert page.xpath("//link[@rel='canonical']/@href")[0].startswith("https://paper.example/")
        assert page.xpath("//meta[@property='og:title']/@content")


def test_the_site_is_made_from_the_folder_and_made_again_the_same(
    edition: Edition, tmp_path: Path
) -> None:
    """A second run touches nothing."""
    basic = [one for one in outputs() if one.name == "json"]
    for one in editions(edition):
        publish(one, basic, tmp_path)
    first = publish_site(tmp_path, SETTINGS)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    assert len(before) > 10
    assert publish_site(tmp_path, SETTINGS) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")} == before


def test_a_broken_edition_is_named(edition: Edition, tmp_path: Path) -> None:
    """One sentence with the file."""
    publish(edition, [one for one in outputs() if one.name == "json"], tmp_path)
    (tmp_path / "2031-03-05/zh/edition.json").write_text("{}")
    with pytest.raises(PublishError, match=r"2031-03-05/zh/edition\.json"):
        publish_site(tmp_path, SETTINGS)


def test_an_empty_folder_makes_no_site(tmp_path: Path) -> None:
    """Nothing to publish is no error."""
    assert publish_site(tmp_path, SETTINGS).kept == ()


def test_the_site_grows_with_every_edition(edition: Edition, tmp_path: Path) -> None:
    """As an output it holds the days before, and the feeds where the address is known."""
    wanted = [one for one in outputs() if one.name in {"json", "site"}]
    first, second, english = editions(edition)
    for one in (first, english, second):
        outcome = publish(one, wanted, tmp_path, SETTINGS)
        assert [kept.channel for kept in outcome.kept] == ["json", "site"]
        assert not outcome.failed
    assert (tmp_path / "site/2031/03/05/zh/index.html").is_file()
    assert (tmp_path / "site/2031/04/06/zh/index.html").is_file()
    assert (tmp_path / "site/en/stories.rss.xml").is_file()
    again = publish_site(tmp_path, SETTINGS).kept[0]
    assert again.content_digest == outcome.kept[1].content_digest


def test_a_broken_old_edition_fails_the_site_alone(edition: Edition, tmp_path: Path) -> None:
    """Today's paper still appears."""
    (tmp_path / "2031-03-01/zh").mkdir(parents=True)
    (tmp_path / "2031-03-01/zh/edition.json").write_text("{}")
    wanted = [one for one in outputs() if one.name in {"json", "site"}]
    outcome = publish(edition, wanted, tmp_path)
    assert [one.channel for one in outcome.kept] == ["json"]
    assert "2031-03-01" in outcome.failed[0].error
