"""The kinds that read JSON APIs and arXiv."""

from __future__ import annotations

import json

import pytest

from ribao.errors import ContentError
from tests.unit.collect.small_web import read

HN = "https://hn.algolia.com/api/v1/search?tags=front_page"


def test_hacker_news_gives_heat_and_the_discussion() -> None:
    """Points, comments, the page where people talk, which stands in for a missing page."""
    hits = [
        {"objectID": "9", "title": "Owl-2", "url": "https://owl.example/2", "points": 120,
         "num_comments": 33, "created_at": "2026-01-15T01:02:03Z", "author": "who"},
        {"objectID": "10", "title": "Ask: owls?", "points": 3, "created_at_i": 1768438800},
    ]  # fmt: skip
    first, second = read(json.dumps({"hits": hits}), kind="hn", url=HN).kept
    assert (first.heat.points, first.heat.comments) == (120, 33)
    assert first.links == ("https://news.ycombinator.com/item?id=9",)
    assert first.outlet == "owl.example"
    assert second.url == "https://news.ycombinator.com/item?id=10"
    assert second.published_at is not None
    assert second.published_at.isoformat() == "2026-01-15T01:00:00+00:00"


def test_another_site_with_the_same_api_keeps_its_own_discussions() -> None:
    """Only Hacker News leads to Hacker News."""
    (item,) = read('{"hits": [{"objectID": "7", "title": "Owl"}]}', kind="hn").kept
    assert item.url == "https://feed.example/item?id=7"


def test_daily_papers_link_paper_and_code() -> None:
    """The page of the paper, arXiv, the code; votes where there are votes, stars where not."""
    row = {"title": "Owls in the Dark", "publishedAt": "2026-01-15T00:00:00.000Z", "numComments": 2,
           "paper": {"id": "2601.00001", "summary": "We study owls.", "githubStars": 7,
                     "githubRepo": "https://github.com/owl/dark",
                     "authors": [{"name": "A. Owl"}, {"name": "B. Owl"}]}}  # fmt: skip
    (item,) = read(json.dumps([row]), kind="hf-papers").kept
    assert item.url == "https://huggingface.co/papers/2601.00001"
    assert item.links == ("https://arxiv.org/abs/2601.00001", "https://github.com/owl/dark")
    assert (item.heat.points, item.author) == (7, "A. Owl, B. Owl")


def test_arxiv_revisions_are_one_item() -> None:
    """The version is cut from the address, and the PDF is a further link."""
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2601.00001v2</id>
    <title>Owls in
      the Dark</title><summary>We study owls.</summary><published>2026-01-14T18:00:00Z</published>
    <author><name>A. Owl</name></author>
    <link href="http://arxiv.org/abs/2601.00001v2" rel="alternate" type="text/html"/>
    <link href="http://arxiv.org/pdf/2601.00001v2" rel="related" type="application/pdf"/>
    </entry></feed>"""
    (item,) = read(body, kind="arxiv").kept
    assert item.url == "https://arxiv.org/abs/2601.00001"
    assert item.title == "Owls in the Dark"
    assert item.summary == "We study owls."


@pytest.mark.parametrize(("kind", "body"), [("hn", "[]"), ("hn", '{"x": 1}'), ("hf-papers", "{}")])
def test_other_json_is_refused(kind: str, body: str) -> None:
    """What is not the expected answer is one error."""
    with pytest.raises(ContentError, match="this JSON is not"):
        read(body, kind=kind)
