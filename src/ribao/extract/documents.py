"""One item and its text -> documents: one, or one for each part of a round-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from ribao.config import ExtractSettings
from ribao.extract.bodies import Body, has_own_page, size
from ribao.extract.round_ups import Part, parts_of
from ribao.extract.wrong_pages import lists_pages, names_a_list
from ribao.gateways.address import canonical_url, outlet_of
from ribao.language.html_text import one_line
from ribao.language.scripts import detect_language
from ribao.model import Document, DocumentId, Heat, Item, Source, content_id
from ribao.outcome import Drop, Reason

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)  # an item with neither date; collect always gives one
TITLE_CHARS = 120  # of the first line, where an entry has text but no title
LANGUAGE_CHARS = 2_000  # enough to tell a language; a whole book costs time and says no more


def documents_of(
    item: Item, body: Body, source: Source | None, settings: ExtractSettings
) -> list[Document | Drop]:
    """Make the documents of one item; an item without a word is dropped."""
    text = _cut(body.text, settings.max_text_chars)
    title = one_line(item.title) or _first_line(text)
    if not title:
        return [Drop(item.id, Reason.NO_TEXT, f"neither title nor text at {item.url}")]
    if not text and body.extracted_by != "title-only":
        return [Drop(item.id, Reason.NO_TEXT, f"no text at {item.url}")]
    if is_foreign_list(item, text, source):
        return [Drop(item.id, Reason.HOME_PAGE, f"'{title}' names a list of pages at {item.url}")]
    whole = _document(item, title, text, body, source)
    parts = parts_of(title, body.blocks) if body.is_real else ()
    return [_part(whole, part, place, len(parts)) for place, part in enumerate(parts, 1)] or [whole]


def is_foreign_list(item: Item, text: str, source: Source | None) -> bool:
    """Tell whether an aggregator's entry is a site's list of pages, which tells nothing itself."""
    elsewhere = source is None or outlet_of(item.url) != outlet_of(source.url)
    return elsewhere and lists_pages(item.url) and names_a_list(item.title) and size(text) < 1_000


def _part(whole: Document, part: Part, place: int, count: int) -> Document:
    """One part of a round-up. Its own page is its address where the same outlet published that."""
    anchor = f"part-{place}"
    link = canonical_url(part.link, whole.url) if part.link else ""
    own = link if link and outlet_of(link) == whole.outlet and has_own_page(link) else ""
    text = part.text
    return replace(
        whole,
        id=DocumentId(content_id("document", whole.item_id, anchor)),
        url=own or whole.url,
        title=part.title,
        text=text,
        language=detect_language(f"{part.title}\n{text[:LANGUAGE_CHARS]}") or whole.language,
        heat=Heat(),  # points were given to the whole
        links=(link,) if link and not own else (),
        anchor="" if own else anchor,
        part_of=whole.id,
        extracted_because=f"part {place} of {count} of the round-up '{whole.title}'",
    )


def _document(item: Item, title: str, text: str, body: Body, source: Source | None) -> Document:
    return Document(
        id=DocumentId(content_id("document", item.id)),
        item_id=item.id,
        source_id=item.source_id,
        url=body.url or item.url,
        title=title,
        text=text,
        language=detect_language(f"{title}\n{text[:LANGUAGE_CHARS]}") or item.language,
        published_at=item.published_at or item.seen_at or UNDATED,
        extracted_by=body.extracted_by,
        author=item.author or body.author,
        outlet=_outlet(item, body.url or item.url, source),
        weight=source.weight if source else 1.0,
        section=source.section if source else "",
        category=source.category if source else "",
        heat=item.heat,
        links=item.links,
        extracted_because=body.because,
        url_because=body.url_because,
        licence=source.licence if source else "",
    )


def _outlet(item: Item, url: str, source: Source | None) -> str:
    """The host that published it; the name the aggregator gives where it links to itself."""
    host = outlet_of(url)
    if item.outlet and (not host or (source and host == outlet_of(source.url))):
        return item.outlet
    return host


def _cut(text: str, limit: int) -> str:
    """Cut an overlong text at the end of a paragraph."""
    if len(text) <= limit:
        return text
    end = text.rfind("\n\n", 0, limit)
    return text[: end if end > limit // 2 else limit].rstrip()


def _first_line(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= TITLE_CHARS else line[: TITLE_CHARS - 1].rstrip() + "…"
