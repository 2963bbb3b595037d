"""Finding what to read of a site from any address of it: `ribao sources add`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from ribao.collect.archive import guess_source
from ribao.collect.markup import tidy
from ribao.collect.opml import kind_of, slug
from ribao.collect.pages import base_of, read_page, resolved
from ribao.collect.plans import LeadingKind
from ribao.collect.sitemap import unpacked
from ribao.collect.sniff import sniff
from ribao.collect.youtube import channel_of, is_handle
from ribao.errors import ContentError, RemoteError, RibaoError
from ribao.gateways.address import outlet_of
from ribao.gateways.web import Request, Response, Web
from ribao.language.scripts import detect_language
from ribao.model import Source, SourceId
from ribao.outcome import Outcome
from ribao.plugins.kinds import SourceKind

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d+(?:/|$))")  # "host:8080/x" has none
TRIES = 16  # addresses asked of one site before we give up
_FEED_TYPES = ("rss", "atom", "rdf", "json", "xml")
# Where sites keep their feeds when their pages do not say; the first four are most of them.
_USUAL = (
    "/feed",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/rss",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
)
_BESIDE = ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml")  # below a section of a site
_PAGE_NAME = re.compile(r"/[^/]*\.\w{1,5}$")


def discover(url: str, web: Web, kinds: Mapping[str, SourceKind]) -> Source:
    """Find the source at an address: itself, the feed it names, a usual place, or its own list.

    Raises:
        RemoteError: the address cannot be fetched.
        ContentError: there is no feed and no list of news.
    """
    url = _whole(url)
    if is_handle(url):
        url = channel_of(web.fetch(Request(url, purpose="page")))
    kind = kind_of(url)
    if kind != "feed":
        return Source(SourceId(slug("", url)), kind, url, owner=outlet_of(url), title=_short(url))
    response = web.fetch(Request(url, purpose="feed"))
    if found := _read_as_source(response, web, kinds):
        return found
    for place in _places(response):
        try:
            if found := _read_as_source(web.fetch(Request(place, purpose="feed")), web, kinds):
                return found
        except RemoteError:
            continue
    return _as_listing(response, kinds)


def _whole(url: str) -> str:
    """An address as people type it: without its scheme, with `feed:` before it, between spaces.

    Raises:
        ContentError: it is empty, or not an address of the web.
    """
    url = url.strip().strip("<>\"'")
    for prefix in ("feed://", "feed:"):
        url = url.removeprefix(prefix)
    if not url or any(sign.isspace() for sign in url):
        raise ContentError("this is no web address", url, "it is empty or has spaces in it")
    if not _SCHEME.match(url):
        url = f"https://{url}"
    try:
        urlsplit(url)
    except ValueError as error:
        raise ContentError("this is no web address", url, str(error)) from error
    if not url.lower().startswith(("http://", "https://")):
        raise ContentError(
            "this is no web address", url, "it begins with neither http:// nor https://",
            hint="files and mailboxes are named in sources.toml; see docs/reference/sources.md",
        )  # fmt: skip
    return url


def _short(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path.rstrip('/')}"


def _read_as_source(response: Response, web: Web, kinds: Mapping[str, SourceKind]) -> Source | None:
    """Describe an answer as a source where some kind reads at least one entry of it."""
    try:
        name = sniff(unpacked(response.body, response.url))
        if name not in kinds:
            return None
        kind = kinds[name]
        source = replace(guess_source(response, name), url=response.final_url or response.url)
        further = (
            kind.further(source, response, response.fetched_at)
            if isinstance(kind, LeadingKind)
            else ()
        )
        answers = [web.fetch(request) for request in further] or [response]
        outcome = Outcome.join(kind.parse(source, answer) for answer in answers)
    except RibaoError:
        return None
    return source if outcome.kept or outcome.dropped else None


def _places(response: Response) -> Iterator[str]:
    """Addresses to try: those that the page names as feeds, then the usual ones."""
    base = response.final_url or response.url
    named: list[str] = []
    try:
        page = read_page(response)
    except ContentError:
        page = None
    if page is not None:
        start = base_of(page, base)
        for link in page.iter("link", "a"):
            kind, href = link.get("type", "").lower(), resolved(link.get("href", ""), start)
            feed = "alternate" in link.get("rel", "").lower() and any(
                each in kind for each in _FEED_TYPES
            )
            if href.startswith("http") and (feed or _looks_like_feed(href)):
                named.append(href)
    path = _PAGE_NAME.sub("/", urlsplit(base).path).rstrip("/")
    below = [urljoin(base, f"{path}/{name}") for name in _BESIDE] if path else []
    usual = [*below, *(urljoin(base, place) for place in _USUAL)]
    yield from list(dict.fromkeys((*named[: TRIES // 2], *usual)))[:TRIES]


def _looks_like_feed(href: str) -> bool:
    path = urlsplit(href).path.lower().rstrip("/")
    return path.endswith(
        (".rss", "/rss", "/feed", "/atom", "rss.xml", "feed.xml", "atom.xml", "feed.json")
    )


def _as_listing(response: Response, kinds: Mapping[str, SourceKind]) -> Source:
    url = response.final_url or response.url
    titles = [tidy(each.text_content()) for each in read_page(response).iter("title")]
    title = titles[0] if titles else ""
    source = Source(SourceId(slug(title, url)), "html", url, title=title, owner=outlet_of(url))
    try:
        outcome = kinds["html"].parse(source, response)
    except ContentError as error:
        raise ContentError("no feed and no list of news is found at", url, error.detail) from error
    return replace(source, language=detect_language(" ".join(item.title for item in outcome.kept)))
