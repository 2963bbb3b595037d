"""Where a desk finds what runs made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ribao.cli.making import MEMORY
from ribao.config import Config
from ribao.errors import ConfigError

MODES = ("live", "replay", "demo")


@dataclass(frozen=True, slots=True)
class Where:
    """What the command line of `ribao serve` asked for; None and "" leave it to the settings."""

    output: Path
    config: Path | None = None
    store: str = ""  # live, replay or demo; "" is the one that a run used last
    host: str = ""
    port: int | None = None


def store_path(where: Where, config: Config) -> Path | str:
    """The store that the desk opens.

    Raises:
        ConfigError: no run was made in this folder.
    """
    if config.store.path or config.store.url:
        return config.store.place(where.output)
    folder = where.output / MEMORY
    if where.store:
        if where.store not in MODES:
            raise ConfigError("no such store", where.store, f"there are {', '.join(MODES)}")
        return folder / f"{where.store}.sqlite3"
    found = sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime_ns)
    if not found:
        raise ConfigError(
            "no run was made here yet", str(where.output),
            hint="`ribao run --output DIR` makes one; `ribao run --demo` a sample",
        )  # fmt: skip
    return found[-1]
