"""One run's order: which day, for whom, from what, with which tools."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ribao.beat import Beat
from ribao.config import Config
from ribao.errors import ConfigError
from ribao.gateways.clock import Clock
from ribao.gateways.models.asking import Models
from ribao.gateways.web import Web
from ribao.model import Edition, RunId, Source, content_id
from ribao.plugins.kinds import Channel, Embedder, Output, Ranker, SourceKind
from ribao.store import Store
from ribao.store.ledger import StepCount
from ribao.write.styles import load_style

if TYPE_CHECKING:
    from ribao.running.reading import PendingValidators

DEFAULT_ZONES = {"zh": "Asia/Shanghai"}
Watch = Callable[[str, int, int], None]  # step, how many are done, of how many (0: unknown)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be made. `mode` is live, replay or demo."""

    mode: str
    day: date
    language: str
    timezone: str
    directory: Path
    input_digest: str = ""  # of the archive; "" for the live web

    @property
    def cutoff(self) -> datetime:
        """00:00 of the day in its zone, UTC; a zone that skips midnight gives the moment after."""
        midnight = datetime.combine(self.day, time(), ZoneInfo(self.timezone))
        return midnight.astimezone(UTC)

    def window(self, hours: int) -> tuple[datetime, datetime]:
        """From when (inclusive) to when (exclusive) an edition reaches."""
        return self.cutoff - timedelta(hours=hours), self.cutoff


@dataclass(frozen=True, slots=True)
class Tools:
    """What a run works with."""

    config: Config
    beat: Beat
    store: Store
    web: Web
    clock: Clock
    sources: tuple[Source, ...]
    kinds: Mapping[str, SourceKind]
    outputs: Sequence[Output]
    rankers: Sequence[Ranker] = ()
    embedder: Embedder | None = None  # of texts, for likeness; None: by words, names, facts alone
    channels: Sequence[Channel] = ()  # that editions are sent to
    validators: PendingValidators | None = None
    models: Models | None = None  # that phrase what is printed; None: the reports' own words
    watch: Watch = lambda _step, _done, _total: None
    read_by: RunId | None = None  # another paper's run that has just read these sources


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a run."""

    run_id: RunId
    edition: Edition
    steps: tuple[StepCount, ...]
    files: tuple[str, ...]
    resumed: bool
    spent: str = ""  # what models cost, in one line; "" without any
    kept_back: str = ""  # why it was not printed; "" where it was


def zone_for(language: str, wanted: str) -> str:
    """Name the zone of an edition.

    Raises:
        ConfigError: there is no such zone.
    """
    name = wanted or DEFAULT_ZONES.get(language, "UTC")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            "no such time zone", name, hint="zones are named like Asia/Shanghai or UTC"
        ) from error
    return name


def config_digest(config: Config, beat: Beat) -> str:
    """Digest of every setting that can change what is printed."""
    left_out = {"store", "http", "deliver", "schedule"} | (
        set() if config.models.writer else {"models"}
    )
    printing = config.model_dump_json(exclude=left_out) + beat.model_dump_json()
    printing += load_style(config.write.style).model_dump_json()
    return hashlib.blake2b(printing.encode(), digest_size=16).hexdigest()


def run_id(work: Assignment, tools: Tools, started_at: datetime) -> RunId:
    """Name a run: a replay by what goes into it, a live run by its day and start."""
    parts = [work.mode, work.day.isoformat(), work.language, work.timezone, tools.beat.id]
    if work.mode == "live":
        parts.append(started_at.isoformat())
    else:
        parts += [work.input_digest, config_digest(tools.config, tools.beat)]
    return RunId(content_id(*parts))
