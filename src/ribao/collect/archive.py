"""The sources of a recorded web: every feed that the archive holds, whether we know it or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from ribao.collect.entry import Feed
from ribao.collect.feed import read_feed
from ribao.collect.items import primary_language
from ribao.collect.opml import slug, with_unique_ids
from ribao.collect.outlets import outlets
from ribao.collect.sniff import sniff
from ribao.errors import RibaoError
from ribao.gateways.address import outlet_of, page_key
from ribao.gateways.web import Archive, Request, Response
from ribao.language.scripts import detect_language
from ribao.model import Source, SourceId

_MANY = 3  # hosts that a feed links to before it is somebody who gathers from others
_GENERIC = ("", "feed", "feeds", "rss", "atom", "index", "all", "news")
_SUFFIX = re.compile(r"\.(?:xml|rss|atom|json|html?)$", re.IGNORECASE)
_CODE_HOSTS = ("github.com", "githubusercontent.com", "gitlab.com", "gitee.com")
_ZONES = {"zh": "Asia/Shanghai", "ja": "Asia/Tokyo", "ko": "Asia/Seoul"}


def sources_in_archive(archive: Archive, known: Iterable[Source]) -> tuple[Source, ...]:
    """Name every source that the archive holds, in the order of capture.

    Where `known` has the address, its settings are taken; else title, language, zone and category
    are guessed from the feed itself. A feed that cannot be read is named too, so that reading it
    fails by name and not in silence.
    """
    by_key = {page_key(source.url): source for source in known}
    found: dict[str, Source] = {}
    for address in archive.addresses():
        key = page_key(address) or address
        if key in found:
            continue
        try:
            response = archive.fetch(Request(address, purpose="feed"))
        except RibaoError:
            continue  # not an answer of 200: nothing that could be a source
        kind = sniff(response.body)
        if kind not in ("feed", "hn", "hf-papers", "arxiv"):
            continue
        settled = by_key.get(key)
        found[key] = replace(settled, url=address) if settled else guess_source(response, kind)
    return with_unique_ids(tuple(found.values()))


def guess_source(response: Response, kind: str) -> Source:
    """Describe a source by its own answer."""
    url = response.url
    try:
        feed = read_feed(response) if kind in ("feed", "arxiv") else Feed(kind)
    except RibaoError:
        feed = Feed(kind)
    hosts = Counter(outlet_of(entry.link) for entry in feed.entries if entry.link)
    host, count = min(hosts.items(), key=lambda found: (-found[1], found[0])) if hosts else ("", 0)
    own = host if count * 2 > sum(hosts.values()) else ""
    category = _category(feed, kind, url, own, len(hosts))
    language = _language(feed)
    return Source(
        id=SourceId(_slug(feed, kind, url)),
        kind=kind,
        url=url,
        title=feed.title,
        language=language,
        weight=outlets().weights.get(category, 1.0),
        section="papers" if category == "papers" else "",
        category=category,
        owner=own or _owner(feed.link or url),
        timezone=_ZONES.get(language, ""),
    )


def _slug(feed: Feed, kind: str, url: str) -> str:
    if kind != "feed":
        return kind
    name = _SUFFIX.sub("", urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1])
    generic = name.lower() in _GENERIC or not name.isascii()
    return slug(feed.title if generic or (feed.title and feed.title.isascii()) else name, url)


def _owner(url: str) -> str:
    """Who answers for a source: its host, or the account where a host serves many."""
    host = outlet_of(url)
    if host in _CODE_HOSTS:
        account = urlsplit(url).path.strip("/").split("/")[0].lower()
        return f"github.com/{account}" if account else host
    return host


def _language(feed: Feed) -> str:
    """What most titles are written in; what the feed claims, where they do not tell."""
    votes = Counter(detect_language(entry.title) for entry in feed.entries[:60])
    votes.pop("", None)
    best = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))[0] if votes else ""
    return (
        best
        or primary_language(feed.language)
        or ("en" if feed.kind in ("hn", "hf-papers") else "")
    )


def _category(feed: Feed, kind: str, url: str, own: str, hosts: int) -> str:
    """Category of an unknown feed: by its name, by its host, then by where it links."""
    if kind in ("arxiv", "hf-papers"):
        return "papers"
    table = outlets()
    name = urlsplit(url).path.rsplit("/", 1)[-1]
    if table.hot_name.search(feed.title) or table.hot_file.search(name) or own in table.platforms:
        return "hot-list"
    places = [outlet_of(place) for place in (url, feed.link)]
    settled = [table.category(host) for host in (*places, own) if host not in _CODE_HOSTS]
    found = "community" if kind == "hn" else next((each for each in settled if each), "")
    if found:
        return found
    if hosts >= _MANY and not own:
        return "aggregator"
    return "open-source" if own in _CODE_HOSTS else ""
