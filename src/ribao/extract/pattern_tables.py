"""Tables of patterns of this folder: each list of a TOML file as one expression."""

from __future__ import annotations

import re
import tomllib
from importlib import resources


def read_patterns(name: str, *keys: str) -> tuple[re.Pattern[str], ...]:
    """The lists `keys` of the file `name`, in that order; case does not matter to them."""
    text = resources.files("ribao.extract").joinpath(name).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return tuple(re.compile("|".join(table[key]), re.IGNORECASE) for key in keys)
