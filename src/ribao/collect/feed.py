"""The kind `feed`: anything that a feed reader would take, in XML or JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin

from ribao.collect.entry import Feed
from ribao.collect.items import items_of
from ribao.collect.json_feed import read_json_feed
from ribao.collect.xml_feed import read_xml_feed
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Outcome

# White space, byte order marks, and the zero bytes of UTF-16, before the first sign of a document.
_SPACE_OR_MARK = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00 \t\r\n]+")


class FeedKind:
    """RSS 0.9x, 1.0 and 2.0, Atom, RDF, CDF and JSON Feed; told apart by their first bytes."""

    name = "feed"

    def requests(self, source: Source) -> Sequence[Request]:
        """One address: that of the source."""
        return (Request(source.url, purpose="feed", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every entry.

        Raises:
            ContentError: the answer is empty, too large, a web page, or no feed at all.
        """
        return items_of(read_feed(response), source, response)


def _base(response: Response) -> str:
    """What relative addresses start from: Content-Location where it is a web address."""
    url = response.final_url or response.url
    try:
        located = urljoin(url, response.header("content-location"))
    except ValueError:
        return url
    return located if located.startswith(("http:", "https:")) else url


def read_feed(response: Response) -> Feed:
    """Read the feed in an answer, whatever its form.

    Raises:
        ContentError: the answer is empty, too large, a web page, or no feed at all.
    """
    feed = _read(response, _base(response))
    language = feed.language or response.header("content-language")
    return feed if language == feed.language else replace(feed, language=language)


def _read(response: Response, base: str) -> Feed:
    content_type = response.header("content-type")
    if _SPACE_OR_MARK.sub(b"", response.body[:64]).startswith((b"{", b"[")):
        return read_json_feed(response.body, base, content_type)
    return read_xml_feed(response.body, base, content_type)
