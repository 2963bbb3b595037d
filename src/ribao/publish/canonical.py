"""`edition.json`: the canonical form of an edition, there and back.

Keys are sorted, text is UTF-8, times are UTC with a `Z`, the file ends with a line feed: one
edition has one sequence of bytes. The JSON Schema beside this module is made from the nouns.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from ribao.errors import ContentError
from ribao.model import Edition

FORMAT = "ribao.edition.v1"


def edition_bytes(edition: Edition) -> bytes:
    """The canonical bytes of an edition."""
    table = {"format": FORMAT, **_plain(edition)}
    text = json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode("utf-8", "replace") + b"\n"  # a lone surrogate has no UTF-8 form


def read_edition(content: bytes) -> Edition:
    """Read the canonical form back: `read_edition(edition_bytes(edition)) == edition`.

    Raises:
        ContentError: the bytes are not JSON, or not an edition of the format that we write.
    """
    try:
        table = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ContentError("an edition is not JSON", detail=str(error)) from error
    if not isinstance(table, dict) or table.pop("format", None) != FORMAT:
        raise ContentError("this JSON is no edition", detail=f"its format is not {FORMAT}")
    edition = _read(table, Edition, "edition")
    if not isinstance(edition, Edition):  # pragma: no cover - narrows the type for mypy
        raise ContentError("this JSON is no edition")
    return edition


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _hints(noun: type) -> Mapping[str, Any]:
    return get_type_hints(noun)


def _read(value: object, hint: Any, where: str) -> object:  # noqa: ANN401 - a type at run time
    """Rebuild one value of the type `hint`; `where` names it in complaints."""
    hint = getattr(hint, "__supertype__", hint)  # a NewType is its type at run time
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [one for one in get_args(hint) if one is not type(None)]
        return None if value is None else _read(value, inner[0], where)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ContentError("bad edition", where, "not a list")
        inner_hint = get_args(hint)[0]
        return tuple(_read(one, inner_hint, f"{where}[{at}]") for at, one in enumerate(value))
    if is_dataclass(hint):
        return _read_noun(value, hint, where)
    return _read_scalar(value, hint, where)


def _read_noun(value: object, noun: Any, where: str) -> object:  # noqa: ANN401 - a type at run time
    if not isinstance(value, dict):
        raise ContentError("bad edition", where, "not an object")
    hints = _hints(noun)
    unknown = sorted(set(value) - set(hints))
    if unknown:
        raise ContentError("bad edition", where, f"unknown key {unknown[0]}")
    missing = [
        field.name for field in fields(noun) if field.name not in value and field.default is MISSING
    ]
    if missing:
        raise ContentError("bad edition", where, f"{missing[0]} is missing")
    return noun(**{key: _read(value[key], hints[key], f"{where}.{key}") for key in value})


def _read_scalar(value: object, hint: Any, where: str) -> object:  # noqa: ANN401 - as above
    if hint is float and type(value) in {int, float}:
        return float(value)  # type: ignore[arg-type]  # the line above proved it
    if hint in {str, int} and type(value) is hint:
        return value
    if isinstance(value, str):
        try:
            if hint is datetime:
                return datetime.fromisoformat(value)
            if hint is date:
                return date.fromisoformat(value)
            if isinstance(hint, type) and issubclass(hint, StrEnum):
                return hint(value)
        except ValueError as error:
            raise ContentError("bad edition", where, str(error)) from error
    raise ContentError("bad edition", where, f"not a value of type {hint.__name__}")
