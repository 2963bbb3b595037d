"""What sites said to all machines, kept from run to run: robots.txt and the files beside it."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from ribao.gateways.sites import SiteNote
from ribao.store.engine import put
from ribao.store.schema import sites

KEPT_BYTES = 131_072  # of a robots.txt; all notes are in memory, and a thousand hosts may mean ill


class RememberedSites:
    """Notes of the gateway: read whole at the start, written with whatever is kept next.

    The gateway asks in a thread of its own and must not wait for the database.
    """

    def __init__(self, engine: Engine) -> None:
        """Read what earlier runs kept."""
        self._engine = engine
        self._notes = read_site_notes(engine)
        self._fresh: dict[str, SiteNote] = {}
        self._lock = threading.Lock()

    def get(self, site: str) -> SiteNote | None:
        """What is remembered of a site."""
        return self._notes.get(site)

    def put(self, site: str, note: SiteNote) -> None:
        """Remember it; durable with the next `keep`. What is too large is asked for anew."""
        if len(note.robots) > KEPT_BYTES:
            note = SiteNote(quiet_until=note.quiet_until)
        with self._lock:
            self._notes[site] = self._fresh[site] = note

    def keep(self, connection: Connection) -> None:
        """Make durable what is new."""
        with self._lock:
            fresh, self._fresh = self._fresh, {}
        put_site_notes(connection, fresh)

    def keep_now(self) -> None:
        """Make durable what is new, in a transaction of its own."""
        with self._engine.begin() as connection:
            self.keep(connection)


def read_site_notes(engine: Engine) -> dict[str, SiteNote]:
    """Every note, by its site (`https://host:port`)."""
    with engine.connect() as connection:
        return {
            row.site: SiteNote(
                zlib.decompress(row.robots),
                zlib.decompress(row.tdmrep),
                zlib.decompress(row.ai_txt),
                read_at=_moment(row.read_at),
                quiet_until=_moment(row.quiet_until),
            )
            for row in connection.execute(select(sites))
        }


def put_site_notes(connection: Connection, notes: Mapping[str, SiteNote]) -> None:
    """Keep notes; a newer one of the same site takes the place of the older."""
    put(
        connection,
        sites,
        [
            {
                "site": site,
                "robots": zlib.compress(note.robots),
                "tdmrep": zlib.compress(note.tdmrep),
                "ai_txt": zlib.compress(note.ai_txt),
                "read_at": note.read_at.isoformat() if note.read_at else "",
                "quiet_until": note.quiet_until.isoformat() if note.quiet_until else "",
            }
            for site, note in notes.items()
        ],
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
