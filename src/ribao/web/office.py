"""What all pages share: the store, the settings, the beat, the clock, and what was read already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from ribao.beat import Beat
from ribao.config import Config
from ribao.gateways.clock import Clock
from ribao.plugins.kinds import Output
from ribao.store import Store
from ribao.store.drafts import Drafts
from ribao.store.editions import Editions
from ribao.store.ledger import Ledger
from ribao.store.library import Library
from ribao.store.people import People
from ribao.store.revision import revisions
from ribao.store.search import Search

V = TypeVar("V")


class Shelf(Generic[V]):
    """The last few things that were made, by key; the oldest goes first."""

    def __init__(self, size: int) -> None:
        """Begin empty."""
        self._size = size
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """What is kept under a key; made where it is not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True)
class Office:
    """What the pages work with. The shelves of the store read without waiting for a writer."""

    store: Store
    config: Config
    beat: Beat
    clock: Clock
    outputs: Sequence[Output]
    directory: Path  # of the editions
    drafts: Drafts
    people: People
    search: Search
    library: Library
    editions: Editions
    ledger: Ledger
    revision: Callable[[], Hashable]  # another number after every commit to the store
    settings_path: Path | None = None
    shelves: dict[str, Shelf[object]] = field(default_factory=dict)

    def kept(self, kind: str, key: Hashable, make: Callable[[], V], *, size: int = 16) -> V:
        """What was made before for this kind and key; kinds have shelves of their own."""
        shelf = self.shelves.setdefault(kind, Shelf(size))
        return shelf.get(key, make)  # type: ignore[return-value]  # a kind holds one type

    def now(self) -> str:
        """The present moment as the store keeps it."""
        return self.clock.now().isoformat(timespec="seconds")


def open_office(
    store: Store,
    config: Config,
    beat: Beat,
    clock: Clock,
    outputs: Sequence[Output],
    directory: Path,
    settings_path: Path | None = None,
) -> Office:
    """Furnish an office over an open store."""
    engine = store.engine.execution_options(reading=True)
    library = Library(engine)
    editions = Editions(engine, library)
    return Office(
        store=store,
        config=config,
        beat=beat,
        clock=clock,
        outputs=tuple(outputs),
        directory=directory,
        drafts=Drafts(engine, editions),
        people=People(engine),
        search=Search(engine),
        library=library,
        editions=editions,
        ledger=Ledger(engine),
        revision=revisions(store.engine),
        settings_path=settings_path,
    )
