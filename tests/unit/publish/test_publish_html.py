"""The page is one file that fetches nothing, runs nothing and links every mark to its report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from lxml import html

from ribao.model import Article, Edition, Section
from ribao.publish.html import Html


def page_of(edition: Edition) -> html.HtmlElement:
    """The page, parsed."""
    (file,) = Html().render(edition)
    return html.document_fromstring(file.content.decode())


def test_the_page_holds_everything_that_it_needs(edition: Edition) -> None:
    """No address of another file but in links that a reader may follow."""
    (file,) = Html().render(edition)
    page = page_of(edition)
    assert not page.xpath("//script | //link | //img | //iframe | //object | //*[@style]")
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert b"@import" not in file.content
    assert b"url(" not in file.content
    assert not page.xpath("//@*[starts-with(name(), 'on')]")


def test_every_mark_leads_to_its_report(edition: Edition) -> None:
    """Superscript numbers are links to references of the same page, and all anchors are unique."""
    page = page_of(edition)
    marks = page.xpath("//sup/a/@href")
    ids = page.xpath("//@id")
    assert len(marks) > 5
    assert {mark.removeprefix("#") for mark in marks} <= set(ids)
    assert len(ids) == len(set(ids))
    assert "（英文" not in page.text_content()
    assert "2031-03-04" in page.xpath("//li/time/@datetime")


def test_the_page_says_its_language(edition: Edition, make_article: Callable[..., Article]) -> None:
    """Text in another language carries its own lang and a label."""
    article = make_article(headline="Heming 2 is open", text="Its weights are open.")
    english = tuple(replace(one, language="en") for one in article.references)
    article = replace(article, paragraph=article.paragraph[:1])
    section = Section("m", "模型", "story", (replace(article, references=english),))
    page = page_of(replace(edition, sections=(section,), summary=()))
    assert page.get("lang") == "zh-Hans"
    assert page.xpath("//h3/a/@lang") == ["en"]
    assert page.xpath("//h3//small/text()") == ["（英文原文）"]
    assert page.xpath("//p[@class='paragraph']/@lang") == ["en"]


def test_markup_in_text_stays_text(edition: Edition, make_article: Callable[..., Article]) -> None:
    """Tags of a feed are shown, not obeyed."""
    article = make_article(
        headline="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>"
    )
    article = replace(article, url="javascript:alert(1)")
    page = page_of(replace(edition, sections=(Section("m", "<b>", "story", (article,)),)))
    assert not page.xpath("//script | //img | //section//b[not(@aria-hidden)]")
    assert page.xpath("//h3")[0].xpath("string(span)") == "<script>alert(1)</script>"
    assert not [one for one in page.xpath("//@href") if not re.match(r"https?://|#", one)]


def test_checked_claims_are_counted(edition: Edition) -> None:
    """What verify found is said under the story."""
    assert page_of(edition).xpath("//p[@class='checked']/span/text()") == ["已与原文核对 1 处"]
