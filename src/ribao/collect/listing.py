"""The kind `html`: a page that lists news and has no feed.

With options the owner says where things are (CSS selectors `item`, `title`, `link`, `date`,
`summary`). Without them the list is found by itself: the largest group of links that have the same
place in the page, lead to pages of the same site and have the length of headlines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml import etree
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector

from ribao.collect.dates import read_date
from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.markup import tidy
from ribao.collect.pages import base_of, read_page, resolved
from ribao.errors import ContentError
from ribao.gateways.address import outlet_of
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Outcome

LEAST = 4  # links that make a list; menus of three are common, front pages have more
SHORTEST, LONGEST = 16, 200  # width of a headline; a Han character counts 2
_DATE_LIKE = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{1,3}\s*(?:分钟|小时|天)前|\d{1,3}\s*(?:minutes?|hours?|days?) ago"
    r"|(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
    # Without a year only where a time of day follows: a headline, too, may name a day.
    r"|(?:今天|昨天|前天|\d{1,2}月\d{1,2}日|\d{2}-\d{2})\s*\d{1,2}:\d{2}"
)
_ANY_DAY = datetime(2020, 12, 31, tzinfo=UTC)  # asked is only whether a date can be read
_OPTIONS = ("item", "title", "link", "date", "summary")
_UNWANTED = frozenset(("nav", "footer", "header", "aside", "form"))


class HtmlKind:
    """Listing pages, by selectors or by themselves."""

    name = "html"

    def requests(self, source: Source) -> Sequence[Request]:
        """The page that the source names.

        Raises:
            ContentError: an option has a name that we do not know, or a selector is wrong.
        """
        check_options(source)
        return (Request(source.url, purpose="page", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every entry of the list.

        Raises:
            ContentError: no list is found, or an option is wrong.
        """
        check_options(source)
        root = read_page(response)
        base = base_of(root, response.final_url or response.url)
        entries = _by_selectors(root, source) if source.option("item") else find_list(root, base)
        entries = tuple(replace(entry, link=resolved(entry.link, base)) for entry in entries)
        if not entries:
            item = source.option("item")
            hint = f"nothing fits item = '{item}'" if item else "name it with the option item"
            raise ContentError("no list of news is found on", response.url, hint)
        title = next((tidy(each.text_content()) for each in root.xpath("//title")), "")
        feed = Feed(
            "html", title=title, link=response.url, language=root.get("lang", ""), entries=entries
        )
        return items_of(feed, source, response)


def check_options(source: Source) -> None:
    """Look at the options before anything is asked for.

    Raises:
        ContentError: one has a name that we do not know, or is no selector.
    """
    for name, selector in source.options:
        if name not in _OPTIONS:
            detail = f"'{name}' is none of {', '.join(_OPTIONS)}"
            raise ContentError("no such option", source.url, detail)
        try:
            CSSSelector(selector)
        except (SelectorError, etree.XPathError) as error:
            detail = f"of '{name}': {selector[:80]}: {error}"
            raise ContentError("the selector is wrong", source.url, detail) from error


def _by_selectors(root: lxml_html.HtmlElement, source: Source) -> tuple[Entry, ...]:
    return tuple(_selected(item, source) for item in root.cssselect(source.option("item")))


def _selected(item: lxml_html.HtmlElement, source: Source) -> Entry:
    def first(name: str, default: str = "") -> lxml_html.HtmlElement | None:
        selector = source.option(name, default)
        return next(iter(item.cssselect(selector)), None) if selector else None

    link = item if item.tag == "a" else first("link", "a")
    title = first("title")
    title = link if title is None else title
    date, summary = first("date", "time"), first("summary")
    stamp = "" if date is None else date.get("datetime") or tidy(date.text_content())
    return Entry(
        title="" if title is None else " ".join(title.text_content().split()),
        link="" if link is None else link.get("href", ""),
        summary="" if summary is None else tidy(summary.text_content()),
        plain=True,
        dates=(stamp,) if stamp else (),
    )


def find_list(root: lxml_html.HtmlElement, url: str) -> tuple[Entry, ...]:
    """Find the list of news on a page: links in document order, each address once."""
    groups: dict[str, dict[str, lxml_html.HtmlElement]] = defaultdict(dict)
    home = outlet_of(url)
    for link in root.iter("a"):
        href = resolved(link.get("href", ""), url)
        if (
            not href.startswith("http")
            or outlet_of(href) != home
            or urlsplit(href).path in ("", "/")
        ):
            continue
        if SHORTEST <= _width(_headline(link)) <= LONGEST:
            place = _place(link)
            if place:
                groups[place].setdefault(href.partition("#")[0], link)
    best = max(groups.values(), key=_worth, default={})
    return tuple(_found(link) for link in best.values()) if len(best) >= LEAST else ()


def _worth(group: dict[str, lxml_html.HtmlElement]) -> float:
    """Many links of the length of headlines; what is long without being many is one story."""
    widths = [min(_width(_headline(link)), 80) for link in group.values()]
    return sum(widths) if len(widths) >= LEAST else 0.0


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _headline(link: lxml_html.HtmlElement) -> str:
    """The words of a link that are its headline: a heading in it, its title, or all of it."""
    for heading in link.iter("h1", "h2", "h3", "h4", "h5"):
        if text := " ".join(heading.text_content().split()):
            return text
    text = " ".join(link.text_content().split())
    return text if _width(text) <= LONGEST else link.get("title", "") or _first_block(link) or text


def _first_block(link: lxml_html.HtmlElement) -> str:
    """A card that is one big link begins with its headline."""
    blocks = (
        " ".join(each.text_content().split())
        for each in link.iter("div", "p", "span")
        if not len(each)
    )
    return next((text for text in blocks if SHORTEST <= _width(text) <= LONGEST), "")


def _place(link: lxml_html.HtmlElement) -> str:
    """The path of tags and first classes above a link; "" inside of menus and footers."""
    path = []
    for element in (link, *link.iterancestors()):
        if element.tag in _UNWANTED:
            return ""
        name = str(element.tag)
        classes = element.get("class", "").split()
        stable = next((each for each in classes if not any(sign.isdigit() for sign in each)), "")
        path.append(f"{name}.{stable}" if stable and name != "a" else name)
    return ">".join(path)


def _found(link: lxml_html.HtmlElement) -> Entry:
    return Entry(title=_headline(link), link=link.get("href", ""), dates=_dates_near(link))


def _dates_near(link: lxml_html.HtmlElement) -> tuple[str, ...]:
    """The date beside a headline: in the link, or around it where no other link is."""
    element = link
    for _ in range(3):
        for stamp in element.iter("time"):
            text = stamp.get("datetime") or tidy(stamp.text_content())
            if text:
                return (text,)
        if match := _DATE_LIKE.search(element.text_content()):
            return (match[0],) if read_date(match[0], "Asia/Shanghai", _ANY_DAY) else ()
        parent = element.getparent()
        if parent is None or len({each.get("href") for each in parent.iter("a")}) > 2:
            return ()
        element = parent
    return ()
