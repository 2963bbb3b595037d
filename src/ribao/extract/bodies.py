"""What text an item brings along, and for which items it is worth asking for the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ribao.config import ExtractSettings
from ribao.extract.boilerplate import without_boilerplate
from ribao.gateways.web import Web
from ribao.language.html_text import Block, html_blocks
from ribao.model import Item

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
HAN_WEIGHT = 3  # a Chinese character says as much as three Latin letters (measured on translations)


@dataclass(frozen=True, slots=True)
class Body:
    """The text found for one item: its blocks, who found it, and why it is not a better one."""

    blocks: tuple[Block, ...]
    extracted_by: str  # feed, summary, title-only, or the name of a page extractor
    is_real: bool = False  # long enough to be the article and not a teaser
    because: str = ""
    author: str = ""
    url: str = ""  # the own address of its page; "" where none was fetched
    url_because: str = ""

    @property
    def text(self) -> str:
        """Its paragraphs, separated by a blank line."""
        return "\n\n".join(block.text for block in self.blocks)


def size(text: str) -> int:
    """The length of a text in Latin letters, Chinese characters counted threefold."""
    return len(text) + (HAN_WEIGHT - 1) * len(_HAN.findall(text))


def item_body(item: Item, settings: ExtractSettings) -> Body:
    """Choose between the body and the summary that an entry carries."""
    body = _blocks(item.body, item.title)
    summary = _blocks(item.summary, item.title) if item.summary != item.body else ()
    body_size, summary_size = _total(body), _total(summary)
    if body and body_size >= summary_size:
        return Body(body, "feed", is_real=body_size >= settings.min_body_letters)
    return summary_body(item, "") if summary else Body((), "title-only")


def summary_body(item: Item, because: str) -> Body:
    """What remains of an item when its body is refused: its summary, or its title alone."""
    summary = _blocks(item.summary, item.title)
    return Body(summary, "summary" if summary else "title-only", because=because)


def page_addresses(
    lacking: Mapping[int, Item], web: Web | None, wanted: Callable[[Item], bool] | None
) -> dict[int, str]:
    """Choose the items whose page is asked for, and the address to ask."""
    if web is None:
        return {}
    if wanted is not None:
        return {
            n: item.url for n, item in lacking.items() if has_own_page(item.url) and wanted(item)
        }
    addresses = getattr(web, "addresses", None)
    if addresses is None:
        return {}
    held = set(addresses())
    return {n: item.url for n, item in lacking.items() if item.url in held}


def has_own_page(url: str) -> bool:
    """Tell whether an address can be an article: a web address that is more than a bare host."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and (parts.path.strip("/") != "" or parts.query != "")


def _blocks(markup: str, title: str) -> tuple[Block, ...]:
    blocks = html_blocks(markup) if markup else ()
    kept = set(without_boilerplate([block.text for block in blocks], [title]))
    return tuple(block for block in blocks if block.text in kept)


def _total(blocks: tuple[Block, ...]) -> int:
    return sum(size(block.text) for block in blocks)
