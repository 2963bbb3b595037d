"""Pieces into messages: as many whole pieces as fit, never a cut inside one.

A piece that is too long for a message of its own gives up its sources, then bullets, then sentences
from the end, and says where the rest is. What each service allows is measured by its own scales.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ribao.errors import ContentError
from ribao.publish.chat.bulletin import Piece

Fits = Callable[[Sequence[Piece], bool], bool]  # pieces of one message; whether it is the first


def pack(pieces: Sequence[Piece], fits: Fits) -> list[list[Piece]]:
    """Lay pieces into messages in their order; a bulletin without pieces is one message.

    Raises:
        ContentError: not even a bare headline fits into a message.
    """
    messages: list[list[Piece]] = [[]]
    for piece in pieces:
        first = len(messages) == 1
        if fits([*messages[-1], piece], first):
            messages[-1].append(piece)
            continue
        alone = replace(piece, opens=True)  # a new message says again which section this is
        if not messages[-1] and first:
            messages[-1].append(_fitting(piece, fits, first=True))
            continue
        messages.append([_fitting(alone, fits, first=False)])
    return messages


def _fitting(piece: Piece, fits: Fits, *, first: bool) -> Piece:
    shorter: Piece | None = piece
    while shorter is not None:
        if fits([shorter], first):
            return shorter
        shorter = shorter.shorter()
    bare = replace(piece, sentences=(), bullets=(), sources=(), url="")
    if fits([bare], first):
        return bare
    raise ContentError("a headline is too long for the channel", piece.title[:60])


def utf16(text: str) -> int:
    """The length of a text as services written in Java or JavaScript count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
