"""Reading 1,000 sources while the process is killed with SIGKILL at random moments, 50 times.

After every kill the store must open and be sound. After the last run every entry of every source
must be there exactly once, and no source may have been asked for more often than kills explain.
`main(sources, kills)` has a small form that runs as a test.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench._feed_server import ENTRIES

SERVER = Path(__file__).with_name("_feed_server.py")
SEED = 20_260_114
LONGEST = 120.0  # seconds that the last run may take


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found."""

    kills: int
    unsound: int  # stores that did not open or failed the integrity check
    lost: int  # entries missing at the end
    doubled: int  # entries that stand twice
    resumed: int  # runs that took up a killed one
    seconds: float


def main(sources: int = 1_000, kills: int = 50) -> None:
    """Print what the sweep found."""
    found = sweep(sources, kills)
    print(
        f"{sources} sources, {found.kills} kills: {found.unsound} unsound stores, "
        f"{found.lost} entries lost, {found.doubled} doubled, {found.resumed} runs taken up again, "
        f"{found.seconds:.0f} s"
    )
    assert (found.unsound, found.lost, found.doubled) == (0, 0, 0)


def sweep(sources: int, kills: int) -> Swept:
    """Kill reading runs at random moments, then let one finish."""
    chance, began = random.Random(SEED), time.monotonic()  # noqa: S311 - a seed, not a secret
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen(
            [sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True
        ) as server,
    ):
        assert server.stdout is not None
        folder, port = Path(name), int(server.stdout.readline())
        command = _command(folder, port, sources)
        unsound = resumed = done = 0
        while done < kills:
            read = _readings(folder)
            if read > 0.9 * sources:  # begin another paper
                _set_aside(folder)
                read = 0
            target = chance.randrange(read + 1, sources)
            _kill_at(command, folder, target, chance.uniform(0.0, 0.05))
            done += 1
            unsound += not _sound(folder)
            resumed += read > 0
        _finish(command)
        lost, doubled = _count(folder, sources)
        server.kill()
    return Swept(done, unsound, lost, doubled, resumed, time.monotonic() - began)


def _command(folder: Path, port: int, sources: int) -> list[str]:
    hosts = (f"127.2.{n // 250}.{n % 250 + 1}:{port}" for n in range(sources))
    outlines = "".join(
        f'<outline type="rss" text="{host}" xmlUrl="http://{host}/feed.xml"/>' for host in hosts
    )
    (folder / "sources.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    (folder / "ribao.toml").write_text('[http]\nallow_addresses = ["127.0.0.0/8"]\n')
    return [
        sys.executable, "-m", "ribao", "run", "--date", "2026-01-15", "--language", "en",
        "--timezone", "Asia/Shanghai", "--config", str(folder / "ribao.toml"),
        "--sources", str(folder / "sources.opml"), "--output", str(folder / "out"),
    ]  # fmt: skip


def _kill_at(command: list[str], folder: Path, target: int, later: float) -> None:
    """Run, and kill `later` seconds after `target` sources were read."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        while run.poll() is None and _readings(folder) < target:
            time.sleep(0.01)
        time.sleep(later)
        run.kill()


def _finish(command: list[str]) -> None:
    """Run to the end."""
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)


def _store(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "out" / ".ribao" / "live.sqlite3")


def _sound(folder: Path) -> bool:
    if not (folder / "out" / ".ribao" / "live.sqlite3").exists():
        return True  # killed before there was one
    try:
        with closing(_store(folder)) as store:
            verdict = store.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    return bool(verdict == "ok")


def _readings(folder: Path) -> int:
    if not (folder / "out" / ".ribao" / "live.sqlite3").exists():
        return 0
    try:
        with closing(_store(folder)) as store:
            return int(store.execute("SELECT count(*) FROM reading").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # killed before the tables were made


def _set_aside(folder: Path) -> None:
    (folder / "out").rename(folder / f"out-{time.monotonic_ns()}")


def _count(folder: Path, sources: int) -> tuple[int, int]:
    with closing(_store(folder)) as store:
        urls = [row[0] for row in store.execute("SELECT url FROM item")]
    return sources * ENTRIES - len(set(urls)), len(urls) - len(set(urls))


if __name__ == "__main__":
    main()
