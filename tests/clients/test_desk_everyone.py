"""The desk by keyboard alone, on a phone, for two at once, and for those whom axe speaks for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ribao.web.workbench import bench
from tests.days import BROWSER, browsing, day, enter, violations
from tests.desk import Desk, served

pytestmark = [
    pytest.mark.client,
    pytest.mark.skipif(BROWSER is None, reason="needs chromium (Debian package)"),
    pytest.mark.timeout(200),
]
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"  # noqa: E501 - WCAG 1.4.12


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over a day of the real web, where there is one, with two editors."""
    with served(day(tmp_path_factory.mktemp("everyone"))) as opened:
        for name in ("ada", "lin"):
            opened.token(name, "editor")
        yield opened


@pytest.fixture(scope="module")
def context(desk: Desk) -> Iterator[BrowserContext]:
    """The browser of ada, signed in."""
    complaints: list[str] = []
    with browsing(complaints) as opened:
        page = opened.new_page()
        enter(page, desk, "ada")
        page.close()
        yield opened
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext, desk: Desk) -> Iterator[Page]:
    """The front page in a window of the size of a screen."""
    opened = context.new_page()
    opened.goto(f"{desk.base}/editions/{desk.edition}")
    yield opened
    opened.close()


def said(page: Page, words: str) -> None:
    """Wait until the desk says that something is done, and forget it."""
    expect(page.locator("#notice")).to_contain_text(words)
    page.evaluate("document.querySelector('#notice').textContent = ''")


def tab_to(page: Page, wanted: str, *, back: bool = False) -> None:
    """Press Tab until the focus is on what is wanted."""
    for _ in range(200):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(wanted)


def test_a_morning_by_keyboard_alone(page: Page, desk: Desk) -> None:
    """Walk, move, hold, take in, open, edit, vouch, publish: no hand leaves the keys."""
    keys = page.keyboard
    for key in ("j", "J"):  # to the first story, and down
        keys.press(key)
    said(page, "Moved.")
    keys.press("u")
    said(page, "Undone")
    keys.press("j")
    keys.press("x")
    keys.type("old news")
    keys.press("Enter")
    said(page, "Held.")
    page.locator(".wait button[id^=take-]").first.evaluate("one => one.focus()")
    keys.press("t")
    said(page, "Taken in.")
    story, place, text = desk.sentence_with_a_number()
    page.locator(f"#card-{story} h3 a").focus()
    keys.press("Enter")
    page.wait_for_url("**/stories/*")
    box = f"#box-{place.replace('.', '-')}"
    tab_to(page, f"{box} .sentence")
    expect(page.locator(f"{box} .sentence.lit")).to_be_visible()
    keys.press("e")
    keys.press("Control+a")
    keys.type("".join(str((int(one) + 3) % 10) if one.isdigit() else one for one in text))
    caught = page.locator(f"{box} .check .contradicted, {box} .check .unsupported")
    expect(caught.first).to_be_visible()
    keys.press("Control+Enter")
    said(page, "Saved.")
    tab_to(page, f"{box} .vouch > summary")
    keys.press("Enter")
    tab_to(page, f"{box} .vouch input[name=reason]")
    keys.type("the minister's office confirmed it by phone")
    keys.press("Enter")
    said(page, "On record.")
    keys.press("g")
    keys.press("p")
    page.wait_for_url("**/publish")
    tab_to(page, "#print button.main")
    keys.press("Enter")
    said(page, "Revision 1 is out.")


