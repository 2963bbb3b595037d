"""What one element of a feed says: as markup or as text, by its own account of what it is."""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

from lxml import etree

from ribao.collect.names import short_name

_HTML_TYPES = ("html", "text/html", "xhtml", "application/xhtml+xml")


class Text(NamedTuple):
    """The content of one element, and whether its "<" are markup (None: it does not say)."""

    markup: str = ""
    is_html: bool | None = None


NO_TEXT = Text()


def text_in(element: etree._Element) -> Text:
    """Read an element's content as markup or text, by its own account of what it is."""
    kind = (element.get("type") or "").lower()
    mode = (element.get("mode") or "").lower()
    if len(element):
        inner = _inside(element)
        return Text(inner, is_html=True)
    value = element.text or ""
    if mode == "base64" or _is_base64(element, kind):
        return Text(_unpacked(value), is_html=None)
    if kind in _HTML_TYPES:
        return Text(value, is_html=True)
    if kind in ("text", "text/plain") and mode != "escaped":
        return Text(value, is_html=False)
    if short_name(str(element.tag)).startswith("atom:") and not kind:
        return Text(value, is_html=False if mode != "escaped" else None)
    return Text(value)


def _is_base64(element: etree._Element, kind: str) -> bool:
    """Atom 1.0, 4.1.3.3: content of a type that is neither text nor XML is in base64."""
    return (
        short_name(str(element.tag)).startswith("atom:")
        and "/" in kind
        and not kind.startswith("text/")
        and not kind.endswith(("+xml", "/xml"))
    )


def _unpacked(value: str) -> str:
    try:
        return base64.b64decode(value).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return value


def _inside(element: etree._Element) -> str:
    """Markup that was written without escaping, as HTML without namespaces or the div around it."""
    if (
        len(element) == 1
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
    ):
        only = element[0]
        if short_name(str(only.tag)) in ("xhtml:div", "div") and element.get("type", "") in (
            "xhtml",
            "application/xhtml+xml",
        ):
            return _inside(only)
    pieces = [escaped(element.text)]
    pieces.extend(_markup_of(child) for child in element)
    return "".join(pieces)


def escaped(text: str | None) -> str:
    """Text as markup: the three signs that would be read as such."""
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _markup_of(element: etree._Element) -> str:
    tag: object = element.tag  # lxml gives comments and entities a function for a tag
    if not isinstance(tag, str):
        name = getattr(element, "name", "") if tag is etree.Entity else ""
        return (f"&{name};" if name else "") + escaped(element.tail)
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag.startswith("{"):
            each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(element)
    return etree.tostring(element, encoding="unicode", method="html")
