"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, RDF and CDF: one reading of a parsed tree.

The tree comes from lxml, which reads 100 MB/s; we walk each entry once. Where a document is not
well-formed it is mended (see decode.py), then read in recovery.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from ribao.collect.decode import (
    declared_encoding,
    decode,
    header_encoding,
    is_really_utf8,
    mend,
    quote_attributes,
)
from ribao.collect.entry import Feed
from ribao.collect.markup import text_of
from ribao.collect.names import short_name
from ribao.collect.xml_entry import read_entry
from ribao.collect.xml_text import text_in
from ribao.errors import ContentError

MAX_BYTES = 32 * 2**20  # the largest feed worth reading; the largest met in the wild had 11 MB
_ROOTS = {
    "rss": "rss",
    "rdf:rdf": "rdf",
    "rdf": "rdf",
    "atom:feed": "atom",
    "feed": "atom",
    "channel": "rss",
    "atom:entry": "atom",
    "entry": "atom",
}
_DESCRIPTIONS = (
    "description", "subtitle", "tagline", "itunes:subtitle", "itunes:summary", "abstract",
)  # fmt: skip
_ENTRIES = ("item", "atom:entry", "entry")
_ALIASES = {"x-sjis": "shift_jis", "utf8": "utf-8"}


def read_xml_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """Read a feed in XML.

    Raises:
        ContentError: it is empty, too large, a page of HTML, or no XML that can be mended.
    """
    if not body.strip():
        raise ContentError("the feed is empty", url)
    if len(body) > MAX_BYTES:
        raise ContentError(
            "the feed is too large",
            url,
            f"{len(body) / 2**20:.0f} MB, the limit is {MAX_BYTES / 2**20:.0f} MB",
        )
    root, repaired = _sound(body, content_type), ""
    if root is None:
        root, repaired = _mended(body, content_type), "not well-formed"
    if root is None:
        raise ContentError("the feed is not XML", url, _begins(body))
    kind = _ROOTS.get(short_name(str(root.tag)).removeprefix("?:"), "")
    if not kind:
        raise ContentError(_not_a_feed(root), url, _begins(body))
    return _feed(root, kind, url, repaired=repaired, based=b"base" in body)


def _parser(*, recover: bool, encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=recover, encoding=encoding,
    )  # fmt: skip


def _sound(body: bytes, content_type: str) -> etree._Element | None:
    """Parse a document as it stands; None where it is not well-formed or its labels disagree."""
    header, declared = header_encoding(content_type), declared_encoding(body)
    if header and header != (declared or "utf-8"):
        return None
    encoding = "utf-8" if is_really_utf8(body, declared) else None
    if b"<!DOCTYPE" in body[:4096].upper():
        return None
    try:
        return etree.fromstring(body.lstrip(), _parser(recover=False, encoding=encoding))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def _mended(body: bytes, content_type: str) -> etree._Element | None:
    text = mend(decode(body, content_type))
    quoted = quote_attributes(text)
    for attempt, recover in ((text, False), (quoted, False), (quoted, True)):
        data = attempt.encode("utf-8", "ignore")
        try:
            root = etree.fromstring(data, _parser(recover=recover, encoding="utf-8"))
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            return root
    return None


def _not_a_feed(root: etree._Element) -> str:
    name = short_name(str(root.tag)).rpartition(":")[2]
    return (
        "there is a web page where a feed should be" if name == "html" else "this XML is not a feed"
    )


def _begins(body: bytes) -> str:
    return "it begins with " + repr(body[:40].decode("utf-8", "replace").strip()[:40])


def _feed(root: etree._Element, kind: str, url: str, *, repaired: str, based: bool) -> Feed:
    if short_name(str(root.tag)).startswith("?:"):
        _without_namespace(root)
    channel = _channel(root)
    values: dict[str, str] = {}
    link = ""
    for child in channel:
        name = short_name(child.tag) if isinstance(child.tag, str) else ""
        name = name.removeprefix("atom:")
        if name == "link":
            link = (
                link
                if link and child.get("rel", "alternate") != "alternate"
                else _link(child) or link
            )
        elif name not in values and name not in _ENTRIES:
            values[name] = text_in(child).markup
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return Feed(
        kind=kind,
        title=_first_of(values, ("title", "dc:title")),
        link=_absolute(link or root.get("HREF", ""), channel, url),
        language=(values.get("language") or values.get("dc:language") or language).replace(
            "_", "-"
        ),
        description=_first_of(values, _DESCRIPTIONS),
        updated=values.get("lastbuilddate")
        or values.get("updated")
        or values.get("pubdate")
        or values.get("dc:date")
        or values.get("modified", ""),
        entries=tuple(read_entry(element, url, based=based) for element in _entries(root, channel)),
        repaired=repaired,
    )


def _absolute(link: str, channel: etree._Element, url: str) -> str:
    try:
        return urljoin(urljoin(url, channel.base or ""), link) if link else ""
    except ValueError:
        return link


def _first_of(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := text_of(values.get(name, "")))), "")


def _without_namespace(root: etree._Element) -> None:
    """A feed whose elements are all in a namespace of its own invention is a feed without one."""
    space = str(root.tag).partition("}")[0] + "}"
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(space):
            element.tag = element.tag.removeprefix(space)


def _link(element: etree._Element) -> str:
    if element.get("rel", "alternate") != "alternate":
        return ""
    return (element.get("href") or element.text or "").strip()


def _channel(root: etree._Element) -> etree._Element:
    return next(
        (
            child
            for child in root
            if isinstance(child.tag, str) and short_name(child.tag) == "channel"
        ),
        root,
    )


def _entries(root: etree._Element, channel: etree._Element) -> Iterator[etree._Element]:
    """Entries wherever they stand: in the channel, beside it (RSS 0.9, 1.0), or the root."""
    if short_name(str(root.tag)) in _ENTRIES:
        yield root
        return
    for parent in (channel, root) if channel is not root else (root,):
        for child in parent:
            if isinstance(child.tag, str) and short_name(child.tag) in _ENTRIES:
                yield child
