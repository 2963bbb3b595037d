"""The scoreboard of hostile servers: what leaks, what hangs, and how much memory it costs.

Every attack at full size against the default limits (but 5 s instead of 30 for a whole fetch), then
attacks of five kinds from 64 hosts at once and 15 MiB from each of 64 hosts, then the special
addresses by every route. An audit hook of the interpreter notes every connection, so a leak cannot
go unseen.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench._addresses import DISGUISES, SPECIAL
from ribao.config import HttpSettings
from ribao.errors import RemoteError
from ribao.gateways.clock import SystemClock
from ribao.gateways.http import LiveWeb
from ribao.gateways.web import Request

SECONDS = 5.0
SLACK_SECONDS = 1.0  # beyond its limit a fetch counts as a hang
SERVER = Path(__file__).with_name("_hostile_server.py")
ATTACKS = (
    *("/bomb/gzip/2048", "/bomb/deflate/2048", "/bomb/raw-deflate/2048"),
    *("/bomb/gzip%2C%20gzip/2048", "/bomb/br/2048", "/bomb/zstd/2048"),
    *("/endless", "/endless-headers", "/endless-continue", "/many-headers"),
    *("/drip", "/drip-chunks", "/drip-headers", "/silent"),
    *("/loop", "/grow", "/short", "/short-chunks", "/short-gzip", "/garbage"),
    *(f"/to/{quote(target, safe='')}" for target in ("file:///etc/passwd", "http://10.0.0.1/")),
)
CROWD = ("/bomb/gzip/2048", "/bomb/deflate/2048", "/endless", "/drip", "/endless-headers")

connected: list[tuple[str, int]] = []
Getaddrinfo = socket.getaddrinfo


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note every connection of this process."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        connected.append((str(arguments[1][0]), int(arguments[1][1])))


def peak_mib(*, reset: bool = False) -> float:
    """Peak resident memory since the last reset, in MiB (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


@contextmanager
def hostile_server() -> Iterator[int]:
    """Start the server in a process of its own; gives its port."""
    with subprocess.Popen(
        [sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


def settings(*allow: str) -> HttpSettings:
    """Default limits, less patience, no robots.txt."""
    return HttpSettings(
        allow_addresses=allow,
        total_seconds=SECONDS,
        host_spacing_seconds=0,
        retries=0,
        obey_robots=False,
    )


def build(port: int, path: str) -> None:
    """Let the server build a bomb before the clock runs."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        client.recv(1)


def attack(port: int, path: str) -> tuple[str, float, float]:
    """One attack with a gateway of its own: what became of it, seconds, MiB above the base."""
    with LiveWeb(settings("127.0.0.0/8"), SystemClock()) as web:
        web.fetch(Request(f"http://127.0.0.1:{port}/warm"))
        base = peak_mib(reset=True)
        started = time.perf_counter()
        try:
            web.fetch(Request(f"http://127.0.0.1:{port}{path}"))
            outcome = "LET THROUGH"
        except RemoteError as error:
            outcome = f"{error.what}: {error.detail}"
        return outcome, time.perf_counter() - started, peak_mib() - base


def crowd(port: int, paths: tuple[str, ...]) -> tuple[str, float, float]:
    """These answers in turn from 64 hosts at once."""
    urls = [f"http://127.0.0.{n + 1}:{port}{paths[n % len(paths)]}" for n in range(64)]
    with LiveWeb(settings("127.0.0.0/8"), SystemClock()) as web:
        base = peak_mib(reset=True)
        started = time.perf_counter()
        answered = through = 0
        for fetched in web.fetch_all(Request(url) for url in urls):
            answered += 1
            through += fetched.response is not None
        outcome = f"{answered} answered, {through} let through"
        return outcome, time.perf_counter() - started, peak_mib() - base


def leaks(port: int) -> Iterator[tuple[str, int, int]]:
    """Each route with the number of tries and of connections to anything but the server itself."""
    literal = [f"http://{f'[{address}]' if ':' in address else address}/" for address in SPECIAL]
    for name, targets in (("literal", literal), ("disguised literal", list(DISGUISES))):
        yield name, len(targets), strangers(targets, port)
        redirects = [f"http://127.0.0.1:{port}/to/{quote(target, safe='')}" for target in targets]
        yield f"redirect to {name}", len(targets), strangers(redirects, port)
    for name, first, after, url in (
        ("name with that answer", [], [], "http://name.example/"),
        ("name with a good answer before it", ["93.184.216.34"], [], "http://name.example/"),
        ("name with a good answer behind it", [], ["93.184.216.34"], "http://name.example/"),
    ):
        count = 0
        for address in SPECIAL:
            with name_service([*first, address, *after]):
                count += strangers([url], port)
        yield name, len(SPECIAL), count
    count = 0
    for address in SPECIAL:
        with name_service(["127.0.0.1"], [address]):
            count += strangers([f"http://name.example:{port}/ok"], port)
    yield "name that changes after the check", len(SPECIAL), count


@contextmanager
def name_service(*rounds: list[str]) -> Iterator[None]:
    """Play a name service that gives these answers, one round per look-up, the last for ever."""
    left = list(rounds)

    def scripted(_host: str, number: int, **_: object) -> list[tuple[object, ...]]:
        answers = left.pop(0) if len(left) > 1 else left[0]
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, (answer, number)) for answer in answers]

    socket.getaddrinfo = scripted  # type: ignore[assignment]  # the fault that we play
    try:
        yield
    finally:
        socket.getaddrinfo = Getaddrinfo


def strangers(urls: list[str], port: int) -> int:
    """Fetch each; count connections to anything but the hostile server."""
    before = len(connected)
    with LiveWeb(settings(f"127.0.0.1:{port}"), SystemClock()) as web:
        for _ in web.fetch_all(Request(url) for url in urls):
            pass
    return sum(address != ("127.0.0.1", port) for address in connected[before:])


def main() -> None:
    """Print the table."""
    sys.addaudithook(watch)
    hangs, most = 0, 0.0
    with hostile_server() as port:
        print(f"{'attack':28} {'seconds':>7} {'MiB':>6}  outcome")
        for path in ATTACKS:
            build(port, path if "bomb" in path else "/ok")
            outcome, seconds, mebibytes = attack(port, path)
            hangs += seconds > SECONDS + SLACK_SECONDS
            most = max(most, mebibytes)
            print(f"{path[:28]:28} {seconds:7.2f} {mebibytes:6.1f}  {outcome}", flush=True)
        for name, paths in (
            ("64 hosts, five attacks", CROWD),
            ("64 hosts, 15 MiB each", ("/large",)),
        ):
            outcome, seconds, mebibytes = crowd(port, paths)
            hangs += seconds > SECONDS + SLACK_SECONDS
            most = max(most, mebibytes)
            print(f"{name:28} {seconds:7.2f} {mebibytes:6.1f}  {outcome}")
        print(f"\n{'route':36} {'tries':>5} {'leaks':>5}")
        total = 0
        for name, tries, count in leaks(port):
            total += count
            print(f"{name:36} {tries:5} {count:5}", flush=True)
    print(f"\nleaks {total}, hangs {hangs}, memory at most {most:.0f} MiB above the base")


if __name__ == "__main__":
    main()
