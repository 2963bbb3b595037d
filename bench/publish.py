"""How long writing and each rendering take for an edition of the usual size."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ribao.config import PublishSettings, WriteSettings
from ribao.model import Document, DocumentId, Edition, ItemId, SourceId, Story, StoryId
from ribao.plugins.kinds import Output
from ribao.publish import publish, publish_site, read_edition
from ribao.publish.folder import Gathering
from ribao.publish.plugin import outputs
from ribao.write import Frame, FrameSection, compose, write

NOW = datetime(2031, 3, 4, 16, tzinfo=UTC)
STORIES = (("story", 7), ("release", 6), ("brief", 8))  # of one edition
REPORTS = 8  # of one story
DAYS = 30  # of the site
ROUNDS = 5  # the best is printed


def stories() -> list[Story]:
    """Invented stories, each told by reports of 30 sentences."""
    made = []
    for kind, count in STORIES:
        for number in range(count):
            reports = tuple(_report(kind, number, at) for at in range(REPORTS))
            moments = [one.published_at for one in reports]
            made.append(
                Story(
                    StoryId(f"{kind}{number}"),
                    reports[0].title,
                    reports,
                    min(moments),
                    max(moments),
                    section=kind,
                    kind=kind,
                )
            )
    return made


def _report(kind: str, number: int, at: int) -> Document:
    key = f"{kind}-{number}-{at}"
    sentences = [
        f"{number}号实验室在第{place}轮测试中把成本降低{place + at}%，客户达{place * 300}家。"
        for place in range(1, 31)
    ]
    return Document(
        id=DocumentId(key),
        item_id=ItemId(key),
        source_id=SourceId(f"source-{at}"),
        url=f"https://outlet{at}.example/{key}",
        title=f"兰亭智能第{number}号实验室发布鹤鸣{number}模型（{at}）",
        text="".join(sentences),
        language="zh",
        published_at=NOW - timedelta(hours=at * 5),
        extracted_by="feed",
        outlet=f"outlet{at}.example",
    )


def edition() -> Edition:
    """An edition of those stories."""
    frame = Frame(
        date(2031, 3, 5), "Asia/Shanghai", "zh", "试刊", (), (),
        tuple(FrameSection(kind, kind, kind) for kind, _ in STORIES),
    )  # fmt: skip
    return compose(write(stories(), WriteSettings(), language="zh", now=NOW).kept, frame)


def best(work: Callable[[], object]) -> float:
    """The shortest of some rounds, in milliseconds."""
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found) * 1000


def timed(output: Output, made: Edition) -> tuple[float, int]:
    """Milliseconds and bytes of one rendering; what takes seconds is made twice, not five times."""
    began = time.perf_counter()
    first = output.render(made)
    milliseconds = (time.perf_counter() - began) * 1000
    assert output.render(made) == first, f"{output.name} is not the same twice"
    if milliseconds < 500:
        milliseconds = best(lambda: output.render(made))
    return milliseconds, sum(len(one.content) for one in first)


def main() -> None:
    """Print a table: step, milliseconds, bytes."""
    batch, made = stories(), edition()
    assert len(made.articles) == sum(count for _, count in STORIES)
    milliseconds = best(lambda: write(batch, WriteSettings(), language="zh", now=NOW))
    print(f"{'write ' + str(len(batch)) + ' stories':<28}{milliseconds:>9.1f} ms")
    total = 0.0
    for output in outputs():
        if isinstance(output, Gathering):
            continue  # the site is below, with its days; the podcast is a feed of a few lines
        milliseconds, size = timed(output, made)
        total += milliseconds
        print(f"{'render ' + output.name:<28}{milliseconds:>9.1f} ms{size:>12,} bytes")
    (canonical,) = (one for one in outputs() if one.name == "json")
    content = canonical.render(made)[0].content
    print(f"{'read edition.json':<28}{best(lambda: read_edition(content)):>9.1f} ms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ago in range(DAYS):
            publish(replace(made, date=made.date - timedelta(days=ago)), [canonical], folder)
        settings = PublishSettings(address="https://paper.example/")
        for kind in ("site of 30 days", "the same again"):
            began = time.perf_counter()
            publish_site(folder, settings)
            milliseconds = (time.perf_counter() - began) * 1000
            files = [one for one in (folder / "site").rglob("*") if one.is_file()]
            print(f"{kind:<28}{milliseconds:>9.1f} ms{len(files):>12,} files")
    print(f"{'all of one day':<28}{total + milliseconds:>9.1f} ms")
