"""The kind `sitemap`: sitemaps and news sitemaps (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from lxml import etree

from ribao.collect.decode import decode, mend
from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.markup import tidy
from ribao.collect.names import short_name
from ribao.errors import ContentError
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Outcome

MAX_BYTES = 50 * 2**20  # the protocol's own limit
_SUFFIX = re.compile(r"\.\w{2,5}$")
_NUMBER = re.compile(r"^\d+$|^[0-9a-f]{8,}$")
_WORDS = 3  # of an address that make a headline; fewer are the name of a section


class SitemapKind:
    """A news sitemap has titles and dates; a plain one has addresses whose words make a title."""

    name = "sitemap"

    def requests(self, source: Source) -> Sequence[Request]:
        """The sitemap that the source names."""
        return (Request(source.url, purpose="feed", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every address.

        Raises:
            ContentError: it is no sitemap, or an index of sitemaps, of which one must be named.
        """
        root = _tree(response)
        kind = short_name(str(root.tag)).rpartition(":")[2]
        if kind == "sitemapindex":
            inner = [tidy(each.text or "") for each in root.iter() if _is(each, "loc")]
            raise ContentError(
                "this is an index of sitemaps",
                response.url,
                f"name one of them: {', '.join(inner[:5])}",
            )
        if kind != "urlset":
            raise ContentError("this XML is not a sitemap", response.url)
        entries = tuple(_entry(element) for element in root if _is(element, "url"))
        return items_of(Feed("sitemap", link=response.url, entries=entries), source, response)


def _tree(response: Response) -> etree._Element:
    if len(response.body) > MAX_BYTES:
        raise ContentError("the sitemap is too large", response.url, f"{len(response.body)} bytes")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        text = mend(decode(response.body, response.header("content-type")))
        return etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ContentError("the sitemap is not XML", response.url, str(error)) from error


def _is(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and short_name(element.tag).rpartition(":")[2] == name


def _entry(element: etree._Element) -> Entry:
    values: dict[str, str] = {}
    for each in element.iter():
        if isinstance(each.tag, str) and (text := tidy(each.text or "")):
            values.setdefault(
                short_name(each.tag).removeprefix("sitemap:").removeprefix("?:"), text
            )
    link = values.get("loc", "")
    dates = (values.get("news:publication_date", ""), values.get("lastmod", ""))
    return Entry(
        title=values.get("news:title") or title_of(link),
        link=link,
        language=values.get("news:language", ""),
        dates=tuple(date for date in dates if date),
    )


def title_of(url: str) -> str:
    """Make a title of the words of an address; "" where it has too few."""
    name = _SUFFIX.sub("", unquote(urlsplit(url).path).rstrip("/").rsplit("/", 1)[-1])
    words = [word for word in re.split(r"[-_+ ]+", name) if word and not _NUMBER.match(word)]
    title = " ".join(words)
    return title[:1].upper() + title[1:] if len(words) >= _WORDS else ""
