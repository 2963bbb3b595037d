"""Anybody's newsletter as printed sentences: Markdown (with front matter), HTML, edition.json.

What counts is which story a sentence belongs to and what it is there: a headline, a line of the
summary, a paragraph, a bullet. A heading of the level that most linked headings have begins a
story; so does a list item that starts with a link or with bold words, outside of such a story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ribao.errors import ContentError
from ribao.language.scripts import detect_language
from ribao.language.sentences import split_sentences
from ribao.verify.pieces import (
    COMPUTED,
    SOURCES,
    WRAP,
    Listed,
    Piece,
    day_in,
    is_computed,
    seen,
    tidied,
    unwrapped,
)
from ribao.verify.pieces_edition import edition_pieces
from ribao.verify.pieces_front import front_matter
from ribao.verify.pieces_html import html_pieces
from ribao.verify.pieces_markdown import markdown_pieces

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
    part: str  # title, summary, section, headline, paragraph, bullet
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
    sources: tuple[tuple[int, Listed], ...] = ()  # (story, a source that is listed under it)
    path: str = ""  # where the file stands, as it was named; code hosts find it by this

    def of_story(self, story: int) -> tuple[Printed, ...]:
        """The sentences of one story, in printed order."""
        return tuple(sentence for sentence in self.sentences if sentence.story == story)

    @property
    def stories(self) -> tuple[int, ...]:
        """The numbers of the stories, from 1, in printed order."""
        return tuple(dict.fromkeys(s.story for s in self.sentences if s.story))


def read_newsletter(content: str, name: str = "newsletter.md") -> Newsletter:
    """Read a newsletter; the form is told from the content, not from the name.

    Raises:
        ContentError: there is nothing to read, or it is JSON of another kind than an edition.
    """
    if not content.strip():
        raise ContentError("nothing to check", name, "the file is empty")
    if len(content) > LONGEST:
        raise ContentError("nothing to check", name, f"over {LONGEST} characters")
    content = _HALVES.sub("\ufffd", content.replace("\r\n", "\n").replace("\r", "\n"))
    start = content.lstrip("\ufeff \t\n")
    if start.startswith("{"):
        pieces, front = edition_pieces(content, name)
    elif re.match(r"<(?:!doctype|html|body|head|\?xml|article|div|p|h\d)\b", start, re.IGNORECASE):
        pieces, front = html_pieces(start, content.count("\n", 0, len(content) - len(start)))
    else:
        body, head = front_matter(content.lstrip("\ufeff"), name)
        pieces, front = [*head.pieces(), *markdown_pieces(body, head.lines)], head.about()
    return _assemble(pieces, front, name)


_HALVES = re.compile("[\ud800-\udfff]")  # of letters: they are in no text, and nothing takes them


def _assemble(pieces: Sequence[Piece], front: dict[str, str], name: str) -> Newsletter:
    front = {key: seen(value) for key, value in front.items()}
    walk = _Walk(_story_level(pieces), front.get("title", ""))
    for piece in pieces:
        walk.take(piece)
    if not walk.sentences:
        raise ContentError("nothing to check", name, "no sentence was found in it")
    words = " ".join(sentence.text for sentence in walk.sentences[:60])
    labels = [detect_language(piece.text[:8]) for piece in pieces if tidied(piece).part == SOURCES]
    labelled = max(dict.fromkeys(labels), key=labels.count, default="")
    language = front.get("language", "") or labelled or detect_language(words) or "en"
    hints = (front.get("date", ""), name, walk.title, words[:400])
    day = next((found for hint in hints if (found := day_in(hint)) is not None), None)
    return Newsletter(
        name,
        walk.title,
        day,
        language,
        tuple(walk.sentences),
        tuple(walk.links),
        tuple(walk.sources),
    )


def _story_level(pieces: Sequence[Piece]) -> int:
    """The level of headings that begin stories: where most headings are links, else the deepest.

    Above it stand sections; below it the parts of one story.
    """
    headings = [piece for piece in pieces if piece.part == "heading"]
    linked = Counter(piece.level for piece in headings if piece.links)
    if linked and max(linked.values()) > 1:
        return max(linked, key=lambda level: (linked[level], level))
    levels = Counter(min(piece.level, 3) for piece in headings)
    if levels[3]:
        return 3
    return 2 if levels[2] > 1 and _tells(pieces, 2) else 3


def _tells(pieces: Sequence[Piece], level: int) -> bool:
    """Tell whether most headings of a level stand right above a paragraph, as a story's does."""
    after = [
        below.part
        for piece, below in pairwise(pieces)
        if piece.part == "heading" and piece.level == level
    ]
    return 2 * after.count("paragraph") > len(after)


