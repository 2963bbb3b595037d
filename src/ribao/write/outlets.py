"""The names of outlets, and which of a story's reports a reader should be sent to."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from ribao.model import Document

_RELAYS = frozenset({"aggregator", "hot-list", "community"})


@cache
def _tables() -> tuple[dict[str, str], frozenset[str]]:
    file = resources.files("ribao.write") / "outlets.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return table["names"], frozenset(table["aggregators"]["hosts"])


def host(url: str) -> str:
    """The host of an address without `www.`; "" where the address has none."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def linkable(url: str) -> bool:
    """Tell whether an address may be printed: http or https, with a host."""
    try:
        parts = urlsplit(url)
        name = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(name)


def outlet_name(document: Document) -> str:
    """The name of who published a document, as readers know it, or else its host."""
    names, _ = _tables()
    for candidate in (document.outlet.removeprefix("www."), host(document.url)):
        for domain in _domains(candidate):
            if domain in names:
                return names[domain]
    return document.outlet or host(document.url) or document.source_id


def relays(document: Document) -> bool:
    """Tell whether a document stands at an address that passes on what others reported."""
    _, aggregators = _tables()
    return any(domain in aggregators for domain in _domains(host(document.url)))


def directness(document: Document) -> int:
    """How near its address is to the event: 2 an outlet or the source itself, 0 a relay."""
    if relays(document):
        return 0
    return 1 if document.category in _RELAYS else 2


def _domains(name: str) -> list[str]:
    labels = name.casefold().split(".")
    return [".".join(labels[at:]) for at in range(len(labels))]
