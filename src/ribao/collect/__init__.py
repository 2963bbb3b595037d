"""Collect: from sources to items. Each source is read on its own; every entry is accounted for."""

from __future__ import annotations

from ribao.collect.archive import sources_in_archive
from ribao.collect.opml import read_opml, write_opml
from ribao.collect.read import collect, read_sources
from ribao.collect.sources import builtin_sources, load_sources, read_sources_file

__all__ = [
    "builtin_sources",
    "collect",
    "load_sources",
    "read_opml",
    "read_sources",
    "read_sources_file",
    "sources_in_archive",
    "write_opml",
]
