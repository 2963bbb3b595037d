"""What a feed says before we make nouns of it: one shape for XML, JSON and pages."""

from __future__ import annotations

from dataclasses import dataclass

from ribao.model import Heat

NO_HEAT = Heat()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its source wrote it. Addresses are as given or resolved, nothing is cleaned."""

    title: str = ""  # text, no markup
    link: str = ""
    guid: str = ""
    guid_is_link: bool = False
    summary: str = ""  # HTML, or text where `plain` says so
    content: str = ""  # HTML
    plain: bool = False  # a "<" in the summary is a "<"
    author: str = ""
    language: str = ""
    dates: tuple[str, ...] = ()  # best first
    outlets: tuple[str, ...] = ()  # dc:contributor: who else carries it, in aggregators
    outlet: str = ""  # <source>: whom it was taken from
    links: tuple[str, ...] = ()  # comments page, paper, code
    categories: tuple[str, ...] = ()
    heat: Heat = NO_HEAT


@dataclass(frozen=True, slots=True)
class Feed:
    """What was read from one document."""

    kind: str  # rss, atom, rdf, cdf, json-feed, ...
    title: str = ""
    link: str = ""  # its home page
    language: str = ""
    description: str = ""
    updated: str = ""
    entries: tuple[Entry, ...] = ()
    repaired: str = ""  # what had to be mended before it could be read; "" for a sound document
