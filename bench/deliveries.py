"""Publishing to six channels while the process is killed with SIGKILL at random moments.

The channels are stand-ins in another process that count what arrives: a signed webhook and a git
repository, which know or can be asked about keys; mail, whose relay's log can be asked; and Slack,
Telegram and Discord, which can be asked nothing. Kills come after a random number of arrivals and a
random pause, so that they hit planning, sending and the writing of receipts alike. In the end every
channel with idempotency must have everything once; the others must have everything at least once
(`unsure = "at-least-once"`), or nothing twice and the rest visibly parked (`"at-most-once"`).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench._channel_fakes import TOKEN, WEBHOOK_SECRET

SEED = 20_310_305
READERS = 3
KEYED = ("webhook", "git", "mail")
UNKEYED = ("slack", "telegram", "discord")
PER_EDITION = {"webhook": 1, "git": 1, "mail": READERS, "slack": 1, "telegram": 1, "discord": 1}
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found, by channel."""

    kills: int
    editions: int
    lost: dict[str, int]
    doubled: dict[str, int]
    parked: int  # deliveries that stand as unsure, which their owner sees
    resolved: int  # deliveries that a later process settled after a kill
    seconds: float


def main(kills: int = 24) -> None:
    """Print what the sweeps found, half of the kills under each setting."""
    for setting in ("at-least-once", "at-most-once"):
        found = sweep(kills // 2, setting)
        print(f"unsure = {setting}: {found.kills} kills, {found.editions} editions, "
              f"{found.resolved} deliveries settled after a kill, {found.parked} parked, "
              f"{found.seconds:.0f} s")  # fmt: skip
        for name in (*KEYED, *UNKEYED):
            kind = "keyed" if name in KEYED else "without keys"
            lost, doubled = found.lost[name], found.doubled[name]
            print(f"  {name:9s} {kind:13s} lost {lost:3d}  doubled {doubled:3d}")
        check(found, setting)


def check(found: Swept, setting: str) -> None:
    """Complain about anything lost or doubled that need not be."""
    assert all(found.lost[name] == found.doubled[name] == 0 for name in KEYED), found
    if setting == "at-least-once":
        assert not any(found.lost.values()), found
    else:
        assert not any(found.doubled.values()), found
        assert sum(found.lost.values()) <= found.parked, found  # what is missing is visible


def sweep(kills: int, setting: str, *, seed: int = SEED) -> Swept:
    """Kill a publishing process over and over, then let it finish."""
    chance, began = random.Random(seed), time.monotonic()  # noqa: S311 - a seed, not a secret
    with tempfile.TemporaryDirectory() as name, services(Path(name)) as ports:
        folder = Path(name)
        environment = prepare(folder, ports, setting)
        done = editions = 0
        with nursery(folder, environment) as begin:
            while done < kills:
                editions += 1 + chance.randrange(2)
                done += _kill(folder, begin(editions), chance)
            assert begin(editions).wait() == 0
        lost, doubled = _count(folder, editions)
        parked, resolved = _standing(folder)
    return Swept(done, editions, lost, doubled, parked, resolved, time.monotonic() - began)


@contextmanager
def services(folder: Path) -> Iterator[dict[str, int]]:
    """The stand-ins, in a process of their own."""
    command = [sys.executable, "-m", "bench._channel_fakes", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, cwd=ROOT
    ) as fakes:
        assert fakes.stdout is not None
        try:
            yield json.loads(fakes.stdout.readline())
        finally:
            fakes.kill()


def prepare(folder: Path, ports: dict[str, int], setting: str) -> dict[str, str]:
    """Write the configuration and an empty repository; return the environment with the secrets."""
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "-b", "main", str(folder / "pages.git")], check=True
    )
    base = f"http://127.0.0.1:{ports['chats']}"
    lines = ['[http]\nallow_addresses = ["127.0.0.0/8"]', "[deliver]\nsettle_seconds = 0.5"]
    tables = {name: f'kind = "{name}"\nunsure = "{setting}"' for name in (*KEYED, *UNKEYED)}
    for name in UNKEYED:
        tables[name] += "\nper_minute = 6000"
    tables["git"] += f'\nremote = "{folder / "pages.git"}"\nfolder = "site"'
    tables["telegram"] += f'\nchat = "@harbour"\napi = "{base}/telegram"'
    tables["mail"] += (
        '\nsender = "Harbour <paper@harbour.example>"\nhost = "127.0.0.1"\nsecurity = "none"\n'
        f'pages = "https://pages.example"\nport = {ports["mail"]}\nper_second = 1000\n'
        f'relay_log = "{folder / "mail.log"}"'
    )
    lines += [f"[deliver.channels.{name}]\n{table}" for name, table in tables.items()]
    (folder / "ribao.toml").write_text("\n".join(lines) + "\n")
    return dict(os.environ) | {
        "RIBAO_WEBHOOK_URL": f"{base}/webhook", "RIBAO_SLACK_URL": f"{base}/slack",
        "RIBAO_DISCORD_URL": f"{base}/discord",
        "RIBAO_WEBHOOK_SECRET": WEBHOOK_SECRET, "RIBAO_TELEGRAM_TOKEN": TOKEN,
        "RIBAO_MAIL_SECRET": "a secret of the benchmark, long enough",
    }  # fmt: skip


