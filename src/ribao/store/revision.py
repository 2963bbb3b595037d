"""Whether anything was committed to the store since one looked: the key of whatever is kept ready.

SQLite counts, for each connection, the commits that others made (`PRAGMA data_version`). It is
asked on a connection of its own that never writes, so that no commit goes unseen; that takes 20
microseconds. PostgreSQL names what a transaction that begins now would see. Both hold across
processes: a run that writes beside the desk is seen, too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock

from sqlalchemy import Engine, StaticPool, create_engine, event

SNAPSHOT = "SELECT pg_current_snapshot()::text"


def revisions(engine: Engine) -> Callable[[], Hashable]:
    """A function whose value changes whenever something was committed in between.

    What it keeps open is closed with the engine.
    """
    return _counted(engine) if engine.dialect.name == "sqlite" else _snapshots(engine)


def _counted(engine: Engine) -> Callable[[], int]:
    lock = Lock()
    watching = create_engine(
        engine.url, poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "engine_disposed", lambda _engine: watching.dispose())

    def revision() -> int:
        with lock, watching.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    return revision


def _snapshots(engine: Engine) -> Callable[[], str]:
    def revision() -> str:
        with engine.connect() as connection:
            return str(connection.exec_driver_sql(SNAPSHOT).scalar_one())

    return revision
