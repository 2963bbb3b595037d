"""Recorded days as documents, through the same front as an edition: collect, extract, dedupe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ribao.collect import collect
from ribao.collect.archive import sources_in_archive
from ribao.collect.sources import builtin_sources
from ribao.config import CollectSettings, DedupeSettings, ExtractSettings
from ribao.dedupe import dedupe
from ribao.extract import extract
from ribao.gateways.address import page_key
from ribao.gateways.warc import ReplayWeb
from ribao.model import Document
from ribao.plugins.loader import load_plugins, source_kinds

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def day_documents(path: Path) -> tuple[Document, ...]:
    """The deduped documents of one recorded day, as of the moment of its capture."""
    web = ReplayWeb(path)
    sources = sources_in_archive(web, builtin_sources())
    kinds = source_kinds(load_plugins())
    now = web.captured_at()
    items = collect(sources, kinds, web, CollectSettings(), now).kept
    by_id = {source.id: source for source in sources}
    documents = extract(items, by_id, web, ExtractSettings()).kept
    return dedupe(documents, DedupeSettings()).kept


def recorded_days(shared: Path = SHARED) -> list[Path]:
    """All recorded days, oldest first."""
    return sorted((shared / "replay").glob("*.warc.gz"))


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled link: which event it reports, by a person."""

    key: str
    link: str
    event: str
    language: str
    kind: str  # event, single or paper


def read_labels(path: Path) -> tuple[Label, ...]:
    """Labels of a JSONL file with link, event, lang and kind."""
    return tuple(_labels(path.read_text(encoding="utf-8").splitlines()))


def _labels(lines: list[str]) -> Iterator[Label]:
    for line in lines:
        row = json.loads(line)
        yield Label(
            page_key(row["link"]), row["link"], row["event"], row.get("lang", "")[:2], row["kind"]
        )
