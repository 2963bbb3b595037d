"""The one clock. Nothing else in ribao asks the operating system for the time of day."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def seconds(self) -> float:
        """A monotonic count of seconds, for measuring how long something took."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Seconds of the monotonic counter."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: replay runs as of the capture time of its archive."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def seconds(self) -> float:
        """Seconds of the monotonic counter, so that steps can still be measured."""
        return time.monotonic()
