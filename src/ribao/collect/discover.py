"""Finding what to read of a site from any address of it: `ribao sources add`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from ribao.collect.archive import guess_source
from ribao.collect.markup import tidy
from ribao.collect.opml import kind_of, slug
from ribao.collect.pages import base_of, read_page, resolved
from ribao.collect.sniff import sniff
from ribao.errors import ContentError, RemoteError, RibaoError
from ribao.gateways.address import outlet_of
from ribao.gateways.web import Request, Response, Web
from ribao.language.scripts import detect_language
from ribao.model import Source, SourceId
from ribao.plugins.kinds import SourceKind

TRIES = 12  # addresses asked of one site before we give up
_FEED_TYPES = ("rss", "atom", "rdf", "json", "xml")
# Where sites keep their feeds when their pages do not say; the first four are most of them.
_USUAL = (
    "/feed",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/rss",
    "/index.xml",
    "/feeds/posts/default",
)


def discover(url: str, web: Web, kinds: Mapping[str, SourceKind]) -> Source:
    """Find the source at an address: itself, the feed it names, a usual place, or its own list.

    Raises:
        RemoteError: the address cannot be fetched.
        ContentError: there is no feed and no list of news.
    """
    url = url if "://" in url else f"https://{url}"
    kind = kind_of(url)
    if kind != "feed":
        return Source(SourceId(slug("", url)), kind, url, owner=outlet_of(url), title=_short(url))
    response = web.fetch(Request(url, purpose="feed"))
    if found := _read_as_source(response, kinds):
        return found
    for place in _places(response):
        try:
            if found := _read_as_source(web.fetch(Request(place, purpose="feed")), kinds):
                return found
        except RemoteError:
            continue
    return _as_listing(response, kinds)


def _short(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path.rstrip('/')}"


def _read_as_source(response: Response, kinds: Mapping[str, SourceKind]) -> Source | None:
    """Describe an answer as a source where some kind reads at least one entry of it."""
    kind = sniff(response.body)
    if kind not in kinds:
        return None
    source = replace(guess_source(response, kind), url=response.final_url or response.url)
    try:
        outcome = kinds[kind].parse(source, response)
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
    usual = [urljoin(base, place) for place in _USUAL]
    yield from list(dict.fromkeys((*named[: TRIES - len(usual)], *usual)))


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
