"""The kind `sitemap`: sitemaps and news sitemaps (https://www.sitemaps.org/protocol.html).

An index of sitemaps leads to the few that can hold news: the newest by its dates, or by the dates
in their names. Files packed with gzip are unpacked here, since they are sent as they are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from lxml import etree

from ribao.collect.dates import read_date
from ribao.collect.decode import decode, mend
from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.markup import tidy
from ribao.collect.names import short_name
from ribao.errors import ContentError
from ribao.gateways.address import outlet_of
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Outcome

MAX_BYTES = 50 * 2**20  # the protocol's own limit
MAX_UNPACKED = 16 * 2**20  # as http.max_body_bytes has it for what is packed on the way
FOLLOWED = 3  # sitemaps of one index; the newest file holds the news, the next ones its overflow
_GZIP = b"\x1f\x8b"
_SUFFIX = re.compile(r"\.\w{2,5}$")
_NUMBER = re.compile(r"^\d+$|^[0-9a-f]{8,}$")
_WORDS = 3  # of an address that make a headline; fewer are the name of a section
_NAMED_DATE = re.compile(
    r"(?<!\d)(20\d\d)(?:[-_/]?(0[1-9]|1[0-2])(?:[-_/]?([0-2]\d|3[01]))?)?(?!\d)"
)


class SitemapKind:
    """A news sitemap has titles and dates; a plain one has addresses whose words make a title."""

    name = "sitemap"

    def requests(self, source: Source) -> Sequence[Request]:
        """The sitemap that the source names."""
        return (_asked(source.url),)

    def further(self, source: Source, response: Response, now: datetime) -> Sequence[Request]:
        """The sitemaps of an index that can hold news; nothing for a sitemap itself.

        Raises:
            ContentError: it is no sitemap, or the index does not tell which of its files is new.
        """
        del source
        root = _tree(response)
        if _local(root) != "sitemapindex":
            return ()
        inner = [_of_index(each) for each in root if _is(each, "sitemap")]
        here = outlet_of(response.final_url or response.url)
        own = [(link, date) for link, date in inner if link and outlet_of(link) == here]
        return tuple(_asked(link) for link in _newest(own, response.url, now))

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every address.

        Raises:
            ContentError: it is no sitemap, or an index inside an index.
        """
        root = _tree(response)
        if _local(root) == "sitemapindex":
            raise ContentError("this is an index of sitemaps, named by an index", response.url)
        if _local(root) != "urlset":
            raise ContentError("this XML is not a sitemap", response.url)
        entries = tuple(_entry(element) for element in root if _is(element, "url"))
        return items_of(Feed("sitemap", link=response.url, entries=entries), source, response)


def _asked(url: str) -> Request:
    return Request(url, purpose="feed", conditional=True)


def _newest(inner: list[tuple[str, str]], url: str, now: datetime) -> list[str]:
    """Choose the files that can hold news: by date, else by name, else all where they are few."""
    news = [(link, date) for link, date in inner if "news" in urlsplit(link).path.lower()]
    if 0 < len(news) <= FOLLOWED:
        return [link for link, _ in news]
    dated = [(date, link) for link, written in inner if (date := _date(link, written, now))]
    if dated:
        ordered = sorted(dated, key=lambda one: (one[0], one[1]), reverse=True)
        return [link for _, link in ordered[:FOLLOWED]]
    if 0 < len(inner) <= FOLLOWED:
        return [link for link, _ in inner]
    names = ", ".join(link for link, _ in inner[:5])
    detail = f"it does not say which of its {len(inner)} files is new; name one: {names}"
    raise ContentError("this is an index of sitemaps", url, detail if inner else "it is empty")


def _date(link: str, written: str, now: datetime) -> str:
    """A date by which files can be put in order; "" for none. What lies ahead is no date."""
    moment = read_date(written) if written else None
    if moment is not None and moment.at <= now:
        return f"{moment.at:%Y-%m-%d %H:%M}"
    match = _NAMED_DATE.search(urlsplit(link).path)
    found = "-".join(part for part in match.groups() if part) if match else ""
    return found if found[:4] <= f"{now:%Y}" else ""


def unpacked(body: bytes, url: str) -> bytes:
    """The content of a gzip file, any other body as it is.

    Raises:
        ContentError: it is too large once unpacked, or breaks off.
    """
    if not body.startswith(_GZIP):
        return body
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = inflater.decompress(body, MAX_UNPACKED)
    except zlib.error as error:
        raise ContentError("the file cannot be unpacked", url, str(error)) from error
    if not inflater.eof:
        large = len(content) >= MAX_UNPACKED
        detail = f"over {MAX_UNPACKED} bytes" if large else "it breaks off"
        raise ContentError("the file cannot be unpacked", url, detail)
    return content


def _tree(response: Response) -> etree._Element:
    body = unpacked(response.body, response.url)
    if len(body) > MAX_BYTES:
        raise ContentError("the sitemap is too large", response.url, f"{len(body)} bytes")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        text = mend(decode(body, response.header("content-type")))
        return etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ContentError("the sitemap is not XML", response.url, str(error)) from error


def _local(element: etree._Element) -> str:
    return short_name(str(element.tag)).rpartition(":")[2]


def _is(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and _local(element) == name


def _of_index(element: etree._Element) -> tuple[str, str]:
    """Address and date of one file of an index."""
    values = {_local(each): tidy(each.text or "") for each in element if isinstance(each.tag, str)}
    return values.get("loc", ""), values.get("lastmod", "")


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
