"""One `<item>` or `<entry>`: which of its elements say what."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import etree

from ribao.collect.entry import Entry
from ribao.collect.markup import line_of, tidy
from ribao.collect.names import short_name
from ribao.model import Heat

_XML = "{http://www.w3.org/XML/1998/namespace}"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
# Elements of one purpose, best first. A feed often holds several.
_TITLES = ("title", "atom:title", "dc:title", "media:title")
_SUMMARIES = (
    "description",
    "atom:summary",
    "summary",
    "dc:description",
    "dcterms:abstract",
    "itunes:summary",
    "media:description",
    "itunes:subtitle",
    "abstract",
)
_CONTENTS = (
    "content:encoded",
    "atom:content",
    "content",
    "xhtml:body",
    "xhtml:div",
    "body",
    "fullitem",
)
_DATES = (
    "atom:published",
    "published",
    "pubdate",
    "atom:issued",
    "issued",
    "dcterms:issued",
    "dc:date",
    "dcterms:created",
    "atom:created",
    "created",
    "atom:updated",
    "updated",
    "atom:modified",
    "modified",
    "dcterms:modified",
    "lastbuilddate",
    "date",
)
_AUTHORS = ("atom:author", "author", "dc:creator", "dc:author", "itunes:author", "media:credit")
_GUIDS = ("guid", "atom:id", "id", "dc:identifier")
_COMMENTS = ("comments",)
_KNOWN = frozenset((*_TITLES, *_SUMMARIES, *_CONTENTS, *_DATES, *_AUTHORS, *_GUIDS, *_COMMENTS))
_HTML_TYPES = ("html", "text/html", "xhtml", "application/xhtml+xml")
_MAIL = re.compile(r"(?:mailto:)?[^\s<>()@,]+@[^\s<>()@,]+")
_FURTHER = ("related", "enclosure", "replies", "via")  # relations whose target a reader may want
_RELATIONS = "http://www.iana.org/assignments/relation/"


@dataclass(frozen=True, slots=True)
class Text:
    """The content of one element, and whether its "<" are markup (None: it does not say)."""

    markup: str = ""
    is_html: bool | None = None


@dataclass(slots=True)
class _Found:
    """What the walk over one entry has met so far."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    link: str = ""
    fallback_link: str = ""
    links: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    outlet: str = ""
    comments: int | None = None


def read_entry(element: etree._Element, url: str, *, based: bool = True) -> Entry:
    """Read one entry; relative addresses are resolved by xml:base, then by the feed's address.

    `based` says whether the document has any xml:base: asking lxml for it is slow.
    """
    found = _Found()
    for child in element:
        if isinstance(child.tag, str):
            _sort(found, short_name(child.tag), child)
    base = (element.base or "") if based else ""
    guid_element = _first(found, _GUIDS)
    guid = tidy(guid_element.text or "") if guid_element is not None else ""
    guid = guid or element.get(_RDF_ABOUT, "")
    own = found.link not in ("", guid)
    permalink = guid_element is not None and not own and _is_permalink(guid_element, guid)
    title, summary, content = (_text(found, names) for names in (_TITLES, _SUMMARIES, _CONTENTS))
    both = [name for name in found.elements if name in ("summary", "description")]
    if len(both) == 2:  # with both, the first is the summary and the other the text
        summary, other = (text_in(found.elements[name]) for name in both)
        content = content if content.markup else other
    comments = found.elements.get("comments")
    links = [*found.links, *([tidy(comments.text or "")] if comments is not None else [])]
    link = (
        found.link
        or (guid if permalink else "")
        or found.fallback_link
        or _attribute(element, "href")
    )
    return Entry(
        title=line_of(
            title.markup, plain=title.is_html is False, once=title.is_html is True
        ),
        link=_resolve(link, base, url),
        guid=guid,
        guid_is_link=permalink,
        summary=summary.markup,
        content=_escaped(content.markup) if content.is_html is False else content.markup,
        plain=summary.is_html is False,
        author=", ".join(dict.fromkeys(found.authors)),
        language=element.get(f"{_XML}lang", ""),
        dates=(*_texts(found, _DATES), *_lastmod(element)),
        outlets=tuple(dict.fromkeys(found.outlets)),
        outlet=found.outlet,
        links=tuple(dict.fromkeys(_resolve(each, base, url) for each in links if each)),
        categories=tuple(dict.fromkeys(found.categories)),
        heat=Heat(comments=found.comments),
    )  # fmt: skip


def _sort(found: _Found, name: str, child: etree._Element) -> None:
    """Put one child where it belongs."""
    reader = _READERS.get(name)
    if reader is not None:
        reader(found, child)
    if name in _KNOWN and (name not in found.elements or not _all_text(found.elements[name])):
        found.elements[name] = child


def _attribute(element: etree._Element, name: str) -> str:
    """CDF keeps in attributes, in capitals, what others keep in elements."""
    return element.get(name) or element.get(name.upper()) or ""


def _lastmod(element: etree._Element) -> tuple[str, ...]:
    date = _attribute(element, "lastmod")
    return (date,) if date else ()


