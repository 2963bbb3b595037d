"""The desk: 10,000 stories, 20 readers at once; axe on every page; hundreds of calls of the API.

python -m bench desk
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import chdir, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import httpx2
import schemathesis
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page, sync_playwright
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from ribao.model import (
    Document,
    DocumentId,
    EditionId,
    ItemId,
    SourceId,
    Story,
    StoryId,
    content_id,
)
from ribao.store import Store
from ribao.web.materials import candidates, check
from ribao.web.workbench import bench as draft_of
from tests.desk import PASSWORD, Desk, sample, served

STORIES, DAYS, READERS, ASKED = 10_000, 30, 20, 160
EXAMPLES = 60  # of each call of the API
WORDS = {
    "zh": "星渚 渚语 机器人 电池 产线 发布 模型 推理 芯片 城市 港口 开放 权重 增长 研究 团队",
    "en": "harbour pilot crate vessel model weights chip battery plant city team opens ships",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


def story(chance: random.Random, number: int, moment: datetime) -> Story:
    """An invented story of one to four reports of 80 words each."""
    documents = []
    for one in range(chance.randint(1, 4)):
        language = chance.choice(("zh", "en"))
        space = "" if language == "zh" else " "
        words = [chance.choice(WORDS[language].split()) for _ in range(80)]
        key = content_id("bench", str(number), str(one))
        documents.append(
            Document(
                DocumentId(key), ItemId(key), SourceId(f"source-{one}"),
                f"https://outlet{one}.example/{number}", space.join(words[:8]),
                space.join(words), language, moment, "feed", outlet=f"outlet{one}.example",
            )
        )  # fmt: skip
    return Story(
        StoryId(content_id("story", str(number))), documents[0].title, tuple(documents), moment,
        moment,
    )  # fmt: skip


def fill(store: Store, edition_id: str) -> None:
    """Put the stories and an edition of each day before the sample's into its store."""
    chance = random.Random(5)  # noqa: S311 - invented stories
    edition = store.editions.edition_of(edition_id)
    assert edition is not None
    for back in range(1, DAYS + 1):
        day = edition.date - timedelta(days=back)
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        found = [story(chance, back * 1_000_000 + one, moment) for one in range(STORIES // DAYS)]
        store.library.put_documents([one for each in found for one in each.documents])
        earlier = replace(edition, id=EditionId(content_id("edition", str(back))), date=day)
        with store.begin() as connection:
            store.editions.put_stories(connection, day, found)
            store.editions.put_edition(connection, earlier, "ai")


@contextmanager
def opened() -> Iterator[Desk]:
    """A desk over the sample and the invented stories, with the index complete."""
    with tempfile.TemporaryDirectory() as folder:
        output = sample(Path(folder) / "one")
        with served(output) as desk:
            fill(desk.office.store, desk.edition)
            start = time.perf_counter()
            reports = 0
            while taken := desk.office.search.index():
                reports += taken
            print(f"index: {reports} reports in {time.perf_counter() - start:.1f} s")
            yield desk


def pages(desk: Desk) -> dict[str, str]:
    """Every page, by its name."""
    inside = f"/editions/{desk.edition}"
    told = draft_of(desk.office, desk.edition).edition.articles[0].story_id
    run = desk.office.drafts.run_of(desk.edition)
    return {
        "today": inside, "story": f"{inside}/stories/{told}", "publish": f"{inside}/publish",
        "changes": f"{inside}/changes", "ask": "/ask?q=模型", "ask for two": "/ask?q=芯片 机器人",
        "sources": "/sources", "run": f"/runs/{run}", "learn": "/learn", "people": "/people",
        "api": "/api",
    }  # fmt: skip


def signed_in(base: str) -> httpx2.Client:
    """A browser without a face, signed in as an owner."""
    browser = httpx2.Client(base_url=base, timeout=60)
    browser.post("/sign-in", data={"name": "reader", "password": PASSWORD})
    return browser


def measure(desk: Desk) -> None:
    """The readers sit in a process of their own: their work is no time of the server."""
    desk.token("reader", "owner")
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        asked = {name: [path] * 7 for name, path in pages(desk).items()} | questions()
        lines = process.submit(read, desk.base, asked).result()
    print(f"{'page':<16}{'median ms':>10}{'95 % ms':>10}{'alone ms':>10}")
    for line in lines:
        print(line)


def questions() -> dict[str, list[str]]:
    """Questions that all differ: one word that half of all reports of a language hold, or two."""
    words = [word for line in WORDS.values() for word in line.split()]
    one = [
        f"/ask?q={word}&page={page}" for page in range(ASKED // len(words) + 1) for word in words
    ]
    two = [f"/ask?q={a} {b}" for a, b in combinations(WORDS["zh"].split(), 2)]
    two += [f"/ask?q={a} {b}" for a, b in combinations(WORDS["en"].split(), 2)]
    return {"ask, all differ": one[: ASKED + 6], "two, all differ": two[: ASKED + 6]}


def read(base: str, asked: Mapping[str, list[str]]) -> list[str]:
    """20 readers ask for one page after another; milliseconds until the whole answer is there."""
    browsers = [signed_in(base) for _ in range(READERS)]
    lines = []
    for name, paths in asked.items():
        browsers[0].get(paths[0])
        alone = statistics.median(_timed(browsers[0], path) for path in paths[1:6])
        rest = (paths[6:] * ASKED)[:ASKED]
        with ThreadPoolExecutor(READERS) as pool:
            waits = sorted(
                pool.map(lambda one: _timed(browsers[one % READERS], rest[one]), range(ASKED))  # noqa: B023 - the pool is done before the next page
            )
        late = waits[int(0.95 * len(waits))]
        lines.append(f"{name:<16}{statistics.median(waits):>10.0f}{late:>10.0f}{alone:>10.1f}")
    for browser in browsers:
        browser.close()
    return lines


def _timed(browser: httpx2.Client, path: str) -> float:
    start = time.perf_counter()
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return 1_000 * (time.perf_counter() - start)


def typing(desk: Desk) -> None:
    """How long the check of a sentence takes while it is typed."""
    draft = draft_of(desk.office, desk.edition).draft
    waits = []
    for article in draft.edition.articles:
        for number, sentence in enumerate(article.paragraph):
            start = time.perf_counter()
            text = f"{sentence.text} 2029 年增长 41%。"
            check(desk.office, draft, article.story_id, f"paragraph.{number}", text)
            waits.append(1_000 * (time.perf_counter() - start))
    waits.sort()
    print(f"check of a typed sentence: median {statistics.median(waits):.1f} ms, "
          f"slowest {waits[-1]:.1f} ms of {len(waits)}")  # fmt: skip


FACES = [(theme, width) for theme in ("light", "dark") for width in (1440, 390)]
STATES = {  # of a page, besides the one in which it comes: what is done to reach it
    "today": {
        "a hold": "document.querySelector('.hold').open = true",
        "the editions": "document.querySelector('details.menu').open = true",
        "the keys": "document.getElementById('keys').showModal()",
    },
    "story": {
        "all open": "document.querySelectorAll('details').forEach(one => { one.open = true; });"
        "document.querySelector('.pick input').checked = true",
        "lit": "document.querySelector('.paragraph .sentence').focus()",
    },
}


def accessible(desk: Desk) -> None:
    """Axe on every page and what opens on it: both themes, screen and phone, both languages."""
    inside = f"/editions/{desk.edition}"
    found: list[str] = []
    looks = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for language in ("zh-CN", "en-GB"):
            page = browser.new_context(locale=language).new_page()
            doors = {"a link": desk.link().removeprefix(desk.base), "sign in": "/sign-in"}
            told = {**_looked_at(page, desk, doors)}
            page.fill("input[name=name]", "reader")
            page.fill("input[name=password]", PASSWORD)
            page.click("button.main")
            waiting = candidates(desk.office, draft_of(desk.office, desk.edition).draft)[0]
            more = {
                "waiting": f"{inside}/stories/{waiting.story_id}",
                "nothing waits": f"{inside}?find=zzzz", "nothing found": "/ask?q=zzzz",
                "no such page": "/nothing", "no such edition": "/editions/nothing",
            }  # fmt: skip
            told |= _looked_at(page, desk, pages(desk) | more)
            looks += len(told)
            found += [
                f"{language} {where}: {what}" for where, all_ in told.items() for what in all_
            ]
            page.context.close()
        browser.close()
    print(f"axe: {len(found)} violations in {looks} looks: pages and what opens on them, in "
          "light and dark, at 1440 and 390 pixels, in Chinese and English")  # fmt: skip
    for line in found:
        print("  " + line)


def _looked_at(page: Page, desk: Desk, asked: Mapping[str, str]) -> dict[str, list[str]]:
    """What axe finds, by page, state, theme and width."""
    found = {}
    for name, path in asked.items():
        for state, doing in ({"": ""} | STATES.get(name, {})).items():
            page.goto(desk.base + path)
            if doing:
                page.evaluate(doing)
            for theme, width in FACES:
                page.set_viewport_size({"width": width, "height": 900})
                page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
                told = Axe().run(page, options=RULES).response["violations"]
                found[f"{name} {state} {theme} {width}"] = [
                    f"{one['id']}: {one['nodes'][0]['html'][:80]}" for one in told
                ]
    return found


def fuzzed(desk: Desk) -> None:
    """Schemathesis: whatever fits the description, and whatever does not quite."""
    headers = {"Authorization": f"Bearer {desk.token('fuzzer', 'owner')}"}
    schema = schemathesis.openapi.from_url(f"{desk.base}/api/openapi.json")
    calls = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    asked = 0
    for call in calls:

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=call.as_strategy())
        def ask(case: Any) -> None:  # noqa: ANN401 - a class that is made for each call
            nonlocal asked
            asked += 1
            if "edition_id" in case.path_parameters and asked % 4:
                case.path_parameters["edition_id"] = desk.edition
            case.validate_response(
                case.call(headers=headers),
                checks=[not_a_server_error, status_code_conformance, response_schema_conformance],
            )

        with chdir(desk.office.directory):  # where the owner's list of sources is written
            ask()
    print(f"schemathesis: {asked} calls of {len(calls)} kinds, none broke the desk")


def main() -> None:
    """Print all of it."""
    with opened() as desk:
        print(f"{STORIES} stories, {READERS} readers at once, in a process of their own")
        measure(desk)
        typing(desk)
        accessible(desk)
        fuzzed(desk)
