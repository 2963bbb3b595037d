"""Full-text search over every report that was ever collected: FTS5 in SQLite, tsvector elsewhere.

The words are those of `ribao.language.search`; the database only keeps and ranks them. Documents
come into the index in small steps, whenever somebody asks: a run is not made slower by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Float,
    Integer,
    Subquery,
    and_,
    bindparam,
    column,
    func,
    insert,
    select,
    text,
)

from ribao.language.search import index_words
from ribao.model import Document
from ribao.store.codec import decode
from ribao.store.desk_tables import searchables
from ribao.store.schema import documents, editions, printed, story_documents

BATCH = 200  # documents that come into the index in one transaction
NEWEST = 600  # reports that answer a question and are weighed against each other
LAST_PLACE, MOST_PLACES = 16_383, 255  # of words of a text, of one word: limits of PostgreSQL
LONGEST_WORD = 500  # characters, below the 2,046 bytes that PostgreSQL allows
TITLE_WEIGHT = 4.0  # a word of the title counts as so many of the text


# Made once: to put them together for every question took as long as the answers of the database.
_WITH_DAYS = select(
    documents.c.id,
    documents.c.data,
    select(func.max(story_documents.c.day))
    .where(story_documents.c.document_id == documents.c.id)
    .scalar_subquery()
    .label("day"),
).where(documents.c.id.in_(bindparam("ids", expanding=True)))
_STORIES_OF = (
    select(
        story_documents.c.document_id,
        story_documents.c.story_id,
        story_documents.c.day,
        editions.c.id.label("edition"),
    )
    .select_from(story_documents)
    .outerjoin(printed, printed.c.story_id == story_documents.c.story_id)
    .outerjoin(
        editions,
        and_(editions.c.id == printed.c.edition_id, editions.c.date == story_documents.c.day),
    )
    .where(
        story_documents.c.document_id.in_(bindparam("ids", expanding=True)),
        story_documents.c.day.in_(bindparam("days", expanding=True)),
    )
    .order_by(editions.c.id.is_(None).desc(), editions.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; "" asks for everything. Days are YYYY-MM-DD, both included."""

    rows: tuple[tuple[str, ...], ...]
    first: str = ""
    last: str = ""
    source: str = ""
    language: str = ""
    printed: bool = False  # only reports of printed stories
    names: tuple[tuple[str, ...], ...] = ()  # one of these rows must be found, too
    stories: tuple[str, ...] | None = None  # only reports of these stories


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, and the story that it is in."""

    document: Document
    story_id: str
    day: str  # of that story
    edition_id: str  # that printed it, "" for none


@dataclass(frozen=True, slots=True)
class Search:
    """The index of every word."""

    engine: Engine

    def pending(self) -> int:
        """How many documents the index does not hold yet."""
        with self.engine.connect() as connection:
            known = select(func.count()).select_from(searchables)
            total = select(func.count()).select_from(documents)
            held = connection.execute(known).scalar_one()
            return connection.execute(total).scalar_one() - held

    def index(self, batch: int = BATCH) -> int:
        """Take some of them in; returns how many."""
        missing = (
            select(documents.c.id, documents.c.data)
            .outerjoin(searchables, searchables.c.document_id == documents.c.id)
            .where(searchables.c.document_id.is_(None))
            .limit(batch)
        )
        with self.engine.connect() as connection:
            found = [(row.id, decode(Document, row.data)) for row in connection.execute(missing)]
        words = [(key, index_words(one.title), index_words(one.text)) for key, one in found]
        with self.engine.begin() as connection:
            for key, title, body in words:
                _take_in(connection, key, title, body)
        return len(words)

    def find(self, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[int, tuple[Hit, ...]]:
        """How many reports answer, and some of them, the best first; the newest of equals.

        Where only words are asked for, nothing is counted beyond `NEWEST`: one more says "more".
        """
        with self.engine.connect() as connection:
            sqlite = connection.dialect.name == "sqlite"
            conditions = _conditions(wanted)
            statement = select(documents.c.id).where(*conditions)
            values: dict[str, Any] = {}
            order: list[Any] = [documents.c.published_at.desc(), documents.c.id]
            total: int | None = None
            if wanted.rows or wanted.names:
                values["question"] = _question(wanted, sqlite=sqlite)
                matches = _matches(sqlite=sqlite, newest=0 if conditions else NEWEST)
                if not conditions:
                    total, oldest = _newest(connection, values, sqlite=sqlite)
                    if total > NEWEST and sqlite:
                        values |= {"titled": f"title : ({values['question']})", "oldest": oldest}
                        matches = _titled(NEWEST)
                statement = statement.join(
                    searchables, searchables.c.document_id == documents.c.id
                ).join(matches, matches.c.number == searchables.c.number)
                order.insert(0, matches.c.worth)
            if total is None:
                counted = select(func.count()).select_from(statement.subquery())
                total = int(connection.execute(counted, values).scalar_one())
            page = statement.order_by(*order).limit(limit).offset(offset)
            ids = connection.execute(page, values).scalars().all()
            found = _documents(connection, ids)
            places = _places(connection, [(one.id, day) for one, day in found])
        return total, tuple(
            Hit(document, *places.get(document.id, ("", day, ""))) for document, day in found
        )


def _newest(connection: Connection, values: dict[str, Any], *, sqlite: bool) -> tuple[int, int]:
    """How many answer, `NEWEST` and one at most, and the least number of these."""
    found = _matches(sqlite=sqlite, newest=NEWEST + 1, worth=False)
    counted = select(func.count(), func.min(found.c.number)).select_from(found)
    count, oldest = connection.execute(counted, values).one()
    return int(count), int(oldest or 0)


def _titled(newest: int) -> Subquery:
    """The newest of many answers in SQLite; those whose title answers are worth more.

    bm25 reads every report that holds a word to learn how rare the word is. Of words that so many
    reports hold it learns that they tell little, at the price of the whole answer.
    """
    inside = "SELECT rowid FROM word WHERE word MATCH :titled AND rowid >= :oldest"
    found = f"SELECT rowid AS number, rowid NOT IN ({inside}) AS worth FROM word WHERE word MATCH :question"  # noqa: S608, E501 - constants of this module
    limit = f" ORDER BY rowid DESC LIMIT {newest}"
    return (
        text(found + limit)
        .columns(column("number", Integer), column("worth", Float))
        .subquery("matching")
    )


def _documents(connection: Connection, ids: Sequence[str]) -> list[tuple[Document, str]]:
    """Documents in the order of their ids, each with the last day on which it was in a story."""
    rows = connection.execute(_WITH_DAYS, {"ids": ids})
    known = {row.id: (decode(Document, row.data), row.day or "") for row in rows}
    return [known[one] for one in ids]


def _take_in(connection: Connection, key: str, title: str, body: str) -> None:
    result = connection.execute(insert(searchables).values(document_id=key))
    number = result.inserted_primary_key[0]  # type: ignore[index]  # an insert of one row has one
    values = {"number": number, "title": title, "text": body}
    if connection.dialect.name == "sqlite":
        order = "INSERT INTO word (rowid, title, text) VALUES (:number, :title, :text)"
    else:
        values |= {"title": _vector(title, "A"), "text": _vector(body)}
        order = (
            "INSERT INTO word (number, title, text) VALUES (:number,"
            " CAST(:title AS tsvector), CAST(:text AS tsvector))"
        )
    connection.execute(text(order), values)


def _matches(*, sqlite: bool, newest: int, worth: bool = True) -> Subquery:
    """The numbers of what answers the question, each with its worth, the least the best.

    With `newest`, only of so many that came into the index last: weighing every report that holds a
    word of every day would take a second, and nobody reads beyond the newest of them.
    """
    key = "rowid" if sqlite else "number"
    limit = f" ORDER BY {key} DESC LIMIT {newest}" if newest else ""
    if sqlite:
        value = f"bm25(word, {TITLE_WEIGHT}, 1.0)" if worth else "0.0"
        found = f"SELECT rowid AS number, {value} AS worth FROM word WHERE word MATCH :question"  # noqa: S608 - constants of this module
    else:
        asked = "CAST(:question AS tsquery)"
        weights = f"'{{{1 / TITLE_WEIGHT},{1 / TITLE_WEIGHT},{1 / TITLE_WEIGHT},1}}'"
        value = f"-ts_rank({weights}, title || text, {asked})" if worth else "0.0"
        found = f"SELECT number, {value} AS worth FROM word WHERE (title || text) @@ {asked}"  # noqa: S608 - as above
    columns = (column("number", Integer), column("worth", Float))
    return text(found + limit).columns(*columns).subquery("matching")


def _question(wanted: Wanted, *, sqlite: bool) -> str:
    """The rows in the language of the database; words are letters and digits only."""
    row = _fts_row if sqlite else _ts_row
    both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
    parts = [row(one) for one in wanted.rows]
    if wanted.names:
        parts.append("(" + either.join(row(one) for one in wanted.names) + ")")
    return both.join(parts)


def _vector(words: str, weight: str = "") -> str:
    """Words as a tsvector in writing: PostgreSQL's own parser would cut and join them anew.

    Places beyond the last that it keeps are one place: there words are found, rows of words not.
    """
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words.split(), 1):
        if len(word) <= LONGEST_WORD:
            places.setdefault(word, []).append(min(place, LAST_PLACE))
    return " ".join(
        f"'{word}':{','.join(f'{place}{weight}' for place in found[:MOST_PLACES])}"
        for word, found in places.items()
    )


def _fts_row(words: Sequence[str]) -> str:
    end = " *" if words[-1].endswith("*") else ""
    return "(" + " + ".join(f'"{word.rstrip("*")}"' for word in words) + end + ")"


def _ts_row(words: Sequence[str]) -> str:
    return (
        "(" + " <-> ".join(f"'{one.rstrip('*')}'{':*' * one.endswith('*')}" for one in words) + ")"
    )


def _conditions(wanted: Wanted) -> list[Any]:
    found: list[Any] = []
    if wanted.first:
        found.append(documents.c.published_at >= wanted.first)
    if wanted.last:
        found.append(documents.c.published_at < f"{wanted.last}U")  # all times of a day are below
    if wanted.source:
        found.append(documents.c.source_id == wanted.source)
    if wanted.language:
        found.append(documents.c.data.contains(f'"language":"{wanted.language}"'))
    if wanted.stories is not None:
        found.append(
            documents.c.id.in_(
                select(story_documents.c.document_id).where(
                    story_documents.c.story_id.in_(wanted.stories)
                )
            )
        )
    if wanted.printed:
        found.append(
            select(printed.c.story_id)
            .join(story_documents, story_documents.c.story_id == printed.c.story_id)
            .join(
                editions,
                and_(
                    editions.c.id == printed.c.edition_id,
                    editions.c.date == story_documents.c.day,
                ),
            )
            .where(story_documents.c.document_id == documents.c.id)
            .exists()
        )
    return found


def _places(
    connection: Connection, keys: Sequence[tuple[str, str]]
) -> dict[str, tuple[str, str, str]]:
    """For each document the story of that day, and the edition that printed it, if any."""
    wanted = {key: day for key, day in keys if day}
    values = {"ids": list(wanted), "days": sorted(set(wanted.values()))}
    return {
        row.document_id: (row.story_id, row.day, row.edition or "")
        for row in connection.execute(_STORIES_OF, values)
        if wanted[row.document_id] == row.day
    }
