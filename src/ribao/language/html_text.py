"""Hostile HTML to plain text, in blocks that remember what they were: headings, items, paragraphs.

What a reader cannot see is not text: hidden nodes, scripts, comments and invisible characters are
left out, because that is where instructions to a language model and keyword stuffing hide. One
pass, linear in the input, which is cut at `MAX_CHARS`; libxml2 itself caps the depth.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree
from lxml import html as lxml_html

MAX_CHARS = 2_000_000  # characters of HTML read from one body; the longest real page seen has 1.1 M

# Soft hyphen, zero width, bidi controls, word joiners, variation selectors, tag characters, BOM.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Control characters, lone surrogates and the non-characters of the first plane.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_DEEP = 256 * len("<b>")  # libxml2 reads no deeper than 256 elements
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n+")

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "noframes",
        "noembed",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "title",
        "select",
        "option",
        "datalist",
        "button",
        "textarea",
        "input",
        "form-control",
        "dialog",
        "frame",
        "frameset",
        "link",
        "meta",
        "base",
        "param",
        "source",
        "track",
        "rp",
        "xml",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "caption",
        "ul",
    ]
)
_BOLD = frozenset(("b", "strong"))
_STYLE_HIDES = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?:\.0*)?(?:[a-z%;]|$)"
    r"|opacity:0(?:\.0*)?(?:[;%]|$)|(?:^|;)(?:left|top|right|bottom|text-indent|margin-left|margin-top):-\d{4,}"
    r"|(?:^|;)(?:left|top|text-indent):-\d{3,}(?:em|rem|vw|%)|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%"
    r"|(?:^|;)color:transparent|(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|$).*overflow:hidden"
    r"|overflow:hidden.*;(?:max-)?(?:height|width):0(?:px)?(?:;|$)|transform:scale\(0\)"
)
_CSS_NOISE = re.compile(r"/\*.*?\*/|\s+|!important", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or list item. `level` is 1 to 6 for headings, 0 otherwise."""

    text: str
    kind: str = "paragraph"  # paragraph, heading, item
    level: int = 0
    lead: str = ""  # the bold words that open the block; all of it where the block is bold
    links: tuple[tuple[str, str], ...] = ()  # (address, text) in order
    line: int = 0  # of the markup, 1-based; 0 where it was never parsed


def clean_text(text: str) -> str:
    """Drop characters that a reader cannot see; line breaks and tabs stay."""
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def is_hidden(element: etree._Element) -> bool:
    """Tell whether a browser would not show this element, by its own attributes."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = attributes.get("style")
    return style is not None and bool(_STYLE_HIDES.search(_CSS_NOISE.sub("", style[:2000]).lower()))


def parse_html(markup: str) -> etree._Element | None:
    """Parse markup of any quality; None where nothing of it can be read."""
    markup = _CONTROL.sub("", markup[:MAX_CHARS])
    if not markup.strip():
        return None
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        return lxml_html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but comments, or nothing at all
        return None


def html_blocks(markup: str) -> tuple[Block, ...]:
    """Cut markup (or plain text) into its visible blocks, in reading order."""
    if not _MARKUP.search(markup):
        return tuple(Block(text) for text in _plain_paragraphs(markup))
    tree = parse_html(markup)
    found = () if tree is None else tree_blocks(tree)
    if found or len(markup) < _DEEP:
        return found
    # Nested past the depth that libxml2 reads: the words without their markup are better than none.
    return tuple(Block(text) for text in _plain_paragraphs(_TAG.sub("", _UNSEEN.sub("", markup))))


def tree_blocks(tree: etree._Element) -> tuple[Block, ...]:
    """Cut a parsed page into its visible blocks."""
    reader = _Reader()
    reader.read(tree)
    return tuple(reader.blocks)


def plain_text(markup: str) -> str:
    """The visible text of markup, its paragraphs separated by a blank line."""
    return "\n\n".join(block.text for block in html_blocks(markup))


def one_line(markup: str) -> str:
    """The visible text of markup on one line, for titles and names."""
    text = markup
    if _MARKUP.search(markup):
        text = " ".join(block.text for block in html_blocks(markup)) if "<" in markup else ""
        text = text or entities.unescape(markup)
    return _SPACES.sub(" ", clean_text(text)).strip()


def _plain_paragraphs(text: str) -> Iterator[str]:
    for paragraph in _BLANK_LINE.split(clean_text(text[:MAX_CHARS])):
        lines = (_SPACE.sub(" ", line).strip() for line in paragraph.split("\n"))
        joined = "\n".join(line for line in lines if line)
        if joined:
            yield joined


class _Reader:
    """Walks a tree once and collects blocks; text between two block boundaries is one block."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._lead: list[str] = []
        self._lead_open = True  # only bold words have come so far
        self._links: list[tuple[str, list[str]]] = []
        self._heading = 0
        self._items = 0
        self._bold = 0
        self._pre = 0
        self._anchor: list[str] | None = None
        self._line = 0

    def read(self, tree: etree._Element) -> None:
        """Walk one tree."""
        walk = etree.iterwalk(tree, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                if event == "end":
                    self._say(element.tail)
                continue
            if event == "start":
                if tag in _SKIPPED or is_hidden(element):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._open(tag, element)
            else:
                if element is skipped:
                    skipped = None
                    if tag in _BLOCKS:
                        self._flush()
                else:
                    self._close(tag)
                self._say(element.tail if element is not tree else None)
        self._flush()

    def _open(self, tag: str, element: etree._Element) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._line = cast("int | None", element.sourceline) or 0  # the stubs know no type
            if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
                self._heading = int(tag[1])
            self._items += tag == "li"
            self._pre += tag == "pre"
        elif tag == "br":
            self._pieces.append("\n")
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "a":
            self._anchor = []
            self._links.append((element.get("href") or "", self._anchor))
        elif tag in ("td", "th") and self._pieces:
            self._pieces.append(" ")
        self._say(element.text)

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
                self._heading = 0
            self._items -= tag == "li"
            self._pre -= tag == "pre"
        elif tag in _BOLD:
            self._bold -= 1
        elif tag == "a":
            self._anchor = None

    def _say(self, text: str | None) -> None:
        if not text:
            return
        text = clean_text(text)
        if not self._pre:
            text = _SPACES.sub(" ", text)
        self._pieces.append(text)
        if self._anchor is not None:
            self._anchor.append(text)
        if self._bold and self._lead_open:
            self._lead.append(text)
        elif text.strip():
            self._lead_open = False

    def _flush(self) -> None:
        if self._pieces:
            text = _tidy("".join(self._pieces))
            kind = "heading" if self._heading else "item" if self._items > 0 else "paragraph"
            lead = _tidy("".join(self._lead))
            links = tuple((href, _tidy("".join(words))) for href, words in self._links if href)
            # Two line breaks in a row part paragraphs, as in feeds that know no <p>.
            for index, piece in enumerate(_BLANK_LINE.split(text)):
                if piece.strip():
                    first = index == 0
                    self.blocks.append(
                        Block(
                            piece.strip(),
                            kind,
                            self._heading,
                            lead if first else "",
                            links if first else (),
                            self._line,
                        )
                    )
        self._pieces, self._lead, self._links = [], [], []
        self._lead_open = True


def _tidy(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip()
