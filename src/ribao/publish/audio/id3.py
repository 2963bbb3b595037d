"""ID3v2.3 tags with chapters (CTOC, CHAP), as players of podcasts read them.

Written here since it is forty lines and the usual library (mutagen) is under the GPL. Source:
id3.org, "ID3v2 Chapter Frame Addendum" and "ID3 tag version 2.3.0".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UTF16 = b"\x01"
NO_OFFSET = b"\xff\xff\xff\xff" * 2  # chapters are found by their times, not by bytes
MOST_CHAPTERS = 255


@dataclass(frozen=True, slots=True)
class Mark:
    """One chapter of a recording, in seconds from its beginning."""

    title: str
    start: float
    end: float


def tag(frames: Sequence[tuple[str, str]], chapters: Sequence[Mark]) -> bytes:
    """A tag with text frames (TIT2, TPE1, ...) and chapters; to stand before the sound."""
    content = b"".join(_text(name, value) for name, value in frames)
    ids = [f"c{number}".encode() + b"\0" for number in range(len(chapters))][:MOST_CHAPTERS]
    if ids:
        # Flags: top level, ordered.
        content += _frame("CTOC", b"toc\0" + bytes([3, len(ids)]) + b"".join(ids))
    for id_, chapter in zip(ids, chapters, strict=False):
        times = b"".join(
            round(one * 1000).to_bytes(4, "big") for one in (chapter.start, chapter.end)
        )
        content += _frame("CHAP", id_ + times + NO_OFFSET + _text("TIT2", chapter.title))
    return b"ID3\x03\x00\x00" + _sevens(len(content)) + content


def _text(name: str, value: str) -> bytes:
    return _frame(name, UTF16 + b"\xff\xfe" + value.encode("utf-16-le", "replace"))


def _frame(name: str, content: bytes) -> bytes:
    return name.encode() + len(content).to_bytes(4, "big") + b"\0\0" + content


def _sevens(size: int) -> bytes:
    """A size of which every byte has seven bits, so that no byte looks like the start of sound."""
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
