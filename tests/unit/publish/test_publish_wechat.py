"""What goes to WeChat's editor holds nothing that it takes out, and fits its limits."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lxml import html

from ribao.model import Article, Edition, Section
from ribao.publish.wechat import CONTENT, DIGEST, TITLE, WeChat, fitting, parts_of

MakeArticle = Callable[..., Article]


def test_only_inline_styles_and_no_links(edition: Edition) -> None:
    """Reports are footnotes with their addresses as text."""
    page, table = WeChat().render(edition)
    found: Any = html.document_fromstring(page.content)
    assert not found.xpath("//@class | //@id | //style | //script | //a | //img | //@href")
    assert found.xpath("//p/@style")
    assert "https://outlet1.example/a?b=1&c=1" in found.text_content()
    assert "\n" not in json.loads(table.content)["articles"][0]["content"]
    assert WeChat().render(edition)[0] == page


def test_footnotes_count_through_the_article(edition: Edition) -> None:
    """Every number in the text stands under it once."""
    (part,) = parts_of(edition)
    found: Any = html.fromstring(part.content)
    cited = {int(n) for mark in found.xpath("//sup/text()") for n in mark.strip("[]").split(",")}
    notes = [
        int(text[1 : text.index("]")])
        for text in found.xpath("//section/section//p/text()")
        if text.startswith("[")
    ]
    assert notes == [1, 2, 3, 4, 5, 6]
    assert cited <= set(notes)


def test_a_long_edition_is_parted_between_stories(
    edition: Edition, make_article: MakeArticle
) -> None:
    """Each part within the limit, every story in exactly one of them."""
    stories = tuple(make_article(f"第{n}号", "很长的一段话。" * 60) for n in range(120))
    long = replace(edition, sections=(Section("s", "栏目", "story", stories),))
    parts = parts_of(long)
    assert len(parts) > 1
    assert all(len(part.content) <= CONTENT and len(part.title) <= TITLE for part in parts)
    pages: list[Any] = [html.fromstring(part.content) for part in parts]
    heads = [head for page in pages for head in page.xpath("//h3/text()")]
    assert heads == [f"第{n}号" for n in range(120)]
    assert parts[1].title.endswith(f"（2/{len(parts)}）")


def test_titles_and_digests_fit_without_a_word_cut() -> None:
    """Whole clauses where there are any, else whole words and an ellipsis."""
    assert fitting("短", TITLE) == "短"
    assert fitting("甲公司发布模型，乙公司降价，丙公司上市", 14) == "甲公司发布模型，乙公司降价"
    assert fitting("one two three four", 10) == "one two…"
    assert len(fitting("x" * 500, DIGEST)) == DIGEST
