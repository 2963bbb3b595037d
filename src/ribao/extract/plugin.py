"""The built-in extractor, behind the same hook as everybody's."""

from __future__ import annotations

from ribao.extract.main_text import main_text
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import Extractor


class MainText:
    """The main text of a page by trafilatura and readability, which correct each other."""

    name = "main-text.v1"

    def extract(self, html: str, url: str) -> str:
        """The main text of a page, paragraphs separated by a blank line; "" where there is none."""
        blocks, _ = main_text(html, url)
        return "\n\n".join(block.text for block in blocks)


@hookimpl
def extractors() -> list[Extractor]:
    """Ways to get the text out of a page."""
    return [MainText()]
