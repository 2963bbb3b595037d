"""Who is named: the organisations, products and people of what was printed.

Only names of the bilingual table get a page: they are one name in both languages, and a table of
names is a table of public ones. A version ("Qwen3") counts for its family ("Qwen").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ribao.language.aliases import Known, known_names
from ribao.language.names import find_names
from ribao.model import Article, StoryId
from ribao.publish.shelf import Printed

KINDS = ("organisation", "product", "person")


@dataclass(frozen=True, slots=True)
class Named:
    """One name with all that was printed of it, oldest first, and the story of each article."""

    known: Known
    printed: tuple[Printed, ...]
    stories: tuple[StoryId, ...]  # of `printed`, in step

    def spelt(self, language: str) -> str:
        """The name as a language writes it."""
        return self.known.zh if language == "zh" else self.known.en


def names_of(article: Article) -> tuple[str, ...]:
    """The ids of the known names in the printed words of an article, in order of appearance."""
    sentences = [
        article.headline,
        *article.paragraph,
        *(sentence for insight in article.insights for sentence in insight.sentences),
    ]
    known = known_names()
    found: dict[str, None] = {}
    for sentence in sentences:
        if sentence.kind == "computed":  # names of outlets that reported, not of the event
            continue
        for mention in find_names(sentence.text):
            for id_ in (mention.id, mention.family):
                if id_ in known and known[id_].kind in KINDS:
                    found.setdefault(id_)
    return tuple(found)


def named_in(stories: Mapping[StoryId, Iterable[Printed]]) -> dict[str, Named]:
    """Every name that stands in the stories, by id."""
    found: dict[str, list[tuple[Printed, StoryId]]] = {}
    for story, history in stories.items():
        for printed in history:
            for id_ in names_of(printed.article):
                found.setdefault(id_, []).append((printed, story))
    known = known_names()
    named = {}
    for id_ in sorted(found):
        pairs = sorted(found[id_], key=lambda pair: pair[0].edition.date)
        named[id_] = Named(
            known[id_], tuple(one for one, _ in pairs), tuple(story for _, story in pairs)
        )
    return named


def beside(one: Named, named: Mapping[str, Named], most: int) -> tuple[Named, ...]:
    """The names that stand in the most stories together with one."""
    own = set(one.stories)
    shared = [
        (-len(own.intersection(other.stories)), id_)
        for id_, other in named.items()
        if other.known.id != one.known.id
    ]
    return tuple(named[id_] for count, id_ in sorted(shared)[:most] if count)
