"""A static site of all editions in a folder: front pages, days, stories with their evidence, feeds.

It is made from the `edition.json` files alone, so it can be made again at any time, and comes out
the same. Pages need no JavaScript and fetch nothing; links between them are relative, so that the
site works under any address and from a disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from ribao.catalogue import say
from ribao.config import PublishSettings
from ribao.model import Article, Edition, Publication, Reference, Sentence, StoryId
from ribao.outcome import Outcome
from ribao.plugins.kinds import RenderedFile
from ribao.publish.feeds import Entry, Feed, feed_files
from ribao.publish.folder import put
from ribao.publish.html import Page, Site, render, tag
from ribao.publish.sanitise import plain
from ribao.publish.setting import day_path, opening, summary_lines
from ribao.publish.shelf import Printed, by_language, histories, read_shelf

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
FOLDER = "site"
FEED_TYPES = (
    ("rss.xml", "application/rss+xml"),
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
)


def publish_site(directory: Path, settings: PublishSettings) -> Outcome[Publication]:
    """Make the site of the editions in `directory` under `directory`/site.

    Raises:
        PublishError: an edition cannot be read, or the folder cannot be written.
    """
    editions = read_shelf(directory)
    if not editions:
        return Outcome()
    return Outcome((put(editions[-1], FOLDER, tuple(site_files(editions, settings)), directory),))


class SiteOutput:
    """The site as an output: made anew from all editions whenever one is published."""

    name = "site"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """The site of this edition alone."""
        return tuple(site_files([edition], PublishSettings()))

    def gather(
        self, editions: Sequence[Edition], settings: PublishSettings
    ) -> Sequence[RenderedFile]:
        """The site of all editions of the folder."""
        return tuple(site_files(editions, settings))


def site_files(editions: Sequence[Edition], settings: PublishSettings) -> Iterator[RenderedFile]:
    """Every file of the site; without an address of the site there are no feeds and no sitemap."""
    shelves = by_language(editions)
    home = settings.address.rstrip("/") + "/" if settings.address else ""
    paths: list[str] = []
    for language, shelf in shelves.items():
        stories = histories(shelf)
        for path, page in _pages(shelf, stories, tuple(shelves), home):
            paths.append(path)
            template = {"StoryPage": "story", "ArchivePage": "archive"}.get(type(page).__name__)
            content = render(f"{template or 'edition'}.html.j2", page)
            yield RenderedFile(f"{FOLDER}/{path}index.html", content)
        if home:
            for feed in (
                _edition_feed(shelf, home, settings),
                _story_feed(shelf, stories, home, settings),
            ):
                for name, content in feed_files(feed):
                    yield RenderedFile(f"{FOLDER}/{language}/{name}", content)
    first = max(shelves, key=lambda language: (len(shelves[language]), language))
    newest = shelves[first][-1]
    told = _story_paths(first, histories(shelves[first]))
    root = Page(newest, _site(newest, "", tuple(shelves), home, told), home)
    yield RenderedFile(f"{FOLDER}/index.html", render("edition.html.j2", root))
    if home:
        yield RenderedFile(f"{FOLDER}/sitemap.xml", _sitemap(home, paths))


class StoryPage(Page):
    """One story through the days, each sentence beside the passages that it rests on."""

    def __init__(self, history: Sequence[Printed], site: Site, canonical: str) -> None:
        """Hold what every edition printed of the story, oldest first."""
        super().__init__(history[-1].edition, site, canonical)
        self.history = tuple(history)

    @property
    def title(self) -> str:
        """The headline, as last printed."""
        return plain(self.history[-1].article.headline.text)

    @property
    def description(self) -> str:
        """The paragraph, as last printed."""
        told = " ".join(sentence.text for sentence in self.history[-1].article.paragraph)
        return plain(told) or self.title

    def facts(self) -> dict[str, object]:
        """The story instead of the edition."""
        urls = {one.url for printed in self.history for one in printed.article.references}
        return {
            **super().facts(),
            "headline": self.title,
            "citation": sorted(url for url in urls if url.startswith("http")),
            "isPartOf": {"@type": "CreativeWork", "name": plain(self.edition.title)},
        }

    def evidence(self, article: Article) -> list[tuple[str, list[tuple[str, Reference]]]]:
        """Every printed sentence with the passages that it cites."""
        known = {one.document_id: one for one in article.references}
        bullets = [sentence for one in article.insights for sentence in one.sentences]
        rows: list[tuple[str, list[tuple[str, Reference]]]] = []
        for sentence in (article.headline, *article.paragraph, *bullets):
            quotes = [
                (citation.quote, known[citation.document_id])
                for citation in sentence.citations
                if citation.document_id in known
            ]
            rows.append((plain(sentence.text), quotes))
        return rows


class ArchivePage(Page):
    """All editions of a language, by month."""

    def __init__(self, shelf: Sequence[Edition], site: Site, canonical: str) -> None:
        """Hold the editions, oldest first."""
        super().__init__(shelf[-1], site, canonical)
        newest_first = sorted(shelf, key=lambda one: one.date, reverse=True)
        self.months = [
            (month, tuple(group))
            for month, group in groupby(newest_first, key=lambda one: f"{one.date:%Y-%m}")
        ]

    @property
    def title(self) -> str:
        """Its name."""
        return f"{self.say('archive')} · {plain(self.edition.category)}"


def _pages(
    shelf: Sequence[Edition],
    stories: dict[StoryId, tuple[Printed, ...]],
    languages: tuple[str, ...],
    home: str,
) -> Iterator[tuple[str, Page]]:
    """All pages of one language with their paths; a path ends in a slash."""
    latest = shelf[-1]
    told = _story_paths(latest.language, stories)
    front = f"{latest.language}/"
    yield front, Page(latest, _site(latest, front, languages, home, told), home and home + front)
    for edition in shelf:
        path = day_path(edition)
        yield path, Page(edition, _site(edition, path, languages, home, told), home and home + path)
    for story, history in stories.items():
        path = _story_path(latest.language, story)
        site = _site(history[-1].edition, path, languages, home)
        yield path, StoryPage(history, site, home and home + path)
    path = f"{latest.language}/archive/"
    yield path, ArchivePage(shelf, _site(latest, path, languages, home), home and home + path)


def _story_path(language: str, story: StoryId) -> str:
    return f"{language}/stories/{story}/"


def _story_paths(language: str, stories: Mapping[StoryId, Sequence[Printed]]) -> dict[StoryId, str]:
    """The page of every article's story, by the id under which the article was printed."""
    return {
        printed.article.story_id: _story_path(language, story)
        for story, history in stories.items()
        for printed in history
    }


