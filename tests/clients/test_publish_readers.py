"""Real programs of readers: a book checker, a podcatcher, a browser that searches in Chinese."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ribao.config import PublishSettings
from ribao.model import Edition
from ribao.publish import publish
from ribao.publish.audio import Audio, Podcast
from ribao.publish.book import Epub
from ribao.publish.site import SiteOutput
from tests.unit.publish.conftest import edition, make_article
from tests.unit.publish.test_publish_audio import Hum

__all__ = ["edition", "make_article"]  # the invented edition of the renderings
pytestmark = pytest.mark.client
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")


class Quiet(SimpleHTTPRequestHandler):
    """A file server that writes no log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of editions, and the loopback address of its site."""
    (tmp_path / "site").mkdir()
    handler = functools.partial(Quiet, directory=tmp_path / "site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.skipif(
    not EPUBCHECK.is_file() or shutil.which("java") is None,
    reason="needs epubcheck (Debian package epubcheck)",
)
def test_the_book_has_no_error(edition: Edition, tmp_path: Path) -> None:
    """EPUBCheck finds neither error nor warning."""
    book = tmp_path / "edition.epub"
    book.write_bytes(Epub().render(edition)[0].content)
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
    command = ["java", *quick, "-jar", str(EPUBCHECK), str(book)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr, done.stderr


@pytest.mark.skipif(shutil.which("gpo") is None, reason="needs gpodder (Debian package)")
def test_gpodder_downloads_the_edition(
    edition: Edition,
    served: tuple[Path, str],
) -> None:
    """The sound arrives whole, under the title of the podcast."""
    folder, address = served
    settings = PublishSettings(address=address, search="off")
    outcome = publish(edition, [Audio(Hum()), Podcast()], folder, settings)
    assert not outcome.failed
    home, downloads = folder / "home", folder / "downloads"
    environment = {
        **os.environ,
        "HOME": str(home),
        "GPODDER_HOME": str(home),
        "GPODDER_DOWNLOAD_DIR": str(downloads),
    }
    for command in (["gpo", "subscribe", f"{address}/zh/podcast.rss.xml"], ["gpo", "download"]):
        subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
    (file,) = downloads.rglob("*.mp3")
    assert file.read_bytes() == (folder / "site/2031/03/05/zh/audio.mp3").read_bytes()
    assert "播报" in file.parent.name


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium (Debian package)")
def test_chinese_is_found_and_axe_finds_nothing(
    edition: Edition,
    served: tuple[Path, str],
) -> None:
    """Part of a headline finds its story, under the page's own security policy."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - slow to import
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - as above

    folder, address = served
    settings = PublishSettings(address=address, search="on")
    assert not publish(edition, [SiteOutput()], folder, settings).failed
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-quic"]
        )
        page = browser.new_context(color_scheme="dark").new_page()
        page.goto(f"{address}/zh/search/?q=权重开放")
        page.wait_for_selector("#found li")
        links = page.eval_on_selector_all("#found a", "all => all.map(one => one.href)")
        assert any("/zh/stories/story-story/" in link for link in links)
        assert "鹤鸣2" in page.inner_text("#found")
        for path in ("zh/search/?q=权重开放", "zh/", "zh/figures/", "zh/stories/story-story/"):
            page.goto(f"{address}/{path}")
            found = Axe().run(page).response["violations"]
            assert not found, (path, found)
        browser.close()
