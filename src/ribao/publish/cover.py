"""The cover: a drawn front page with date, title and the first headlines, in two shapes.

1200 x 630 is what previews of links show, 900 x 383 (2.35:1) is what WeChat asks for. Text is set
in whole lines, at the largest size at which it fits; nothing is cut off.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import resvg_py
from markupsafe import escape

from ribao.model import Edition
from ribao.plugins.kinds import RenderedFile
from ribao.publish.fonts import Font, chinese_font
from ribao.publish.phrases import pieces
from ribao.publish.sanitise import plain
from ribao.publish.setting import folder

PAPER, INK, SOFT, ACCENT = "#fbf8f1", "#1c1a17", "#5d574d", "#9c1c14"
LATIN_WIDTH = 0.56  # of an em, on the average of text; capitals and digits are wider
CAPITAL_WIDTH = 0.68
HEAD = 33  # bytes of a PNG before its second chunk: the signature and IHDR


@dataclass(frozen=True, slots=True)
class Shape:
    """One picture: its name, its size in pixels, most headlines and most lines of the title."""

    name: str
    width: int
    height: int
    headlines: int
    title_lines: int = 2


SHAPES = (Shape("cover", 1200, 630, 3), Shape("cover-wide", 900, 383, 3))
BOOK = Shape("cover-book", 1200, 1600, 7, 4)  # 3:4, upright


class Cover:
    """The cover as PNG, in two shapes."""

    name = "cover"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """Two files.

        Raises:
            ConfigError: no Chinese font is installed.
        """
        font = chinese_font()
        return tuple(
            RenderedFile(f"{folder(edition)}/{shape.name}.png", draw(edition, shape, font))
            for shape in SHAPES
        )


def draw(edition: Edition, shape: Shape, font: Font) -> bytes:
    """One picture as PNG; the same edition and font give the same bytes."""
    return draw_again(edition, shape, font, None)


def draw_again(edition: Edition, shape: Shape, font: Font, before: bytes | None) -> bytes:
    """The same; `before`, an earlier picture, is kept where it was drawn from the same drawing.

    Each picture carries the digest of its drawing and of its font's file name and size.
    """
    drawing = svg(edition, shape, font.family)
    size = Path(font.file).stat().st_size
    of = f"{drawing}\0{Path(font.file).name}\0{size}\0{version('resvg-py')}"
    mark = _chunk(b"tEXt", b"ribao\0" + hashlib.sha256(of.encode()).hexdigest().encode())
    if before and mark in before:
        return before
    picture = resvg_py.svg_to_bytes(
        svg_string=drawing, skip_system_fonts=True, font_files=[font.file]
    )
    return picture[:HEAD] + mark + picture[HEAD:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG file."""
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def svg(edition: Edition, shape: Shape, family: str) -> str:
    """The drawing: masthead, double rule, title, headlines."""
    unit = min(shape.height / 630, shape.width / 900)
    margin, right = 64 * unit, shape.width - 64 * unit
    room = right - margin
    parts = [
        _text(margin, 116 * unit, 76 * unit, INK, plain(edition.category)),
        _text(right, 112 * unit, 26 * unit, SOFT, edition.date.isoformat(), anchor="end"),
        _rule(margin, right, 144 * unit, 3 * unit),
        _rule(margin, right, 151 * unit, unit),
    ]
    size, lines = fitted(
        plain(edition.title),
        room,
        [one * unit for one in (64, 56, 48, 40, 32)],
        shape.title_lines,
    )
    y = 190 * unit
    for line in lines:
        y += size * 1.22
        parts.append(_text(margin, y, size, INK, line))
    y += 34 * unit
    small, number = 27 * unit, 0
    for sentence in edition.summary:
        wrapped = wrap(plain(sentence.text), room - 44 * unit, small)
        if number == shape.headlines or len(wrapped) > 2:
            continue
        if y + len(wrapped) * small * 1.4 > shape.height - 30 * unit:
            break
        number += 1
        parts.append(_text(margin, y + small * 1.3, small, ACCENT, str(number)))
        for line in wrapped:
            y += small * 1.4
            parts.append(_text(margin + 44 * unit, y, small, INK, line))
        y += 10 * unit
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{shape.width}" height="{shape.height}" '
        f'font-family="{family}" font-weight="700">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def fitted(
    text: str, room: float, sizes: Sequence[float], most: int
) -> tuple[float, Sequence[str]]:
    """The largest of the sizes at which a text takes at most so many lines, and those lines."""
    for size in sizes:
        lines = wrap(text, room, size)
        if len(lines) <= most:
            return size, lines
    return sizes[-1], wrap(text, room, sizes[-1])


def wrap(text: str, room: float, size: float) -> list[str]:
    """Lines no wider than `room`, broken between words."""
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and width(lines[-1] + piece.rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def width(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character is as wide as high."""
    ems = 0.0
    for character in text:
        if unicodedata.east_asian_width(character) in "WFA":
            ems += 1.0
        elif character.isupper() or character.isdigit():
            ems += CAPITAL_WIDTH
        else:
            ems += LATIN_WIDTH
    return ems * size


def _rule(left: float, right: float, y: float, weight: float) -> str:
    path = f"M{left:.1f} {y:.1f}H{right:.1f}"
    return f'<path d="{path}" stroke="{INK}" stroke-width="{weight:.1f}"/>'


def _text(x: float, y: float, size: float, fill: str, text: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )
