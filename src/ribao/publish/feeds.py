"""RSS 2.0, Atom and JSON Feed, from one list of entries.

Identifiers are derived from the edition or the story and never change, so that a reader sees an
entry once and its corrections as updates of it. Times come from the edition's day: a feed has the
same bytes however often it is made.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
JSON_FEED = "https://jsonfeed.org/version/1.1"
GENERATOR = "ribao"
FEED_TYPES = (  # suffix of the file, media type
    ("rss.xml", "application/rss+xml"),
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: texts are plain and sanitised, `html` is markup of our own templates."""

    id: str  # a URN; the same on every day
    url: str
    title: str
    summary: str
    html: str
    published: datetime  # aware
    updated: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: `folder` ends in a slash and holds its files; of `entries` the newest is first."""

    id: str
    title: str
    description: str
    home: str
    folder: str
    name: str  # of the files, without suffix
    language: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the youngest entry changed."""
        return max(entry.updated for entry in self.entries)


def feed_files(feed: Feed) -> Sequence[tuple[str, bytes]]:
    """The three files of a feed with their names; none where it has no entry."""
    if not feed.entries:
        return ()
    return (
        (f"{feed.name}.rss.xml", rss(feed)),
        (f"{feed.name}.atom.xml", atom(feed)),
        (f"{feed.name}.feed.json", json_feed(feed)),
    )


def rss(feed: Feed) -> bytes:
    """RSS 2.0 with the full text in content:encoded."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM, "content": CONTENT})
    channel = etree.SubElement(root, "channel")
    _put(channel, "title", feed.title)
    _put(channel, "link", feed.home)
    _put(channel, "description", feed.description)
    _put(channel, "language", feed.language)
    _put(channel, "lastBuildDate", format_datetime(feed.updated))
    _put(channel, "generator", GENERATOR)
    self_link = {"href": f"{feed.folder}{feed.name}.rss.xml", "rel": "self"}
    etree.SubElement(channel, f"{{{ATOM}}}link", {**self_link, "type": "application/rss+xml"})
    for entry in feed.entries:
        item = etree.SubElement(channel, "item")
        _put(item, "title", entry.title)
        _put(item, "link", entry.url)
        _put(item, "guid", entry.id, isPermaLink="false")
        _put(item, "pubDate", format_datetime(entry.published))
        _put(item, f"{{{ATOM}}}updated", _iso(entry.updated))
        for tag in entry.tags:
            _put(item, "category", tag)
        _put(item, "description", entry.summary)
        _put(item, f"{{{CONTENT}}}encoded", entry.html)
    return _xml(root)


def atom(feed: Feed) -> bytes:
    """Atom 1.0 (RFC 4287)."""
    root = etree.Element(
        f"{{{ATOM}}}feed",
        {"{http://www.w3.org/XML/1998/namespace}lang": feed.language},
        nsmap={None: ATOM},  # type: ignore[dict-item]  # None is how lxml spells the default
    )
    _put(root, f"{{{ATOM}}}id", feed.id)
    _put(root, f"{{{ATOM}}}title", feed.title)
    _put(root, f"{{{ATOM}}}subtitle", feed.description)
    _put(root, f"{{{ATOM}}}updated", _iso(feed.updated))
    _put(root, f"{{{ATOM}}}generator", GENERATOR)
    _put(root, f"{{{ATOM}}}link", "", rel="alternate", type="text/html", href=feed.home)
    here = f"{feed.folder}{feed.name}.atom.xml"
    _put(root, f"{{{ATOM}}}link", "", rel="self", type="application/atom+xml", href=here)
    author = etree.SubElement(root, f"{{{ATOM}}}author")
    _put(author, f"{{{ATOM}}}name", feed.title)
    for one in feed.entries:
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        _put(entry, f"{{{ATOM}}}id", one.id)
        _put(entry, f"{{{ATOM}}}title", one.title)
        _put(entry, f"{{{ATOM}}}link", "", rel="alternate", type="text/html", href=one.url)
        _put(entry, f"{{{ATOM}}}published", _iso(one.published))
        _put(entry, f"{{{ATOM}}}updated", _iso(one.updated))
        for tag in one.tags:
            _put(entry, f"{{{ATOM}}}category", "", term=tag)
        _put(entry, f"{{{ATOM}}}summary", one.summary)
        _put(entry, f"{{{ATOM}}}content", one.html, type="html")
    return _xml(root)


def json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1."""
    table = {
        "version": JSON_FEED,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": f"{feed.folder}{feed.name}.feed.json",
        "language": feed.language,
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "summary": entry.summary,
                "content_html": entry.html,
                "date_published": _iso(entry.published),
                "date_modified": _iso(entry.updated),
                "tags": list(entry.tags),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"


def _put(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    element = etree.SubElement(parent, name, attributes)
    element.text = text or None


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
