"""The store in PostgreSQL: what it must be told so that all holds there as in SQLite.

SQLite has one writer at a time; code that reads, decides and writes in one transaction relies on
it. Here one advisory lock does the same. Texts have no lengths in SQLite and sort by their bytes:
lengths are left out, and the database must sort so (the locale C), else two machines would print
one day in two orders. The character NUL, which PostgreSQL does not keep, becomes U+FFFD.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, String, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.compiler import compiles

from ribao.errors import StoreError

WRITER = 0x72_69_62_61  # numbers of advisory locks: who writes,
SENDER = WRITER + 1  # and who sends
WAIT_MILLISECONDS = 30_000  # for other writers, as in SQLite


@compiles(String, "postgresql")
def _without_length(*_: object, **__: object) -> str:
    return "TEXT"


def connect(url: str) -> Engine:
    """An engine for a database of PostgreSQL; nothing is asked of it yet.

    Raises:
        StoreError: the driver is not installed.
    """
    options = {"options": f"-c lock_timeout={WAIT_MILLISECONDS}", "connect_timeout": 10}
    try:
        engine = create_engine(url, connect_args=options, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(
            "the driver of PostgreSQL is not installed", url, hint="pip install 'ribao[postgres]'"
        ) from error
    except (SQLAlchemyError, ValueError) as error:
        raise StoreError("not the address of a database", url, str(error)) from error

    @event.listens_for(engine, "connect")
    def teach(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
        connection.adapters.register_dumper(str, _dumper())

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading", False):
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": WRITER})

    return engine


def _dumper() -> type:
    from psycopg.types.string import StrDumper  # noqa: PLC0415 - an extra of the package

    class WithoutNul(StrDumper):
        """Text as PostgreSQL can keep it."""

        def dump(self, obj: str) -> Any:  # noqa: ANN401 - what the driver's own dumper gives
            return super().dump(obj.replace("\x00", "\ufffd"))

    return WithoutNul


def check(engine: Engine) -> None:
    """Refuse a database that keeps or sorts texts otherwise.

    Raises:
        StoreError: its encoding is not UTF-8, or its locale not C.
    """
    with engine.connect() as connection:
        sorted_by_bytes = connection.execute(text("SELECT 'B' < 'a' AND '-a' < 'B'")).scalar()
        encoding = connection.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8" or not sorted_by_bytes:
        raise StoreError(
            "the database sorts by a locale", str(engine.url.database), f"{encoding}, not bytes",
            hint="createdb --template=template0 --locale=C --encoding=UTF8 NAME",
        )  # fmt: skip
