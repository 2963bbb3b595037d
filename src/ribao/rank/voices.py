"""Who reports a story: independent voices, and whether somebody speaks first-hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from ribao.beat import Beat
from ribao.model import Document, Story


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


def first_hand(story: Story, beat: Beat) -> str:
    """Host (and path) of the first document that is a primary source, else "".

    A site of an organisation of the beat is one, and so is a place where anybody publishes code,
    models, papers or filings.
    """
    sites = [site.casefold() for one in beat.organisations for site in one.sites]
    for document in story.documents:
        place = _place(document.url)
        if any(_within(place, site) for site in (*sites, *_outlets()["primary"]["hosts"])):
            return host_of(document.url)
    return ""


@cache
def host_of(url: str) -> str:
    """Host of an address, in lower case, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def best_source(documents: Iterable[Document]) -> Document:
    """Find the document of the heaviest source; of equals the one with the smaller identifier."""
    return min(documents, key=lambda document: (-document.weight, document.id))


def _place(url: str) -> str:
    return (host_of(url) + urlsplit(url).path).casefold()


def _within(place: str, site: str) -> bool:
    """Whether `place` is on `site`, which is a host (with its subdomains) or host/path."""
    if "/" in site:
        return place == site or place.startswith((f"{site}/", f"{site}?"))
    host = place.partition("/")[0]
    return host == site or host.endswith(f".{site}")


@cache
def _is_no_voice(outlet: str) -> bool:
    plain = outlet.casefold()
    return any(
        plain == host or plain.endswith(f".{host}") for host in _outlets()["not_voices"]["hosts"]
    )
