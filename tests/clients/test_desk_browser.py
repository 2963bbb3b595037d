"""An editor's morning in a browser: sign in, order, prove, override, publish, correct, find."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from zhconv_rs import zhconv

from bench._channel_fakes import WEBHOOK_SECRET, Arrivals, serve_chats
from ribao.config import Config
from ribao.web.materials import story_of
from ribao.web.sending import receipts
from ribao.web.workbench import bench
from tests.days import BROWSER, browsing, day
from tests.desk import PASSWORD, Desk, served

pytestmark = [
    pytest.mark.client,
    pytest.mark.skipif(BROWSER is None, reason="needs chromium (Debian package)"),
    pytest.mark.timeout(200),
]


@pytest.fixture(scope="module")
def arrivals() -> Iterator[Arrivals]:
    """What a receiver of signed webhooks on loopback was sent."""
    found = Arrivals()
    server = serve_chats(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RIBAO_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/webhook")
        patch.setenv("RIBAO_WEBHOOK_SECRET", WEBHOOK_SECRET)
        yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, arrivals: Arrivals) -> Iterator[Desk]:
    """A desk over a day of the real web, where there is one; it has readers."""
    assert not arrivals.messages
    output = day(tmp_path_factory.mktemp("browser"))
    settings = {
        "http": {"allow_addresses": ["127.0.0.0/8"]},
        "deliver": {"channels": {"webhook": {"kind": "webhook"}}},
    }
    with served(output, Config.model_validate(settings)) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(desk: Desk) -> Iterator[Page]:
    """A browser with a virtual authenticator, whose complaints are failures."""
    complaints: list[str] = []
    with browsing(complaints) as context:
        opened = context.new_page()
        session = context.new_cdp_session(opened)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                         "hasUserVerification": True, "isUserVerified": True}},
        )  # fmt: skip
        opened.goto(desk.link())
        opened.fill("input[name=name]", "ada")
        opened.fill("input[name=password]", PASSWORD)
        opened.click("button.main")
        yield opened
    assert complaints == []


def cards(page: Page) -> list[str]:
    """The stories of the first section with two, in order."""
    section = page.locator(".shelf:has(.card + .card)").first
    return [str(one.get_attribute("data-story")) for one in section.locator(".card").all()]


def ordered(page: Page, done: str) -> None:
    """Wait until a change is done and shown."""
    expect(page.locator("#notice")).to_contain_text(done)


def put_out(page: Page, desk: Desk, note: str = "") -> int:
    """Publish; from the second time on with a note. Returns the revision."""
    revision = len(desk.office.drafts.printings(desk.edition)) + 1
    page.goto(f"{desk.base}/editions/{desk.edition}/publish")
    if revision > 1:
        page.fill("textarea[name=note]", note)
    page.click("#print button.main")
    ordered(page, f"Revision {revision} is out.")
    return revision


def test_a_passkey_is_made_and_opens_the_door(page: Page, desk: Desk) -> None:
    """Registered in one session, it signs in the next without a password."""
    page.goto(f"{desk.base}/people")
    page.fill("form[data-passkey] input[name=label]", "laptop")
    page.click("form[data-passkey] button")
    expect(page.locator("#keys-of + ul")).to_contain_text("laptop")
    page.click("text=Sign out")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{desk.base}/editions/*")
    assert [one.action for one in desk.office.people.audits(1)] == ["sign-in"]


def test_stories_are_ordered_by_hand_and_by_keys_and_undone(page: Page, desk: Desk) -> None:
    """A button, a drag, a key: each moves the story; undo gives the old page back."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{desk.base}/editions/{desk.edition}")
    before = cards(page)
    page.click(f"#down-{before[0]}")
    ordered(page, "Moved.")
    assert cards(page)[:2] == [before[1], before[0]]
    handle = page.locator(f"#card-{before[0]} .handle")
    handle.scroll_into_view_if_needed()
    start, target = handle.bounding_box(), page.locator(f"#card-{before[1]}").bounding_box()
    assert start is not None
    assert target is not None
    page.evaluate("document.querySelector('#notice').textContent = ''")
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 90, target["y"] + 12, steps=4)
    page.mouse.up()
    ordered(page, "Moved.")
    assert cards(page)[:2] == before[:2]
    page.locator(f"#card-{before[0]} h3 a").focus()
    page.evaluate("document.querySelector('#notice').textContent = ''")
    page.keyboard.press("p")
    expect(page.locator(f"#card-{before[0]}")).to_have_class("card pinned current")
    for _ in range(3):
        page.keyboard.press("u")
        page.wait_for_timeout(300)
    assert cards(page) == before
    verbs = [one.verb for one in desk.office.drafts.history(desk.edition, limit=6)]
    assert verbs == ["undo", "undo", "undo", "pin", "place", "step"]


