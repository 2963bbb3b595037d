"""Collect: from sources to items. Each source is read on its own; every entry is accounted for."""

from __future__ import annotations

from ribao.collect.archive import sources_in_archive
from ribao.collect.discover import discover
from ribao.collect.opml import read_opml, write_opml
from ribao.collect.own_list import OwnList, read_own_list, write_own_list, write_toml
from ribao.collect.read import Reading, collect, read_sources
from ribao.collect.sources import builtin_sources, load_sources, read_sources_file, same_reading
from ribao.collect.wishes import NOTED

__all__ = [
    "NOTED",
    "OwnList",
    "Reading",
    "builtin_sources",
    "collect",
    "discover",
    "load_sources",
    "read_opml",
    "read_own_list",
    "read_sources",
    "read_sources_file",
    "same_reading",
    "sources_in_archive",
    "write_opml",
    "write_own_list",
    "write_toml",
]
