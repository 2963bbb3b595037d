"""The blocks of a Markdown newsletter, with or without front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ribao.verify.pieces import Piece, is_mark, split_sources


def front_matter(content: str) -> tuple[str, dict[str, str], int]:
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
        except ValueError:  # a quote that is never closed, as hand-made front matter has it
            return value.strip('"').replace("\\n", "\n")
    return value.strip("'")


def front_pieces(front: dict[str, str]) -> Iterator[Piece]:
    """The title and the lines of the summary."""
    line = int(front.get("line of title", "1"))
    if front.get("title"):
        yield Piece(front["title"], "title", 0, line)
    line = int(front.get("line of summary", "1"))
    for row in front.get("summary", "").splitlines():
        if text := re.sub(r"^\s*[-*+•]\s+", "", row).strip():
            yield Piece(text, "summary", 0, line)


def markdown_pieces(body: str, skipped: int) -> Iterator[Piece]:
    """The blocks of the body; `skipped` lines of the file stand before it."""
    in_item, level, part = 0, 0, "paragraph"
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(body):
        if token.type in {"list_item_open", "list_item_close"}:
            in_item += 1 if token.type == "list_item_open" else -1
        elif token.type == "heading_open":
            level, part = int(token.tag[1]), "heading"
        elif token.type == "heading_close":
            level, part = 0, "paragraph"
        elif token.type == "inline":
            where = part if part == "heading" else "item" if in_item else "paragraph"
            line = (token.map[0] if token.map else 0) + 1 + skipped
            yield from _pieces(_inline(token.children or []), where, level, line)


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
        links = tuple((url, words) for at, url, words in block.links if start <= at < end)
        lead = block.lead if start == 0 else ""
        below = block.text.count("\n", 0, start) + (start > 0)
        if text:
            yield Piece(text, part, level, line + below, links, lead)


def _inline(tokens: Sequence[Token]) -> _Inline:
    words: list[str] = []
    links: list[tuple[int, str, str]] = []
    opened: list[tuple[str, int]] = []
    lead = ""
    bold = -1
    for token in tokens:
        if token.type == "strong_open" and not "".join(words).strip() and not links:
            bold = 0
        elif token.type == "strong_close" and bold == 0:
            lead, bold = "".join(words), -1
        elif token.type == "link_open":
            opened.append((str(token.attrs.get("href", "")), len(words)))
        elif token.type == "link_close" and opened:
            url, start = opened.pop()
            said = "".join(words[start:])
            links.append((len("".join(words[:start])), url, said))
            if not "".join(words[:start]).strip():
                lead = lead or said
            if start and is_mark(said) and len(tokens) > 3:
                del words[start:]
        elif token.type in {"text", "code_inline"}:
            words.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            words.append("\n")
    return _Inline("".join(words), tuple(links), lead)
