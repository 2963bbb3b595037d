"""feedparser, for the few documents that are so broken that no XML parser gets an entry out."""

from __future__ import annotations

import io
import warnings

from ribao.collect.entry import Entry, Feed
from ribao.collect.markup import line_of

MAX_BYTES = 2 * 2**20  # feedparser reads 2 MB/s, and its loose parser is quadratic on some inputs


def read_with_feedparser(body: bytes, url: str) -> Feed:
    """Read what can be read; a feed without entries where nothing can. Never raises."""
    if len(body) > MAX_BYTES or not body.strip() or b"<" not in body:
        return Feed(kind="")
    import feedparser  # noqa: PLC0415 - 60 ms of import that a normal run does not need

    # A bytes body that looks like a path would be opened as a file: only a stream is safe.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = feedparser.parse(
                io.BytesIO(body), response_headers={"content-location": url}, sanitize_html=False
            )
        except Exception:  # noqa: BLE001 - its loose parser raises whatever its input provokes
            return Feed(kind="")
    entries = tuple(_entry(entry) for entry in found.entries)
    return Feed(
        kind=str(found.get("version", "")),
        title=line_of(str(found.feed.get("title", ""))),
        link=str(found.feed.get("link", "")),
        language=str(found.feed.get("language", "")),
        entries=entries,
        repaired="read in recovery",
    )


def _entry(entry: dict[str, object]) -> Entry:
    content = entry.get("content")
    first = content[0] if isinstance(content, list) and content else {}
    return Entry(
        title=line_of(str(entry.get("title", ""))),
        link=str(entry.get("link", "")),
        guid=str(entry.get("id", "")),
        summary=str(entry.get("summary", "")),
        content=str(first.get("value", "")) if isinstance(first, dict) else "",
        author=str(entry.get("author", "")),
        dates=tuple(str(entry[key]) for key in ("published", "updated") if entry.get(key)),
    )
