"""What the site knows of one language: its editions, stories and names, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ribao.model import Edition, StoryId
from ribao.publish.setting import day_path
from ribao.publish.shelf import Printed, histories
from ribao.publish.site.naming import Named, named_in


@dataclass(frozen=True)
class Holdings:
    """The editions of one language, oldest first. Paths end in a slash and start at the root."""

    language: str
    editions: tuple[Edition, ...]

    @cached_property
    def stories(self) -> Mapping[StoryId, tuple[Printed, ...]]:
        """Every story with the articles that told it, oldest first."""
        return histories(self.editions)

    @cached_property
    def named(self) -> Mapping[str, Named]:
        """Every name that is printed, by id."""
        return named_in(self.stories)

    @cached_property
    def story_paths(self) -> Mapping[StoryId, str]:
        """The page of every article's story, by the id under which the article was printed."""
        return {
            printed.article.story_id: self.story_path(story)
            for story, history in self.stories.items()
            for printed in history
        }

    @property
    def newest(self) -> Edition:
        """The edition of the front page."""
        return self.editions[-1]

    @property
    def front(self) -> str:
        """The front page."""
        return f"{self.language}/"

    def page_path(self, name: str) -> str:
        """One of the pages that there is one of: archive, names, figures, search."""
        return f"{self.language}/{name}/"

    def story_path(self, story: StoryId) -> str:
        """The page of a story."""
        return f"{self.language}/stories/{story}/"

    def name_path(self, id_: str) -> str:
        """The page of a name."""
        return f"{self.language}/names/{id_}/"

    def paths(self, pages: Sequence[str]) -> tuple[str, ...]:
        """All pages of the language, with these single ones."""
        return (
            self.front,
            *(day_path(edition) for edition in self.editions),
            *map(self.page_path, pages),
            *map(self.story_path, self.stories),
            *map(self.name_path, self.named),
        )
