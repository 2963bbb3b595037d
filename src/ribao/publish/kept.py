"""What the output folder holds when an output is made: files of this run first, then of the disk.

An output that is made from all editions may use again what it made before, if it can prove that it
would make the same, and may link what other outputs put beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ribao.plugins.kinds import RenderedFile


@dataclass(slots=True)
class Kept:
    """The files of a folder by their paths, with those that are about to be written."""

    directory: Path | None = None  # None: nothing is there yet
    fresh: dict[str, bytes] = field(default_factory=dict)

    def add(self, files: Iterable[RenderedFile]) -> None:
        """Note files that this run made."""
        self.fresh.update((file.path, file.content) for file in files)

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self.fresh or (
            self.directory is not None and (self.directory / path).is_file()
        )

    def read(self, path: str) -> bytes | None:
        """A file, or None where there is none that can be read."""
        if path in self.fresh:
            return self.fresh[path]
        if self.directory is None:
            return None
        try:
            return (self.directory / path).read_bytes()
        except OSError:
            return None
