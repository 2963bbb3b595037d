"""Pages of the web -> their main text, by the best of several extractors."""

from __future__ import annotations

import re
from collections.abc import Mapping

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from readability import Document as ReadabilityDocument

from ribao.config import ExtractSettings
from ribao.extract.bodies import Body, size
from ribao.gateways.web import Request, Response, Web
from ribao.language.html_text import Block, html_blocks, is_hidden, parse_html
from ribao.language.scripts import detect_language

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset=[\"']?([\w-]{3,20})", re.IGNORECASE)


def page_bodies(
    asked: Mapping[int, str],
    bodies: Mapping[int, Body],
    web: Web,
    settings: ExtractSettings,
) -> dict[int, Body]:
    """Fetch pages and return the bodies that are better than what the feed gave.

    A page that cannot be had or read is no failure of its item: the feed's text stays, with the
    reason beside it.
    """
    by_url: dict[str, list[int]] = {}
    for n, url in asked.items():
        by_url.setdefault(url, []).append(n)
    better: dict[int, Body] = {}
    for fetched in web.fetch_all(Request(url, purpose="page") for url in by_url):
        response = fetched.response
        for n in by_url.get(fetched.request.url, ()):
            if response is None:
                continue
            body = page_body(response, settings)
            if size(body.text) > size(bodies[n].text):
                better[n] = body
    return better


def page_body(response: Response, settings: ExtractSettings) -> Body:
    """The main text of one page as a body; empty where the page holds none."""
    kind = response.header("content-type").lower()
    if kind and "html" not in kind and "text/plain" not in kind:
        return Body((), "title-only", because=f"the page is {kind.split(';')[0]}, not a text")
    blocks, name = main_text(decode_page(response), response.final_url or response.url)
    text_size = sum(size(block.text) for block in blocks)
    return Body(blocks, name, is_real=text_size >= settings.min_body_letters)


def decode_page(response: Response) -> str:
    """Decode a page: declared charset first, then UTF-8, then GB 18030, which takes most bytes."""
    declared = _HEADER_CHARSET.search(response.header("content-type"))
    meta = _META_CHARSET.search(response.body[:4096])
    names = [declared.group(1)] if declared else []
    names += [meta.group(1).decode("ascii")] if meta else []
    for name in (*names, "utf-8", "gb18030"):
        try:
            return response.body.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return response.body.decode("utf-8", "replace")


def main_text(markup: str, url: str) -> tuple[tuple[Block, ...], str]:
    """The blocks of the main text of a page, and the name of the extractor that found them."""
    tree = parse_html(markup)
    if tree is None:
        return (), "title-only"
    strip_hidden(tree)
    clean = lxml_html.tostring(tree, encoding="unicode")
    text = trafilatura.extract(clean, url=url or None, include_comments=False, fast=True) or ""
    blocks, name = html_blocks("\n\n".join(text.split("\n"))), "trafilatura"
    if not text or detect_language(text[:2000]) == "zh":
        other = _readability_blocks(clean)
        if sum(size(block.text) for block in other) > size(text):
            blocks, name = other, "readability"
    return blocks, name


def _readability_blocks(markup: str) -> tuple[Block, ...]:
    try:
        return html_blocks(ReadabilityDocument(markup).summary(html_partial=True))
    except (etree.LxmlError, ValueError, TypeError, KeyError):
        # readability raises its own Unparseable (a ValueError) and, on odd trees, the others.
        return ()


def strip_hidden(tree: etree._Element) -> None:
    """Remove from a tree what a reader cannot see."""
    for element in [node for node in tree.iter() if isinstance(node.tag, str) and is_hidden(node)]:
        parent = element.getparent()
        if parent is not None and element.tag not in ("html", "body"):
            lxml_html.HtmlElement.drop_tree(element)
