"""How well the stories of the recorded days agree with a person's labels.

    python -m bench stories

The labelled days of ../shared/replay through `ribao bench stories`, which takes any other days and
labels as well.
"""

from __future__ import annotations

from pathlib import Path

from bench._days import SHARED, recorded_days
from ribao.cli.scoring import Question, bench_stories

DEFAULT_DAYS = ("2025-12-16", "2025-12-17", "2025-12-18", "2025-12-19")


def labelled_days(shared: Path = SHARED) -> list[Path]:
    """The recorded days that the labels of the recorded set are about."""
    return [path for path in recorded_days(shared) if path.name[:10] in DEFAULT_DAYS]


def main() -> None:
    """Print the figures and the confusion list."""
    replay = SHARED / "replay"
    labels, misses = (
        replay / "gold-clusters-2025-12-17_18.jsonl",
        replay / "gold-2025-12-19.json",
    )
    asked = Question(tuple(labelled_days()), labels, misses, "zh", "ai")
    bench_stories(asked, as_json=False)
