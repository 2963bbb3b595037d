"""What is known of outlets by their host: general knowledge, kept in `outlets.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Outlets:
    """Categories by registrable host, how hot lists are known, and what a category weighs."""

    categories: dict[str, str]
    platforms: frozenset[str]
    hot_name: re.Pattern[str]
    hot_file: re.Pattern[str]
    weights: dict[str, float]

    def category(self, host: str) -> str:
        """The category of an outlet, or "" where it is not known."""
        return self.categories.get(host, "")


@cache
def outlets() -> Outlets:
    """Read the table once."""
    text = resources.files("ribao.collect").joinpath("outlets.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Outlets(
        categories={host: name for name, hosts in table["category"].items() for host in hosts},
        platforms=frozenset(table["hot-list"]["platforms"]),
        hot_name=re.compile("|".join(map(re.escape, table["hot-list"]["names"])), re.IGNORECASE),
        hot_file=re.compile(r"(?:^|[-_.])hot(?:[-_.]|$)", re.IGNORECASE),
        weights=dict(table["weight"]),
    )
