"""The blocks of a Markdown newsletter, without its front matter.

Comments and the tags of raw HTML are not seen by a reader and are no words; a block of raw HTML is
read as HTML. A row of a table is one block, its head names columns and claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ribao.errors import ContentError
from ribao.verify.forms.pieces import WRAP, Piece, is_label, is_mark, split_sources
from ribao.verify.forms.pieces_html import html_pieces

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{([<%]).*?[>%]\}\}")  # of Hugo: what it puts there is not in the file
_CELL = " | "
_NOTE = re.compile(r"^ {0,3}\[\^([\w.-]{1,40})\]:[ \t]*(.+)$", re.MULTILINE)  # a footnote
_POINTER = re.compile(r"\[\^([\w.-]{1,40})\]")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?]")


def markdown_pieces(body: str, skipped: int) -> Iterator[Piece]:
    """The blocks of the body; `skipped` lines of the file stand before it."""
    yield from _Blocks(skipped).read(body)


class _Blocks:
    """Goes through the blocks once and knows in what each of them stands."""

    def __init__(self, skipped: int) -> None:
        self._skipped = skipped
        self._items = 0
        self._level = 0  # of the heading that is open, 0 for none
        self._head = False  # of a table
        self._row: list[_Inline] | None = None
        self._line = 0  # where the row begins
        self._notes: dict[str, list[str]] = {}  # the addresses of each footnote

    def read(self, body: str) -> Iterator[Piece]:
        """The pieces of a text, in order.

        Raises:
            ContentError: a part of it lies so deep that it would not be read.
        """
        self._notes = {m[1]: _ADDRESS.findall(m[2]) for m in _NOTE.finditer(body)}
        for token in _reader().parse(body):
            line = (token.map[0] if token.map else 0) + 1 + self._skipped
            if token.level >= _DEEPEST:
                detail = "its lists or quotations are nested too deep"
                raise ContentError("cannot read the letter", f"line {line}", detail)
            if token.type == "inline":
                block = self._noted(_inline(token.children or []))
                if self._row is not None:
                    self._row.append(block)
                else:
                    yield from _pieces(block, self._part(), self._level, line)
            elif token.type == "html_block":
                yield from _raw(token.content, line)
            elif token.type == "tr_close" and self._row is not None:
                part = "section" if self._head else self._part()
                line, row, self._row = self._line, self._row, None
                yield from _pieces(_joined(row), part, 0, line)
            else:
                self._enter(token, line)

    def _noted(self, block: _Inline) -> _Inline:
        """The block with the links of the footnotes that it points to."""
        if "[^" not in block.text or _NOTE.match(block.text):
            return block
        marks = list(_POINTER.finditer(block.text))
        links = [(m.start(), url, m.group()) for m in marks for url in self._notes.get(m[1], ())]
        return replace(block, links=(*block.links, *links))

    def _enter(self, token: Token, line: int) -> None:
        if token.type in {"list_item_open", "list_item_close"}:
            self._items += token.nesting
        elif token.type in {"heading_open", "heading_close"}:
            self._level = int(token.tag[1]) if token.nesting > 0 else 0
        elif token.type in {"thead_open", "thead_close"}:
            self._head = token.nesting > 0
        elif token.type == "tr_open":
            self._row, self._line = [], line

    def _part(self) -> str:
        if self._level:
            return "heading"
        return "item" if self._items else "paragraph"


_DEEPEST = 40  # lists and quotations in one another; what lies deeper would be left out


class _Reader(MarkdownIt):
    """A reader that keeps addresses as they are written, also those that no page should have."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Take any address for a link, as other readers of Markdown do."""
        del url
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        """Leave an address as it is, so that a disguise is shown as it looks."""
        return url


@cache
def _reader() -> MarkdownIt:
    options = {"html": True, "maxNesting": _DEEPEST + 1}
    return _Reader("commonmark", options).enable("table")


def _raw(markup: str, line: int) -> Iterator[Piece]:
    """What is seen of a block of raw HTML that begins at a line."""
    seen = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), markup)
    if re.search(r"[^\s<>](?![^<>]*>)", seen):
        yield from html_pieces(seen, line - 1)[0]


