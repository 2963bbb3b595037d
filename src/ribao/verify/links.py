"""The link guard: no address that the evidence does not have, no shortener, no disguised host."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit

from ribao.catalogue import say
from ribao.language.html_text import clean_text
from ribao.model import Finding, Verdict
from ribao.verify.readers import signs

_NO_PAGES = frozenset({"mailto", "tel", "sms"})  # where a reader writes or calls
_IGNORED_QUERY = ("utm_", "spm", "from", "ref", "source")


_PLAIN = re.compile(r"https?://(?:www\.)?([a-z0-9.-]+)(/[^?#%\s]*)?")


def address_of(url: str) -> str:
    """An address without what does not change its page.

    That are its scheme, www, a slash at the end, the marks of a campaign, and whether letters
    outside of ASCII are written out or coded.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is not None and url.isascii() and "xn--" not in plain[1]:
        return f"{plain[1]}{(plain[2] or '').rstrip('/')}"  # as below, and most are so
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    if "%" in url or not url.isascii() or "xn--" in host:
        host, parts = _decoded(host), parts._replace(path=unquote(parts.path))
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not pair.startswith(_IGNORED_QUERY)
    )
    return f"{host}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def _decoded(host: str) -> str:
    """A host with the letters that it stands for."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def check_link(url: str, known: Collection[str] | None, language: str) -> Iterator[Finding]:
    """Findings on one printed address; `known` are addresses of the evidence, None without any."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        yield _finding(url, "link-broken", Verdict.CONTRADICTED, language)
        return
    if not parts.scheme and not parts.netloc:
        return  # a page beside this one, or a place in it: nothing is said of the web
    if parts.scheme in _NO_PAGES:
        return
    if parts.scheme not in {"http", "https", ""} or not host:
        yield _finding(url, "link-broken", Verdict.CONTRADICTED, language)
        return
    if is_redirect(url):
        yield _finding(url, "link-short", Verdict.CONTRADICTED, language, host=host)
    if is_disguised(host) or parts.username is not None:
        yield _finding(url, "link-disguised", Verdict.CONTRADICTED, language, host=host)
    if known is not None and address_of(url) not in known:
        yield _finding(url, "link-unknown", Verdict.UNSUPPORTED, language)


def is_redirect(url: str) -> bool:
    """Tell whether an address only leads elsewhere: a shortener, or a page that forwards.

    A page forwards where its host or path is made for that (link.site, /url, /out) and a part of
    its query is an address at another host.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    labels = host.split(".")
    if not _shorteners().isdisjoint(".".join(labels[at:]) for at in range(len(labels))):
        return True
    if not (_FORWARDS.match(host) or _FORWARD_PATH.fullmatch(parts.path)):
        return False
    values = (value for values in parse_qs(parts.query).values() for value in values)
    return any(
        value.startswith(("http://", "https://", "//")) and urlsplit(value).hostname != host
        for value in values
    )


@cache
def _shorteners() -> frozenset[str]:
    """Hosts that shorten addresses, with all that end with them."""
    return frozenset(signs()["shorteners"].split())


_FORWARDS = re.compile(r"(?:links?|out|go|goto|l|lm|redirect|jump|click|track|away)\.")
_FORWARD_PATH = re.compile(
    r".*/(?:url|link|links|out|go|goto|l\.php|redirect|redir|jump|click|away|r|external)/?",
    re.IGNORECASE,
)
# Letters of other scripts that look like Latin ones: a name of these alone is a disguise, too.
_LATIN_LOOKS = frozenset("аеорсухіјѕԁһӏԛԝԍьугпгкмтвнαινορτυχκγωηβε")


def is_disguised(host: str) -> bool:
    """Tell whether a host is made to be read as another one.

    One label mixes scripts, as `аpple` with a Cyrillic a does, or consists of letters that all look
    like Latin ones under a Latin top level (`аррӏе.com`).
    """
    if clean_text(host) != host:
        return True  # signs that nobody sees
    latin_top = host.rpartition(".")[2].isascii() and not host.rpartition(".")[2].startswith("xn--")
    for label in host.split("."):
        letters = label
        if label.startswith("xn--"):
            try:
                letters = label.encode("ascii").decode("idna")
            except UnicodeError:
                return True
        scripts = {_script(letter) for letter in letters if letter.isalpha()}
        if latin_top and letters and not letters.isascii() and set(letters) <= _LATIN_LOOKS:
            return True
        scripts -= {"CJK", "HIRAGANA", "KATAKANA"} if scripts <= _EAST else set()
        if len(scripts) > 1:
            return True
    return False


_EAST = {"CJK", "HIRAGANA", "KATAKANA", "LATIN"}  # these are mixed by honest Japanese names


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]


def _finding(url: str, words: str, verdict: Verdict, language: str, **values: object) -> Finding:
    because = say(f"verify-{words}", language, claim=url, **values)
    return Finding(url, "link", verdict, because, 0, 0)
