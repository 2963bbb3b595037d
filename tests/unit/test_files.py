"""Files that the owner names are read whole, and nothing that never ends is begun."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ribao.beat import load_beat
from ribao.collect import read_own_list, read_sources_file
from ribao.config import load_config
from ribao.errors import ConfigError
from ribao.files import MAX_BYTES, read_regular
from ribao.write.styles import load_style

READERS: dict[str, Callable[[Path], object]] = {
    "beat": lambda path: load_beat(str(path)),
    "style": lambda path: load_style(str(path)),
    "settings": load_config,
    "sources": read_sources_file,
    "own list": read_own_list,
}


@pytest.fixture
def odd(tmp_path: Path) -> dict[str, Path]:
    """A folder, a pipe that nobody writes to, a device without an end, and a giant file."""
    pipe, giant = tmp_path / "pipe", tmp_path / "giant"
    os.mkfifo(pipe)
    with giant.open("wb") as file:
        file.truncate(64 * MAX_BYTES)  # with holes: it takes no room
    return {"folder": tmp_path, "pipe": pipe, "device": Path("/dev/zero"), "giant": giant}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", READERS)
def test_what_is_no_file_is_refused_in_one_sentence(name: str, odd: dict[str, Path]) -> None:
    """Neither waited for, nor read until the memory is full."""
    for kind, path in odd.items():
        with pytest.raises(ConfigError, match="larger than" if kind == "giant" else "no file"):
            READERS[name](path)


def test_a_file_of_the_size_of_the_limit_is_read(tmp_path: Path) -> None:
    """One byte more is not; a link to a file is one."""
    path = tmp_path / "list"
    path.write_bytes(b"12345")
    (tmp_path / "link").symlink_to(path)
    assert read_regular(tmp_path / "link", 5) == b"12345"
    with pytest.raises(OSError, match="larger"):
        read_regular(path, 4)
