"""How each source does: what it gives, what of it are copies, and how often it made the edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, case, func, select

from ribao.model import SourceId
from ribao.store.library import Library, SourceState
from ribao.store.schema import documents, editions, items, printed, story_documents


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source over the last days; shares are 0.0 to 1.0."""

    state: SourceState
    items: int
    items_a_day: float
    copies: int  # of its documents, those whose text stands elsewhere first
    copy_share: float
    articles: int  # printed stories that rest on one of its reports
    editions: int  # editions with such a story


def source_health(
    engine: Engine, library: Library, now: datetime, *, days: int = 30
) -> tuple[SourceHealth, ...]:
    """Sum up every source that was ever read, over the `days` days before `now`."""
    first = (now - timedelta(days=days)).isoformat(timespec="microseconds")
    with engine.connect() as connection:
        seen = connection.execute(
            select(items.c.source_id, func.count(), func.min(items.c.seen_at))
            .where(items.c.seen_at >= first)
            .group_by(items.c.source_id)
        )
        found = {row[0]: (row[1], row[2]) for row in seen}
        texts = connection.execute(
            select(
                documents.c.source_id,
                func.count(),
                func.sum(case((documents.c.copy_of != "", 1), else_=0)),
            )
            .where(documents.c.published_at >= first)
            .group_by(documents.c.source_id)
        )
        copied = {row[0]: (row[1], row[2]) for row in texts}
        told = connection.execute(
            select(
                documents.c.source_id,
                func.count(func.distinct(printed.c.edition_id + printed.c.story_id)),
                func.count(func.distinct(printed.c.edition_id)),
            )
            .join(editions, editions.c.id == printed.c.edition_id)
            .join(
                story_documents,
                (story_documents.c.story_id == printed.c.story_id)
                & (story_documents.c.day == editions.c.date),
            )
            .join(documents, documents.c.id == story_documents.c.document_id)
            .where(editions.c.date >= first[:10])
            .group_by(documents.c.source_id)
        )
        carried = {row[0]: (row[1], row[2]) for row in told}
    return tuple(_health(state, found, copied, carried, now) for state in library.source_states())


def _health(
    state: SourceState,
    found: dict[str, tuple[int, str]],
    copied: dict[str, tuple[int, int]],
    carried: dict[str, tuple[int, int]],
    now: datetime,
) -> SourceHealth:
    source = SourceId(state.source.id)
    count, since = found.get(source, (0, ""))
    texts, copies = copied.get(source, (0, 0))
    articles, in_editions = carried.get(source, (0, 0))
    span = (now - datetime.fromisoformat(since)) / timedelta(days=1) if since else 1.0
    return SourceHealth(
        state,
        count,
        count / max(span, 1.0),
        copies,
        copies / texts if texts else 0.0,
        articles,
        in_editions,
    )
