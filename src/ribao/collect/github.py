"""The kinds `github-releases` and `github-trending`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import html as lxml_html

from ribao.collect.entry import Entry, Feed
from ribao.collect.feed import read_feed
from ribao.collect.items import items_of
from ribao.collect.markup import tidy
from ribao.collect.pages import read_page
from ribao.errors import ContentError
from ribao.gateways.web import Request, Response
from ribao.model import Heat, Item, Source
from ribao.outcome import Outcome

_TRENDING_ROW = "//article[contains(@class, 'Box-row')]"


def repository_of(url: str) -> str:
    """`owner/name` of an address at GitHub, or "" where it names no repository."""
    parts = urlsplit(url).path.strip("/").split("/")
    return "/".join(parts[:2]) if len(parts) >= 2 and all(parts[:2]) else ""


class GithubReleasesKind:
    """The releases of one repository, from the Atom feed that GitHub gives without a key."""

    name = "github-releases"

    def requests(self, source: Source) -> Sequence[Request]:
        """The feed of releases of the repository that the source names.

        Raises:
            ContentError: the address names no repository.
        """
        repository = repository_of(source.url)
        if not repository:
            raise ContentError(
                "this address names no repository", source.url, "wanted is owner/name"
            )
        url = f"https://github.com/{repository}/releases.atom"
        return (Request(url, purpose="feed", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every release; a title that is only a version gets the name before it.

        Raises:
            ContentError: the answer is no feed.
        """
        name = repository_of(source.url).rpartition("/")[2]
        feed = read_feed(response)
        entries = tuple(_named(entry, name) for entry in feed.entries)
        return items_of(replace(feed, entries=entries), source, response)


def _named(entry: Entry, name: str) -> Entry:
    known = name.lower().replace("-", "") in entry.title.lower().replace("-", "").replace(" ", "")
    return entry if known else replace(entry, title=f"{name} {entry.title}".strip())


class GithubTrendingKind:
    """The page of trending repositories: place on the list, stars of the period, description."""

    name = "github-trending"

    def requests(self, source: Source) -> Sequence[Request]:
        """The page that the source names."""
        return (Request(source.url, purpose="page", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every row of the list.

        Raises:
            ContentError: the page has no list of repositories.
        """
        rows = read_page(response).xpath(_TRENDING_ROW)
        if not isinstance(rows, list) or not rows:
            raise ContentError("there is no list of repositories on", response.url)
        entries = tuple(_row(row, number) for number, row in enumerate(rows, 1))
        feed = Feed("github-trending", link="https://github.com/", language="en", entries=entries)
        return items_of(feed, source, response)


def _row(row: lxml_html.HtmlElement, number: int) -> Entry:
    link = next(iter(row.xpath(".//h2//a/@href")), "")
    about = " ".join(tidy(each.text_content()) for each in row.xpath("./p[1]"))
    stars = " ".join(row.xpath(".//span[contains(., 'stars ')]//text()")).replace(",", "").split()
    name = repository_of(str(link))
    return Entry(
        title=f"{name}: {about}" if about else name,
        link=f"https://github.com/{name}" if name else "",
        summary=about,
        plain=True,
        heat=Heat(points=int(stars[0]) if stars and stars[0].isdigit() else None, rank=number),
    )
