"""The revision of the store is the key of whatever is kept ready: it may never stay behind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ribao.model import Document, DocumentId, ItemId, SourceId
from ribao.store import open_store
from ribao.store.revision import revisions


def document(number: int) -> Document:
    """An invented report."""
    key = DocumentId(f"d{number}")
    return Document(
        key, ItemId(key), SourceId("s"), "https://a.example/1", "Title", "Text", "en",
        datetime(2031, 3, 4, tzinfo=UTC), "feed",
    )  # fmt: skip


def test_every_commit_changes_the_revision_and_reading_does_not(tmp_path: Path) -> None:
    """Of this process and of another one; a transaction that is rolled back changes nothing."""
    path = tmp_path / "one.sqlite3"
    with open_store(path) as store, open_store(path) as beside:
        revision = revisions(store.engine)
        seen = {revision()}
        for number, writer in enumerate((store, beside, store)):
            writer.library.put_documents([document(number)])
            seen.add(now := revision())
            store.library.documents_by_id([DocumentId("d0")])
            assert revision() == now
        assert len(seen) == 4
