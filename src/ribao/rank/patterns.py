"""Kinds of writing and acts that make news, told from a title. The patterns are data (TOML)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ribao.language.words import fold


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind: what it is worth in points, and how titles or addresses betray it."""

    name: str
    points: float
    title: re.Pattern[str] | None
    url: re.Pattern[str] | None
    category: str = ""  # of sources that bring nothing else


@cache
def _patterns(file: str) -> tuple[Pattern, ...]:
    table = tomllib.loads((resources.files(__package__) / file).read_text(encoding="utf-8"))
    return tuple(
        Pattern(
            name,
            rule["points"],
            _either(rule.get("title")),
            _either(rule.get("url")),
            rule.get("category", ""),
        )
        for name, rule in table.items()
    )


def _either(alternatives: list[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{one})" for one in alternatives)) if alternatives else None


def genres(title: str, url: str = "", category: str = "") -> tuple[Pattern, ...]:
    """Kinds of writing that are not news (opinion, advert, ...) which a report looks like."""
    return tuple(_matching("genres.toml", fold(title), url, category))


def acts(title: str, url: str = "") -> tuple[Pattern, ...]:
    """Acts that make news (launch, deal, law, ...) which a title or an address speaks of."""
    return tuple(_matching("acts.toml", fold(title), url))


def _matching(file: str, folded: str, url: str, category: str = "") -> Iterator[Pattern]:
    for pattern in _patterns(file):
        in_title = pattern.title is not None and pattern.title.search(folded)
        in_url = url and pattern.url is not None and pattern.url.search(url)
        if in_title or in_url or (category and category == pattern.category):
            yield pattern
