"""write: from stories to articles, and from articles to an edition, without inventing a word.

`write` makes one article of each story out of whole sentences of its own reports. `compose` sets
articles into sections, and writes the edition's title and summary from their headlines.
"""

from __future__ import annotations

from ribao.write.article import write
from ribao.write.edition import Frame, FrameSection, compose

__all__ = ["Frame", "FrameSection", "compose", "write"]
