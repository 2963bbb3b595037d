"""What was collected: sources, items, pages, documents, and validators for conditional GET."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select, update

from ribao.gateways.web import OptOut, Response
from ribao.model import Document, DocumentId, Item, ItemId, Source, SourceId
from ribao.store.codec import decode, encode
from ribao.store.engine import put
from ribao.store.schema import documents, items, pages, sources, validators

CHUNK = 500  # host parameters in one statement; SQLite's oldest limit is 999


@dataclass(frozen=True, slots=True)
class Asking:
    """How a source is to be asked next time; times in ISO 8601, "" for none."""

    address: str = ""  # asked instead of the source's own, once a move has proved lasting
    moved_to: str = ""  # where the host sends us for good, not adopted yet
    moved_since: str = ""
    gone_because: str = ""  # the host's 410 in words: it is not asked again
    failures: int = 0  # in a row
    failing_since: str = ""
    next_due_at: str = ""
    opt_outs: str = ""  # the publisher's wishes about machines, in words


@dataclass(frozen=True, slots=True)
class SourceState:
    """How reading a source went: times in ISO 8601, "" for never."""

    source: Source
    last_success_at: str = ""
    last_failure_at: str = ""
    last_error: str = ""
    asking: Asking = Asking()


@dataclass(frozen=True, slots=True)
class Library:
    """Reads and writes what was collected."""

    engine: Engine

    def put_items(
        self, connection: Connection, found: Sequence[Item], now: datetime
    ) -> tuple[Item, ...]:
        """Keep items and return them as kept: with the moment at which each was seen first."""
        known = self._items_by_id(connection, [item.id for item in found])
        fresh = [_as_seen_first(item, known.get(item.id), now) for item in found]
        put(connection, items, [_item_row(item) for item in fresh if item != known.get(item.id)])
        return tuple(fresh)

    def items_between(self, first: datetime, last: datetime) -> tuple[Item, ...]:
        """Items published from `first` to before `last`, by time and identifier."""
        statement = (
            select(items.c.data)
            .where(
                items.c.published_at >= _stamp(first),
                items.c.published_at < _stamp(last),
            )
            .order_by(items.c.published_at, items.c.id)
        )
        with self.engine.connect() as connection:
            return tuple(decode(Item, data) for data in connection.execute(statement).scalars())

    def items_at(self, urls: Iterable[str]) -> tuple[Item, ...]:
        """Items with one of these addresses."""
        statement = select(items.c.data).where(items.c.url.in_(list(urls))).order_by(items.c.id)
        with self.engine.connect() as connection:
            return tuple(decode(Item, data) for data in connection.execute(statement).scalars())

    def _items_by_id(self, connection: Connection, ids: Sequence[ItemId]) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for start in range(0, len(ids), CHUNK):
            rows = connection.execute(
                select(items.c.id, items.c.data).where(items.c.id.in_(ids[start : start + CHUNK]))
            )
            found.update((row.id, decode(Item, row.data)) for row in rows)
        return found

    def put_documents(self, found: Sequence[Document]) -> None:
        """Keep documents."""
        with self.engine.begin() as connection:
            put(connection, documents, [_document_row(document) for document in found])

    def documents_of(self, ids: Sequence[ItemId]) -> tuple[Document, ...]:
        """Documents made of these items."""
        return self._documents(documents.c.item_id, ids)

    def documents_by_id(self, ids: Sequence[DocumentId]) -> dict[DocumentId, Document]:
        """Documents by their identifiers."""
        return {document.id: document for document in self._documents(documents.c.id, ids)}

    def _documents(self, column: object, ids: Sequence[str]) -> tuple[Document, ...]:
        found: list[Document] = []
        with self.engine.connect() as connection:
            for start in range(0, len(ids), CHUNK):
                statement = (
                    select(documents.c.data)
                    .where(column.in_(ids[start : start + CHUNK]))  # type: ignore[attr-defined]  # a Column of text, whose type SQLAlchemy does not export narrowly
                    .order_by(documents.c.id)
                )
                found += [
                    decode(Document, data) for data in connection.execute(statement).scalars()
                ]
        return tuple(found)

    def note_source(
        self,
        connection: Connection,
        source: Source,
        now: datetime,
        error: str,
        asking: Asking | None = None,
    ) -> None:
        """Remember how reading a source went; `error` is "" where it went well.

        `asking` says how it is asked next time; None leaves that as it was.
        """
        moment = now.isoformat()
        row: dict[str, object] = {"id": source.id, "url": source.url, "data": encode(source)}
        if asking is not None:
            row |= asdict(asking)
        row |= (
            {"last_failure_at": moment, "last_error": error}
            if error
            else {"last_success_at": moment, "last_error": ""}
        )
        put(connection, sources, [row])

    def ask_again(self, ids: Iterable[SourceId]) -> None:
        """Forget why these sources are not asked, or are asked seldom: they answered just now."""
        fresh = {"gone_because": "", "failures": 0, "failing_since": "", "next_due_at": ""}
        with self.engine.begin() as connection:
            for source in ids:
                connection.execute(update(sources).where(sources.c.id == source).values(**fresh))

    def items_since(self, first: datetime) -> dict[SourceId, int]:
        """How many items each source published since a moment."""
        statement = (
            select(items.c.source_id, func.count())
            .where(items.c.published_at >= _stamp(first))
            .group_by(items.c.source_id)
        )
        with self.engine.connect() as connection:
            return {SourceId(row[0]): row[1] for row in connection.execute(statement)}

    def source_states(self) -> tuple[SourceState, ...]:
        """Every source that was ever read, by identifier."""
        with self.engine.connect() as connection:
            return tuple(
                SourceState(
                    decode(Source, row.data), row.last_success_at, row.last_failure_at,
                    row.last_error,
                    Asking(**{one.name: getattr(row, one.name) for one in fields(Asking)}),
                )
                for row in connection.execute(select(sources).order_by(sources.c.id))
            )  # fmt: skip

    def validators_of(self, url: str) -> tuple[str, str] | None:
        """(etag, last-modified) that a host gave for an address, or None."""
        with self.engine.connect() as connection:
            row = connection.execute(select(validators).where(validators.c.url == url)).first()
        return None if row is None else (row.etag, row.last_modified)

    def put_validators(self, connection: Connection, found: Sequence[tuple[str, str, str]]) -> None:
        """Keep (url, etag, last-modified)."""
        put(
            connection,
            validators,
            [
                {"url": url, "etag": etag, "last_modified": modified}
                for url, etag, modified in found
            ],
        )

    def page_at(self, url: str) -> Response | None:
        """A page that was fetched before."""
        with self.engine.connect() as connection:
            row = connection.execute(select(pages).where(pages.c.url == url)).first()
        if row is None:
            return None
        headers = tuple((str(name), str(value)) for name, value in json.loads(row.headers))
        body = zlib.decompress(row.body)
        fetched_at = datetime.fromisoformat(row.fetched_at)
        opt_outs = tuple(OptOut(*wish) for wish in json.loads(row.opt_outs))
        return Response(url, row.final_url, 200, headers, body, fetched_at, opt_outs=opt_outs)

    def put_page(self, response: Response) -> None:
        """Keep a page, so that a run that was killed need not ask for it again."""
        row: dict[str, object] = {
            "url": response.url, "final_url": response.final_url,
            "headers": json.dumps(response.headers), "body": zlib.compress(response.body),
            "fetched_at": response.fetched_at.isoformat(),
            "opt_outs": json.dumps([astuple(wish) for wish in response.opt_outs]),
        }  # fmt: skip
        with self.engine.begin() as connection:
            put(connection, pages, [row])


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def _as_seen_first(item: Item, known: Item | None, now: datetime) -> Item:
    """Give an item the time it was seen first, and its repaired date of then."""
    if known is None:
        return item if item.seen_at else replace(item, seen_at=now)
    kept = replace(item, seen_at=known.seen_at)
    if item.published_because and known.published_at:
        kept = replace(
            kept, published_at=known.published_at, published_because=known.published_because
        )
    return kept


def _item_row(item: Item) -> dict[str, object]:
    moment = item.published_at or item.seen_at
    return {
        "id": item.id, "source_id": item.source_id, "url": item.url,
        "published_at": _stamp(moment) if moment else "",
        "seen_at": _stamp(item.seen_at) if item.seen_at else "", "data": encode(item),
    }  # fmt: skip


def _document_row(document: Document) -> dict[str, object]:
    return {
        "id": document.id, "item_id": document.item_id,
        "source_id": document.source_id, "copy_of": document.copy_of or "", "url": document.url,
        "published_at": _stamp(document.published_at), "data": encode(document),
    }  # fmt: skip
