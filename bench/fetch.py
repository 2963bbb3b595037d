"""How long it takes to read 1,000 sources on 1,000 hosts, each of which answers after 50 ms.

Default settings, robots.txt included; the hosts are loopback addresses of a server in a process of
its own. The second round asks again with the validators of the first: every answer is a 304.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from ribao.config import HttpSettings
from ribao.gateways.clock import SystemClock
from ribao.gateways.http import LiveWeb
from ribao.gateways.web import Request

SOURCES = 1_000
SERVER = Path(__file__).with_name("_calm_server.py")


def main() -> None:
    """Print the table."""
    settings = HttpSettings(allow_addresses=("127.0.0.0/8",))
    with subprocess.Popen(
        [sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        urls = [f"http://127.1.{n // 250}.{n % 250 + 1}:{port}/feed.xml" for n in range(SOURCES)]
        asked = [Request(url, purpose="feed", conditional=True) for url in urls]
        print(f"{'round':24} {'seconds':>7} {'CPU s':>6} {'a second':>8}  answers")
        with LiveWeb(settings, SystemClock()) as web:
            for name in ("first, robots.txt too", "second, nothing new"):
                started, cpu = time.perf_counter(), time.process_time()
                kinds = Counter(
                    str(fetched.response.status if fetched.response else fetched.error)
                    for fetched in web.fetch_all(asked)
                )
                seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
                answers = ", ".join(f"{count} x {kind}" for kind, count in kinds.most_common(3))
                rate = SOURCES / seconds
                print(f"{name:24} {seconds:7.2f} {cpu:6.2f} {rate:8.0f}  {answers}", flush=True)
        server.kill()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
