"""Evidence for the checker: a folder of texts, a recorded web, or the pages that are linked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
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
from ribao.language.html_text import one_line, plain_text
from ribao.language.scripts import detect_language
from ribao.model import Document, DocumentId, ItemId, SourceId, content_id
from ribao.plugins.loader import load_plugins, source_kinds
from ribao.verify.days import UNDATED

TEXTS = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})


def folder_documents(folder: Path) -> list[Document]:
    """Every text of a folder: `.txt`, `.md` (the first line is the title), `.html`.

    Raises:
        ConfigError: the folder holds no text, or one that cannot be read.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in TEXTS:
            continue
        try:
            content = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError("cannot read the evidence", str(path), str(error)) from error
        if path.suffix.lower() in {".html", ".htm"}:
            content = plain_text(content)
        head, _, rest = content.strip().partition("\n")
        title = one_line(head.lstrip("# ").strip())
        url = path.absolute().as_uri()
        if first := _address(rest):
            url, rest = first, rest.strip().partition("\n")[2]
        moment = _moment(rest)
        if moment is None:
            moment = datetime.combine(UNDATED, time(), UTC)
        else:
            rest = rest.strip().partition("\n")[2]
        found.append(document(url, title, rest.strip() or title, moment, "folder"))
    if not found:
        raise ConfigError("no evidence", str(folder), "no .txt, .md or .html file in the folder")
    return found


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
    if not archive.is_file():
        raise ConfigError("cannot read the evidence", str(archive), "no such file or folder")
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
