"""The kind `hn`: stories of Hacker News as Algolia's search API gives them (https://hn.algolia.com/api)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.json_feed import read_json, text_at, whole_at
from ribao.errors import ContentError
from ribao.gateways.web import Request, Response
from ribao.model import Heat, Item, Source
from ribao.outcome import Outcome

_API = "hn.algolia.com"
_HOME = "https://news.ycombinator.com/"


class HackerNewsKind:
    """Points and comments are heat; the discussion page is a further link."""

    name = "hn"

    def requests(self, source: Source) -> Sequence[Request]:
        """The search that the source names."""
        return (Request(source.url, purpose="api", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every hit.

        Raises:
            ContentError: the answer is not JSON of a search.
        """
        table = read_json(response.body, response.url, response.header("content-type"))
        if not isinstance(table, dict) or not isinstance(table.get("hits"), list):
            raise ContentError(
                "this JSON is not a search on Hacker News", response.url, "no hits in it"
            )
        hits = [hit if isinstance(hit, dict) else {} for hit in table["hits"]]
        home = _home(source.url)
        entries = tuple(_entry(hit, home) for hit in hits)
        feed = Feed("hn", link=home, language="en", entries=entries)
        return items_of(feed, source, response)


def _home(url: str) -> str:
    """Where the discussions are: Hacker News, or the host itself for another site with this API."""
    parts = urlsplit(url)
    return _HOME if parts.hostname == _API else f"{parts.scheme}://{parts.netloc}/"


def _entry(hit: dict[str, Any], home: str) -> Entry:
    number = text_at(hit, "objectID") or text_at(hit, "story_id")
    discussion = f"{home}item?id={number}" if number else ""
    stamp = text_at(hit, "created_at") or text_at(hit, "created_at_i")
    return Entry(
        title=text_at(hit, "title") or text_at(hit, "story_title"),
        link=text_at(hit, "url") or text_at(hit, "story_url") or discussion,
        guid=number,
        content=text_at(hit, "story_text"),
        author=text_at(hit, "author"),
        dates=(stamp,) if stamp else (),
        links=(discussion,) if discussion else (),
        categories=tuple(tag for tag in hit.get("_tags") or () if isinstance(tag, str)),
        heat=Heat(points=whole_at(hit, "points"), comments=whole_at(hit, "num_comments")),
    )