def _texts(found: _Found, names: tuple[str, ...]) -> tuple[str, ...]:
    elements = (found.elements[name] for name in names if name in found.elements)
    return tuple(text for element in elements if (text := _all_text(element)))


def _all_text(element: etree._Element) -> str:
    if len(element):
        return tidy("".join(str(text) for text in element.itertext()))
    return tidy(element.text or "")


def _contributor(found: _Found, child: etree._Element) -> None:
    person = _person(child)
    found.outlets.extend([person] if person else [])


def _author(found: _Found, child: etree._Element) -> None:
    person = _person(child)
    found.authors.extend([person] if person else [])


def _category(found: _Found, child: etree._Element) -> None:
    terms = (child.get("label"), child.get("term") or child.get("text"), child.text)
    found.categories.extend(term for each in terms if each and (term := tidy(each)))
    for inner in child:  # iTunes puts one category into another
        if short_name(str(inner.tag)) == "itunes:category":
            _category(found, inner)


def _source(found: _Found, child: etree._Element) -> None:
    """RSS names whom an entry was taken from in the text, Atom in a feed of its own."""
    title = next((each for each in child if short_name(str(each.tag)) == "atom:title"), child)
    text = text_in(title)
    name = (
        line_of(text.markup, plain=text.is_html is False, once=True) if title is not child else ""
    )
    found.outlet = found.outlet or name or _all_text(title) or child.get("url", "")


def _enclosure(found: _Found, child: etree._Element) -> None:
    found.fallback_link = found.fallback_link or child.get("url", "").strip()


def _comments(found: _Found, child: etree._Element) -> None:
    text = (child.text or "").strip()
    found.comments = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _original(found: _Found, child: etree._Element) -> None:
    """FeedBurner's own address passes through its counters; this is where it leads."""
    found.link = tidy(child.text or "") or found.link


def _link(found: _Found, child: etree._Element) -> None:
    """Tell the entry's own page from everything else that a link may lead to."""
    href = (child.get("href") or child.get(_RDF_RESOURCE) or child.text or "").strip()
    if not href:
        return
    rel = child.get("rel", "alternate").lower().removeprefix(_RELATIONS)
    if rel == "alternate" and "html" in child.get("type", "text/html"):
        found.link = found.link or href
    elif rel in ("alternate", "self"):
        found.fallback_link = found.fallback_link or href
    elif rel in _FURTHER:
        found.links.append(href)
        if rel == "enclosure":
            found.fallback_link = found.fallback_link or href


def _first(found: _Found, names: tuple[str, ...]) -> etree._Element | None:
    return next((found.elements[name] for name in names if name in found.elements), None)


def _text(found: _Found, names: tuple[str, ...]) -> Text:
    """The first of these elements that says anything."""
    for name in names:
        element = found.elements.get(name)
        if element is not None and (text := text_in(element)).markup.strip():
            return text
    return Text()


def _is_permalink(element: etree._Element, guid: str) -> bool:
    """RSS: a guid is the address of the entry unless it says no. Atom's id never is."""
    if short_name(str(element.tag)) != "guid":
        return False
    return element.get("isPermaLink", "true").lower() != "false" and guid.startswith(
        ("http:", "https:")
    )


def _person(element: etree._Element) -> str:
    """The name of a person: Atom's <name>, or the words of RSS's `mail (name)`."""
    parts = {
        short_name(str(child.tag)).rpartition(":")[2]: tidy(child.text or "") for child in element
    }
    if parts:
        return parts.get("name") or parts.get("email", "")
    text = tidy(element.text or "").replace("\n", " ")
    name = _MAIL.sub("", text).strip(" ()<>") if "@" in text else text
    return name or text


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
    pieces = [_escaped(element.text)]
    pieces.extend(_markup_of(child) for child in element)
    return "".join(pieces)


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _markup_of(element: etree._Element) -> str:
    tag: object = element.tag  # lxml gives comments and entities a function for a tag
    if not isinstance(tag, str):
        name = getattr(element, "name", "") if tag is etree.Entity else ""
        return (f"&{name};" if name else "") + _escaped(element.tail)
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag.startswith("{"):
            each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(element)
    return etree.tostring(element, encoding="unicode", method="html")


def _resolve(link: str, base: str, url: str) -> str:
    if not link or link.startswith(("http://", "https://")):
        return link
    try:
        return urljoin(urljoin(url, base) if base else url, link)
    except ValueError:
        return ""


def _group(found: _Found, child: etree._Element) -> None:
    """Media RSS puts the elements of a video into one group."""
    for inner in child:
        if isinstance(inner.tag, str):
            _sort(found, short_name(inner.tag), inner)


_READERS: dict[str, Callable[[_Found, etree._Element], None]] = {
    "link": _link, "atom:link": _link,
    "dc:contributor": _contributor, "atom:contributor": _contributor, "contributor": _contributor,
    "category": _category, "atom:category": _category, "dc:subject": _category,
    "itunes:category": _category, "media:category": _category,
    "media:group": _group, "source": _source, "atom:source": _source, "enclosure": _enclosure,
    "slash:comments": _comments, "feedburner:origlink": _original,
    **dict.fromkeys(_AUTHORS, _author),
}  # fmt: skip
