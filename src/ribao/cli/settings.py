"""`ribao settings`: every setting with its default and what it is for, as a ribao.toml.

What a setting is for stands once, as the comment beside it in `ribao.config`; here it is read.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Mapping
from typing import get_args, get_origin

import typer


def settings() -> None:
    """Print every setting with its default, as a file to begin ribao.toml from."""
    typer.echo(settings_file(), nl=False)


def settings_file() -> str:
    """Every table and setting as TOML, commented out where the default needs no line."""
    from ribao import config  # noqa: PLC0415 - --help must not load pydantic

    source = inspect.getsource(config)
    comments = _comments(source)
    tables = []
    for name, table in config.Config():
        kind = type(table)
        title = (kind.__doc__ or "").strip().splitlines()[0]
        lines = [f"[{name}]  # {title.split(': ', 1)[-1]}"]
        for key, value in table:
            comment = comments.get((kind.__name__, key), "")
            lines += textwrap.wrap(comment, 96, initial_indent="# ", subsequent_indent="# ")
            lines.append(_line(f"{name}.{key}", value, kind.model_fields[key].annotation))
        tables.append("\n".join(lines))
    return "\n\n".join(tables) + "\n"


def _line(path: str, value: object, annotation: object) -> str:
    """One setting; where tables of the owner's belong, a comment: `{}` could not be added to."""
    inner = get_args(annotation)[1:] if get_origin(annotation) is dict else ()
    if value == {} and any(hasattr(one, "model_fields") for one in inner):
        return f"# [{path}.NAME]"
    return f"{path.rpartition('.')[2]} = {_toml(value)}"


def _comments(source: str) -> Mapping[tuple[str, str], str]:
    """The comment beside or right above each annotated name of each class of a module."""
    lines, found = source.splitlines(), {}
    for node in ast.parse(source).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                above = field.lineno - 1
                while lines[above - 1].strip().startswith("#"):
                    above -= 1
                told = (
                    line.partition("#")[2].strip()
                    for line in lines[above : (field.end_lineno or field.lineno)]
                )
                found[node.name, field.target.id] = " ".join(part for part in told if part)
    return found


def _toml(value: object) -> str:
    """A default as TOML; JSON is TOML for strings, numbers, truth values and lists of them."""
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


__all__ = ["settings", "settings_file"]
