"""What each page is told of the site around it: navigation, languages, feeds, neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ribao.catalogue import say
from ribao.model import Edition
from ribao.publish.feeds import FEED_TYPES
from ribao.publish.html import Link, Site, tag
from ribao.publish.kept import Kept
from ribao.publish.sanitise import plain
from ribao.publish.setting import SITE, day_path
from ribao.publish.site.charts import bar
from ribao.publish.site.counting import by_name
from ribao.publish.site.holdings import Holdings
from ribao.publish.site.pages import NAMES_ON_FRONT

FILES = ("edition.epub", "edition.pdf", "audio.mp3")  # other forms of an edition, if they are there
ROOT_LANGUAGE = "x-default"


@dataclass(frozen=True)
class Furnishing:
    """All languages of a site, its address ("" if unknown), and the pages there is one of."""

    shelves: Mapping[str, Holdings]
    home: str
    single: tuple[str, ...]
    kept: Kept
    drawn: bool  # whether editions have covers

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every page of the site."""
        return frozenset(
            path for shelf in self.shelves.values() for path in shelf.paths(self.single)
        )

    def site(self, shelf: Holdings, edition: Edition, path: str) -> Site:
        """The surroundings of one page; `path` is "" for the root."""
        root = "../" * path.count("/") or "./"
        own = shelf.language
        at = shelf.editions.index(edition)
        is_front, is_day = path in {"", shelf.front}, path == day_path(edition)
        return Site(
            root=root,
            links=tuple(self._links(shelf, path, root)),
            feeds=self._feeds(own, edition, root),
            alternates=self.alternates(path),
            stories=shelf.story_paths,
            picture=f"{self.home}{day_path(edition)}cover.png" if self.drawn and self.home else "",
            number=at + 1,
            around=self._around(shelf, at, root) if is_front or is_day else (None, None),
            files=self._files(edition, root) if is_front or is_day else (),
            lately=self._lately(shelf, root) if is_front else (),
        )

    def _links(self, shelf: Holdings, path: str, root: str) -> list[Link]:
        own = shelf.language
        links = [
            Link(say("publish-today", own), f"{root}{shelf.front}", here=path in {"", shelf.front})
        ]
        for name in self.single:
            address = shelf.page_path(name)
            links.append(
                Link(say(f"publish-{name}", own), f"{root}{address}", here=path == address)
            )
        for other in self.shelves:
            if other != own:
                there = self._counterpart(path, own, other) or f"{other}/"
                label = say("publish-own-language", other)
                links.append(Link(label, f"{root}{there}", tag(other)))
        if self.home:
            links.append(Link("RSS", f"{root}{own}/editions.rss.xml"))
        return links

    def _counterpart(self, path: str, own: str, other: str) -> str:
        """The same page in another language; "" where there is none."""
        parts = [other if part == own else part for part in path.split("/")]
        there = "/".join(parts)
        return there if there in self.paths else ""

    def alternates(self, path: str) -> tuple[tuple[str, str], ...]:
        """The language versions of a page, itself included, where it has more than one."""
        if not self.home:
            return ()
        if not path:
            return self.alternates(f"{next(iter(self.shelves))}/")
        own = next((one for one in self.shelves if one in path.split("/")), "")
        others = [
            (tag(other), f"{self.home}{there}")
            for other in self.shelves
            if other != own and (there := self._counterpart(path, own, other))
        ]
        if not others:
            return ()
        found = sorted([(tag(own), f"{self.home}{path}"), *others])
        return (*found, (ROOT_LANGUAGE, self.home)) if path == f"{own}/" else tuple(found)

    def _feeds(self, own: str, edition: Edition, root: str) -> tuple[tuple[str, str, str], ...]:
        if not self.home:
            return ()
        return tuple(
            (
                kind,
                say(f"publish-feed-{name}", own, category=plain(edition.category)),
                f"{root}{own}/{name}.{suffix}",
            )
            for name in ("editions", "stories")
            for suffix, kind in FEED_TYPES
        )

    def _around(self, shelf: Holdings, at: int, root: str) -> tuple[Link | None, Link | None]:
        """The editions before and after."""

        def link(number: int) -> Link | None:
            if not 0 <= number < len(shelf.editions):
                return None
            edition = shelf.editions[number]
            return Link(edition.date.isoformat(), f"{root}{day_path(edition)}")

        return link(at - 1), link(at + 1)

    def _files(self, edition: Edition, root: str) -> tuple[Link, ...]:
        """Other forms of the edition that lie beside its page."""
        folder = day_path(edition)
        return tuple(
            Link(say(f"publish-file-{name.rpartition('.')[2]}", edition.language),
                 f"{root}{folder}{name}")
            for name in FILES
            if self.kept.has(f"{SITE}/{folder}{name}")
        )  # fmt: skip

    def _lately(self, shelf: Holdings, root: str) -> tuple[tuple[Link, str, int], ...]:
        """Who is in the news."""
        rows = by_name(shelf.named, shelf.editions, shelf.language, NAMES_ON_FRONT)
        return tuple(
            (
                Link(row.label, f"{root}{shelf.name_path(row.key)}"),
                bar(row.total, rows[0].total),
                row.total,
            )
            for row in rows
        )
