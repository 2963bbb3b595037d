"""Anybody's newsletter as printed sentences: Markdown (with front matter), HTML, edition.json.

What counts is which story a sentence belongs to and what it is there: a headline, a line of the
summary, a paragraph, a bullet. A level-3 heading begins a story; so does a list item that starts
with a link or with bold words, outside of such a story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ribao.errors import ContentError
from ribao.language.html_text import html_blocks
from ribao.language.scripts import detect_language
from ribao.language.sentences import split_sentences

LONGEST = 5_000_000  # characters; a newsletter is far shorter, so a longer file is something else


@dataclass(frozen=True, slots=True)
class Link:
    """An address that is printed, with its words."""

    url: str
    words: str
    line: int
    story: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed sentence. `story` is 0 for what belongs to the edition as a whole."""

    text: str
    part: str  # title, summary, headline, paragraph, bullet
    story: int
    line: int  # 1-based line of the file where it begins
    kind: str = "fact"  # of a Sentence


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A newsletter as a checker sees it."""

    name: str
    title: str
    day: date | None
    language: str
    sentences: tuple[Printed, ...]
    links: tuple[Link, ...]

    def of_story(self, story: int) -> tuple[Printed, ...]:
        """The sentences of one story, in printed order."""
        return tuple(sentence for sentence in self.sentences if sentence.story == story)

    @property
    def stories(self) -> tuple[int, ...]:
        """The numbers of the stories, from 1, in printed order."""
        return tuple(dict.fromkeys(s.story for s in self.sentences if s.story))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block before it is cut into sentences. `opening` tells of a link or bold words in front."""

    text: str
    part: str
    level: int
    line: int
    links: tuple[tuple[str, str], ...] = ()
    opening: bool = False
    kind: str = "fact"


def read_newsletter(content: str, name: str = "newsletter.md") -> Newsletter:
    """Read a newsletter; the form is told from the content, not from the name.

    Raises:
        ContentError: there is nothing to read, or it is JSON of another kind than an edition.
    """
    if not content.strip():
        raise ContentError("nothing to check", name, "the file is empty")
    if len(content) > LONGEST:
        raise ContentError("nothing to check", name, f"over {LONGEST} characters")
    start = content.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        pieces, front = _edition_pieces(start, name)
    elif re.match(r"<(?:!doctype|html|body|head|\?xml|article|div|p|h\d)\b", start, re.IGNORECASE):
        pieces, front = list(_html_pieces(start)), {}
    else:
        body, front, skipped = _front_matter(content.lstrip("\ufeff"))
        pieces = [*_front_pieces(front), *_markdown_pieces(body, skipped)]
    return _assemble(pieces, front, name)


def _assemble(pieces: Sequence[_Piece], front: dict[str, str], name: str) -> Newsletter:
    sentences: list[Printed] = []
    links: list[Link] = []
    story, title, under_heading = 0, front.get("title", ""), False
    count = 0
    for piece in pieces:
        if piece.part == "heading" and piece.level <= 2:
            story, under_heading = 0, False
            title = title or piece.text
            part = "title"
        elif piece.part == "heading":
            count += 1
            story, under_heading, part = count, True, "headline"
        elif piece.part == "item" and piece.opening and not under_heading:
            count += 1
            story, part = count, "bullet"
        else:
            part = {"item": "bullet"}.get(piece.part, piece.part)
        links += [Link(url, words, piece.line, story) for url, words in piece.links]
        for span in split_sentences(piece.text):
            line = piece.line + piece.text.count("\n", 0, span.start)
            sentences.append(Printed(span.text, part, story, line, piece.kind))
    if not sentences:
        raise ContentError("nothing to check", name, "no sentence was found in it")
    words = " ".join(sentence.text for sentence in sentences[:60])
    language = front.get("language", "") or detect_language(words) or "en"
    day = _day(front.get("date", "")) or _day(name) or _day(title) or _day(words[:400])
    return Newsletter(name, title, day, language, tuple(sentences), tuple(links))


def _day(text: str) -> date | None:
    match = re.search(
        r"(?<!\d)((?:19|20)\d\d)(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})(?!\d)", text
    )
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


# --- Markdown -------------------------------------------------------------------------------------


