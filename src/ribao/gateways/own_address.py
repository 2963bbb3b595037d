"""The address that a fetched page itself goes by: where its redirects ended, what it calls itself.

A page is cited by its own address only where that is safe: never by another site's word, never as a
home page, a log-in or an error page. What is decided has a reason in words, also where the address
stays as it was. How pages name themselves: RFC 6596 (`rel=canonical`, as element and as header).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ribao.gateways.address import canonical_url, is_redirector, outlet_of, page_key
from ribao.gateways.web import Response

HEAD_BYTES = 131_072  # in which a page names itself; heads with inlined styles are long
_TOKEN = re.compile(
    rb"<!--|<(?:script|style|noscript)\b|<(?P<name>link|base)\b[^<>]{1,4000}>|<body\b|</head\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(rb"</(?:script|style|noscript)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"""(?<![\w-])(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_HEADER_LINK = re.compile(r"<([^<>]{1,4000})>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
# Where a site sends those whom it does not let in; what stands there is not the report.
_DOOR = re.compile(
    r"/(?:log-?in|sign-?in|sign-?up|register|auth|sso|consent|captcha|challenge|verify|cookie|subscribe"
    r"|paywall|error|not-?found|404|403)(?:[/.]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """The address to cite, and why it is not (or still is) the one that was asked; "" for plain."""

    url: str
    because: str = ""


def own_address(asked: str, response: Response) -> OwnAddress:
    """Settle the address of a page that was asked for at `asked` (canonical).

    A redirect is followed within the outlet, and from hosts that do nothing but redirect; a name
    that the page gives itself only within the outlet that sent it.
    """
    landed = canonical_url(response.final_url or response.url)
    if "#" in asked and landed == canonical_url(asked):
        return OwnAddress(asked)  # one of several entries on a page: its place is its address
    here = _redirected(asked, landed)
    if here.url == asked and landed not in ("", asked):
        return here  # what came is from a place that is not to be cited, nor is what it says
    name = named_by(response)
    if not name or page_key(name) == page_key(here.url):
        # http and https, `www.` or not, a slash more: the page's own spelling, never without TLS.
        return here if not name or _is_weaker(name, here.url) else _named(here, name)
    if refusal := _refused(here.url, name):
        because = f"the page calls itself {name}, {refusal}: not taken"
        return OwnAddress(here.url, "; ".join(filter(None, (here.because, because))))
    return _named(here, name)


def _named(here: OwnAddress, name: str) -> OwnAddress:
    if name == here.url:
        return here
    because = f"the page calls itself {name}"
    return OwnAddress(name, "; ".join(filter(None, (here.because, because))))


def _redirected(asked: str, landed: str) -> OwnAddress:
    """Follow the redirects, or say why not."""
    if not landed or landed == asked:
        return OwnAddress(asked)
    refusal = _refused(asked, landed, elsewhere=is_redirector(asked))
    if refusal or _is_weaker(landed, asked):
        return OwnAddress(asked, f"redirected to {landed}, {refusal or 'without TLS'}: not taken")
    return OwnAddress(landed, f"redirected from {asked}")


def _refused(old: str, new: str, *, elsewhere: bool = False) -> str:
    """Why `new` cannot be the address of what was asked at `old`; "" where it can."""
    before, after = urlsplit(old), urlsplit(new)
    if outlet_of(old) != outlet_of(new) and not elsewhere:
        return "which is another site"
    if after.path.strip("/") == "" and not after.query and (before.path.strip("/") or before.query):
        return "which is a home page"
    if _DOOR.search(after.path) and not _DOOR.search(before.path):
        return "which is a log-in or an error page"
    return ""


def _is_weaker(new: str, old: str) -> bool:
    """Whether it would lose TLS, for which nothing can be gained."""
    return new.startswith("http:") and old.startswith("https:")


def named_by(response: Response) -> str:
    """The canonical form of the one address that a page gives itself; "" for none, or for several.

    Header and element count alike; a page that names two addresses names none (as search engines
    have it).
    """
    here = response.final_url or response.url
    found = [canonical_url(link, here) for link in _header_links(response)]
    if "html" in response.header("content-type").lower() or not response.header("content-type"):
        rows = [_row(name, element) for name, element in _elements(response.body[:HEAD_BYTES])]
        start = next((href for name, _, href in rows if name == b"base" and href), "")
        base = canonical_url(start, here) or here
        found += [canonical_url(href, base) for _, canonical, href in rows if canonical]
    names = set(filter(None, found))
    return names.pop() if len(names) == 1 else ""


def _header_links(response: Response) -> list[str]:
    values = [value for name, value in response.headers if name == "link"]
    return [
        link
        for value in values
        for link, parameters in _HEADER_LINK.findall(value[:8_192])
        if re.search(r";\s*rel\s*=\s*\"?canonical\"?\s*(?:;|$)", parameters, re.IGNORECASE)
    ]


def _elements(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every link and base element of a head, in one pass; comments and scripts are passed over."""
    position = 0
    while match := _TOKEN.search(head, position):
        position = match.end()
        token = match[0].lower()
        if match["name"]:
            yield match["name"].lower(), match[0]
        elif token == b"<!--":
            position = head.find(b"-->", position)
        elif token in (b"<body", b"</head"):
            return
        else:
            closing = _CLOSING.search(head, position)
            position = closing.end() if closing else -1
        if position < 0:
            return


def _row(name: bytes, element: bytes) -> tuple[bytes, bool, str]:
    """Of an element: its name, whether its relation is `canonical`, and its address."""
    values = {
        key.lower(): html.unescape((double or single or bare).decode("utf-8", "replace"))
        for key, double, single, bare in _ATTRIBUTE.findall(element)
    }
    canonical = name == b"link" and "canonical" in values.get(b"rel", "").lower().split()
    return name, canonical, values.get(b"href", "").strip()
