"""The whole road on a recorded day: items a second and peak memory of each step.

Needs the recorded days in ../shared/replay. Each run is a process of its own, so that the peak of
one does not hide that of another.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPLAY = Path(__file__).resolve().parents[2] / "shared" / "replay"
DAY = "2025-12-19"


def main() -> None:
    """Print the table of one day, in Chinese and in English."""
    archive = REPLAY / f"{DAY}.warc.gz"
    if not archive.is_file():
        print(f"needs {archive}, which is not part of the repository")
        return
    for language in ("zh", "en"):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-m", "bench.road", str(archive), language, folder],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
        print(table(json.loads(done.stdout), language))


def table(measured: dict[str, object], language: str) -> str:
    """The figures as a Markdown table."""
    rows = [
        (
            f"{DAY} {language}: {measured['seconds']:.1f} s in all (start of Python included), "
            f"peak {measured['peak']:.0f} MB, {measured['articles']} articles"
        ),
        "",
        "| step | in | kept | dropped | failed | seconds | in/s | peak MB after |",
        "|---|---|---|---|---|---|---|---|",
    ]
    steps = measured["steps"]
    assert isinstance(steps, list)
    rows += [
        f"| {step['name']} | {step['came']:,} | {step['kept']:,} | {step['dropped']:,} "
        f"| {step['failed']:,} | {step['seconds']:.2f} "
        f"| {step['came'] / max(step['seconds'], 1e-6):,.0f} | {step['peak']:.0f} |"
        for step in steps
    ]
    return "\n".join(rows) + "\n"


def measure(archive: Path, language: str, folder: Path) -> dict[str, object]:
    """Make the edition in this process and note the peak memory after each step."""
    from ribao.cli.making import make  # noqa: PLC0415 - loading the newsroom is part of the time
    from ribao.cli.run import RunOptions  # noqa: PLC0415 - as above
    from ribao.config import Config, EditionSettings  # noqa: PLC0415 - as above

    peaks: dict[str, float] = {}

    def watch(step: str, _done: int, _total: int) -> None:
        peaks[step] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    config = Config(edition=EditionSettings(language=language, timezone="Asia/Shanghai"))
    options = RunOptions(replay=archive, date=DAY, output=folder)
    made = make(options, config, watch=watch)
    return {
        "steps": [
            {
                "name": step.name, "came": step.came, "kept": step.kept, "dropped": step.dropped,
                "failed": step.failed, "seconds": step.seconds, "peak": peaks[step.name],
            }
            for step in made.steps
        ],
        "articles": len(made.edition.articles),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


if __name__ == "__main__":
    began = time.monotonic()
    outcome = measure(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    outcome["seconds"] = time.monotonic() - began
    print(json.dumps(outcome))
