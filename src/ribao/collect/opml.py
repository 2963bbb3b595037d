"""OPML: lists of feeds as other readers keep them, in and out, with nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from ribao.collect.dates import is_zone
from ribao.collect.decode import decode, mend
from ribao.errors import ConfigError
from ribao.gateways.address import outlet_of
from ribao.model import Source, SourceId, content_id

# The attributes of ours that OPML has no name for; other readers keep or ignore them.
_OWN = ("kind", "section", "owner", "timezone", "licence")
_OPTION = "option-"
LOCAL_KINDS = ("jsonl", "mailbox", "warc")  # kinds that may read this machine
_FEED_SCHEME = re.compile(r"^feed:(?://)?(?=https?:)|^feed(?=://)")
_SLUG = re.compile(r"[^a-z0-9]+")
_FORMS = tuple(
    (re.compile(form), kind)
    for form, kind in (
        (r"hn\.algolia\.com/", "hn"),
        (r"(?:huggingface|hf)\.co/api/daily_papers", "hf-papers"),
        (r"(?:huggingface|hf)\.co/api/models", "hf-models"),
        (r"(?:huggingface|hf)\.co/api/spaces", "hf-spaces"),
        (r"export\.arxiv\.org/api/", "arxiv"),
        (r"github\.com/trending(?:/|$)", "github-trending"),
        (r"github\.com/[\w.-]+/[\w.-]+/?$", "github-releases"),
        (r"(?:www\.|old\.)?reddit\.com/r/", "reddit"),
        (r"(?:www\.)?youtube\.com/(?:channel/|feeds/)", "youtube"),
    )
)
_DEPTH = 64  # folders in folders; deeper ones are no list of feeds


def read_opml(body: bytes, name: str) -> tuple[Source, ...]:
    """Read every feed of an OPML document, folders as categories, repeated addresses once.

    Raises:
        ConfigError: it is not XML, or not OPML.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(mend(decode(body)).encode("utf-8", "ignore"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError("the list of sources is not XML", name, str(error)) from error
    if str(root.tag).lower() != "opml":
        raise ConfigError(
            "the list of sources is not OPML", name, f"its first element is <{root.tag}>"
        )
    found: dict[str, Source] = {}
    for outline, folder in _outlines(root, "", 0):
        source = _source(outline, folder)
        _of_the_web(source.url, source.kind, name)
        found.setdefault(source.url, source)
    return with_unique_ids(tuple(found.values()))


def _outlines(
    parent: etree._Element, folder: str, depth: int
) -> Iterator[tuple[etree._Element, str]]:
    for child in parent if depth < _DEPTH else ():
        if _at(child, "xmlUrl"):
            yield child, folder
        elif str(child.tag).lower() in ("outline", "body"):
            yield from _outlines(
                child, _at(child, "title") or _at(child, "text") or folder, depth + 1
            )


def _at(outline: etree._Element, name: str) -> str:
    """An attribute, whatever the case of its name: readers differ."""
    low = name.lower()
    return next(
        (str(value).strip() for key, value in outline.attrib.items() if str(key).lower() == low), ""
    )


def _of_the_web(url: str, kind: str, name: str) -> None:
    """Lists of feeds are passed around; one must not name files or mailboxes of who reads it."""
    if kind in LOCAL_KINDS or urlsplit(url).scheme not in ("http", "https", "rsshub"):
        raise ConfigError(
            "this list names something that is not on the web", url, name,
            hint="write it into a TOML list of your own",
        )  # fmt: skip


def _source(outline: etree._Element, folder: str) -> Source:
    url = _FEED_SCHEME.sub(_web_scheme, _at(outline, "xmlUrl"))
    title = _at(outline, "title") or _at(outline, "text")
    options = tuple(
        (str(key).removeprefix(_OPTION), str(value))
        for key, value in sorted(outline.attrib.items())
        if str(key).startswith(_OPTION)
    )
    return Source(
        id=SourceId(_at(outline, "id") or slug(title, url)),
        kind=_at(outline, "kind") or kind_of(url),
        url=url,
        title="" if title == url else title,
        language=_language(_at(outline, "language")),
        weight=_weight(_at(outline, "weight")),
        category=_at(outline, "category").strip("/").split(",")[0] or folder,
        options=options,
        **{name: _at(outline, name) for name in _OWN if name not in ("kind", "timezone")},
        timezone=zone if is_zone(zone := _at(outline, "timezone")) else "",
    )


def _web_scheme(match: re.Match[str]) -> str:
    """`feed:https://x` and `feed://x` are how some readers write a web address."""
    return "https" if match[0] == "feed" else ""


def _language(text: str) -> str:
    primary = text.replace("_", "-").split("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3 else ""


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 3.0) if text else 1.0
    except ValueError:
        return 1.0


def kind_of(url: str) -> str:
    """The kind that reads an address that is known by its form, else `feed`."""
    parts = urlsplit(url)
    place = f"{parts.hostname or ''}{parts.path}"
    return next((kind for form, kind in _FORMS if form.match(place)), "feed")


def slug(title: str, url: str) -> str:
    """A short name for a source: its title in ASCII, else its host, else a digest."""
    short = _SLUG.sub("-", title.lower()).strip("-") if title.isascii() and title != url else ""
    short = short or _SLUG.sub("-", outlet_of(url).lower()).strip("-")
    return short[:48].strip("-") or content_id(url)


def with_unique_ids(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Give sources that would share an id the digest of their address beside it."""
    seen: dict[str, int] = {}
    for source in sources:
        seen[source.id] = seen.get(source.id, 0) + 1
    return tuple(
        source
        if seen[source.id] == 1
        else replace(source, id=SourceId(f"{source.id}-{content_id(source.url)[:6]}"))
        for source in sources
    )


def write_opml(sources: Sequence[Source], title: str) -> bytes:
    """Write sources as OPML 2.0, a folder for each category; `read_opml` gives them back."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for source in sources:
        if source.category not in folders:
            name = source.category or "sources"
            folders[source.category] = etree.SubElement(
                body, "outline", text=_NO_XML.sub("", name), title=_NO_XML.sub("", name)
            )
        etree.SubElement(folders[source.category], "outline", _attributes(source))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not in XML


def _attributes(source: Source) -> dict[str, str]:
    title = source.title or source.url
    found = {
        "type": "rss", "text": title, "title": title, "xmlUrl": source.url, "id": source.id,
        "category": source.category, "language": source.language,
        "weight": "" if source.weight == 1.0 else f"{source.weight:g}",
        "kind": source.kind, "section": source.section, "owner": source.owner,
        "timezone": source.timezone, "licence": source.licence,
        **{f"{_OPTION}{key}": value for key, value in source.options},
    }  # fmt: skip
    kept = {key: _NO_XML.sub("", value) for key, value in found.items()}
    return {key: value for key, value in kept.items() if value}
