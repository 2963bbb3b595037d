"""The one catalogue of user-facing text, in zh and en.

Each TOML file beside this one holds a table per message: `[key]` with `en = "..."` and
`zh = "..."`; `{name}` stands for a value. A test proves that every message exists in both languages
with the same values, and that no key stands twice.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")


@cache
def messages() -> dict[str, dict[str, str]]:
    """Read every message of the catalogue, by key and then by language."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            found.update(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def say(key: str, language: str, /, **values: object) -> str:
    """Return one message in `language` (en where it is neither), with its values set in."""
    return messages()[key][language if language in LANGUAGES else "en"].format(**values)