# An address that is no link: mail programs and chats make one of it all the same.
_WRITTEN = re.compile(r"https?://[^\s<>\"'“”‘’（）()\u3000-\u9fff，。]+", re.IGNORECASE)


class _Walk:
    """Goes through the blocks once and gives each sentence its story and its part."""

    def __init__(self, level: int, title: str) -> None:
        self.title = title
        self.sentences: list[Printed] = []
        self.links: list[Link] = []
        self.sources: list[tuple[int, Listed]] = []
        self._level = level
        self._count = 0
        self._story = 0
        self._headed = False  # whether the story began with a heading

    def take(self, block: Piece) -> None:
        """Read one block."""
        piece = tidied(block)
        part = {"item": "bullet"}.get(piece.part, piece.part)
        opening = piece.part == "item" and piece.lead and not self._headed
        if piece.part == "heading":
            part = self._heading(piece)
        elif piece.lead == piece.text and piece.text[-1:] in {":", "："}:
            part = "section"  # a label in bold: it says nothing
        elif opening:
            self._begin(headed=False)
        self.links += [
            Link(_HALVES.sub("\ufffd", url), words, piece.line, self._story)
            for url, words in piece.links
        ]
        written = [match.group().rstrip(".,;:!?") for match in _WRITTEN.finditer(piece.text)]
        known = {url for url, _ in piece.links}
        self.links += [
            Link(url, url, piece.line, self._story) for url in written if url not in known
        ]
        if part == SOURCES:
            self.sources += [(self._story, listed) for listed in piece.sources]
            return
        cut = _headline_ends(piece) if opening else 0
        if cut:
            self._say(replace(piece, text=piece.text[:cut].rstrip("：:—– -")), "headline")
        self._say(replace(piece, text=piece.text[cut:]), "paragraph" if cut else part)

    def _heading(self, piece: Piece) -> str:
        if piece.level > self._level:
            return "section"
        if piece.level == self._level:
            self._begin(headed=True)
            return "headline"
        self._story, self._headed = 0, False
        first = not self.title or piece.text == self.title
        self.title = self.title or unwrapped(piece.text)
        return "title" if first or piece.level == 1 else "section"

    def _begin(self, *, headed: bool) -> None:
        self._count += 1
        self._story, self._headed = self._count, headed

    def _say(self, piece: Piece, part: str) -> None:
        line, at = piece.line, 0
        ends = ("\n", WRAP) if piece.file_lines else (WRAP,)
        for span in split_sentences(piece.text):
            line += sum(piece.text.count(end, at, span.start) for end in ends)
            at = span.start
            text = unwrapped(span.text)
            own = piece.kind == "fact" and is_computed(text)  # also behind a brief's text
            kind = COMPUTED if own else piece.kind
            self.sentences.append(Printed(text, part, self._story, line, kind))


def _headline_ends(piece: Piece) -> int:
    """Where the opening words of a list item end, if a text follows them after a colon; else 0."""
    after = len(piece.lead)
    if not piece.text.startswith(piece.lead):
        return 0
    match = re.match(r"\s*(?:[:：]|—+|–|-(?=\s))\s*", piece.text[after:])
    return after + match.end() if match and piece.text[after + match.end() :].strip() else 0
