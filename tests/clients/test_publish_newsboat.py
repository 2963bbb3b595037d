"""A real feed reader takes the feeds in, and sees a correction as an update."""

from __future__ import annotations

import functools
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

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

pytestmark = [
    pytest.mark.client,
    pytest.mark.skipif(shutil.which("newsboat") is None, reason="needs newsboat (Debian package)"),
]


class Quiet(SimpleHTTPRequestHandler):
    """A file server that writes no log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the loopback address under which it is served."""
    folder = tmp_path / "paper"
    (folder / "site").mkdir(parents=True)
    handler = functools.partial(Quiet, directory=folder / "site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def small_edition() -> Edition:
    """One article with marks that a careless writer would break."""
    id_ = DocumentId("d")
    said = Sentence("“鹤鸣2” <开放> & 下载", (Citation(id_, "x", 0, 1),), kind="quotation")
    moment = datetime(2031, 3, 4, tzinfo=UTC)
    reference = Reference(1, id_, "https://a.example/?a=1&b=2", "t", "兰亭报", "zh", moment)
    article = Article(
        StoryId("s"), "story", "m", said, "https://a.example/", (said,), references=(reference,)
    )
    return Edition(
        id=EditionId("e"),
        date=date(2031, 3, 5),
        timezone="Asia/Shanghai",
        language="zh",
        title=said.text,
        category="试刊",
        tags=(),
        seo=(),
        cover_image="",
        summary=(said,),
        sections=(Section("m", "模型", "story", (article,)),),
    )


def read(tmp_path: Path, addresses: list[str]) -> list[tuple[str, ...]]:
    """What newsboat has in its cache after one reload."""
    urls, cache = tmp_path / "urls", tmp_path / "cache.db"
    urls.write_text("\n".join(addresses) + "\n")
    config = tmp_path / "config"
    config.write_text("reload-threads 1\n")
    command = ["newsboat", "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    with sqlite3.connect(cache) as connection:
        rows = connection.execute(
            "select guid, title, url, content, pubDate from rss_item order by guid, feedurl"
        ).fetchall()
    connection.close()
    return rows


def test_newsboat_reads_what_was_published(served: tuple[Path, str], tmp_path: Path) -> None:
    """Titles, links and texts arrive whole from RSS and Atom, and nothing arrives twice."""
    folder, address = served
    settings = PublishSettings(search="off", address=address)
    json_only = [one for one in outputs() if one.name == "json"]
    publish(small_edition(), json_only, folder)
    publish_site(folder, settings)
    feeds = [f"{address}/zh/{name}.xml" for name in ("editions.rss", "stories.atom")]
    rows = read(tmp_path, feeds)
    assert len(rows) == 2
    edition, story = rows
    assert edition[1] == "试刊 2031-03-05 · “鹤鸣2” <开放> & 下载"
    assert edition[2] == f"{address}/2031/03/05/zh/"
    assert story[1] == "“鹤鸣2” <开放> & 下载"
    assert "兰亭报" in story[3]

    publish(replace(small_edition(), revision=2, correction="价格有误"), json_only, folder)
    publish_site(folder, settings)
    again = read(tmp_path, feeds)
    assert [row[0] for row in again] == [row[0] for row in rows]
