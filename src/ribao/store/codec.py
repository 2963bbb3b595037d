"""Nouns as JSON, by pydantic: the column `data` of a table holds a noun whole.

Columns beside `data` exist only to be searched; nothing reads a noun from them, so the two cannot
drift apart.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

N = TypeVar("N")


@cache
def _adapter(noun: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("type[Any]", noun))


def encode(noun: object) -> str:
    """Write a noun as JSON, leaving out what has its default value."""
    return (
        _adapter(cast("Hashable", type(noun)))
        .dump_json(noun, exclude_defaults=True)
        .decode("utf-8")
    )


def decode(kind: type[N], data: str) -> N:
    """Read a noun of that kind from its JSON."""
    noun: N = _adapter(cast("Hashable", kind)).validate_json(data)
    return noun
