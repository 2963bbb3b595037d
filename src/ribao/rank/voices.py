"""Who reports a story: independent voices, and whether somebody speaks first-hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import urlsplit

from ribao.beat import Beat, is_on_site
from ribao.model import Document, Story

ADDRESSES = 16_384  # of a day; what is known of them is kept


@cache
def _outlets() -> dict[str, dict[str, list[str]]]:
    text = (resources.files(__package__) / "outlets.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return table


@cache
def _owners() -> dict[str, str]:
    return {
        outlet.casefold(): owner
        for owner, outlets in _outlets()["owners"].items()
        for outlet in (owner, *outlets)
    }


def owner_of(outlet: str) -> str:
    """Name who owns an outlet: the outlet itself where the table knows no owner."""
    plain = outlet.strip().casefold().removeprefix("www.")
    return _owners().get(plain, plain)


def voices(story: Story) -> tuple[str, ...]:
    """Independent outlets of a story, sorted. A copy adds none; an owner counts once.

    Outlets that an aggregator lists for its topic count like reports of their own.
    """
    found = set()
    for document in story.documents:
        if document.copy_of is None and not _is_no_voice(document.outlet or host_of(document.url)):
            found.add(owner_of(document.outlet or host_of(document.url)))
        found.update(owner_of(outlet) for outlet in document.heat.outlets)
    return tuple(sorted(found - {""}))


def first_hand(story: Story, beat: Beat) -> tuple[str, bool]:
    """Host of the first document that is a primary source, and whether the beat knows its owner.

    A site of an organisation of the beat is one, and so is a place where anybody publishes code,
    models, papers or filings. ("", False) where there is none.
    """
    for document in story.documents:
        if beat.speaks_for(document.url):
            return host_of(document.url), True
    for document in story.documents:
        if _is_public_desk(document.url):
            return host_of(document.url), False
    return "", False


def own_pages(story: Story, beat: Beat) -> frozenset[str]:
    """Addresses of a story's first-hand pages. Such a page is about one thing only."""
    return frozenset(
        one.url for one in story.documents if beat.speaks_for(one.url) or _is_public_desk(one.url)
    )


@lru_cache(ADDRESSES)
def _is_public_desk(url: str) -> bool:
    """Whether anybody may publish first-hand there: code, models, papers, filings."""
    return any(is_on_site(url, host) for host in _outlets()["primary"]["hosts"])


@lru_cache(ADDRESSES)
def host_of(url: str) -> str:
    """Host of an address, in lower case, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def best_source(documents: Iterable[Document]) -> Document:
    """Find the document of the heaviest source; of equals the one with the smaller identifier."""
    return min(documents, key=lambda document: (-document.weight, document.id))


@lru_cache(ADDRESSES)
def _is_no_voice(outlet: str) -> bool:
    plain = outlet.casefold()
    return any(
        plain == host or plain.endswith(f".{host}") for host in _outlets()["not_voices"]["hosts"]
    )
