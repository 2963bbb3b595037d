"""The store as a whole: one database, one engine, its shelves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from ribao.store.aliases import Aliases
from ribao.store.editions import Editions
from ribao.store.engine import open_engine, store_error
from ribao.store.ledger import Ledger
from ribao.store.library import Library
from ribao.store.outbox import Outbox
from ribao.store.placings import Placings
from ribao.store.promises import Promises
from ribao.store.subscribers import Subscribers


@dataclass(frozen=True, slots=True)
class Store:
    """What ribao remembers."""

    engine: Engine
    ledger: Ledger
    library: Library
    editions: Editions
    promises: Promises
    outbox: Outbox
    subscribers: Subscribers
    aliases: Aliases
    placings: Placings

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction: all of it is kept, durably, or none."""
        return self.engine.begin()


@contextmanager
def open_store(path: Path | str) -> Iterator[Store]:
    """Open the store in a SQLite file, or in PostgreSQL by its address, and migrate it.

    Raises:
        StoreError: it cannot be opened, or the database fails while it is in use.
    """
    engine = open_engine(path)
    library = Library(engine)
    try:
        yield Store(
            engine, Ledger(engine), library, Editions(engine, library), Promises(engine),
            Outbox(engine), Subscribers(engine), Aliases(engine),
            Placings(engine),
        )  # fmt: skip
    except SQLAlchemyError as error:
        raise store_error(error, str(path)) from error
    finally:
        engine.dispose()
