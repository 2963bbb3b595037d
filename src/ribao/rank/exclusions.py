"""What an owner does not want to read of: subjects by their ids, or any words, in titles.

A story is about an excluded subject where the title of its lead says so, or those of at least half
of its reports. Words of a text are not enough: a launch may mention last year's funding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ribao.beat import Matcher
from ribao.language.words import fold
from ribao.model import Document

HALF = 0.5  # of the reports of a story


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One subject: its names, and how titles and sources betray it."""

    id: str
    zh: str
    en: str
    words: tuple[str, ...]  # how a person asks for it
    title: re.Pattern[str] | Matcher
    categories: frozenset[str] = frozenset()  # of sources that bring nothing else

    def name(self, language: str) -> str:
        """Its name in zh or en."""
        return self.zh if language == "zh" else self.en

    def found_in(self, title: str) -> str:
        """The words of a title that speak of it, or ""."""
        if isinstance(self.title, Matcher):
            return next(iter(sorted(self.title.find(title))), "")
        match = self.title.search(fold(title))
        return match.group() if match else ""


@cache
def subjects() -> dict[str, Exclusion]:
    """The subjects that ribao knows by an id."""
    raw = (resources.files(__package__) / "exclusions.toml").read_text(encoding="utf-8")
    return {
        id_: Exclusion(
            id_,
            row["zh"],
            row["en"],
            tuple(row["words"]),
            re.compile("|".join(f"(?:{one})" for one in row["title"])),
            frozenset(row.get("categories", ())),
        )
        for id_, row in tomllib.loads(raw).items()
    }


@cache
def exclusion(wanted: str) -> Exclusion:
    """The subject of an id; any other text is a word of its own, found where it stands alone."""
    known = subjects().get(wanted)
    return known or Exclusion(wanted, wanted, wanted, (wanted,), Matcher((wanted,)))


def excluded(documents: Sequence[Document], wanted: Sequence[str]) -> tuple[Exclusion, str] | None:
    """The first unwanted subject that a story is about, and the words that say so.

    `documents` has the lead first.
    """
    for one in map(exclusion, wanted):
        found = [one.found_in(document.title) for document in documents]
        of_kind = [document.category in one.categories for document in documents]
        told = sum(bool(words) or kind for words, kind in zip(found, of_kind, strict=True))
        if documents and (found[0] or told >= HALF * len(documents)):
            words = next(filter(None, found), "")
            return one, words or documents[0].category
    return None
