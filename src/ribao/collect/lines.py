"""The kind `jsonl`: JSON lines from a file, from standard input, or from an address.

This is the door for other crawlers: one object a line, with `url` and `title`, and where known
`summary`, `body`, `author`, `language`, `published_at`, `points`, `comments`, `outlet`, `links`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ribao.collect.decode import decode
from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.json_feed import text_at, whole_at
from ribao.errors import ConfigError, ContentError
from ribao.files import read_regular
from ribao.gateways.web import Request, Response
from ribao.model import Heat, Item, Source
from ribao.outcome import Drop, Outcome, Reason

MAX_BYTES = 256 * 2**20  # of one file: a day of a large crawler


class JsonLinesKind:
    """`-` is standard input, `file:PATH` or a path a file, anything else an address."""

    name = "jsonl"

    def requests(self, source: Source) -> Sequence[Request]:
        """The address, where it is one."""
        return (Request(source.url, purpose="api", conditional=True),)

    def local(self, source: Source, now: datetime) -> Response | None:
        """Read a file or standard input; None where the source is an address.

        Raises:
            ConfigError: the file cannot be read, or is too large.
        """
        if source.url.startswith(("http://", "https://")):
            return None
        body = sys.stdin.buffer.read() if source.url == "-" else _file(source.url)
        return Response(source.url, source.url, 200, (), body, now)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every line; a line that is no object is dropped with its number.

        Raises:
            ContentError: not one line can be read.
        """
        # Only "\n" ends a line: U+2028 and others may stand as they are inside of JSON's strings.
        text = decode(response.body, response.header("content-type"))
        numbered = [
            (number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()
        ]
        rows = [(number, _object(line)) for number, line in numbered]
        entries = tuple(_entry(row) for _, row in rows if row is not None)
        broken = tuple(
            Drop(f"{source.url}#{number}", Reason.NO_TEXT, f"line {number} is no JSON object")
            for number, row in rows
            if row is None
        )
        if broken and not entries:
            raise ContentError("these are no JSON lines", source.url, "not one line is an object")
        outcome = items_of(Feed("jsonl", entries=entries), source, response)
        return Outcome(outcome.kept, (*broken, *outcome.dropped), outcome.failed)


def _file(url: str) -> bytes:
    path = Path(url.removeprefix("file://").removeprefix("file:")).expanduser()
    try:
        return read_regular(path, MAX_BYTES)
    except OSError as error:
        raise ConfigError("cannot read the file", str(path), str(error.strerror)) from error


def _object(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _entry(row: dict[str, Any]) -> Entry:
    links = row.get("links")
    dates = (
        text_at(row, key) for key in ("published_at", "published", "date", "pubDate", "updated")
    )
    return Entry(
        title=text_at(row, "title"),
        link=text_at(row, "url") or text_at(row, "link"),
        guid=text_at(row, "id"),
        summary=text_at(row, "summary") or text_at(row, "description"),
        content=text_at(row, "body") or text_at(row, "content") or text_at(row, "text"),
        author=text_at(row, "author"),
        language=text_at(row, "language"),
        dates=tuple(date for date in dates if date),
        outlet=text_at(row, "outlet"),
        links=tuple(link for link in links if isinstance(link, str))
        if isinstance(links, list)
        else (),
        heat=Heat(points=whole_at(row, "points"), comments=whole_at(row, "comments")),
    )
