"""What the services that read some Markdown have in common: links, and the line of sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ribao.publish.chat.bulletin import Piece
from ribao.publish.chat.escapes import in_brackets


@dataclass(frozen=True, slots=True)
class Marks:
    """A service's Markdown: how it keeps text from being read as such."""

    escape: Callable[[str], str]

    def link(self, text: str, url: str) -> str:
        """A link, or the bare text where there is no address."""
        return f"[{self.escape(text)}]({in_brackets(url)})" if url else self.escape(text)

    def title(self, piece: Piece, bullet: str) -> str:
        """A story's headline in bold, or that of a line behind its bullet."""
        linked = self.link(piece.title, piece.url)
        return f"**{linked}**" if piece.large else f"{bullet} {linked}"

    def told(self, piece: Piece, bullet: str) -> list[str]:
        """The paragraph and the bullets, a line each."""
        paragraph = [self.escape(piece.text)] if piece.text else []
        return paragraph + [f"{bullet} {self.escape(one)}" for one in piece.bullets]

    def sources(self, piece: Piece) -> str:
        """The outlets, linked, on one line."""
        return " · ".join(self.link(outlet, url) for outlet, url in piece.sources)
