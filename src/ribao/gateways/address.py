"""Addresses: one spelling for each page, and the outlet that a page belongs to.

Two pages are never joined; two spellings of one page are joined where that is certain. What may be
cut stands in `address.toml`, each group with its reason. `canonical_url` gives an address that can
be opened; `page_key` goes further (scheme, www, trailing slash, order of parameters) and is only
for comparing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

import tldextract

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_LENGTH = 8192  # characters; longer addresses are refused by most servers
_WRAPPERS_DEEP = 3  # a share link in a share link in a share link; more is an attack
_EDGES = re.compile(r"^[\s<\"'(\[]+|[\s>\"')\]，。；、]+$")  # what a text leaves around an address
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:[cvi]/)?(?:s/)?(?P<rest>[^/]+\.[^/]+/.*)$")
_AMP_VIEWER = re.compile(r"^/amp/(?:s/)?(?P<rest>[^/]+\.[^/]+/.*)$")
_AMP_TAIL = re.compile(r"(?:/amp/?|\.amp|/amp\.html)$", re.IGNORECASE)
_ARXIV = re.compile(
    r"^/(?:abs|pdf|html|format)/(?P<id>(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)(?:\.pdf)?/?$"
)
_ARXIV_VERSION = re.compile(r"^(/abs/.+?)v\d+$")
# What most addresses look like: nothing in them that would be spelled otherwise.
_PLAIN = re.compile(
    r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)+)"
    r"(/(?:[A-Za-z0-9._~/-]|%[89A-F][0-9A-F])*)?"
    r"(?:\?((?:[A-Za-z0-9._~/=&-]|%[89A-F][0-9A-F])+))?(?:#[A-Za-z0-9._~-]*)?\Z"
)
_PLAIN_PART = re.compile(r"(?:[A-Za-z0-9._~/=-]|%[89A-F][0-9A-F])+\Z")
_HOST = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=(?::\d+)?(?:[/?#]|\Z))")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_IP = re.compile(r"^(?:\d+\.\d+\.\d+\.\d+|\[.*\])$")


@dataclass(frozen=True, slots=True)
class _Rules:
    """`address.toml`, compiled."""

    prefixes: tuple[str, ...]
    names: frozenset[str]
    by_host: dict[str, frozenset[str]]
    mobile: dict[str, str]
    wrapper: dict[str, tuple[str, ...]]
    redirectors: frozenset[str]
    platforms: tuple[str, ...]


@cache
def _rules() -> _Rules:
    text = resources.files("ribao.gateways").joinpath("address.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return _Rules(
        prefixes=tuple(table["tracking"]["prefixes"]),
        names=frozenset(table["tracking"]["names"]),
        by_host={
            host: frozenset(name.lower() for name in names)
            for host, names in table["tracking"]["hosts"].items()
        },
        mobile=dict(table["mobile"]),
        wrapper={page: tuple(names) for page, names in table["wrapper"].items()},
        redirectors=frozenset(table["redirector"]["hosts"]),
        platforms=tuple(table["platform"]["hosts"]),
    )


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The Public Suffix List as packaged: nothing is fetched, nothing is written."""
    return tldextract.TLDExtract(
        cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True
    )


@lru_cache(maxsize=65536)
def canonical_url(url: str, base: str = "") -> str:
    """Give the one spelling of a web address; "" where it is not an http(s) address.

    `base` is what relative addresses are resolved against. The result can be opened: nothing that a
    server could need is changed. Applying it twice changes nothing.
    """
    found = _spelled(url, base)
    for _ in range(_WRAPPERS_DEEP):
        inner = _unwrapped(found)
        if not inner or inner == found:
            break
        found = _spelled(inner, "")
    return found


def _spelled(url: str, base: str) -> str:
    if (match := _PLAIN.match(url)) and len(url) <= _MAX_LENGTH:
        scheme, host, path, query = match.groups()
        host, path = _own_page(_rules().mobile.get(host, host), path or "/")
        query = _query(host, query) if query else ""
        return f"{scheme}://{host}{path}?{query}" if query else f"{scheme}://{host}{path}"
    url = _CONTROL.sub("", _EDGES.sub("", url.encode("utf-8", "ignore").decode("utf-8")))
    if not url or len(url) > _MAX_LENGTH:
        return ""
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return ""
    host = _host(host)
    if not host:
        return ""
    host, path = _own_page(host, _path(parts.path))
    query = _query(host, parts.query)
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    found = urlunsplit((scheme, netloc, path, query, _fragment(parts.fragment)))
    return found if len(found) <= _MAX_LENGTH else ""


def _host(host: str) -> str:
    """Lower case, ASCII form of an international name, no trailing dot, no mobile twin."""
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return _rules().mobile.get(host, host)


def _path(path: str) -> str:
    """Escapes in one spelling, no session number; an empty path is "/"."""
    path = _SESSION.sub("", path)
    path = _ESCAPE.sub(_normal_escape, quote(path, safe="/%:@!$&'()*+,;=-._~|[]"))
    return path or "/"


def _normal_escape(match: re.Match[str]) -> str:
    character = chr(int(match.group()[1:], 16))
    return character if character in _UNRESERVED else match.group().upper()


