"""Which sources there are: the built-in catalogue and the owner's own files."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from ribao.collect.opml import read_opml, slug, with_unique_ids
from ribao.config import CollectSettings, Settings, complaints
from ribao.errors import ConfigError
from ribao.model import Source, SourceId

CATALOGUE = "ribao.collect.catalogue"
_RSSHUB = "rsshub://"


class _Row(Settings):
    """One [[source]] of a TOML file."""

    id: str = Field("", pattern="^[a-z0-9-]*$", max_length=64)
    kind: str = "feed"
    url: str = Field(min_length=1, max_length=8192)
    title: str = ""
    language: str = ""
    weight: float = Field(1.0, ge=0.0, le=3.0)
    section: str = ""
    category: str = ""
    owner: str = ""
    timezone: str = ""
    licence: str = ""
    options: dict[str, str] = Field(default_factory=dict)


class _Table(Settings):
    """A TOML file of sources; [defaults] hold for every source that does not say otherwise."""

    defaults: dict[str, str | float] = Field(default_factory=dict)
    source: tuple[_Row, ...] = ()


def load_sources(settings: CollectSettings) -> tuple[Source, ...]:
    """All sources to read: the built-in ones, then those of the files named in the settings.

    A source of a file takes the place of an earlier one with the same id.

    Raises:
        ConfigError: a file cannot be read, or is neither OPML nor TOML of sources.
    """
    found: dict[str, Source] = {}
    for source in builtin_sources() if settings.builtin_catalogue else ():
        found[source.id] = source
    for name in settings.sources:
        for source in read_sources_file(Path(name)):
            found[source.id] = source
    return tuple(_routed(source, settings.rsshub) for source in found.values())


def _routed(source: Source, base: str) -> Source:
    """Give a route of RSSHub (`rsshub://github/issue/...`) the address of the owner's instance."""
    if not source.url.startswith(_RSSHUB):
        return source
    url = f"{base.rstrip('/')}/{source.url.removeprefix(_RSSHUB).lstrip('/')}"
    return replace(source, kind="feed", url=url)


@cache
def builtin_sources() -> tuple[Source, ...]:
    """The catalogue that comes with ribao, in the order of its files."""
    files = sorted(resources.files(CATALOGUE).iterdir(), key=lambda entry: entry.name)
    return tuple(
        source
        for file in files
        if file.name.endswith(".toml")
        for source in read_toml(file.read_bytes(), file.name)
    )


def read_sources_file(path: Path) -> tuple[Source, ...]:
    """Read one file of sources, OPML or TOML by its content.

    Raises:
        ConfigError: it cannot be read, or is neither.
    """
    try:
        body = path.expanduser().read_bytes()
    except OSError as error:
        raise ConfigError(
            "cannot read the list of sources", str(path), str(error.strerror)
        ) from error
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_opml(body, str(path))
    return read_toml(body, str(path))


def read_toml(body: bytes, name: str) -> tuple[Source, ...]:
    """Read sources from TOML: one [[source]] each, with the fields of `ribao.model.Source`.

    Raises:
        ConfigError: it is not TOML, or a source has a key or value we refuse.
    """
    try:
        table = _Table.model_validate(_with_defaults(tomllib.loads(body.decode("utf-8-sig"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("the list of sources is not TOML", name, str(error)) from error
    except ValidationError as error:
        raise ConfigError("bad list of sources", name, complaints(error)) from error
    return with_unique_ids(tuple(_source(row) for row in table.source))


def _with_defaults(table: dict[str, Any]) -> dict[str, Any]:
    defaults, rows = table.get("defaults"), table.get("source")
    if not isinstance(defaults, dict) or not isinstance(rows, list):
        return table
    filled = [{**defaults, **row} if isinstance(row, dict) else row for row in rows]
    return {**table, "source": filled}


def _source(row: _Row) -> Source:
    fields = row.model_dump(exclude={"id", "options"})
    return Source(
        id=SourceId(row.id or slug(row.title, row.url)),
        options=tuple(sorted(row.options.items())),
        **fields,
    )