def test_a_broken_number_is_caught_while_it_is_typed_and_stops_the_press(
    page: Page, desk: Desk
) -> None:
    """Seen at once, kept from print, printed only with a reason that is on record."""
    story, place, text = desk.sentence_with_a_number()
    page.goto(f"{desk.base}/editions/{desk.edition}/stories/{story}")
    box = f"#box-{place.replace('.', '-')}"
    page.hover(f"{box} .sentence")
    expect(page.locator(".passage.lit").first).to_be_visible()
    page.locator(f"{box} .sentence").focus()
    page.keyboard.press("e")
    area = page.locator(f"{box} textarea")
    area.fill("".join(_wrong(character) for character in text))
    expect(
        page.locator(f"{box} .check .contradicted, {box} .check .unsupported").first
    ).to_be_visible()
    page.click(f"{box} form button.main")
    ordered(page, "Saved.")
    expect(page.locator(f"{box}.failing")).to_be_visible()
    page.goto(f"{desk.base}/editions/{desk.edition}/publish")
    expect(page.locator("#print button.main")).to_be_disabled()
    page.click("#ready-title ~ .findings a")
    page.click(f"{box} .vouch summary")
    page.fill(f"{box} .vouch input[name=reason]", "the minister's office confirmed it by phone")
    page.click(f"{box} .vouch button")
    ordered(page, "On record.")
    put_out(page, desk, "一处数字")
    path = next(desk.office.directory.glob("*/zh/edition.json"))
    assert "".join(_wrong(one) for one in text) in path.read_text(encoding="utf-8")


def _wrong(character: str) -> str:
    return str((int(character) + 3) % 10) if character in "0123456789" else character


def test_stories_are_merged_split_and_corrected_with_a_note(page: Page, desk: Desk) -> None:
    """Two become one with the reports of both; a report goes out; readers see the correction."""
    if not desk.office.drafts.printings(desk.edition):
        put_out(page, desk)
    page.goto(f"{desk.base}/editions/{desk.edition}")
    first, second = cards(page)[:2]
    page.goto(f"{desk.base}/editions/{desk.edition}/stories/{first}")
    reports = page.locator(".report").count()
    page.select_option("form:has(select[name=other]) select", second)
    page.click("form:has(select[name=other]) button")
    ordered(page, "Merged.")
    merged = page.locator(".report").count()
    assert merged > reports
    page.locator(".pick input").last.check()
    page.click("#splitter .sticky button")
    ordered(page, "Split.")
    expect(page.locator(".report")).to_have_count(merged - 1)
    revision = put_out(page, desk, "两条报道写的是同一件事。")
    edition = json.loads(next(desk.office.directory.glob("*/zh/edition.json")).read_text("utf-8"))
    assert (edition["revision"], edition["correction"]) == (revision, "两条报道写的是同一件事。")
    html = next(desk.office.directory.glob("*/zh/edition.html")).read_text(encoding="utf-8")
    assert "两条报道写的是同一件事。" in html
    verdicts = {one.verdict for one in desk.office.drafts.judgements()}
    assert "kept" in verdicts


def test_a_channel_gets_the_edition_and_its_correction_with_receipts(
    page: Page, desk: Desk, arrivals: Arrivals
) -> None:
    """Published at the desk, sent signed over HTTP, the receipts shown; corrected, sent again."""
    if not desk.office.drafts.printings(desk.edition):
        put_out(page, desk)
    page.goto(f"{desk.base}/editions/{desk.edition}")
    page.click(f"#down-{cards(page)[0]}")
    ordered(page, "Moved.")
    revision = put_out(page, desk, "次序更正。")
    for _ in range(150):  # sending goes on beside the pages
        if {one.state.value for one in receipts(desk.office, desk.edition)} == {"delivered"}:
            break
        time.sleep(0.1)
    assert arrivals.refusals == []
    events = arrivals.messages["webhook"]
    kinds = ["edition.published"] + ["edition.corrected"] * (revision - 1)
    assert [one["type"] for one in events] == kinds
    assert len(set(arrivals.keys["webhook"])) == revision
    printed = next(desk.office.directory.glob("*/zh/edition.json")).read_text("utf-8")
    assert events[-1]["data"]["edition"] == json.loads(printed)
    assert events[-1]["data"]["edition"]["correction"] == "次序更正。"
    page.reload()
    rows = page.locator("h3:has-text('Deliveries') + .wide tbody tr")
    expect(rows).to_have_count(revision)
    expect(rows.filter(has_text="webhook").filter(has_text="delivered")).to_have_count(revision)
    assert all(str(rows.nth(one).locator("td").last.text_content()) for one in range(revision))


def test_a_chinese_phrase_is_found_and_leads_to_its_story(page: Page, desk: Desk) -> None:
    """Four characters of a headline are found exactly, asked for in traditional ones, too."""
    while desk.office.search.index():
        pass
    phrase, traditional = _phrase(desk)
    for asked in (phrase, traditional):
        page.goto(f"{desk.base}/ask")
        page.fill("input[name=q]", asked)
        page.click(".question button")
        expect(page.locator(".hit mark").first).to_have_text(phrase)
    page.locator(".hit a[href*='/stories/']").first.click()
    page.wait_for_url("**/stories/*")
    expect(page.locator(".report").first).to_be_visible()


def _phrase(desk: Desk) -> tuple[str, str]:
    """Four characters of a printed headline's reports that traditional script writes otherwise."""
    for article in bench(desk.office, desk.edition).edition.articles:
        story = story_of(desk.office, bench(desk.office, desk.edition).draft, article.story_id)
        for document in story.documents:
            for found in re.findall(r"[\u4e00-\u9fff]{4}", document.title):
                other = zhconv(found, "zh-hant")
                if other != found and document.language == "zh" and found in document.text:
                    return found, other
    raise AssertionError
