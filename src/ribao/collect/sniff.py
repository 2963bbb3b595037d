"""What a body is, told by its first bytes: cheap enough to ask of every record of an archive.

Content types are not asked: many feeds in the wild are sent as `text/html` or `text/plain`.
"""

from __future__ import annotations

import re

_HEAD = 4096  # bytes; a feed shows its root element in them or is not one
_ROOT = re.compile(
    rb"<(?:[A-Za-z0-9_]{1,20}:)?(rss|feed|RDF|rdf|opml|html|HTML|urlset|sitemapindex|channel)[\s>]"
)
_KEY = re.compile(rb"\"([A-Za-z_]{2,30})\"\s*:")


def sniff(body: bytes) -> str:
    """Name the kind that reads this body: feed, hn, hf-papers, arxiv, sitemap; "" for none."""
    head = _ascii(body[:_HEAD])
    start = head.lstrip(b" \t\r\n")
    if start[:1] in (b"{", b"["):
        return _json(start, start[:1] == b"[")
    match = _ROOT.search(head)
    root = match[1].lower() if match else b""
    if root in (b"rss", b"rdf"):
        return "feed"
    if root == b"feed":
        return "arxiv" if b"arxiv.org/api" in head else "feed"
    return "sitemap" if root in (b"urlset", b"sitemapindex") else ""


def _ascii(head: bytes) -> bytes:
    """Drop byte order marks and the zero bytes of UTF-16, so that ASCII shows."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\x00", b"")


def _json(head: bytes, is_list: bool) -> str:  # noqa: FBT001 - private, one caller
    keys = set(_KEY.findall(head))
    if is_list:
        return "hf-papers" if b"paper" in keys else ""
    if b"version" in keys and b"jsonfeed.org/version" in head:
        return "feed"
    if b"items" in keys and b"title" in keys:
        return "feed"
    # Algolia writes its keys in any order; these three stand in every answer of a search.
    return (
        "hn"
        if keys & {b"hits", b"nbHits", b"exhaustive", b"hitsPerPage"}
        and keys & {b"objectID", b"_highlightResult", b"_tags", b"story_id", b"hits"}
        else ""
    )
