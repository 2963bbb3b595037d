"""The podcast: a feed of the editions that were read aloud, for each language."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.utils import format_datetime

from lxml import etree

from ribao.catalogue import say
from ribao.config import PublishSettings
from ribao.errors import ConfigError
from ribao.model import Edition
from ribao.plugins.kinds import RenderedFile
from ribao.publish.audio.recording import CHAPTERS, MP3, VTT
from ribao.publish.cover import Shape, draw_again
from ribao.publish.fonts import chinese_font
from ribao.publish.html import tag
from ribao.publish.kept import Kept
from ribao.publish.sanitise import plain
from ribao.publish.setting import SITE, day_path, opening, summary_lines
from ribao.publish.shelf import by_language

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the namespace of podcast:guid
PICTURE = Shape("podcast", 1400, 1400, 0, 4)  # pixels; directories ask for 1,400 at least


class Podcast:
    """The feed beside the site; it needs the address of the site and editions read aloud."""

    name = "podcast"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """Nothing: a podcast is made of what the folder holds."""
        del edition
        return ()

    def gather(
        self, editions: Sequence[Edition], settings: PublishSettings, kept: Kept
    ) -> Sequence[RenderedFile]:
        """The feed and the picture of each language.

        Raises:
            ConfigError: the address of the site is not set.
        """
        if not settings.address:
            raise ConfigError(
                "a podcast needs an address", "[publish] address", "where will the site stand?"
            )
        home = settings.address.rstrip("/") + "/"
        return tuple(
            file
            for language, shelf in by_language(editions).items()
            for file in _files(language, shelf, home, settings, kept)
        )


def _files(
    language: str,
    shelf: Sequence[Edition],
    home: str,
    settings: PublishSettings,
    kept: Kept,
) -> Iterator[RenderedFile]:
    spoken = [one for one in shelf if kept.has(f"{SITE}/{day_path(one)}{MP3}")]
    if not spoken:
        return
    picture = f"{language}/podcast.png"
    try:
        font = chinese_font()
    except ConfigError:
        picture = ""
    else:
        # The paper's own picture: no headline, and the day of its first recording.
        blank = replace(spoken[0], title=plain(spoken[0].category), summary=())
        before = kept.read(f"{SITE}/{picture}")
        yield RenderedFile(f"{SITE}/{picture}", draw_again(blank, PICTURE, font, before))
    newest = spoken[-settings.feed_entries :][::-1]
    content = podcast_feed(newest, language, home, picture, kept)
    yield RenderedFile(f"{SITE}/{language}/podcast.rss.xml", content)


def podcast_feed(
    editions: Sequence[Edition], language: str, home: str, picture: str, kept: Kept
) -> bytes:
    """RSS 2.0 with the elements of iTunes and Podcasting 2.0, the newest episode first."""
    root = etree.Element(
        "rss", {"version": "2.0"}, nsmap={"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST}
    )
    channel = etree.SubElement(root, "channel")
    category = plain(editions[0].category)
    address = f"{home}{language}/podcast.rss.xml"
    _put(channel, "title", say("publish-podcast", language, category=category))
    _put(channel, "link", f"{home}{language}/")
    _put(channel, "description", say("publish-podcast-what", language, category=category))
    _put(channel, "language", tag(language))
    _put(channel, "lastBuildDate", format_datetime(opening(editions[0])))
    _put(channel, f"{{{ATOM}}}link", "", href=address, rel="self", type="application/rss+xml")
    _put(channel, f"{{{ITUNES}}}author", category)
    etree.SubElement(channel, f"{{{ITUNES}}}category", {"text": "News"})
    _put(channel, f"{{{ITUNES}}}explicit", "false")
    if picture:
        _put(channel, f"{{{ITUNES}}}image", "", href=home + picture)
    bare = address.partition("://")[2].rstrip("/")
    _put(channel, f"{{{PODCAST}}}guid", str(uuid.uuid5(GUIDS, bare)))
    _put(channel, f"{{{PODCAST}}}medium", "podcast")
    for edition in editions:
        _episode(channel, edition, home, kept)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _episode(channel: etree._Element, edition: Edition, home: str, kept: Kept) -> None:
    item = etree.SubElement(channel, "item")
    folder = f"{home}{day_path(edition)}"
    _put(item, "title", plain(f"{edition.date.isoformat()} · {edition.title}"))
    _put(item, "link", folder)
    _put(item, "guid", f"urn:ribao:edition:{edition.id}:audio", isPermaLink="false")
    _put(item, "pubDate", format_datetime(opening(edition)))
    _put(item, "description", plain("; ".join(summary_lines(edition))))
    size = len(kept.read(f"{SITE}/{day_path(edition)}{MP3}") or b"")
    _put(item, "enclosure", "", url=f"{folder}{MP3}", length=str(size), type="audio/mpeg")
    _put(item, f"{{{ITUNES}}}duration", str(_seconds(edition, kept)))
    _put(item, f"{{{ITUNES}}}explicit", "false")
    transcript = {"url": f"{folder}{VTT}", "type": "text/vtt", "language": tag(edition.language)}
    _put(item, f"{{{PODCAST}}}transcript", "", **transcript)
    chapters = {"url": f"{folder}{CHAPTERS}", "type": "application/json+chapters"}
    _put(item, f"{{{PODCAST}}}chapters", "", **chapters)


def _seconds(edition: Edition, kept: Kept) -> int:
    """How long a recording is, by the end of its last chapter; 0 where that cannot be read."""
    try:
        table = json.loads(kept.read(f"{SITE}/{day_path(edition)}{CHAPTERS}") or b"")
        return round(float(table["chapters"][-1]["endTime"]))
    except (ValueError, LookupError, TypeError):
        return 0


def _put(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    element = etree.SubElement(parent, name, attributes)
    element.text = text or None
