"""The page of the checker in a real browser: on a phone and a desk, by pointer and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ribao.model import Document, DocumentId, ItemId, SourceId
from ribao.verify import check_text
from ribao.verify.report import as_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER = shutil.which("chromium")
pytestmark = [
    pytest.mark.client,
    pytest.mark.skipif(BROWSER is None, reason="needs chromium (Debian package)"),
]

LETTER = """---
title: "Brindle sells arms"
date: 2025-06-03
---

## [Brindle sells 410 arms](https://a.example/1)

Brindle Robotics sold 410 arms in May for $3,000 each. The unit may be worth $40 million.
辰光科技营收下降12%。Read on at [this page](https://bit.ly/x).
"""
REPORT = Document(
    id=DocumentId("d"),
    item_id=ItemId("d"),
    source_id=SourceId("wire"),
    url="https://a.example/1",
    title="Brindle sells 410 arms",
    text="Brindle Robotics sold 410 arms in May for $2,000 each. 辰光科技营收增长12%。",
    language="en",
    published_at=datetime(2025, 6, 2, 9, tzinfo=UTC),
    extracted_by="feed",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])


def opened(browser: Browser, folder: Path, language: str, width: int, scheme: str) -> Page:
    """The page of the letter, as one reader sees it."""
    file = folder / "report.html"
    file.write_text(as_html(check_text(LETTER, [REPORT]), language), encoding="utf-8")
    viewport = {"width": width, "height": 900}
    page = browser.new_context(viewport=viewport, color_scheme=scheme).new_page()  # type: ignore[arg-type]  # its words are a Literal
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1440, "dark")])
def test_axe_finds_nothing_and_nothing_hangs_out(
    browser: Browser, tmp_path: Path, language: str, width: int, scheme: str
) -> None:
    """No rule of WCAG 2.2 AA is broken, and no reader has to scroll sideways."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - slow to import

    page = opened(browser, tmp_path, language, width, scheme)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_passage_shows_by_pointer_and_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Hover and focus show it, a click leads to it, also where it is folded away."""
    page = opened(browser, tmp_path, "en", 1440, "light")
    wrong = page.locator(".claim.contradicted").first
    wrong.hover()
    assert "410 arms in May for $2,000 each" in wrong.locator(".tip").inner_text()
    wrong.click()
    assert "$2,000" in page.locator(":target").inner_text()
    right = page.locator(".claim.supported", has_text="410").last
    right.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert right.locator(".tip").is_visible()
    page.keyboard.press("Enter")
    assert page.locator(":target").is_visible()
    assert "410" in page.locator(":target").inner_text()


def test_on_a_phone_a_passage_stays_within_the_screen(browser: Browser, tmp_path: Path) -> None:
    """Wherever the claim stands in its line, nothing hangs out to the side."""
    page = opened(browser, tmp_path, "en", 390, "light")
    for claim in page.locator(".claim").all():
        claim.hover()
        box = claim.locator(".tip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_what_needs_a_look_is_listed_first_and_leads_there(
    browser: Browser, tmp_path: Path
) -> None:
    """What is contradicted, then what is not proved, each by a link to its sentence."""
    page = opened(browser, tmp_path, "en", 390, "light")
    lists = page.locator(".wrong").all()
    assert ["$3,000" in lists[0].inner_text(), "$40 million" in lists[1].inner_text()] == [True] * 2
    lists[1].locator("a", has_text="$40 million").click()
    assert "$40 million" in page.locator(":target").inner_text()


def test_sentences_without_a_fault_can_be_hidden(browser: Browser, tmp_path: Path) -> None:
    """One tick leaves what needs a look, without a script."""
    page = opened(browser, tmp_path, "en", 1440, "light")
    before = page.locator(".sentence:visible").count()
    page.locator("#only").check()
    assert 0 < page.locator(".sentence:visible").count() < before
