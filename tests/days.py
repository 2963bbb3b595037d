"""The day that browsers are shown: one recorded of the real web, else the package's sample."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from ribao.cli.making import MEMORY, make
from ribao.cli.run import RunOptions
from ribao.config import Config
from tests.conftest import SHARED
from tests.desk import PASSWORD, Desk

BROWSER = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
RECORDED = SHARED / "replay" / "2025-12-19.warc.gz"
MAKING_SECONDS = 120
ZH = {"edition": {"language": "zh", "timezone": "Asia/Shanghai"}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


def day(folder: Path) -> Path:
    """The Chinese edition of the day, made once for all workers of a test run; a copy of it.

    Its store lies where a live run keeps one, so that the desk may send.
    """
    shared, ready = folder.parent / "browser-day", folder.parent / "browser-day.ready"
    try:
        shared.mkdir()
    except FileExistsError:
        for _ in range(10 * MAKING_SECONDS):
            if ready.exists():
                break
            time.sleep(0.1)
    else:
        recorded = RECORDED if RECORDED.exists() else None
        options = RunOptions(demo=recorded is None, replay=recorded, output=shared)
        make(options, Config.model_validate(ZH), watch=lambda *_: None)
        for path in (shared / MEMORY).glob("*.sqlite3*"):
            path.rename(path.with_name(path.name.replace("demo", "live").replace("replay", "live")))
        ready.touch()
    return Path(shutil.copytree(shared, folder / "desk"))


@contextmanager
def browsing(complaints: list[str]) -> Iterator[BrowserContext]:
    """A browser whose complaints are gathered: errors of our scripts, refusals of the policy."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        context.set_default_timeout(30_000)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda line: _note(complaints, line.type, line.text))
        yield context
        browser.close()


def _note(complaints: list[str], kind: str, text: str) -> None:
    """Keep what the browser complains of; refusals that a test asked for are none."""
    if kind == "error" and "status of 4" not in text:
        complaints.append(text)


def enter(page: Page, desk: Desk, name: str) -> Page:
    """Sign in; the account must exist."""
    page.goto(f"{desk.base}/sign-in")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url(f"{desk.base}/editions/*")
    return page


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - reads half a megabyte

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:100]}" for one in found]
