"""Settings: the printed file is a configuration, explains each key, and is what the docs show."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

from ribao.cli.settings import settings_file
from ribao.config import Config, load_config
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "reference" / "settings.md"


def test_the_printed_settings_are_the_defaults(tmp_path: Path) -> None:
    """What `ribao settings` prints can be read back and changes nothing."""
    path = tmp_path / "ribao.toml"
    path.write_text(settings_file())
    assert load_config(path) == Config()


def test_every_setting_is_explained() -> None:
    """Each key has a comment right above it that says what it is for."""
    lines = settings_file().splitlines()
    bare = [
        line
        for above, line in pairwise(lines)
        if re.match(r"\w+ = ", line) and not above.startswith("# ")
    ]
    assert bare == []


def test_the_reference_shows_what_is_printed() -> None:
    """docs/reference/settings.md holds exactly the output of `ribao settings`."""
    block = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    assert block.group(1) == settings_file(), "write `ribao settings` into the page"
    assert tomllib.loads(block.group(1))
