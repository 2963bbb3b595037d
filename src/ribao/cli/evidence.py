"""Evidence for the checker: a folder of texts, a recorded web, or the pages that are linked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from html import unescape
from pathlib import Path

from ribao.collect import collect, load_sources, sources_in_archive
from ribao.config import CollectSettings, ExtractSettings, HttpSettings
from ribao.errors import ConfigError, ContentError, RemoteError
from ribao.extract import extract
from ribao.extract.pages import page_body
from ribao.gateways.clock import Clock, SystemClock
from ribao.gateways.open import open_web
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Request, Response
from ribao.language.html_text import clean_text, one_line, plain_text
from ribao.language.scripts import detect_language
from ribao.model import Document, DocumentId, ItemId, SourceId, content_id
from ribao.plugins.loader import load_plugins, source_kinds
from ribao.verify.forms.letters import read_text, shown
from ribao.verify.forms.pieces_front import front_matter
from ribao.verify.judges.days import UNDATED

TEXTS = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})


def place_documents(place: Path) -> list[Document]:
    """Evidence from a place: a folder of texts, one text, or a recorded web.

    Raises:
        ConfigError: there is no such place, or it cannot be read.
        ContentError: it is neither text nor a web archive.
    """
    try:
        folder = place.is_dir()
    except OSError as error:
        raise ConfigError("cannot read the evidence", shown(place), str(error.strerror)) from error
    if folder:
        return folder_documents(place)
    return [_text(place)] if place.suffix.lower() in TEXTS else web_documents(place)


def folder_documents(folder: Path) -> list[Document]:
    """Every text of a folder: `.txt`, `.md` (the first line is the title), `.html`.

    Raises:
        ConfigError: the folder holds no text, or one that cannot be read.
        ContentError: a file of it is in a coding that it does not say.
    """
    try:
        paths = sorted(folder.rglob("*"))
    except OSError as error:
        raise ConfigError("cannot read the evidence", shown(folder), str(error)) from error
    found = [_text(path) for path in paths if path.suffix.lower() in TEXTS and not path.is_dir()]
    if not found:
        raise ConfigError("no evidence", shown(folder), "no .txt, .md or .html file in the folder")
    return found


def _text(path: Path) -> Document:
    """One file as a document: its title, perhaps its address and its day, then its text."""
    content = read_text(path, "evidence").lstrip("\ufeff")
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    url, day, title = "", "", ""
    if path.suffix.lower() in {".html", ".htm"}:
        url, day = _said(_CANONICAL, content), _said(_PUBLISHED, content)
        content = plain_text(content)
    else:
        content, front = front_matter(content, shown(path))
        title, day = front.about().get("title", ""), front.about().get("date", "")
        url = next((front.fields[key].text for key in _ADDRESSES if key in front.fields), "")
    rest = clean_text(content).strip()
    if not title:
        head, _, rest = rest.partition("\n")
        title = one_line(head.lstrip("# ").strip())
    if first := _address(rest):
        url, rest = first, rest.strip().partition("\n")[2]
    moment = _moment(day)
    if written := _moment(rest):
        moment, rest = written, rest.strip().partition("\n")[2]
    moment = moment or datetime.combine(UNDATED, time(), UTC)
    url = url if url.startswith(("http://", "https://")) else path.absolute().as_uri()
    return document(url, title, rest.strip() or title, moment, "folder")


_ADDRESSES = ("url", "canonical", "canonicalurl", "source", "link")  # of front matter
# What the head of a saved page says of it; the address that it was saved from is not in it.
_CANONICAL = re.compile(
    r"""<link\b(?=[^>]*\brel\s*=\s*["']?canonical\b)[^>]*\bhref\s*=\s*["']?([^"'\s>]+)""",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"""<meta\b(?=[^>]*(?:article:published_time|datePublished|pubdate))[^>]*"""
    r"""\bcontent\s*=\s*["']?([^"'\s>]+)""",
    re.IGNORECASE,
)
_HEAD = 100_000  # characters of a page in which its head stands


def _said(form: re.Pattern[str], page: str) -> str:
    found = form.search(page, 0, _HEAD)
    return unescape(found[1]) if found else ""


def _address(rest: str) -> str:
    """The address that a text names as its own, alone on its second line."""
    line = rest.strip().partition("\n")[0].strip()
    return line if line.startswith(("http://", "https://")) and " " not in line else ""


def _moment(rest: str) -> datetime | None:
    """The day that a text names as its own, alone on the line below: 2026-01-31, perhaps a time.

    The time of the file says nothing: a copy of a folder has another one.
    """
    line = rest.strip().partition("\n")[0].strip()
    try:
        moment = datetime.fromisoformat(line)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def web_documents(archive: Path) -> list[Document]:
    """Every readable text of a recorded web: the entries of its feeds, and its pages.

    Raises:
        ConfigError: there is no such file.
        ContentError: it is no web archive.
    """
    if not archive.exists():
        raise ConfigError("cannot read the evidence", shown(archive), "no such file or folder")
    web = ReplayWeb(archive)
    sources = sources_in_archive(web, load_sources(CollectSettings()))
    kinds = source_kinds(load_plugins())
    items = collect(sources, kinds, web, CollectSettings(), web.captured_at()).kept
    by_id = {source.id: source for source in sources}
    found = list(extract(items, by_id, web, ExtractSettings()).kept)
    known = {document.url for document in found}
    feeds = {source.url for source in sources}
    for address in web.addresses():
        if address in known or address in feeds:
            continue
        try:
            page = _page(web.fetch(Request(address)))
        except RemoteError:
            continue  # recorded as an error: it proves nothing
        if page is not None:
            found.append(page)
    return found


def page_documents(
    urls: Sequence[str], http: HttpSettings, clock: Clock | None = None
) -> list[Document]:
    """Fetch pages, politely; those that cannot be had are left out, as they prove nothing."""
    found = []
    wanted = [
        Request(url) for url in dict.fromkeys(urls) if url.startswith(("http://", "https://"))
    ]
    with open_web(http, clock or SystemClock()) as web:
        for fetched in web.fetch_all(wanted):
            page = _page(fetched.response) if fetched.response is not None else None
            if page is not None:
                found.append(page)
    return sorted(found, key=lambda one: one.id)


def _page(response: Response) -> Document | None:
    if "html" not in response.header("content-type"):
        return None
    try:
        body = page_body(response, ExtractSettings())
    except ContentError:
        return None
    text = body.text
    if not text.strip():
        return None
    title = text.partition("\n")[0][:200]
    return document(response.url, title, text, response.fetched_at, "page")


def document(url: str, title: str, text: str, moment: datetime, how: str) -> Document:
    """A document of evidence that belongs to no source."""
    name = content_id(url, text)
    return Document(
        id=DocumentId(name),
        item_id=ItemId(name),
        source_id=SourceId(how),
        url=url,
        title=title,
        text=text,
        language=detect_language(text),
        published_at=moment,
        extracted_by=how,
        outlet=url.split("/")[2] if "://" in url else how,
    )
