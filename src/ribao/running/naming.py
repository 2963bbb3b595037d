"""What the reports of a day teach of names, and which names may be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ribao.cluster import names_in
from ribao.language.aliases_learned import LearnedAlias
from ribao.language.aliases_seen import AliasCandidate, Told, find_candidates, lower_words
from ribao.language.scripts import detect_language
from ribao.model import Document, Story


class Names(NamedTuple):
    """Names that a day's reports said to be one, and such as only came together in its stories."""

    learned: tuple[LearnedAlias, ...] = ()
    candidates: tuple[AliasCandidate, ...] = ()


def names_of(documents: Sequence[Document], stories: Sequence[Story]) -> Names:
    """Learn from a day: what stands in brackets, and what comes together in two languages."""
    learned = names_in(documents)
    told = [one for story in stories if (one := _told(story)) is not None]
    ordinary = lower_words(one.text for one in documents) if told else ()
    return Names(learned, find_candidates(told, learned, ordinary))


def _told(story: Story) -> Told | None:
    """A story of two languages, by the language of each title; None where it has one.

    Labels of feeds say nothing here: some carry English titles under a Chinese one.
    """
    reports: dict[str, list[tuple[str, str, str]]] = {"zh": [], "en": []}
    for one in story.documents:
        language = detect_language(one.title)
        if one.copy_of is None and language in reports:
            reports[language].append((one.url, one.title, one.text))
    if not reports["zh"] or not reports["en"]:
        return None
    return Told(story.id, tuple(reports["zh"]), tuple(reports["en"]))
