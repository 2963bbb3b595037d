"""Opening the database: what SQLite must be told, and bringing an older one up to date.

SQLite facts behind this (docs/decisions/0004-store.md): pysqlite does not BEGIN before DDL, so a
migration that fails half way would leave half a schema; a deferred transaction that turns into a
writer fails with "database is locked" without waiting. Both end with isolation_level None and an
explicit BEGIN IMMEDIATE. WAL with synchronous=FULL loses nothing that was acknowledged.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ribao.errors import StoreError
from ribao.store import postgresql as pg

HEAD = "0011"  # the newest migration; a test compares it with the folder
BUSY_MILLISECONDS = 30_000
DAMAGED = "put a backup in its place, or move it away: the next run begins with an empty memory"


def open_engine(place: Path | str) -> Engine:
    """Open (or make) a SQLite file, or a database of PostgreSQL by its address, and migrate it.

    Raises:
        StoreError: it cannot be opened, is no database, or is newer than this ribao.
    """
    engine = pg.connect(place) if isinstance(place, str) else _open_file(place)
    try:
        if isinstance(place, str):
            pg.check(engine)
        migrate(engine)
    except (SQLAlchemyError, StoreError) as error:
        engine.dispose()
        if isinstance(error, StoreError):
            raise
        raise store_error(error, str(place)) from error
    return engine


def _open_file(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "cannot make the folder of the store", str(path.parent), str(error.strerror)
        ) from error
    engine = create_engine(f"sqlite:///{path}")
    _teach(engine)
    return engine


def store_error(error: SQLAlchemyError, subject: str) -> StoreError:
    """Say in one sentence what the database complained of."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    complaint = str(cause).splitlines()[0]
    damaged = "not a database" in complaint or "malformed" in complaint
    return StoreError("the store failed", subject, complaint, hint=DAMAGED if damaged else "")


def _teach(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader among many must not wait for the one writer, nor for another reader.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def migrate(engine: Engine) -> None:
    """Bring the schema to HEAD. Alembic is imported only where there is something to do."""
    current = version(engine)
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        raise StoreError(
            "the store was written by a newer ribao", str(engine.url.database), f"schema {current}",
            hint="update this ribao, or name another folder with --output",
        )  # fmt: skip
    from alembic import command  # noqa: PLC0415 - 0.2 s that an up-to-date store need not pay
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(resources.files("ribao.store") / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def version(engine: Engine) -> str | None:
    """The version of the schema in this database; None where it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def put(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    """Insert rows, or replace those whose primary key is there already."""
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    values = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys and column.name in rows[0]
    }
    if values:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=values)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    connection.execute(statement, rows)
