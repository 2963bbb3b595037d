"""Letters full of attack strings in a real browser, without any policy: how many of them run.

Every string of the public collections stands as title, text, outlet and address of a story. Each
letter is opened in Chromium with the three dialogs that attacks call replaced by a counter. A page
that is not ours shows that the counter counts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from ribao.config import PublishSettings
from ribao.model import (
    Article,
    DocumentId,
    Edition,
    EditionId,
    Reference,
    Section,
    Sentence,
    StoryId,
)
from ribao.publish.mail.letter import LIMIT, letters

ROOT = Path(__file__).resolve().parent.parent
ATTACKS = ROOT.parent / "shared" / "bench" / "hostile" / "xss.json"
CONTROL = "<body><img src=x onerror=alert(1)><script>alert(2)</script>"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--virtual-time-budget=1500",
)
COUNTER = (
    "<script>window.ran=0;for(const name of ['alert','prompt','confirm','print'])"
    "window[name]=()=>document.documentElement.setAttribute('data-ran',++window.ran)</script>"
)


def main(step: int = 1) -> None:
    """Print how many attacks ran in letters, and how many in the page that is not ours."""
    browser = shutil.which("chromium")
    if browser is None or not ATTACKS.exists():
        print("needs Debian's chromium and ../shared: skipped")
        return
    attacks = json.loads(ATTACKS.read_text())[::step]
    began = time.monotonic()
    made = letters(hostile(attacks), PublishSettings())
    seconds = time.monotonic() - began
    largest = max(len(one.html.encode("utf-8", "replace")) for one in made)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ran = sum(_runs(browser, folder, one.html) for one in made)
        known = _runs(browser, folder, CONTROL)
    print(f"{len(attacks)} attacks in {len(made)} letters (set in {seconds:.1f} s, the largest of "
          f"{largest:,} bytes): {ran} ran; in a page with two attacks {known} ran")  # fmt: skip
    assert (ran, known) == (0, 2)
    assert largest <= LIMIT


def hostile(attacks: list[str]) -> Edition:
    """Every attack as headline, text, outlet and address of a story."""
    moment = datetime(2031, 3, 4, tzinfo=UTC)

    def article(number: int, attack: str) -> Article:
        reference = Reference(1, DocumentId(f"d{number}"), attack, attack, attack, "en", moment)
        said = Sentence(attack)
        return Article(
            StoryId(f"s{number}"), "story", "m", said, attack, (said,), references=(reference,)
        )

    articles = tuple(article(number, attack) for number, attack in enumerate(attacks))
    section = Section("m", attacks[0], "story", articles)
    edition = Edition(
        EditionId("e"), date(2031, 3, 5), "UTC", "en", "".join(attacks[:3]), attacks[1], (), (), "",
        (articles[0].headline,), (section,),
    )  # fmt: skip
    return replace(edition, correction=attacks[2], notes=tuple(attacks[3:6]))


def _runs(browser: str, folder: Path, markup: str) -> int:
    """How many dialogs a page opens."""
    page = folder / "page.html"
    at = markup.lower().index("<head>") + 6 if "<head>" in markup.lower() else 0
    page.write_text(markup[:at] + COUNTER + markup[at:], encoding="utf-8", errors="replace")
    command = [
        browser,
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        f"file://{page}",
    ]
    done = subprocess.run(command, capture_output=True, check=True, timeout=100)
    told = done.stdout.decode("utf-8", "replace").partition('data-ran="')[2]
    return int(told.partition('"')[0] or 0)


if __name__ == "__main__":
    main()
