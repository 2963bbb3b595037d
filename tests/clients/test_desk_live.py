"""A run under way in a browser, and two who change one edition at once, by page and by program."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.config import Config
from ribao.store.overview import Overview
from tests.desk import PASSWORD, Desk, sample, served

BROWSER = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
pytestmark = [
    pytest.mark.client,
    pytest.mark.skipif(BROWSER is None, reason="needs chromium (Debian package)"),
    pytest.mark.timeout(200),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample that looks often at a run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ribao.web.following.BEAT_SECONDS", 0.05)
        with served(sample(tmp_path_factory.mktemp("live"))) as opened:
            yield opened


@pytest.fixture(scope="module")
def page(desk: Desk) -> Iterator[Page]:
    """A browser in which ann is signed in."""
    desk.token("ann", "editor")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        opened = browser.new_context(locale="en-GB").new_page()
        opened.set_default_timeout(30_000)
        opened.goto(f"{desk.base}/sign-in")
        opened.fill("input[name=name]", "ann")
        opened.fill("input[name=password]", PASSWORD)
        opened.click("button.main")
        expect(opened.locator("#undo")).to_be_attached()
        yield opened
        browser.close()


def test_a_run_fills_the_page_while_it_goes_on(page: Page, desk: Desk) -> None:
    """Without a reload: what a script left in the window is there still at the end."""
    reached, go = threading.Event(), threading.Event()

    def watch(step: str, _done: int, _total: int) -> None:
        if step == "cluster":
            reached.set()
            assert go.wait(60)

    config = Config.model_validate({"edition": {"language": "zh", "timezone": "Asia/Shanghai"}})
    options = RunOptions(demo=True, output=desk.office.directory)
    work = threading.Thread(target=make, args=(options, config), kwargs={"watch": watch})
    work.start()
    assert reached.wait(60)
    page.goto(f"{desk.base}/runs/{Overview(desk.office.library.engine).runs(1)[0].id}")
    page.evaluate("window.still = 'here'")
    expect(page.locator("[data-step=dedupe] .kept")).to_have_text(re.compile(r"\d+"))
    expect(page.locator("[data-step=verify] .kept")).to_have_text("")
    go.set()
    expect(page.locator("[data-step=publish] .kept")).not_to_have_text("")
    expect(page.locator(f"a[href='/editions/{desk.edition}']").first).to_be_visible()
    assert page.evaluate("window.still") == "here"
    expect(page.locator("[data-live]")).to_have_count(0)
    work.join()


def test_an_editor_and_a_program_at_once_lose_nothing(page: Page, desk: Desk) -> None:
    """Another story: both changes stand. The same: the page says who did what, and asks."""
    page.goto(f"{desk.base}/editions/{desk.edition}")
    cards = page.locator(".shelf:has(.card + .card)").first.locator(".card")
    first, second = (str(cards.nth(at).get_attribute("data-story")) for at in (0, 1))
    headers = {"Authorization": f"Bearer {desk.token('job', 'editor')}"}
    where = f"{desk.base}/api/v1/editions/{desk.edition}"
    held = {"order": {"verb": "hold", "story": first, "reason": "thin"}}
    before = httpx2.get(where, headers=headers)
    done = httpx2.post(f"{where}/orders", json=held, headers=headers)
    assert done.status_code == 200
    page.click(f"#pin-{second}")
    expect(page.locator("#notice")).to_contain_text("Done.")
    now = httpx2.get(where, headers=headers).json()
    assert (now["held"], now["pinned"]) == ([first], [second])
    moved = {"order": {"verb": "step", "story": second, "by": 1}}
    httpx2.post(f"{where}/orders", json=moved, headers=headers)
    page.click(f"#pin-{second}")
    expect(page.locator("#desk")).to_contain_text("job")
    stale = headers | {"If-Match": before.headers["etag"]}
    late = httpx2.post(f"{where}/orders", json=held, headers=stale)
    assert late.status_code == 412
    lines = [(one.account, one.verb) for one in desk.office.drafts.history(desk.edition)]
    assert lines == [("job", "step"), ("ann", "pin"), ("job", "hold")]
