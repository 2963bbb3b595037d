"""The owner's own list of sources: a TOML file that `ribao sources` writes and people may edit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ribao.collect.toml_list import parse_toml
from ribao.errors import ConfigError
from ribao.files import read_regular
from ribao.model import Source, SourceId

_FIELDS = ("kind", "title", "language", "section", "category", "owner", "timezone", "licence")


@dataclass(frozen=True, slots=True)
class OwnList:
    """Sources of the owner, and ids of built-in sources that the owner does not want."""

    sources: tuple[Source, ...] = ()
    removed: tuple[str, ...] = ()

    def with_sources(
        self, found: Iterable[Source], taken: frozenset[SourceId] = frozenset()
    ) -> OwnList:
        """Add sources; one that reads what a listed one reads takes its place, ids stay unique.

        Two lists on one page, told apart by their options, are two sources. `taken` are ids that
        mean something else already.
        """
        by_key = {_key(source): source for source in self.sources}
        for source in found:
            key = _key(source)
            known = by_key.get(key)
            others = {each.id for other, each in by_key.items() if other != key} | taken
            by_key[key] = replace(source, id=known.id if known else _free(source.id, others))
        added = {source.id for source in by_key.values()}
        return OwnList(
            tuple(by_key.values()), tuple(each for each in self.removed if each not in added)
        )

    def with_built_in(self, name: SourceId) -> OwnList:
        """Read a built-in source again."""
        return replace(self, removed=tuple(each for each in self.removed if each != name))

    def without(self, name: str, known: Sequence[Source]) -> OwnList:
        """Remove a source by id or address; a built-in one is remembered as not wanted.

        Raises:
            ConfigError: nothing of that name is listed.
        """
        kept = tuple(source for source in self.sources if name not in (source.id, source.url))
        if len(kept) < len(self.sources):
            return replace(self, sources=kept)
        found = next((source.id for source in known if name in (source.id, source.url)), "")
        if not found:
            raise ConfigError("no such source", name, hint="`ribao sources list` names them all")
        return replace(self, removed=tuple(dict.fromkeys((*self.removed, found))))


def _key(source: Source) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return source.kind, source.url, source.options


def _free(name: SourceId, taken: set[SourceId]) -> SourceId:
    candidates = (name, *(SourceId(f"{name}-{number}") for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)


def read_own_list(path: Path) -> OwnList:
    """Read the list; one that is not there yet is empty.

    Raises:
        ConfigError: it cannot be read, or is no list of sources.
    """
    try:
        body = read_regular(path.expanduser())
    except FileNotFoundError:
        return OwnList()
    except OSError as error:
        raise ConfigError(
            "cannot read the list of sources", str(path), str(error.strerror)
        ) from error
    sources, removed = parse_toml(body, str(path))
    return OwnList(sources, removed)


def write_own_list(path: Path, own: OwnList) -> None:
    """Write the list, whole or not at all, and nothing that could not be read again.

    Raises:
        ConfigError: it cannot be written, or a source of it is none that the list may hold.
    """
    path = path.expanduser()
    text = write_toml(own.sources, own.removed)
    parse_toml(text.encode("utf-8", "replace"), str(path))
    beside = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise ConfigError(
            "cannot write the list of sources", str(path), str(error.strerror)
        ) from error


def write_toml(sources: Sequence[Source], removed: Sequence[str] = ()) -> str:
    """Write sources as TOML that `ribao.collect.sources` reads back to the same sources."""
    parts = [f"removed = {json.dumps(list(removed))}\n"] if removed else []
    parts.extend(_table(source) for source in sources)
    return "\n".join(parts)


def _table(source: Source) -> str:
    lines = ["[[source]]", f"id = {_string(source.id)}", f"url = {_string(source.url)}"]
    for name in _FIELDS:
        value = str(getattr(source, name))
        if value and not (name == "kind" and value == "feed"):
            lines.append(f"{name} = {_string(value)}")
    if source.weight != 1.0:
        lines.append(f"weight = {source.weight!r}")
    if source.options:
        inner = ", ".join(f"{_string(key)} = {_string(value)}" for key, value in source.options)
        lines.append(f"options = {{{inner}}}")
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    """A basic string of TOML: JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
