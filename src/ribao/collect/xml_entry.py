"""One `<item>` or `<entry>`: which of its elements say what."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urljoin

from lxml import etree

from ribao.collect.entry import NO_HEAT, Entry
from ribao.collect.markup import line_of, tidy
from ribao.collect.names import short_name
from ribao.collect.xml_text import NO_TEXT, Text, escaped, text_in
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
# Of each element: which purpose it serves, and how good it is for it. Entries have few elements and
# the lists above are long, so what is there is looked up, not what could be.
_PLACES = {
    name: (purpose, place)
    for purpose, names in enumerate((_TITLES, _SUMMARIES, _CONTENTS, _DATES, _GUIDS))
    for place, name in enumerate(names)
}
_MAIL = re.compile(r"(?:mailto:)?[^\s<>()@,]+@[^\s<>()@,]+")
MAX_TAGS = 4096  # kept; real feeds know a few hundred
_FURTHER = ("related", "enclosure", "replies", "via")  # relations whose target a reader may want
_RELATIONS = "http://www.iana.org/assignments/relation/"


_Element: TypeAlias = "etree._Element"  # noqa: SLF001 - lxml has no other name for it
# Elements of one purpose, with their places.
_Ranked: TypeAlias = "list[tuple[int, _Element]]"
# Short name, who reads it, and whether it is one of the above.
_About: TypeAlias = "tuple[str, Callable[[_Found, _Element], None] | None, bool]"


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
        tag: object = child.tag
        if isinstance(tag, str):
            _sort(found, _ABOUT[tag], child)
    base = (element.base or "") if based else ""
    titles, summaries, contents, dates, guids = _by_purpose(found)
    guid_element = guids[0][1] if guids else None
    guid = tidy(guid_element.text or "") if guid_element is not None else ""
    guid = guid or element.get(_RDF_ABOUT, "")
    own = found.link not in ("", guid)
    permalink = guid_element is not None and not own and _is_permalink(guid_element, guid)
    title, summary, content = _text(titles), _text(summaries), _text(contents)
    if "summary" in found.elements and "description" in found.elements:
        # With both, the first is the summary and the other the text.
        both = [name for name in found.elements if name in ("summary", "description")]
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
        content=escaped(content.markup) if content.is_html is False else content.markup,
        plain=summary.is_html is False,
        author=", ".join(dict.fromkeys(found.authors)),
        language=element.get(f"{_XML}lang", ""),
        dates=tuple([text for _, one in dates if (text := _all_text(one))]) or _lastmod(element),
        outlets=_once(found.outlets),
        outlet=found.outlet,
        links=_once([_resolve(each, base, url) for each in links if each]),
        categories=_once(found.categories),
        heat=NO_HEAT if found.comments is None else Heat(comments=found.comments),
    )  # fmt: skip


def _sort(found: _Found, about: _About, child: etree._Element) -> None:
    """Put one child where it belongs."""
    name, reader, known = about
    if reader is not None:
        reader(found, child)
    if known and (name not in found.elements or not _all_text(found.elements[name])):
        found.elements[name] = child


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts)) if texts else ()


def _attribute(element: etree._Element, name: str) -> str:
    """CDF keeps in attributes, in capitals, what others keep in elements."""
    return element.get(name) or element.get(name.upper()) or ""


def _lastmod(element: etree._Element) -> tuple[str, ...]:
    date = _attribute(element, "lastmod")
    return (date,) if date else ()


def _by_purpose(found: _Found) -> tuple[_Ranked, ...]:
    """Titles, summaries, contents, dates and guids, each the best first."""
    ranked: tuple[_Ranked, ...] = ([], [], [], [], [])
    for name, element in found.elements.items():
        if name in _PLACES:
            purpose, place = _PLACES[name]
            ranked[purpose].append((place, element))
    for group in ranked:
        if len(group) > 1:
            group.sort(key=_place)
    return ranked


def _place(found: tuple[int, etree._Element]) -> int:
    return found[0]


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


def _text(ranked: _Ranked) -> Text:
    """The first of these elements that says anything."""
    for _, element in ranked:
        text = text_in(element)
        if text.markup and not text.markup.isspace():
            return text
    return NO_TEXT


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
            _sort(found, _ABOUT[inner.tag], inner)


_READERS: dict[str, Callable[[_Found, etree._Element], None]] = {
    "link": _link, "atom:link": _link,
    "dc:contributor": _contributor, "atom:contributor": _contributor, "contributor": _contributor,
    "category": _category, "atom:category": _category, "dc:subject": _category,
    "itunes:category": _category, "media:category": _category,
    "media:group": _group, "source": _source, "atom:source": _source, "enclosure": _enclosure,
    "slash:comments": _comments, "feedburner:origlink": _original,
    **dict.fromkeys(_AUTHORS, _author),
}  # fmt: skip


class _Abouts(dict[str, _About]):
    """What is known of each tag, found once; feeds of invented tags cannot fill the memory."""

    def __missing__(self, tag: str) -> _About:
        name = short_name(tag)
        about = (name, _READERS.get(name), name in _KNOWN)
        if len(self) < MAX_TAGS:
            self[tag] = about
        return about


_ABOUT = _Abouts()