def test_the_sheet_of_keys_and_small_sheets_open_and_close_by_key(page: Page) -> None:
    """`?` opens, Esc closes and gives the focus back; a sheet holds what it should."""
    page.locator(".hold > summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".hold[open] input[name=reason]")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".hold[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.hold > summary')")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()


def test_the_focus_is_seen_wherever_tab_leads_and_is_caught_nowhere(page: Page) -> None:
    """Every stop has a visible mark; Tab comes through the masthead and the first stories."""
    stops = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        stop, width, size = page.evaluate(
            "(() => { const one = document.activeElement, style = getComputedStyle(one);"
            "const box = one.getBoundingClientRect(); return ["
            " one.outerHTML.slice(0, 90) + box.x + ' ' + (box.y + scrollY),"
            " parseFloat(style.outlineWidth), Math.min(box.width, box.height)]; })()"
        )
        assert width >= 2, stop
        assert size > 0, stop
        stops.add(stop)
    assert len(stops) == 40


def test_two_editors_at_once_lose_nothing(page: Page, desk: Desk) -> None:
    """Different stories: both stand. The same: the second reads who did what, and decides."""
    stories = [str(one) for one in _stories(page)[:2]]
    address = f"{desk.base}/editions/{desk.edition}/stories/"
    other_browser = page.context.browser
    assert other_browser is not None
    other = other_browser.new_context(locale="en-GB").new_page()
    enter(other, desk, "lin")
    page.goto(address + stories[0])
    other.goto(address + stories[1])
    _reword(other, "它由林改过。")
    said(other, "Saved.")
    _reword(page, "它由艾达改过。")
    said(page, "Saved.")
    other.goto(address + stories[0])
    page.reload()
    _reword(other, "林又改了一次。")
    said(other, "Saved.")
    _reword(page, "艾达也改了一次。")
    expect(page.locator("h1")).to_contain_text("changed this meanwhile")
    expect(page.locator("main li")).to_contain_text("lin")
    expect(page.locator("main li")).to_contain_text("林又改了一次。")
    expect(page.locator("#yours")).to_contain_text("艾达也改了一次。")
    assert violations(page) == []
    page.click("main button.main")
    said(page, "Saved.")
    edition = bench(desk.office, desk.edition).edition
    texts = {one.story_id: one.paragraph[0].text for one in edition.articles if one.paragraph}
    assert texts[stories[0]] == "艾达也改了一次。"  # type: ignore[index]  # a StoryId is a str
    assert texts[stories[1]] == "它由林改过。"  # type: ignore[index]  # as above
    other.context.close()


def _stories(page: Page) -> list[str | None]:
    cards = page.locator(".card:has(.told)").all()
    return [one.get_attribute("data-story") for one in cards]


def _reword(page: Page, text: str) -> None:
    """Give the first sentence of the open story other words."""
    page.locator("#box-paragraph-0 details.edit > summary").first.click()
    page.locator("#box-paragraph-0 textarea").first.fill(text)
    page.locator("#box-paragraph-0 form button.main").first.click()


def test_on_a_phone_stories_are_ordered_by_touch(desk: Desk, context: BrowserContext) -> None:
    """Buttons of a finger's size move a story; a hold asks for its reason in a sheet below."""
    browser = context.browser
    assert browser is not None
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    page = enter(phone.new_page(), desk, "lin")
    down = page.locator(".shelf:has(.card + .card) .card [id^=down-]").first
    box = down.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 40
    down.tap()
    said(page, "Moved.")
    page.locator(".hold > summary").first.tap()
    sheet = page.locator(".hold[open] form").bounding_box()
    assert sheet is not None
    assert (sheet["x"], sheet["width"]) == (0, 390)
    page.locator(".tabs a[href='#queue']").tap()
    expect(page.locator("#queue h2#queue-title")).to_be_in_viewport()
    phone.close()


def test_nothing_is_wider_than_a_phone_or_lost_when_text_is_spaced(page: Page, desk: Desk) -> None:
    """At 320 pixels (a screen at 400 %) no page scrolls sideways, with wide spacing, too."""
    page.set_viewport_size({"width": 320, "height": 700})
    inside = f"/editions/{desk.edition}"
    story, run = _stories(page)[0], desk.office.drafts.run_of(desk.edition)
    pages = (
        inside, f"{inside}/stories/{story}", f"{inside}/publish", f"{inside}/changes",
        "/ask?q=AI", "/sources", f"/runs/{run}", "/learn", "/people",
    )  # fmt: skip
    for path in pages:
        page.goto(desk.base + path)
        for spaced in ("", SPACED):
            page.evaluate(
                "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
                "document.adoptedStyleSheets = [sheet]; }",
                spaced,
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_axe_finds_nothing_where_editors_live(page: Page, desk: Desk) -> None:
    """WCAG 2.2 AA; `python -m bench desk` asks every page, theme, width and language."""
    story = _stories(page)[0]
    page.goto(f"{desk.base}/editions/{desk.edition}/stories/{story}")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for theme, width in (("light", 1440), ("dark", 390)):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], (theme, width)
