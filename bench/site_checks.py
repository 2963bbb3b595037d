"""The site before the checkers: axe in both themes, html-validate, vnu, Lighthouse, EPUBCheck.

Needs Chromium and Java (Debian) and npm; what npm brings is kept in the folder that
RIBAO_SITE_CHECKS names (default: a folder of the system's for temporary files). `quick` as
`RIBAO_QUICK=1`: one page for Lighthouse.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, sync_playwright

from bench.publish import edition
from ribao.config import PublishSettings
from ribao.model import Edition, EditionId
from ribao.publish import publish
from ribao.publish.plugin import outputs

TOOLS = ("html-validate@10", "vnu-jar@26", "lighthouse@12")
DAYS = 5
WIDTHS = (390, 768, 1440)  # pixels
TRIES = 3
FLOOR = 0.95  # of Lighthouse, in each of its four marks
# The rule of 70 characters is for titles of products; ours are headlines.
RULES = {
    "extends": ["html-validate:recommended", "html-validate:document"],
    "rules": {"long-title": "off", "no-inline-style": "error"},
}


class Server(ThreadingHTTPServer):
    """A server that does not mind a browser that leaves."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


class Quiet(SimpleHTTPRequestHandler):
    """A file server that writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def editions() -> list[Edition]:
    """Some invented days in both languages."""
    last = edition()
    days = []
    for ago in reversed(range(DAYS)):
        day = last.date - timedelta(days=ago)
        days.append(replace(last, id=EditionId(f"zh{ago}"), date=day))
        english = {"language": "en", "timezone": "UTC", "category": "Trial Daily"}
        days.append(replace(last, id=EditionId(f"en{ago}"), date=day, **english))  # type: ignore[arg-type]  # names of fields
    return days


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder under an address of loopback."""
    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def tools() -> Path:
    """The folder of what npm brings, filled once."""
    named = os.environ.get("RIBAO_SITE_CHECKS")
    folder = Path(named) if named else Path(tempfile.gettempdir()) / "ribao-site-checks"
    folder.mkdir(parents=True, exist_ok=True)
    if not all((folder / "node_modules" / one.split("@")[0]).is_dir() for one in TOOLS):
        (folder / "package.json").write_text('{"private": true}')
        run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *TOOLS], folder)
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES))
    return folder


