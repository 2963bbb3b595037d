"""What sites said to all machines, remembered from run to run."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine

from ribao.gateways.sites import SiteNote
from ribao.store.site_notes import put_site_notes, read_site_notes


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
        """Remember it; durable with the next `keep`."""
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
