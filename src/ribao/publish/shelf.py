"""The editions that a folder holds: the memory of everything that is made from more than one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ribao.errors import ContentError, PublishError
from ribao.model import Article, Edition, StoryId
from ribao.publish.canonical import read_edition


@dataclass(frozen=True, slots=True)
class Printed:
    """One article in the edition that printed it."""

    edition: Edition
    article: Article


def read_shelf(directory: Path) -> tuple[Edition, ...]:
    """All editions under DIRECTORY/DAY/LANGUAGE/edition.json, oldest first.

    Raises:
        PublishError: a file cannot be read or is no edition; its name is in the message.
    """
    editions = []
    for file in sorted(directory.glob("[0-9]*-[0-9]*-[0-9]*/*/edition.json")):
        try:
            editions.append(read_edition(file.read_bytes()))
        except OSError as error:
            raise PublishError("cannot read an edition", str(file), str(error)) from error
        except ContentError as error:
            raise PublishError("no edition", str(file), str(error)) from error
    return tuple(sorted(editions, key=lambda one: (one.date, one.language, one.id)))


def by_language(editions: Iterable[Edition]) -> dict[str, tuple[Edition, ...]]:
    """The editions of each language, oldest first."""
    shelves: dict[str, list[Edition]] = {}
    for edition in editions:
        shelves.setdefault(edition.language, []).append(edition)
    return {language: tuple(shelves[language]) for language in sorted(shelves)}


def histories(editions: Iterable[Edition]) -> dict[StoryId, tuple[Printed, ...]]:
    """Every story with the articles that told it, oldest first; `continues` joins ids of one."""
    known: dict[StoryId, StoryId] = {}
    told: dict[StoryId, list[Printed]] = {}
    for edition in editions:
        for article in edition.articles:
            before = article.continues
            root = known.get(before, before) if before is not None else None
            root = root or known.get(article.story_id, article.story_id)
            known[article.story_id] = root
            told.setdefault(root, []).append(Printed(edition, article))
    return {story: tuple(printed) for story, printed in told.items()}
