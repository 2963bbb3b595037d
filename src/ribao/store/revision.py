"""Whether anything was committed to the store since one looked: the key of whatever is kept ready.

SQLite counts, for each connection, the commits that others made (`PRAGMA data_version`). It is
asked on a connection of its own that never writes, so that no commit goes unseen; that takes 5
microseconds. PostgreSQL names what a transaction that begins now would see. Both hold across
processes: a run that writes beside the desk is seen, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from threading import Lock

from sqlalchemy import Engine, event

SNAPSHOT = "SELECT pg_current_snapshot()::text"


def revisions(engine: Engine) -> Callable[[], Hashable]:
    """A function whose value changes whenever something was committed in between.

    What it keeps open is closed with the engine.
    """
    return _counted(engine) if engine.dialect.name == "sqlite" else _snapshots(engine)


def _counted(engine: Engine) -> Callable[[], int]:
    lock = Lock()
    watching = sqlite3.connect(str(engine.url.database), check_same_thread=False)
    event.listen(engine, "engine_disposed", lambda _engine: watching.close())

    def revision() -> int:
        with lock:
            return int(watching.execute("PRAGMA data_version").fetchone()[0])

    return revision


def _snapshots(engine: Engine) -> Callable[[], str]:
    def revision() -> str:
        with engine.connect() as connection:
            return str(connection.exec_driver_sql(SNAPSHOT).scalar_one())

    return revision