class Worker:
    """One publishing process, a child of the nursery."""

    def __init__(self, pid: int, answers: IO[str]) -> None:
        """Hold its number."""
        self.pid, self._answers = pid, answers

    def kill(self) -> bool:
        """End it with SIGKILL; False where it had ended already."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def wait(self) -> int:
        """How it ended: 0, or minus a signal."""
        return int(self._answers.readline())


@contextmanager
def nursery(folder: Path, environment: dict[str, str]) -> Iterator[Callable[[int], Worker]]:
    """A process that has loaded everything and forks a worker whenever it is asked to."""
    command = [sys.executable, "-m", "bench._delivery_worker", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        questions, answers = parent.stdin, parent.stdout

        def begin(editions: int) -> Worker:
            questions.write(f"{editions}\n")
            questions.flush()
            return Worker(int(answers.readline()), answers)

        yield begin
        questions.close()


def _kill(folder: Path, worker: Worker, chance: random.Random) -> bool:
    """Kill a worker after some arrivals and a moment; False where it was done before."""
    target = _arrivals(folder) + chance.randrange(0, 14)
    ends = time.monotonic() + 1.0
    while _arrivals(folder) < target and time.monotonic() < ends:
        time.sleep(0.001)
    time.sleep(chance.uniform(0.0, 0.03))
    return worker.kill()


def _arrivals(folder: Path) -> int:
    path = folder / "arrivals.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _count(folder: Path, editions: int) -> tuple[dict[str, int], dict[str, int]]:
    """What is missing and what is there more than once, by channel."""
    came: dict[str, Counter[str]] = {name: Counter() for name in PER_EDITION}
    for line in (folder / "arrivals.jsonl").read_text().splitlines():
        service, key = json.loads(line)
        came[service][key] += 1
    log = subprocess.run(
        ["git", "-C", str(folder / "pages.git"), "log", "--format=%(trailers:key=Ribao-Delivery)",
         "main"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    came["git"] = Counter(line for line in log.stdout.splitlines() if line.strip())
    came["webhook"] = Counter(dict.fromkeys(came["webhook"], 1))  # a receiver drops known ids
    lost = {name: n * editions - len(came[name]) for name, n in PER_EDITION.items()}
    doubled = {name: sum(found.values()) - len(found) for name, found in came.items()}
    return lost, doubled


def _standing(folder: Path) -> tuple[int, int]:
    """How many deliveries are parked, and how many another process settled."""
    path = folder / "editions" / ".ribao" / "live.sqlite3"
    with closing(sqlite3.connect(path)) as store:
        found = store.execute("SELECT state, tries, detail FROM delivery").fetchall()
    standing = Counter(state for state, _tries, _detail in found)
    assert set(standing) <= {"delivered", "unsure"}, standing
    settled = sum(tries > 1 or "asked" in why or "stopped" in why for _state, tries, why in found)
    return standing["unsure"], settled


if __name__ == "__main__":
    main()
