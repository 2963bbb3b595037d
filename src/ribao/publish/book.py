"""The edition as an EPUB 3 book: one chapter a section, reports as footnotes, dates that are fixed.

Written with zipfile: an EPUB is a handful of XHTML files, and the one library for it (EbookLib) is
under the AGPL. The files inside carry one time stamp, so the same edition gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ribao.errors import ConfigError
from ribao.model import Edition
from ribao.plugins.kinds import RenderedFile
from ribao.publish.cover import BOOK, draw
from ribao.publish.fonts import chinese_font
from ribao.publish.html import Page, render
from ribao.publish.sanitise import plain
from ribao.publish.setting import SITE, day_path

STAMP = (1980, 1, 1, 0, 0, 0)  # the oldest that a ZIP can say
MIMETYPE = b"application/epub+zip"
CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book, in the order of reading."""

    id: str
    title: str
    template: str
    section: int = -1  # which section of the edition it prints; -1: none

    @property
    def file(self) -> str:
        """Its name."""
        return f"{self.id}.xhtml"


class Epub:
    """The edition as a book, beside its page on the site."""

    name = "epub"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """One file."""
        path = f"{SITE}/{day_path(edition)}edition.epub"
        return (RenderedFile(path, _zipped(tuple(book_files(edition)))),)


def chapters_of(edition: Edition) -> tuple[Chapter, ...]:
    """The front, then the sections that have articles."""
    sections = [
        Chapter(f"section-{at + 1}", plain(section.title), "section", at)
        for at, section in enumerate(edition.sections)
        if section.articles
    ]
    return (Chapter("front", plain(edition.title), "front"), *sections)


def book_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The files of the book by name; a machine without a Chinese font makes it without a cover."""
    chapters = chapters_of(edition)
    page = Page(edition)
    try:
        cover = draw(edition, BOOK, chinese_font())
    except ConfigError:
        cover = b""
    known = {"chapters": chapters, "has_cover": bool(cover)}
    yield "META-INF/container.xml", CONTAINER
    yield "book/package.opf", render("book/package.opf.j2", page, **known)
    yield "book/nav.xhtml", render("book/nav.xhtml.j2", page, **known)
    yield "book/style.css", render("book/style.css.j2", page)
    if cover:
        yield "book/cover.png", cover
        yield "book/cover.xhtml", render("book/cover.xhtml.j2", page)
    for one in chapters:
        section = edition.sections[one.section] if one.section >= 0 else None
        content = render(f"book/{one.template}.xhtml.j2", page, chapter=one, section=section)
        yield f"book/{one.file}", content


def _zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP whose first file is the media type, as it is, as EPUB asks."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        for name, content in files:
            archive.writestr(_entry(name, zipfile.ZIP_DEFLATED), content)
    return whole.getvalue()


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = compression
    entry.create_system = 3  # Unix, on every machine
    entry.external_attr = 0o644 << 16
    return entry