def _own_page(host: str, path: str) -> tuple[str, str]:
    """Rules of single sites: AMP, arXiv's many doors to one paper, short forms of YouTube."""
    if host == "arxiv.org" and (match := _ARXIV.match(path)):
        return host, f"/abs/{match['id']}"
    if (
        "amp" in path[-9:].lower()
        and _AMP_TAIL.search(path)
        and path.lower() not in ("/amp", "/amp/", "/amp.html")
    ):
        # A path that ends in "amp" is the twin of the page without it on every site met so far,
        # except where "amp" is the whole name of the page.
        while _AMP_TAIL.search(path):
            path = _AMP_TAIL.sub("", path)
        return host, path or "/"
    return host, path


def _query(host: str, query: str) -> str:
    """The parameters that name the page, as they were spelled and in their order."""
    if not query:
        return ""
    rules = _rules()
    local = _of_host(host)
    kept = []
    for part in query.replace("&amp;", "&").split("&"):
        name = unquote(part.partition("=")[0]).lower()
        if not part or name in rules.names or name in local or name.startswith(rules.prefixes):
            continue
        if name == "amp" and part.partition("=")[2] in ("", "1", "true"):
            continue
        if _PLAIN_PART.match(part):
            kept.append(part)
            continue
        kept.append(_ESCAPE.sub(_normal_escape, quote(part, safe="/%:@!$'()*+,;=-._~?|[]{}")))
    return "&".join(kept)


@lru_cache(maxsize=4096)
def _of_host(host: str) -> frozenset[str]:
    """Tracking parameters of this host, or of the one that it is a subdomain of."""
    found: frozenset[str] = frozenset()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        found |= _rules().by_host.get(".".join(labels[start:]), frozenset())
    return found


def _fragment(fragment: str) -> str:
    """A fragment is a place in a page, unless a script uses it to choose the page."""
    return fragment if fragment.startswith(("!/", "/")) and len(fragment) > 2 else ""


def _unwrapped(url: str) -> str:
    """The address inside a redirecting, AMP-cache or short address; "" where there is none."""
    if not url:
        return ""
    named = url.split("/", 3)[2].partition(":")[0]
    if named not in _passing_on() and not named.endswith(".cdn.ampproject.org"):
        return ""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "youtu.be" and len(parts.path) > 1:
        return f"https://www.youtube.com/watch?v={parts.path[1:]}"
    if host.endswith(".cdn.ampproject.org") and (match := _AMP_CACHE.match(parts.path)):
        return f"https://{match['rest']}" + (f"?{parts.query}" if parts.query else "")
    if host in ("www.google.com", "google.com") and (match := _AMP_VIEWER.match(parts.path)):
        return f"https://{match['rest']}"
    names = _rules().wrapper.get(host + parts.path.lower()) or ()
    values = dict(parse_qsl(parts.query)) if names else {}
    return next(
        (values[name] for name in names if values.get(name, "").startswith(("http:", "https:"))), ""
    )


@cache
def _passing_on() -> frozenset[str]:
    """Hosts whose addresses may hold another."""
    wrappers = (place.partition("/")[0] for place in _rules().wrapper)
    return frozenset((*wrappers, "youtu.be", "www.google.com", "google.com"))


@lru_cache(maxsize=65536)
def page_key(url: str) -> str:
    """Give a key that two spellings of one page share; for comparing, not for opening.

    Beyond `canonical_url` it drops the scheme, `www.`, a trailing slash, `index.html`, arXiv's
    version numbers and the order of parameters.
    """
    canonical = canonical_url(url)
    if not canonical:
        return ""
    parts = urlsplit(canonical)
    path = _INDEX.sub("/", parts.path).rstrip("/")
    if parts.hostname == "arxiv.org":
        path = _ARXIV_VERSION.sub(r"\1", path)
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    host = parts.netloc.removeprefix("www.")
    return (
        host
        + path
        + (f"?{query}" if query else "")
        + (f"#{parts.fragment}" if parts.fragment else "")
    )


def is_redirector(url: str) -> bool:
    """Tell whether an address is of a host that only passes on: short addresses, click counters."""
    try:
        host = _host(urlsplit(url).hostname or "")
    except ValueError:
        return False
    labels = host.split(".")
    parents = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return any(parent in _rules().redirectors for parent in parents)


@lru_cache(maxsize=65536)
def outlet_of(url: str) -> str:
    """Name the outlet of an address or host: its registrable host, for example `example.co.uk`.

    Blogs on a shared platform (`someone.github.io`, `someone.substack.com`) are outlets of their
    own. "" where there is no host.
    """
    if match := _HOST.match(url):
        return _outlet_of_host(match[1])
    try:
        host = (
            (urlsplit(url).hostname or "")
            if "//" in url
            else url.split("/", maxsplit=1)[0].split(":", maxsplit=1)[0]
        )
    except ValueError:
        return ""
    return _outlet_of_host(host)


@lru_cache(maxsize=8192)
def _outlet_of_host(host: str) -> str:
    host = _host(host) if host else ""
    if not host or _IP.match(host):
        return host
    for platform in _rules().platforms:
        if host.endswith(f".{platform}"):
            owner = host.removesuffix(f".{platform}").rsplit(".", 1)[-1]
            return platform if owner == "www" else f"{owner}.{platform}"
    found = _suffixes()(host)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}"
    return ".".join(host.split(".")[-2:])
