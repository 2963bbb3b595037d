"""Fonts for pictures: found by file, and proved to draw before anything relies on them.

A font whose name is not exactly right draws nothing, and says nothing. So a font counts as found
only when its file, under its name, leaves ink that differs from the box of a missing character.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resvg_py

from ribao.errors import ConfigError

SAMPLE = "日报说Aa9"
MISSING = "\U0010fffd"  # the last private character: no font has it
# Family names as the files carry them, with where systems keep them; the best looking first.
CANDIDATES = (
    ("Source Han Serif SC", "SourceHanSerifSC-Bold.otf"),
    ("Noto Serif CJK SC", "NotoSerifCJK-Bold.ttc"),
    ("Noto Serif CJK SC", "NotoSerifCJKsc-Bold.otf"),
    ("Songti SC", "Songti.ttc"),
    ("Noto Sans CJK SC", "NotoSansCJK-Bold.ttc"),
    ("Noto Sans CJK SC", "NotoSansCJKsc-Bold.otf"),
    ("Source Han Sans SC", "SourceHanSansSC-Bold.otf"),
    ("PingFang SC", "PingFang.ttc"),
    ("WenQuanYi Zen Hei", "wqy-zenhei.ttc"),
    ("Microsoft YaHei", "msyhbd.ttc"),
    ("SimSun", "simsun.ttc"),
)
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
)


@dataclass(frozen=True, slots=True)
class Font:
    """One font file and the family name under which it draws."""

    family: str
    file: str


@cache
def chinese_font() -> Font:
    """The first font of the list that is installed and draws.

    Raises:
        ConfigError: none is; the hint names a package that has one.
    """
    files = _installed()
    for family, name in CANDIDATES:
        for file in files.get(name, ()):
            font = Font(family, file)
            if draws(font, SAMPLE):
                return font
    raise ConfigError(
        "no Chinese font for the cover",
        hint="install one, for example the Debian package fonts-noto-cjk",
    )


def draws(font: Font, text: str) -> bool:
    """Tell whether every character of a text leaves ink of its own in a font."""
    blank, box = _ink(font, " "), _ink(font, MISSING)
    return all(_ink(font, one) not in (blank, box) for one in dict.fromkeys(text) if one != " ")


def _ink(font: Font, character: str) -> bytes:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
        f'<text x="2" y="20" font-size="18" font-family="{font.family}">{character}</text></svg>'
    )
    return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[font.file])


def _installed() -> dict[str, list[str]]:
    """The files of the list that this machine has, by name, in the order of their paths."""
    wanted = {name for _, name in CANDIDATES}
    found: dict[str, list[str]] = {}
    for folder in FOLDERS:
        for root, folders, names in os.walk(Path(folder).expanduser()):
            folders.sort()
            for name in sorted(wanted.intersection(names)):
                found.setdefault(name, []).append(str(Path(root) / name))
    return found
