"""The search index: made by Pagefind where it is installed (`pip install 'ribao[search]'`).

Its extended build cuts Chinese into words, in the index and in the browser; the ordinary build
finds nothing in Chinese. It is given pages of nothing but the printed words, so that no navigation
and no number of a reference is found.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from markupsafe import escape

from ribao.errors import PublishError
from ribao.plugins.kinds import RenderedFile
from ribao.publish.html import tag
from ribao.publish.sanitise import plain
from ribao.publish.site.holdings import Holdings

FOLDER = "search"
SCRIPT = "search.js"
SECONDS = 300.0  # for the whole index
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")  # beside the index itself
SUFFIXES = (".pf_meta", ".pf_index", ".pf_fragment", ".pagefind")


@dataclass(frozen=True, slots=True)
class Record:
    """One page that can be found."""

    url: str  # from the root of the site
    language: str
    title: str
    date: str
    text: str


def can_search() -> bool:
    """Whether the index can be made: Pagefind is there, with the build that knows Chinese."""
    return all(importlib.util.find_spec(name) for name in ("pagefind", "pagefind_bin_extended"))


def records_of(holdings: Holdings) -> tuple[Record, ...]:
    """Every story, with the words of all days."""
    records = []
    for story, history in holdings.stories.items():
        title = plain(history[-1].article.headline.text)
        told = dict.fromkeys(  # headlines of other days too; none twice
            plain(sentence.text)
            for printed in reversed(history)
            for sentence in (*printed.article.paragraph, printed.article.headline)
        )
        sentences = [text for text in told if text.rstrip("。.") != title.rstrip("。.")]
        records.append(
            Record(
                url=holdings.story_path(story),
                language=tag(holdings.language),
                title=title,
                date=history[-1].edition.date.isoformat(),
                text=" ".join(sentences) or title,
            )
        )
    return tuple(records)


def search_files(records: Sequence[Record]) -> tuple[RenderedFile, ...]:
    """The index and the script of the search page, below the root of the site.

    Raises:
        PublishError: Pagefind failed.
    """
    script = (resources.files("ribao.publish") / "templates" / SCRIPT).read_bytes()
    with tempfile.TemporaryDirectory() as name:
        source, made = Path(name, "source"), Path(name, "made")
        for record in records:
            page = source / record.url / "index.html"
            page.parent.mkdir(parents=True)
            page.write_text(_page(record), encoding="utf-8")
        _pagefind(source, made)
        files = [
            RenderedFile(f"{FOLDER}/{path.relative_to(made).as_posix()}", path.read_bytes())
            for path in sorted(made.rglob("*"))
            if path.is_file() and (path.name in NEEDED or path.suffix in SUFFIXES)
        ]
    return (RenderedFile(f"{FOLDER}/{SCRIPT}", script), *files)


def _page(record: Record) -> str:
    """What Pagefind reads of a page; only its words matter."""
    return (
        f'<!DOCTYPE html><html lang="{escape(record.language)}"><head><meta charset="utf-8">'
        f'<title></title></head><body><h1 data-pagefind-weight="4">{escape(record.title)}</h1>'
        f'<p data-pagefind-meta="date:{record.date}">{escape(record.text)}</p></body></html>'
    )


def _pagefind(source: Path, made: Path) -> None:
    """Run the program; one process is 20 times faster than its interface of single records."""
    command = [sys.executable, "-m", "pagefind", "--site", str(source), "--output-path", str(made)]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command on files of our own
            command, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PublishError("the search index cannot be made", "pagefind", str(error)) from error
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise PublishError("the search index cannot be made", "pagefind", " ".join(lines[-1:]))
