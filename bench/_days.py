"""The recorded days and where they lie."""

from __future__ import annotations

from pathlib import Path

from ribao.cli.scoring import day_documents

__all__ = ["SHARED", "day_documents", "recorded_days"]

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def recorded_days(shared: Path = SHARED) -> list[Path]:
    """All recorded days, oldest first."""
    return sorted((shared / "replay").glob("*.warc.gz"))