def _site(
    edition: Edition,
    path: str,
    languages: tuple[str, ...],
    home: str,
    told: Mapping[StoryId, str] = MappingProxyType({}),
) -> Site:
    root = "../" * path.count("/") or "./"
    own = edition.language
    links = [
        (say("publish-today", own), f"{root}{own}/", ""),
        (say("publish-archive", own), f"{root}{own}/archive/", ""),
    ]
    links += [
        (say("publish-own-language", one), f"{root}{one}/", tag(one))
        for one in languages
        if one != own
    ]
    feeds: list[tuple[str, str, str]] = []
    if home:
        for name in ("editions", "stories"):
            title = say(f"publish-feed-{name}", own, category=plain(edition.category))
            feeds += [(kind, title, f"{root}{own}/{name}.{suffix}") for suffix, kind in FEED_TYPES]
        links.append(("RSS", f"{root}{own}/editions.rss.xml", ""))
    front = path == f"{own}/"
    alternates = [(tag(one), f"{home}{one}/") for one in languages] if home and front else []
    return Site(root, tuple(links), tuple(feeds), tuple(alternates), told)


def _edition_feed(shelf: Sequence[Edition], home: str, settings: PublishSettings) -> Feed:
    entries = []
    for edition in reversed(shelf[-settings.feed_entries :]):
        moment = opening(edition)
        body = render("feed_entry.html.j2", Page(edition), articles=edition.articles, headed=True)
        entries.append(
            Entry(
                id=f"urn:ribao:edition:{edition.id}",
                url=home + day_path(edition),
                title=plain(f"{edition.category} {edition.date.isoformat()} · {edition.title}"),
                summary=plain("; ".join(summary_lines(edition))),
                html=body.decode(),
                published=moment,
                updated=moment + timedelta(seconds=edition.revision - 1),
                tags=tuple(map(plain, edition.tags)),
            )
        )
    return _feed("editions", shelf[-1], home, entries)


def _story_feed(
    shelf: Sequence[Edition],
    stories: dict[StoryId, tuple[Printed, ...]],
    home: str,
    settings: PublishSettings,
) -> Feed:
    entries = []
    for story, history in stories.items():
        latest = history[-1]
        changed = opening(latest.edition) + timedelta(seconds=latest.edition.revision - 1)
        body = render(
            "feed_entry.html.j2", Page(latest.edition), articles=(latest.article,), headed=False
        )
        entries.append(
            Entry(
                id=f"urn:ribao:story:{latest.edition.language}:{story}",
                url=home + _story_path(latest.edition.language, story),
                title=plain(latest.article.headline.text),
                summary=_told(latest.article.paragraph),
                html=body.decode(),
                published=opening(history[0].edition),
                updated=changed,
                tags=(latest.article.section,),
            )
        )
    newest_first = sorted(entries, key=lambda one: (-one.updated.timestamp(), one.id))
    return _feed("stories", shelf[-1], home, newest_first[: settings.feed_entries])


def _told(sentences: Sequence[Sentence]) -> str:
    return plain(" ".join(sentence.text for sentence in sentences))


def _feed(name: str, edition: Edition, home: str, entries: Sequence[Entry]) -> Feed:
    category = plain(edition.category)
    return Feed(
        id=f"urn:ribao:feed:{edition.language}:{name}",
        title=say(f"publish-feed-{name}", edition.language, category=category),
        description=say("publish-feed-description", edition.language, category=category),
        home=f"{home}{edition.language}/",
        folder=f"{home}{edition.language}/",
        name=name,
        language=tag(edition.language),
        entries=tuple(entries),
    )


def _sitemap(home: str, paths: Sequence[str]) -> bytes:
    root = etree.Element("urlset", {"xmlns": SITEMAP})
    for path in sorted({"", *paths}):
        etree.SubElement(etree.SubElement(root, "url"), "loc").text = home + path
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