def _joined(row: Sequence[_Inline]) -> _Inline:
    """The cells of a row of a table as one block."""
    text, links = "", []
    for cell in row:
        text += _CELL if text and cell.text else ""
        links += [(len(text) + at, url, words) for at, url, words in cell.links]
        text += cell.text
    return _Inline(text, tuple(links), "")


@dataclass(frozen=True, slots=True)
class _Inline:
    """The visible words of a block, its links with their places, and its opening words."""

    text: str
    links: tuple[tuple[int, str, str], ...]
    lead: str


def _pieces(block: _Inline, part: str, level: int, line: int) -> Iterator[Piece]:
    """A block as one piece, or as two where its last line lists the sources."""
    cut = split_sources(block.text)
    for start, end in ((0, cut), (cut, len(block.text))):
        text = block.text[start:end].strip()
        last = end == len(block.text)  # a mark at the end of the words links, too
        links = tuple(
            (url, words) for at, url, words in block.links if start <= at and (at < end or last)
        )
        lead = block.lead if start == 0 else ""
        below = block.text.count("\n", 0, start) + (start > 0)
        if text:
            yield Piece(text, part, level, line + below, links, lead)


def _inline(tokens: Sequence[Token]) -> _Inline:
    words: list[str] = []
    links: list[tuple[int, str, str]] = []
    opened: list[tuple[str, int, int, bool]] = []
    lead, bold = "", False
    at, blank = 0, True  # characters so far, and whether none of them is seen
    for what, value in _events(tokens):
        if what == "bold":
            bold = blank and not links
        elif what == "end of bold":
            lead, bold = "".join(words) if bold else lead, False
        elif what == "link":
            opened.append((value, len(words), at, blank))
        elif what == "end of link" and opened:
            url, start, place, first = opened.pop()
            said = "".join(words[start:])
            links.append((place, url, said))
            if first:
                lead = lead or said
            if start and is_mark(said) and len(tokens) > 3:
                del words[start:]
                at = place
        elif what == "words":
            words.append(value)
            at += len(value)
            blank = blank and not value.strip()
    return _Inline(_wrapped("".join(words)), tuple(links), lead)


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg"})
_WORDS = frozenset({"text", "code_inline"})
_EVENTS = {
    "strong_open": ("bold", ""),
    "strong_close": ("end of bold", ""),
    "link_close": ("end of link", ""),
    "softbreak": ("words", WRAP),
    "hardbreak": ("words", "\n"),
}


def _events(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """What happens in a block: its words, links and bold stretches, also those of raw HTML."""
    hidden = ""
    for token in tokens:
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if tag is not None:
            name, ends = tag[2].lower(), bool(tag[1])
            if name in _UNSEEN:
                hidden = "" if ends else name
            elif name == "br":
                yield "words", "\n"
            elif name in {"b", "strong"}:
                yield ("end of bold" if ends else "bold"), ""
            elif name == "a":
                href = _HREF.search(token.content)
                yield ("end of link", "") if ends else ("link", unescape(_first(href)))
        elif token.type == "link_open":
            yield "link", str(token.attrs.get("href", ""))
        elif token.type in _WORDS and not hidden:
            yield "words", _SHORTCODE.sub("", token.content)
        elif token.type in _EVENTS:
            yield _EVENTS[token.type]


def _first(match: re.Match[str] | None) -> str:
    return next((group for group in match.groups() if group), "") if match else ""


_ENDED = re.compile(r"[。！？!?….：:；;|]\W*\Z")
_BEGUN = re.compile(r"\W*(?:[一二三四五六七八九十\d]{1,3}[、.．)）]|[•·▪◦‣【–—*-])")


def _wrapped(text: str) -> str:
    """Keep as breaks those ends of lines at which something ends; the others only wrap.

    A reader of the page sees no difference, but many letters give each fact a line of its own.
    """
    lines = text.split(WRAP)
    kept = lines[:1]
    for before, line in pairwise(lines):
        last = before.rpartition("\n")[2]
        wide = sum(1 + (letter >= "\u2e80") for letter in last)
        ends = _ENDED.search(last) or _BEGUN.match(line) or is_label(line)
        wraps = not ends and (wide >= _WIDE or line.lstrip()[:1].islower())
        kept += [WRAP if wraps else "\n", line]
    return "".join(kept)


_WIDE = 56  # columns; a shorter line was ended on purpose
