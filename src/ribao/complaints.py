"""What is wrong with a table of settings, a beat or a list, in one line for its owner."""

from __future__ import annotations

import re

from pydantic import ValidationError

_CHOICE = re.compile(r"\^\(([\w|-]+)\)\$")  # a pattern that is a list of words


def complaints(error: ValidationError) -> str:
    """Say all that is wrong with a table in one line: `edition.beat: ...; http.x: unknown key`."""
    found = []
    for detail in error.errors():
        where, told = ".".join(str(part) for part in detail["loc"]), detail["msg"]
        choice = _CHOICE.fullmatch(str(detail.get("ctx", {}).get("pattern", "")))
        if detail["type"] == "extra_forbidden":
            told = "unknown key"
        elif detail["type"] == "model_type":
            told = "it is a table, with keys of its own"
        elif choice:
            told = f"it is one of {', '.join(filter(None, choice.group(1).split('|')))}"
        found.append(f"{where}: {told.removeprefix('Value error, ')}")
    return "; ".join(found)
