"""The names of outlets, and which of a story's reports a reader should be sent to."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from ribao.catalogue import say
from ribao.model import Document

_RELAYS = frozenset({"aggregator", "hot-list", "community"})


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    file = resources.files("ribao.write") / "outlets.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return table["names"], table["english"], frozenset(table["aggregators"]["hosts"])


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


def outlet_name(document: Document, language: str) -> str:
    """The name of who published a document, as readers of `language` know it, or else its host."""
    names, english, _ = _tables()
    for candidate in (document.outlet.removeprefix("www."), host(document.url)):
        for domain in _domains(candidate):
            if domain in names:
                name = names[domain]
                return name if language == "zh" else english.get(name, name)
    name = document.outlet or host(document.url)
    return document.source_id if not name or name.endswith(".invalid") else name


def labelled_name(document: Document, language: str, tongue: str = "") -> str:
    """The name of an outlet, with the language of its words where that is not the edition's.

    `tongue` is the language of the words that stand beside the name; "" is that of the report.
    """
    name = outlet_name(document, language)
    spoken = tongue or document.language
    if spoken in {language, ""}:
        return name
    foreign = language_name(spoken, language)
    return say("write-outlet-foreign", language, outlet=name, language=foreign)


def language_name(tag: str, language: str) -> str:
    """The name of a language, in the language of the edition."""
    known = tag if tag in {"zh", "en", "ja", "ko"} else "other"
    return say(f"write-language-{known}", language)


def reference_name(document: Document, language: str) -> str:
    """The outlet as a reference names it; says so where an aggregator's words stand for it."""
    name = outlet_name(document, language)
    if document.category == "aggregator" and not relays(document):
        return say("write-outlet-relayed", language, outlet=name)
    return name


def relays(document: Document) -> bool:
    """Tell whether a document stands at an address that passes on what others reported."""
    _, _, aggregators = _tables()
    return any(domain in aggregators for domain in _domains(host(document.url)))


def directness(document: Document) -> int:
    """How near its address is to the event: 2 an outlet or the source itself, 0 a relay."""
    if relays(document):
        return 0
    return 1 if document.category in _RELAYS else 2


def _domains(name: str) -> list[str]:
    labels = name.casefold().split(".")
    return [".".join(labels[at:]) for at in range(len(labels))]
