"""Editions -> every file of the site: pages, feeds, covers, the search index, the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path

from ribao.config import PublishSettings
from ribao.errors import ConfigError
from ribao.model import Edition, Publication
from ribao.outcome import Outcome
from ribao.plugins.kinds import RenderedFile
from ribao.publish.cover import SHAPES, draw_again
from ribao.publish.feeds import feed_files
from ribao.publish.folder import put
from ribao.publish.fonts import Font, chinese_font
from ribao.publish.html import Page, render
from ribao.publish.kept import Kept
from ribao.publish.setting import SITE, day_path
from ribao.publish.shelf import by_language, read_shelf
from ribao.publish.site.entries import feeds_of
from ribao.publish.site.furnishing import Furnishing
from ribao.publish.site.holdings import Holdings
from ribao.publish.site.pages import (
    ArchivePage,
    FiguresPage,
    NamePage,
    NamesPage,
    SearchPage,
    StoryPage,
)
from ribao.publish.site.search import FOLDER as SEARCH
from ribao.publish.site.search import can_search, records_of, search_files
from ribao.publish.site.sitemap import sitemap

SINGLE = {"archive": ArchivePage, "names": NamesPage, "figures": FiguresPage}


def publish_site(directory: Path, settings: PublishSettings) -> Outcome[Publication]:
    """Make the site of the editions in `directory` under `directory`/site.

    Raises:
        PublishError: an edition cannot be read, or the folder cannot be written.
    """
    editions = read_shelf(directory)
    if not editions:
        return Outcome()
    output = SiteOutput()
    files = output.gather(editions, settings, Kept(directory))
    return Outcome((put(editions[-1], output, files, directory),))


class SiteOutput:
    """The site as an output: made anew from all editions whenever one is published."""

    name = "site"
    owned = (f"{SITE}/{SEARCH}",)  # folders in which nothing but its files may stay

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """The site of this edition alone."""
        return tuple(site_files([edition], PublishSettings()))

    def gather(
        self, editions: Sequence[Edition], settings: PublishSettings, kept: Kept
    ) -> Sequence[RenderedFile]:
        """The site of all editions of the folder."""
        return tuple(site_files(editions, settings, kept))


def site_files(
    editions: Sequence[Edition], settings: PublishSettings, kept: Kept | None = None
) -> Iterator[RenderedFile]:
    """Every file of the site; without an address of the site there are no feeds and no map.

    Raises:
        ConfigError: `[publish] search` is "on" and Pagefind is not installed.
        PublishError: Pagefind failed.
    """
    for path, content in _Making(editions, settings, kept or Kept()).files():
        yield RenderedFile(f"{SITE}/{path}", content)


@dataclass(frozen=True)
class _Making:
    """One making of a site."""

    editions: Sequence[Edition]
    settings: PublishSettings
    kept: Kept
    pages: dict[str, Page] = field(default_factory=dict)  # by path, as they are made

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file by its path below the root of the site."""
        with ThreadPoolExecutor(1) as beside:  # the index is made by a program of its own
            index = beside.submit(self._index)
            for shelf in self.shelves.values():
                yield from self._of_language(shelf)
            yield "index.html", render(*self._root())
            yield "icon.svg", _icon()
            yield from index.result()
        if self.home:
            yield "sitemap.xml", self._map()
            robots = f"User-agent: *\nAllow: /\nSitemap: {self.home}sitemap.xml\n"
            yield "robots.txt", robots.encode()

    def _of_language(self, shelf: Holdings) -> Iterator[tuple[str, bytes]]:
        yield from self._covers(shelf)
        for path, page in self._pages(shelf):
            self.pages[path] = page
            yield f"{path}index.html", render(page.template, page)
        if self.home:
            for feed in feeds_of(shelf, self.home, self.settings):
                for name, content in feed_files(feed):
                    yield f"{shelf.language}/{name}", content

    def _index(self) -> list[tuple[str, bytes]]:
        """The search index, if the site has one."""
        if not self.searchable:
            return []
        records = [one for shelf in self.shelves.values() for one in records_of(shelf)]
        return [(file.path, file.content) for file in search_files(records)]

    @cached_property
    def shelves(self) -> Mapping[str, Holdings]:
        """What there is of each language."""
        shelves = by_language(self.editions)
        return {language: Holdings(language, shelf) for language, shelf in shelves.items()}

    @cached_property
    def home(self) -> str:
        """The address of the site with a slash behind it; "" where it is not known."""
        return self.settings.address.rstrip("/") + "/" if self.settings.address else ""

    @cached_property
    def searchable(self) -> bool:
        """Whether there is a search page."""
        if self.settings.search == "on" and not can_search():
            raise ConfigError(
                "the site cannot be searched",
                "[publish] search",
                "Pagefind is not installed",
                hint="pip install 'ribao[search]', or set search = \"auto\"",
            )
        return self.settings.search != "off" and can_search()

    @cached_property
    def font(self) -> Font | None:
        """What covers are drawn with; without one the pages have no picture for previews."""
        try:
            return chinese_font() if self.home else None
        except ConfigError:
            return None

    @cached_property
    def furnishing(self) -> Furnishing:
        """What every page is told of the site around it."""
        single = (*SINGLE, *(("search",) if self.searchable else ()))
        return Furnishing(self.shelves, self.home, single, self.kept, drawn=self.font is not None)

    def _covers(self, shelf: Holdings) -> Iterator[tuple[str, bytes]]:
        """The cover of each edition, drawn again only where it would differ."""
        if self.font is None:
            return
        for edition in shelf.editions:
            path = f"{day_path(edition)}cover.png"
            before = self.kept.read(f"{SITE}/{path}")
            yield path, draw_again(edition, SHAPES[0], self.font, before)

    def _pages(self, shelf: Holdings) -> Iterator[tuple[str, Page]]:
        """All pages of one language with their paths."""
        newest, site = shelf.newest, self.furnishing.site
        front = shelf.front
        yield front, Page(newest, site(shelf, newest, front), self._address(front))
        for edition in shelf.editions:
            path = day_path(edition)
            yield path, Page(edition, site(shelf, edition, path), self._address(path))
        for story, history in shelf.stories.items():
            path = shelf.story_path(story)
            found = site(shelf, history[-1].edition, path)
            yield path, StoryPage(history, shelf, found, self._address(path))
        for id_, named in shelf.named.items():
            path = shelf.name_path(id_)
            yield path, NamePage(named, shelf, site(shelf, newest, path), self._address(path))
        kinds = {**SINGLE, **({"search": SearchPage} if self.searchable else {})}
        for name, kind in kinds.items():
            path = shelf.page_path(name)
            yield path, kind(shelf, site(shelf, newest, path), self._address(path))

    def _address(self, path: str) -> str:
        return self.home + path if self.home else ""

    def _root(self) -> tuple[str, Page]:
        """The page at the root: the front page of the language with the most editions."""
        first = max(self.shelves.values(), key=lambda one: (len(one.editions), one.language))
        page = Page(first.newest, self.furnishing.site(first, first.newest, ""), self.home)
        return page.template, page

    def _map(self) -> bytes:
        changed = {path: page.edition.date for path, page in self.pages.items()}
        changed[""] = max(changed.values())
        alternates = {path: self.furnishing.alternates(path) for path in changed}
        return sitemap(self.home, changed, alternates)


def _icon() -> bytes:
    return (resources.files("ribao.publish") / "templates" / "icon.svg").read_bytes()
