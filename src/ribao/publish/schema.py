"""The JSON Schema (draft 2020-12) of `edition.json`, made from the nouns so that it cannot lie.

The file `edition.schema.json` beside this module is what ships; a test proves that it is what this
module makes. `python -m ribao.publish.schema` writes it anew after a noun has changed.
"""

from __future__ import annotations

import json
import sys
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from ribao.model import Edition
from ribao.publish.canonical import FORMAT

FILE = "edition.schema.json"
_SCALARS: dict[object, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def edition_schema() -> dict[str, Any]:
    """The schema as a table: closed objects, all keys required, as the canonical form has them."""
    definitions: dict[str, Any] = {}
    _noun(Edition, definitions)
    root = definitions.pop("Edition")
    root["properties"] = {"format": {"const": FORMAT}, **root["properties"]}
    root["required"] = ["format", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('.', ':')}",
        "title": "Edition",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_bytes() -> bytes:
    """The schema as the bytes that ship."""
    return json.dumps(edition_schema(), ensure_ascii=False, indent=2).encode() + b"\n"


def _noun(noun: Any, definitions: dict[str, Any]) -> None:  # noqa: ANN401 - a type at run time
    definitions[noun.__name__] = {}  # taken, so that a noun that holds itself would end
    hints = get_type_hints(noun)
    names = [field.name for field in fields(noun)]
    definitions[noun.__name__] = {
        "type": "object",
        "additionalProperties": False,
        "required": names,
        "properties": {name: _value(hints[name], definitions) for name in names},
    }


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - as above
    hint = getattr(hint, "__supertype__", hint)
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [one for one in get_args(hint) if one is not type(None)]
        return {"anyOf": [_value(inner[0], definitions), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], definitions)}
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            _noun(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    return dict(_SCALARS[hint])


if __name__ == "__main__":
    Path(__file__).with_name(FILE).write_bytes(schema_bytes())
    sys.stdout.write(f"{FILE}\n")