def _front_matter(content: str) -> tuple[str, dict[str, str], int]:
    """The body, the scalar fields of the front matter, and the lines that it takes."""
    match = re.match(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", content, re.DOTALL)
    if match is None:
        return content, {}, 0
    front: dict[str, str] = {}
    for number, line in enumerate(match[1].splitlines(), 2):
        key, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[A-Za-z_]\w*", key.strip()):
            front[key.strip()] = _scalar(value.strip())
            front[f"line of {key.strip()}"] = str(number)
    return content[match.end() :], front, match.group().count("\n")


def _scalar(value: str) -> str:
    if value[:1] == '"':
        try:
            return str(json.loads(value))
        except ValueError:
            return value.strip('"')
    return value.strip("'")


def _front_pieces(front: dict[str, str]) -> Iterator[_Piece]:
    line = int(front.get("line of title", "1"))
    if front.get("title"):
        yield _Piece(front["title"], "title", 0, line)
    line = int(front.get("line of summary", "1"))
    for row in front.get("summary", "").splitlines():
        if text := re.sub(r"^\s*[-*+•]\s+", "", row).strip():
            yield _Piece(text, "summary", 0, line)


def _markdown_pieces(body: str, skipped: int) -> Iterator[_Piece]:
    in_item, level, part = 0, 0, "paragraph"
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(body):
        if token.type in {"list_item_open", "list_item_close"}:
            in_item += 1 if token.type == "list_item_open" else -1
        elif token.type == "heading_open":
            level, part = int(token.tag[1]), "heading"
        elif token.type == "heading_close":
            level, part = 0, "paragraph"
        elif token.type == "inline":
            text, links, opening = _inline(token.children or [])
            where = part if part == "heading" else "item" if in_item else "paragraph"
            line = (token.map[0] if token.map else 0) + 1 + skipped
            if text.strip():
                yield _Piece(text, where, level, line, links, opening)


def _inline(tokens: Sequence[Token]) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """The visible words of a block, its links, and whether it begins with a link or bold words."""
    words: list[str] = []
    links: list[tuple[str, str]] = []
    opened: list[tuple[str, int]] = []
    opening = False
    for number, token in enumerate(tokens):
        if token.type in {"link_open", "strong_open"} and not "".join(words).strip():
            opening = opening or number <= 1
        if token.type == "link_open":
            opened.append((str(token.attrs.get("href", "")), len(words)))
        elif token.type == "link_close" and opened:
            url, start = opened.pop()
            links.append((url, "".join(words[start:])))
        elif token.type in {"text", "code_inline"}:
            words.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            words.append("\n")
    return "".join(words), tuple(links), opening


# --- HTML and edition.json ------------------------------------------------------------------------


def _html_pieces(markup: str) -> Iterator[_Piece]:
    for number, block in enumerate(html_blocks(markup), 1):
        opening = bool(block.lead) or bool(
            block.links and block.links[0][1] and block.text.startswith(block.links[0][1])
        )
        yield _Piece(block.text, block.kind, block.level, number, block.links, opening)


def _edition_pieces(content: str, name: str) -> tuple[list[_Piece], dict[str, str]]:
    try:
        table = json.loads(content)
        pieces = list(_json_pieces(table))
        front = {key: str(table[key]) for key in ("title", "date", "language")}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ContentError("this JSON is no edition", name, str(error)) from error
    return pieces, front


def _json_pieces(table: dict[str, object]) -> Iterator[_Piece]:
    """The sentences of an edition in its canonical form (docs/reference/edition.schema.json)."""
    yield _Piece(str(table["title"]), "title", 0, 1)
    for sentence in _list(table["summary"]):
        yield _sentence(sentence, "summary", 1)
    line = 1
    for section in _list(table["sections"]):
        for article in _list(section["articles"]):
            line += 1
            head = _sentence(article["headline"], "heading", line)
            yield replace(head, level=3, links=((str(article["url"]), head.text),))
            for sentence in _list(article["paragraph"]):
                yield _sentence(sentence, "paragraph", line)
            for insight in _list(article["insights"]):
                for sentence in _list(insight["sentences"]):
                    yield _sentence(sentence, "item", line)


def _list(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def _sentence(table: object, part: str, line: int) -> _Piece:
    if not isinstance(table, dict):
        raise TypeError("a sentence was expected")
    return _Piece(str(table["text"]), part, 0, line, kind=str(table.get("kind", "fact")))
