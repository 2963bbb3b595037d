"""Every public attack string in every place of an edition, laid out by Chromium.

Pages of the site, the page, WeChat's article, a chapter of the book, the texts of the feeds, and
the HTML that CommonMark makes of the Markdown. Counted: dialogs, requests to anywhere else, and
elements that could act. WeChat's article, feeds and Markdown are opened without a security policy.
Needs ../shared (the attack strings) and Chromium. RIBAO_QUICK=1 takes every eighth.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from markdown_it import MarkdownIt
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

from bench.site_checks import served
from ribao.config import PublishSettings
from ribao.publish import publish, publish_site
from ribao.publish.plugin import outputs
from tests.clients.test_publish_chromium import hostile_edition, written_pages

HOSTILE = Path(__file__).resolve().parents[2] / "shared" / "bench" / "hostile"
BATCH = 250  # attacks on one page
ACTIVE = (
    '[...document.querySelectorAll(\'script:not([type="application/ld+json"]),iframe,object,embed,'
    "form,img,svg:not(.bar):not(.columns),link[rel=import]')].length"
)


def attacks() -> list[str]:
    """All strings of the public sets."""
    found = list(json.loads((HOSTILE / "xss.json").read_text()))
    found += json.loads((HOSTILE / "naughty_strings" / "blns.json").read_text())
    cases = json.loads((HOSTILE / "dompurify" / "expect.json").read_text())
    found += [case["payload"] for case in cases]
    return found[:: 8 if os.environ.get("RIBAO_QUICK") else 1]


def watch(context: BrowserContext, home: str, counts: Counter[str]) -> Page:
    """A page whose dialogs and strange requests are counted and refused."""

    def route(asked: Route) -> None:
        if asked.request.url.startswith(home):
            asked.continue_()
            return
        counts["requests"] += 1
        asked.abort()

    def dialog(shown: object) -> None:
        counts["dialogs"] += 1
        shown.dismiss()  # type: ignore[attr-defined]  # a Dialog

    context.route("**/*", route)
    page = context.new_page()
    page.on("dialog", dialog)
    return page


def batch(context: BrowserContext, strings: list[str], counts: Counter[str]) -> int:
    """Print one edition of attacks and open all of it; how many pages that were."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wanted = {"html", "json", "markdown", "wechat", "epub"}
        chosen = [one for one in outputs() if one.name in wanted]
        outcome = publish(hostile_edition(strings), chosen, folder)
        assert not outcome.failed, outcome.failed
        publish_site(folder, PublishSettings(search="off", address="https://paper.example/"))
        body = (folder / "2031-03-05/en/edition.md").read_text().split("---\n", 2)[2]
        made = MarkdownIt("commonmark", {"html": True}).render(body)
        (folder / "markdown.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{made}")
        paths = [*written_pages(folder), "2031-03-05/en/edition.html", "markdown.html"]
        with served(folder) as home:
            page = watch(context, home, counts)
            for path in paths:
                page.goto(f"{home}/{path}", wait_until="load")
                page.wait_for_timeout(50)
                counts["elements"] += page.evaluate(ACTIVE)
                assert page.url == f"{home}/{path}", page.url
            page.close()
            context.unroute_all()
    return len(paths)


def main() -> None:
    """Print the counts; anything but nothing ends it."""
    strings = attacks()
    counts: Counter[str] = Counter()
    pages = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-quic"]
        )
        context = browser.new_context()
        for first in range(0, len(strings), BATCH):
            pages += batch(context, strings[first : first + BATCH], counts)
        browser.close()
    print(
        f"{len(strings):,} attacks, {pages} pages: {counts['dialogs']} dialogs, "
        f"{counts['requests']} requests elsewhere, {counts['elements']} elements that could act"
    )
    assert not sum(counts.values())


if __name__ == "__main__":
    main()