def run(command: Sequence[str], folder: Path, *, fails: bool = False) -> str:
    """What a command prints; unless it `fails` by design, its failure ends the benchmark."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert fails or done.returncode == 0, f"{command[0]}: {said[-2000:]}"
    return said


def pages_of(site: Path) -> dict[str, str]:
    """One page of each kind, in both languages where it differs: name -> path."""
    story = max(site.glob("zh/stories/*/index.html"), key=lambda one: (one.stat().st_size, one))
    name = sorted(site.glob("zh/names/*/index.html"))
    pages = {
        "front zh": "zh/",
        "front en": "en/",
        "story": f"zh/stories/{story.parent.name}/",
        "archive": "zh/archive/",
        "index": "en/names/",
        "figures zh": "zh/figures/",
        "figures en": "en/figures/",
    }
    if name:
        pages["name"] = f"zh/names/{name[0].parent.name}/"
    if (site / "zh/search/index.html").is_file():
        pages["search"] = "zh/search/"
    return pages


def axe(address: str, pages: dict[str, str]) -> tuple[int, int, int]:
    """Violations, pages wider than the screen, and errors on the console, over all looks."""
    violations = wide = errors = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-quic"]
        )
        for theme in ("light", "dark"):
            for width in WIDTHS:
                page = browser.new_context(
                    color_scheme=theme,
                    viewport={"width": width, "height": 900},
                ).new_page()
                said: list[str] = []
                page.on("console", functools.partial(_note, said))
                for name, path in pages.items():
                    answer = page.goto(f"{address}/{path}")
                    assert answer is not None
                    assert answer.ok, path
                    wide += page.evaluate("document.documentElement.scrollWidth > innerWidth")
                    found = Axe().run(page).response["violations"]
                    for one in found:
                        print(f"  axe {theme} {width} {name}: {one['id']}")
                    violations += len(found)
                errors += len(said)
        browser.close()
    return violations, wide, errors


def _note(said: list[str], message: ConsoleMessage) -> None:
    if message.type == "error":
        said.append(message.text)


def lighthouse(folder: Path, url: str) -> dict[str, float]:
    """The four marks of a page."""
    flags = "--chrome-flags=--headless --no-sandbox --disable-quic"
    command = ["npx", "lighthouse", url, "--quiet", "--output=json", "--output-path=stdout", flags]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
        capture_output=True,
        text=True,
        check=True,
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: table["score"] for name, table in categories.items()}


def best_of(folder: Path, url: str) -> dict[str, float]:
    """The marks of a page; asked again where one is low, since speed depends on other work here."""
    marks = lighthouse(folder, url)
    for _ in range(TRIES - 1):
        if min(marks.values()) >= FLOOR:
            break
        again = lighthouse(folder, url)
        marks = {name: max(mark, again[name]) for name, mark in marks.items()}
    return marks


def made(paper: Path, address: str) -> dict[str, str]:
    """Publish the days; the pages that are looked at."""
    settings = PublishSettings(address=address)
    known = {one.name: one for one in outputs()}
    *before, last = editions()
    for one in before:
        publish(one, [known["json"]], paper, settings)
    wanted = [known[name] for name in ("json", "html", "epub", "site")]
    outcome = publish(last, wanted, paper, settings)
    assert not outcome.failed, outcome.failed
    return pages_of(paper / "site")


def validators(folder: Path, files: Sequence[str]) -> int:
    """Errors of html-validate and of the Nu checker."""
    said = run(["npx", "html-validate", *files], folder, fails=True).strip()
    print(f"html-validate, {len(files)} pages: {said or 'no errors'}")
    jar = str(folder / "node_modules/vnu-jar/build/dist/vnu.jar")
    lines = run(["java", "-jar", jar, "--errors-only", *files], folder, fails=True).splitlines()
    wrong = [line for line in lines if ": error" in line]
    print(f"vnu, {len(files)} pages: {wrong or 'no errors'}")
    return len(wrong) + bool(said)


def main() -> None:
    """Print what each checker found; more than nothing, or a mark under the floor, ends it."""
    quick = bool(os.environ.get("RIBAO_QUICK"))
    folder = tools()
    with tempfile.TemporaryDirectory() as name:
        paper = Path(name)
        (paper / "site").mkdir()
        with served(paper / "site") as address:
            pages = made(paper, address)
            files = [str(paper / "site" / path / "index.html") for path in pages.values()]
            wrong = validators(folder, [*files, *map(str, paper.glob("*/*/edition.html"))])
            found = axe(address, pages)
            looks = len(pages) * len(WIDTHS) * 2
            print("axe, {} looks: {} violations, {} too wide, {} errors".format(looks, *found))
            low = 1.0
            for kind, path in list(pages.items())[: 1 if quick else None]:
                marks = best_of(folder, f"{address}/{path}")
                low = min(low, *marks.values())
                shown = "  ".join(f"{key} {mark:.2f}" for key, mark in marks.items())
                print(f"lighthouse {kind:<12}{shown}", flush=True)
        epubcheck(next(paper.rglob("*.epub")))
    assert (wrong, *found) == (0, 0, 0, 0)
    assert low >= FLOOR


def epubcheck(book: Path) -> None:
    """EPUBCheck, where Debian's is installed."""
    jar = Path("/usr/share/java/epubcheck.jar")
    if not jar.is_file():
        print("epubcheck: not installed")
        return
    said = run(["java", "-jar", str(jar), str(book)], book.parent, fails=True)
    print("epubcheck:", next(line for line in said.splitlines() if line.startswith("Messages")))


if __name__ == "__main__":
    main()
