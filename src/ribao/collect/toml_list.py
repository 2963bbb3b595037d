"""Sources as TOML: one [[source]] each, with the fields of `ribao.model.Source`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field, ValidationError, field_validator

from ribao.collect.dates import is_zone
from ribao.collect.opml import slug, with_unique_ids
from ribao.complaints import complaints
from ribao.config import Settings
from ribao.errors import ConfigError
from ribao.model import Source, SourceId


class _Row(Settings):
    """One [[source]] of a TOML file."""

    id: str = Field("", pattern="^[a-z0-9-]*$", max_length=64)
    kind: str = "feed"
    url: str = Field(min_length=1, max_length=8192)
    title: str = ""
    language: str = Field("", pattern="^([a-z]{2,3})?$")
    weight: float = Field(1.0, ge=0.0, le=3.0)
    section: str = ""
    category: str = ""
    owner: str = ""
    timezone: str = ""
    licence: str = ""
    options: dict[str, str] = Field(default_factory=dict)

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        if name and not is_zone(name):
            raise ValueError(f"{name[:40]} is no time zone; they are named like Asia/Shanghai")
        return name


class _Table(Settings):
    """A TOML file of sources; [defaults] hold for every source that does not say otherwise."""

    removed: tuple[str, ...] = ()  # ids of built-in sources that are not wanted
    defaults: dict[str, str | float] = Field(default_factory=dict)
    source: tuple[_Row, ...] = ()


def parse_toml(body: bytes, name: str) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Read sources, and the ids of those that are not wanted.

    Raises:
        ConfigError: it is not TOML, or a source has a key or value we refuse.
    """
    try:
        table = _Table.model_validate(_with_defaults(tomllib.loads(body.decode("utf-8-sig"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("the list of sources is not TOML", name, str(error)) from error
    except ValidationError as error:
        raise ConfigError("bad list of sources", name, complaints(error)) from error
    return with_unique_ids(tuple(map(_source, table.source))), table.removed


def parse_rows(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[Source, ...]:
    """Read sources that stand as tables in another file, such as a beat.

    Raises:
        ConfigError: a source has a key or value we refuse.
    """
    try:
        table = _Table.model_validate({"source": [dict(row) for row in rows]})
    except ValidationError as error:
        raise ConfigError("bad list of sources", name, complaints(error)) from error
    return with_unique_ids(tuple(map(_source, table.source)))


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
