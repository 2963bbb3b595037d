"""The form of an answer: what a model may return, and nothing else.

Strict: unknown keys, wrong types, numbers of passages that were not shown and keys that stand twice
are refused, not mended. Around the object only a code fence and a record of thinking are taken off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ribao.errors import ModelError

LONGEST = 600  # characters of one sentence of an answer
_THINKING = re.compile(r"^\s*<think>.*?</think>\s*", re.DOTALL)
_FENCED = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)

Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Numbers = Annotated[list[int], Field(min_length=1, max_length=12)]


class _Closed(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Said(_Closed):
    """One sentence and the numbers of the passages it rests on."""

    text: Text
    passages: Numbers


class Thought(Said):
    """One insight."""

    kind: Literal["fact", "inference"]


class Draft(_Closed):
    """A story as a model phrases it."""

    headline: Said
    sentences: Annotated[list[Said], Field(min_length=1, max_length=8)]
    insights: Annotated[list[Thought], Field(max_length=6)]


class Repair(Said):
    """One place of a draft, written anew."""

    place: Annotated[str, Field(max_length=24)]


class Repairs(_Closed):
    """What comes back of a draft that was sent back."""

    repairs: Annotated[list[Repair], Field(max_length=16)]


class Heading(_Closed):
    """A headline alone."""

    headline: Said


class Line(_Closed):
    """One line on the front of the edition and the stories it speaks of."""

    text: Text
    stories: Numbers


class Title(Line):
    """The title of one section."""

    id: Annotated[str, Field(max_length=64)]


class Front(_Closed):
    """The front of an edition."""

    title: Line
    sections: Annotated[list[Title], Field(max_length=24)]
    summary: Annotated[list[Line], Field(max_length=24)]


C = TypeVar("C", bound=_Closed)


def parse(kind: type[C], text: str, count: int) -> C:
    """Read an answer; `count` is how many passages (or stories) were shown, numbered from 1.

    Raises:
        ModelError: it is anything else than the contract has it.
    """
    body = _THINKING.sub("", text)
    fenced = _FENCED.match(body)
    try:
        data = json.loads(fenced[1] if fenced else body, object_pairs_hook=_once)
        found = kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the answer"
        raise ModelError("the answer breaks the contract", where, first["msg"]) from error
    except (ValueError, RecursionError) as error:
        detail = str(error).splitlines()[0][:80] if str(error) else "too deep"
        raise ModelError("the answer is not JSON", detail=detail) from error
    wrong = sorted({one for one in _numbers(data) if not 1 <= one <= count})
    if wrong:
        detail = f"{wrong[0]} of {count}"
        raise ModelError("the answer names what was not shown", "passages", detail)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _numbers(data: object) -> list[int]:
    """Every number under `passages` or `stories`, however deep."""
    if isinstance(data, list):
        return [number for one in data for number in _numbers(one)]
    if not isinstance(data, dict):
        return []
    own = [one for key in ("passages", "stories") for one in data.get(key, ()) if key in data]
    return own + [number for value in data.values() for number in _numbers(value)]


def schema_of(kind: type[_Closed]) -> Mapping[str, Any]:
    """The JSON Schema of an answer, in the subset that strict modes of providers take."""
    whole = kind.model_json_schema()
    definitions = whole.pop("$defs", {})
    plain: Mapping[str, Any] = _plain(whole, definitions)
    return plain


_TAKEN = frozenset({"type", "properties", "items", "enum", "required", "additionalProperties"})


def _plain(schema: Any, definitions: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON is Any
    if isinstance(schema, list):
        return [_plain(one, definitions) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _plain(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    found = {
        key: {name: _plain(one, definitions) for name, one in value.items()}
        if key == "properties"
        else _plain(value, definitions)
        for key, value in schema.items()
        if key in _TAKEN
    }
    if found.get("type") == "object":
        found["additionalProperties"] = False
        found["required"] = list(found.get("properties", {}))
    return found
