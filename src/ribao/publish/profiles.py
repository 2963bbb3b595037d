"""The Markdown edition as site generators want it: Hugo, Jekyll, Hexo and Astro.

Each wants the file in its own place and a few more fields. All get an explicit address, since each
of them derives one from the date in its own way, and 00:00 in Shanghai is the day before in UTC.
The title is left to the theme. See docs/reference/outputs.md for what each field is for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ribao.model import Edition
from ribao.plugins.kinds import RenderedFile
from ribao.publish.markdown import body, front_matter
from ribao.publish.sanitise import yaml_string
from ribao.publish.setting import day_path, opened_at


@dataclass(slots=True)
class Profile:
    """The edition for one site generator: where the file goes, and what is added to its head."""

    name: str
    path: str  # with {date} and {language}
    fields: Callable[[Edition], Sequence[str]]

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """One Markdown file without an H1."""
        path = self.path.format(date=edition.date.isoformat(), language=edition.language)
        text = f"{front_matter(edition, self.fields(edition))}\n{body(edition, titled=False)}"
        return (RenderedFile(path, text.encode("utf-8", "replace")),)


def _hugo(edition: Edition) -> Sequence[str]:
    # Without publishDate Hugo takes the date for 00:00 UTC and leaves the page out as a future one.
    return (
        f"url: {yaml_string('/' + day_path(edition))}",
        f"publishDate: {opened_at(edition)}",
        f"categories: [{yaml_string(edition.category)}]",
    )


def _jekyll(edition: Edition) -> Sequence[str]:
    return (
        'layout: "post"',
        f"permalink: {yaml_string('/' + day_path(edition))}",
        "render_with_liquid: false",
        f"categories: [{yaml_string(edition.category)}]",
        f"lang: {yaml_string(edition.language)}",
    )


def _hexo(edition: Edition) -> Sequence[str]:
    # Hexo drops the offset of a date: a naive one stands for itself.
    return (
        f"permalink: {yaml_string(day_path(edition))}",
        "disableNunjucks: true",
        f"categories: [{yaml_string(edition.category)}]",
        f"lang: {yaml_string(edition.language)}",
    )


def _astro(edition: Edition) -> Sequence[str]:
    return (
        f"slug: {yaml_string(day_path(edition).rstrip('/'))}",
        f"pubDate: {opened_at(edition)}",
        f"description: {yaml_string(edition.title)}",
        f"lang: {yaml_string(edition.language)}",
    )


PROFILES = (
    Profile("hugo", "hugo/content/posts/{date}-{language}.md", _hugo),
    Profile("jekyll", "jekyll/_posts/{date}-{language}.md", _jekyll),
    Profile("hexo", "hexo/source/_posts/{date}-{language}.md", _hexo),
    Profile("astro", "astro/src/content/posts/{date}-{language}.md", _astro),
)
