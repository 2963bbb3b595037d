"""A real browser opens pages full of attack strings, and nothing of them runs."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from ribao.config import PublishSettings
from ribao.model import (
    Article,
    Citation,
    DocumentId,
    Edition,
    EditionId,
    Reference,
    Section,
    Sentence,
    StoryId,
)
from ribao.publish import publish, publish_site
from ribao.publish.plugin import outputs

BROWSER = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
pytestmark = [
    pytest.mark.client,
    pytest.mark.shared,
    pytest.mark.skipif(BROWSER is None, reason="needs chromium (Debian package)"),
]


class Counting(SimpleHTTPRequestHandler):
    """A file server that notes what it is asked for."""

    asked: list[str]

    def __init__(self, asked: list[str], *arguments: Any, **options: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Note the path and answer."""
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, list[str]]]:
    """A folder, the loopback address under which it is served, and what was asked for."""
    asked: list[str] = []
    handler = functools.partial(Counting, asked, directory=tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def hostile_edition(attacks: Sequence[str]) -> Edition:
    """Every attack as headline, text, outlet, title and address of a story."""
    moment = datetime(2031, 3, 4, tzinfo=UTC)

    def article(number: int, attack: str) -> Article:
        id_ = DocumentId(f"d{number}")
        said = Sentence(attack, (Citation(id_, attack, 0, len(attack)),), kind="quotation")
        reference = Reference(1, id_, attack, attack, attack, "en", moment)
        return Article(
            StoryId(f"s{number}"), "story", "m", said, attack, (said,), references=(reference,)
        )

    articles = tuple(article(number, attack) for number, attack in enumerate(attacks))
    first = articles[0].headline
    return Edition(
        id=EditionId("e"),
        date=date(2031, 3, 5),
        timezone="UTC",
        language="en",
        title="".join(attacks[:3]),
        category="Trial",
        tags=(),
        seo=(),
        cover_image="",
        summary=(first,),
        sections=(Section("m", "Section", "story", articles),),
    )


def opened(address: str, profile: Path) -> Any:
    """The page as the browser has it after it ran whatever it would run."""
    # Attacks call alert, prompt or confirm; in headless mode a dialog would stop the dump.
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={profile}", "--virtual-time-budget=2000",
               "--dump-dom", address]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-500:]
    return html.document_fromstring(done.stdout)


@pytest.mark.timeout(200)
def test_no_attack_runs_or_fetches_in_a_browser(
    served: tuple[Path, str, list[str]], shared: Path, tmp_path: Path
) -> None:
    """In the page, on the site, in WeChat's article, in the book and in the text of the feeds."""
    folder, address, asked = served
    attacks = json.loads((shared / "bench/hostile/xss.json").read_text())
    attacks = attacks[::16]  # every 16th of 1,734: layout takes the time; a benchmark opens all
    edition = hostile_edition(attacks)
    wanted = {"html", "json", "wechat", "epub"}
    publish(edition, [one for one in outputs() if one.name in wanted], folder)
    publish_site(folder, PublishSettings(search="off", address="https://paper.example/"))
    paths = (*written_pages(folder), "2031-03-05/en/edition.html")
    for path in paths:
        page = opened(f"{address}/{path}", tmp_path / "profile")
        assert nothing_active(page), path
    first = page
    assert len(first.xpath("//article")) == len(attacks)
    assert {path.split("?")[0] for path in asked} <= {
        "/favicon.ico", "/site/icon.svg", "/book/style.css", *(f"/{path}" for path in paths)
    }  # fmt: skip


def written_pages(folder: Path) -> list[str]:
    """One page of each kind: what is in a feed or a book is laid out as pages of its own."""
    with zipfile.ZipFile(next(folder.rglob("*.epub"))) as book:
        for name in ("book/section-1.xhtml", "book/style.css"):
            book.extract(name, folder)
    feed: Any = etree.fromstring((folder / "site/en/stories.rss.xml").read_bytes())
    texts = feed.xpath("//*[local-name()='encoded']/text() | //item/title/text()")
    (folder / "feed.html").write_text("<!DOCTYPE html><meta charset=utf-8>" + "\n".join(
        # A reader that shows titles as markup would be at fault itself; texts are markup.
        text if text.lstrip().startswith("<p>") else escape(text) for text in texts
    ))  # fmt: skip
    story = max((folder / "site/en/stories").iterdir(), key=lambda one: one.name)
    return [
        "site/en/",
        f"{story.relative_to(folder)}/",
        "2031-03-05/en/wechat.html",
        "book/section-1.xhtml",
        "feed.html",
    ]


def nothing_active(page: Any) -> bool:
    """No script but data, no element that runs or fetches, no handler, no strange scheme."""
    scripts = {one.get("type") for one in page.xpath("//script")} <= {"application/ld+json"}
    active = page.xpath("//img | //iframe | //object | //embed | //form | //body//meta")
    drawn = [one for one in page.xpath("//svg") if one.get("class") not in {"bar", "columns"}]
    handlers = [name for one in page.iter() for name in one.attrib if name.startswith("on")]
    links = page.xpath("//a/@href")
    plain_links = all(re.match(r"https?:|#|\.\./|[\w./-]+$", one) for one in links)
    return scripts and plain_links and not (active or drawn or handlers)
