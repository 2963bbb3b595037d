"""Where reports stood on the days before, and what editors decided of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Column, Connection, Engine, String, Table, Text, delete, func, select

from ribao.model import Article, Citation, DocumentId, Edition, EditionId, StoryId
from ribao.placing import Bundle, Decision, Placing
from ribao.store.codec import decode, encode
from ribao.store.engine import put
from ribao.store.library import CHUNK
from ribao.store.promises import Paper
from ribao.store.schema import editions, metadata, stories, story_documents

decisions = Table(  # the reports that an editor put together, by the edition that went out so
    "decision",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("story_id", String(40), primary_key=True),
    Column("data", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Placings:
    """Reads and writes where reports belong."""

    engine: Engine

    def put_decision(
        self, connection: Connection, edition_id: str, bundles: Sequence[Bundle]
    ) -> None:
        """Keep what an editor decided of an edition, in place of what was kept of it."""
        connection.execute(delete(decisions).where(decisions.c.edition_id == edition_id))
        rows: list[dict[str, object]] = [
            {"edition_id": edition_id, "story_id": one.story_id, "data": encode(one)}
            for one in bundles
        ]
        put(connection, decisions, rows)

    def placing(self, paper: Paper, day: date, *, days: int) -> Placing:
        """What the `days` days before a day say of it; decisions of the day itself count, too.

        Only decisions of the same paper bind it.
        """
        first = (day - timedelta(days=days)).isoformat()
        return Placing(self._latest(first, day.isoformat()), self._decisions(paper, first, day))

    def editions(self, paper: Paper, day: date, *, days: int) -> tuple[Edition, ...]:
        """What a paper printed in the days before a day, the oldest edition first."""
        statement = (
            select(editions.c.data)
            .where(
                editions.c.date >= (day - timedelta(days=days)).isoformat(),
                editions.c.date < day.isoformat(),
                editions.c.language == paper.language,
                editions.c.beat == paper.beat,
            )
            .order_by(editions.c.date, editions.c.id)
        )
        with self.engine.connect() as connection:
            return tuple(decode(Edition, data) for data in connection.execute(statement).scalars())

    def cited(self, paper: Paper, story_id: StoryId, day: date, *, days: int) -> set[DocumentId]:
        """The reports that rest under what a paper printed of a story in the days before a day."""
        return {
            citation.document_id
            for edition in self.editions(paper, day, days=days)
            for article in edition.articles
            if article.story_id == story_id
            for citation in citations(article)
        }

    def stood_before(self, ids: Sequence[DocumentId], day: date) -> set[DocumentId]:
        """Which of these reports stood in a story on a day before this one."""
        found: set[DocumentId] = set()
        with self.engine.connect() as connection:
            for start in range(0, len(ids), CHUNK):
                statement = select(story_documents.c.document_id).where(
                    story_documents.c.document_id.in_(ids[start : start + CHUNK]),
                    story_documents.c.day < day.isoformat(),
                )
                found.update(map(DocumentId, connection.execute(statement).scalars()))
        return found

    def headline(self, story_id: StoryId, day: date) -> str:
        """The headline of a story as it stood last, up to a day; "" where it is not kept."""
        statement = (
            select(stories.c.data)
            .where(stories.c.id == story_id, stories.c.day <= day.isoformat())
            .order_by(stories.c.day.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            data = connection.execute(statement).scalar()
        return str(json.loads(data)["headline"]) if data else ""

    def _latest(self, first: str, end: str) -> dict[DocumentId, tuple[StoryId, ...]]:
        """The stories of the last day of each report that stood in several ones."""
        within = (story_documents.c.day >= first) & (story_documents.c.day < end)
        several = (
            select(story_documents.c.document_id)
            .where(within)
            .group_by(story_documents.c.document_id)
            .having(func.count(story_documents.c.story_id.distinct()) > 1)
        )
        statement = (
            select(story_documents.c.document_id, story_documents.c.story_id, story_documents.c.day)
            .where(within, story_documents.c.document_id.in_(several))
            .order_by(story_documents.c.day, story_documents.c.story_id)
        )
        found: defaultdict[DocumentId, dict[str, list[StoryId]]] = defaultdict(dict)
        with self.engine.connect() as connection:
            for row in connection.execute(statement):
                days = found[DocumentId(row.document_id)]
                days.setdefault(row.day, []).append(StoryId(row.story_id))
        return {id_: tuple(days[max(days)]) for id_, days in found.items()}

    def _decisions(self, paper: Paper, first: str, day: date) -> tuple[Decision, ...]:
        """The decisions of a paper's editors, the newest edition first."""
        statement = (
            select(decisions.c.edition_id, decisions.c.data)
            .join(editions, editions.c.id == decisions.c.edition_id)
            .where(
                editions.c.date >= first,
                editions.c.date <= day.isoformat(),
                editions.c.language == paper.language,
                editions.c.beat == paper.beat,
            )
            .order_by(editions.c.date.desc(), decisions.c.edition_id, decisions.c.story_id)
        )
        bundles: dict[EditionId, list[Bundle]] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(statement):
                bundle = decode(Bundle, row.data)
                bundles.setdefault(EditionId(row.edition_id), []).append(bundle)
        return tuple(Decision(edition, tuple(found)) for edition, found in bundles.items())


def citations(article: Article) -> Iterator[Citation]:
    """Every passage that a printed story rests on."""
    for sentence in (
        article.headline,
        *article.paragraph,
        *(sentence for insight in article.insights for sentence in insight.sentences),
    ):
        yield from sentence.citations
