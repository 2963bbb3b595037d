"""HTML of listing pages as a tree, with the limits that hostile pages need."""

from __future__ import annotations

from typing import cast
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from ribao.collect.decode import decode
from ribao.errors import ContentError
from ribao.gateways.web import Response

MAX_BYTES = 8 * 2**20  # of a listing page; the largest met had 2 MB


def read_page(response: Response) -> lxml_html.HtmlElement:
    """Parse a page of HTML.

    Raises:
        ContentError: it is empty, too large, or holds no elements.
    """
    if not response.body.strip():
        raise ContentError("the page is empty", response.url)
    if len(response.body) > MAX_BYTES:
        raise ContentError("the page is too large", response.url, f"{len(response.body)} bytes")
    text = decode(response.body, response.header("content-type")).replace("\x00", "")
    parser = lxml_html.HTMLParser(huge_tree=False, remove_comments=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ContentError("the page cannot be read", response.url, str(error)) from error
    return cast("lxml_html.HtmlElement", root)


def base_of(page: lxml_html.HtmlElement, url: str) -> str:
    """What the links of a page start from: its <base>, else its address."""
    named = next((str(each.get("href", "")) for each in page.iter("base")), "")
    return resolved(named, url) or url


def resolved(link: str, base: str) -> str:
    """A link as a whole address; "" where it is none that can be read."""
    try:
        return urljoin(base, link.strip()) if link else ""
    except ValueError:
        return ""
