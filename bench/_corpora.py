"""Articles of other collections as documents: text to plant errors in that no rule was made on.

The recorded days hold few sentences of some kinds. These are true texts of people: Chinese agency
news (UHGEval), Chinese pairs (Sohu), English passages (FaithBench), news pages (the truth of the
extraction benchmark), Wikipedia's references (WikiRef) and news of both languages (SemEval 2022).
All lie in ../shared and are read at run time.
"""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._days import SHARED
from ribao.model import Document, DocumentId, ItemId, SourceId, content_id

_NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)  # where a collection does not say when


def corpora(shared: Path = SHARED) -> list[Document]:
    """The documents of all collections, each text once, in an order of their own."""
    bench = shared / "bench"
    found = [
        *_uhgeval(bench),
        *_faithbench(bench),
        *_pages(bench),
        *_wikiref(bench),
        *_semeval(bench),
        *_sohu(bench),
    ]
    return list({document.id: document for document in found}.values())


def _document(
    text: str, language: str, collection: str, *, title: str = "", moment: datetime = _NOON
) -> Document:
    words = text.replace("\r\n", "\n").strip()
    name = content_id(collection, words)
    return Document(
        id=DocumentId(name),
        item_id=ItemId(name),
        source_id=SourceId(collection),
        url=f"https://{collection}.example/{name}",
        title=title,
        text=words,
        language=language,
        published_at=moment,
        extracted_by="set",
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _uhgeval(bench: Path) -> Iterator[Document]:
    for row in _rows(bench / "checks/uhgeval_zh_first500.jsonl.gz"):
        moment = datetime.fromisoformat(row["broadcastDate"]).replace(tzinfo=UTC)
        text = row["newsBeginning"].strip() + row["newsRemainder"]
        yield _document(text, "zh", "uhgeval", title=row["headLine"], moment=moment)


def _faithbench(bench: Path) -> Iterator[Document]:
    for row in _rows(bench / "checks/faithbench_first400.jsonl.gz"):
        yield _document(row["source"], "en", "faithbench")


def _pages(bench: Path) -> Iterator[Document]:
    path = bench / "extraction/article_extraction_benchmark/ground-truth.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = json.load(lines)
    for _, page in sorted(pages.items()):
        yield _document(page["articleBody"], "en", "pages")


def _wikiref(bench: Path) -> Iterator[Document]:
    with tarfile.open(bench / "clusters/wikiref.tar.gz") as tar:
        for member in sorted(tar.getmembers(), key=lambda one: one.name):
            file = tar.extractfile(member)
            if file is not None:
                yield _document(file.read().decode("cp1252", "replace"), "en", "wikiref")


def _semeval(bench: Path) -> Iterator[Document]:
    for half in ("training", "testing"):
        for row in _rows(bench / f"clusters/semeval2022_task8/{half}.jsonl.gz"):
            for side in "12":
                if row[f"lang{side}"] in {"zh", "en"} and "\ufffd" not in row[f"text{side}"]:
                    yield _document(row[f"text{side}"], row[f"lang{side}"], "semeval")


def _sohu(bench: Path) -> Iterator[Document]:
    for row in _rows(bench / "checks/sohu2021_zh_pairs.jsonl.gz"):
        for side in ("source", "target"):
            yield _document(row[side], "zh", "sohu")
