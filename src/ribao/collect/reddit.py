"""The kind `reddit`: a subreddit, by its Atom feed (`/.rss`) or its JSON (`/.json`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ribao.collect.entry import Entry, Feed
from ribao.collect.feed import read_feed
from ribao.collect.items import items_of
from ribao.collect.json_feed import read_json, tables_at, text_at, whole_at
from ribao.errors import ContentError
from ribao.gateways.web import Request, Response
from ribao.model import Heat, Item, Source
from ribao.outcome import Outcome

_HOME = "https://www.reddit.com"
_LINK = re.compile(r"<a href=\"([^\"<>]+)\">\s*\[link\]", re.IGNORECASE)


class RedditKind:
    """What a post links to is its address; the discussion is a further link, votes are heat."""

    name = "reddit"

    def requests(self, source: Source) -> Sequence[Request]:
        """The address of the source, as a feed where it is only a subreddit's page."""
        url = source.url
        if not urlsplit(url).path.endswith((".rss", ".json")):
            url = url.rstrip("/") + "/.rss"
        return (Request(url, purpose="feed", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every post.

        Raises:
            ContentError: the answer is neither a feed nor Reddit's JSON.
        """
        if response.body.lstrip()[:1] != b"{":
            feed = read_feed(response)
            return items_of(
                replace(feed, entries=tuple(map(_post, feed.entries))), source, response
            )
        table = read_json(response.body, response.url, response.header("content-type"))
        data = table.get("data") if isinstance(table, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("children"), list):
            raise ContentError("this JSON is not a listing of Reddit", response.url)
        posts = tables_at(data, "children")
        entries = tuple(
            _row(inner if isinstance(inner := post.get("data"), dict) else {}) for post in posts
        )
        return items_of(
            Feed("reddit", link=_HOME, language="en", entries=entries), source, response
        )


def _post(entry: Entry) -> Entry:
    match = _LINK.search(entry.content)
    outside = match[1].replace("&amp;", "&") if match else ""
    if not outside or outside.split("?")[0].rstrip("/") == entry.link.split("?")[0].rstrip("/"):
        return entry
    return replace(entry, link=outside, links=(entry.link, *entry.links))


def _row(post: dict[str, Any]) -> Entry:
    talk = _HOME + text_at(post, "permalink") if text_at(post, "permalink") else ""
    link = text_at(post, "url") or talk
    return Entry(
        title=text_at(post, "title"),
        link=link,
        guid=text_at(post, "name"),
        summary=text_at(post, "selftext"),
        plain=True,
        author=text_at(post, "author"),
        dates=(text_at(post, "created_utc").split(".")[0],) if text_at(post, "created_utc") else (),
        links=(talk,) if talk and talk != link else (),
        heat=Heat(points=whole_at(post, "score"), comments=whole_at(post, "num_comments")),
    )
