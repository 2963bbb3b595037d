"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import urljoin

from ribao.collect.decode import decode
from ribao.collect.entry import Entry, Feed
from ribao.collect.markup import line_of
from ribao.errors import ContentError

VERSION = "https://jsonfeed.org/version/"


def read_json(body: bytes, url: str, content_type: str = "") -> Any:  # noqa: ANN401 - JSON is anything
    """Parse a JSON document.

    Raises:
        ContentError: it is empty, nested too deep, or not JSON.
    """
    if not body.strip():
        raise ContentError("the answer is empty", url)
    try:
        return json.loads(decode(body, content_type))
    except (ValueError, RecursionError) as error:
        raise ContentError("the answer is not JSON", url, str(error)) from error


def read_json_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """Read a JSON Feed.

    Raises:
        ContentError: it is not JSON, or JSON without items.
    """
    table = read_json(body, url, content_type)
    if not isinstance(table, dict) or not isinstance(table.get("items"), list):
        raise ContentError("this JSON is not a feed", url, "it has no list of items")
    return Feed(
        kind="json-feed",
        title=line_of(text_at(table, "title"), plain=True),
        link=text_at(table, "home_page_url"),
        language=text_at(table, "language"),
        description=text_at(table, "description"),
        entries=tuple(
            _entry(item if isinstance(item, dict) else {}, url) for item in table["items"]
        ),
    )


def text_at(table: dict[str, Any], key: str) -> str:
    """The text under a key; numbers are spelled, anything else is ""."""
    value = table.get(key)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def tables_at(table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects in the list under a key; anything else in it is passed over."""
    value = table.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def whole_at(table: dict[str, Any], key: str) -> int | None:
    """The whole number under a key, or None."""
    value = table.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _joined(url: str, link: str) -> str:
    """A link as a whole address; "" where it is none, so that one bad link costs one entry."""
    try:
        return urljoin(url, link) if link else ""
    except ValueError:
        return ""


def _entry(item: dict[str, Any], url: str) -> Entry:
    html, plain = text_at(item, "content_html"), text_at(item, "content_text")
    guid = text_at(item, "id")
    people = tables_at(item, "authors") or (
        [item["author"]] if isinstance(item.get("author"), dict) else []
    )
    tags = item.get("tags")
    link = (
        text_at(item, "url")
        or (guid if guid.startswith(("http:", "https:")) else "")
        or text_at(item, "external_url")
    )
    external = text_at(item, "external_url")
    return Entry(
        title=line_of(text_at(item, "title"), plain=True),
        link=_joined(url, link),
        guid=guid,
        summary=text_at(item, "summary"),
        content=html or (escape(plain, quote=False) if "<" in plain else plain),
        plain=True,
        author=", ".join(name for person in people if (name := text_at(person, "name"))),
        language=text_at(item, "language"),
        dates=tuple(
            text for key in ("date_published", "date_modified") if (text := text_at(item, key))
        ),
        links=(external,) if external and external != link else (),
        categories=tuple(tag for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
    )
