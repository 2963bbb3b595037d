"""The link guard: no address that the evidence does not have, no shortener, no disguised host."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from ribao.catalogue import say
from ribao.model import Finding, Verdict
from ribao.verify.readers import signs

_IGNORED_QUERY = ("utm_", "spm", "from", "ref", "source")


def address_of(url: str) -> str:
    """An address without what does not change its page: scheme, www, trailing slash, campaign."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not pair.startswith(_IGNORED_QUERY)
    )
    return f"{host}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def check_link(url: str, known: Collection[str] | None, language: str) -> Iterator[Finding]:
    """Findings on one printed address; `known` are addresses of the evidence, None without any."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        yield _finding(url, "link-broken", Verdict.CONTRADICTED, language)
        return
    if parts.scheme not in {"http", "https"} or not host:
        if not url.startswith(("#", "/", "./", "../", "mailto:")):
            yield _finding(url, "link-broken", Verdict.CONTRADICTED, language)
        return
    if _is_shortener(host):
        yield _finding(url, "link-short", Verdict.CONTRADICTED, language, host=host)
    if is_disguised(host):
        yield _finding(url, "link-disguised", Verdict.CONTRADICTED, language, host=host)
    if known is not None and address_of(url) not in known:
        yield _finding(url, "link-unknown", Verdict.UNSUPPORTED, language)


def _is_shortener(host: str) -> bool:
    host = host.removeprefix("www.")
    return host in signs()["shorteners"].split()


def is_disguised(host: str) -> bool:
    """Tell whether one label of a host mixes scripts, as `аpple` with a Cyrillic a does."""
    for label in host.split("."):
        letters = label
        if label.startswith("xn--"):
            try:
                letters = label.encode("ascii").decode("idna")
            except UnicodeError:
                return True
        scripts = {_script(letter) for letter in letters if letter.isalpha()}
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
