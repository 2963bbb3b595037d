"""Anybody's newsletter as printed sentences: Markdown (with front matter), HTML, edition.json.

What counts is which story a sentence belongs to and what it is there: a headline, a line of the
summary, a paragraph, a bullet. A heading of the level that most linked headings have begins a
story; so does a list item that starts with a link or with bold words, outside of such a story. A
paragraph, item or row that stands in no story and links its report is a story of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ribao.errors import ContentError
from ribao.language.dates import DateMention, find_dates
from ribao.language.scripts import detect_language
from ribao.language.sentences import split_sentences
from ribao.language.traditional import simplified
from ribao.verify.forms.pieces import (
    COMPUTED,
    SOURCES,
    WRAP,
    Listed,
    Piece,
    day_in,
    is_computed,
    is_label,
    is_note,
    seen,
    tidied,
    unwrapped,
)
from ribao.verify.forms.pieces_edition import edition_pieces
from ribao.verify.forms.pieces_front import front_matter
from ribao.verify.forms.pieces_html import html_pieces
from ribao.verify.forms.pieces_markdown import markdown_pieces

LONGEST = 5_000_000  # characters; a newsletter is far shorter, so a longer file is something else


@dataclass(frozen=True, slots=True)
class Link:
    """An address that is printed, with its words."""

    url: str
    words: str
    line: int
    story: int
    block: int = 0  # which paragraph, item, row or heading of the file holds it, from 1


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed sentence. `story` is 0 for what belongs to the edition as a whole."""

    text: str
    part: str  # title, summary, section, headline, paragraph, bullet
    story: int
    line: int  # 1-based line of the file where it begins
    kind: str = "fact"  # of a Sentence
    block: int = 0  # as of a Link


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

    def in_simplified_signs(self) -> Newsletter:
        """The same in simplified Chinese, sign for sign; itself where it has no other signs."""
        texts = [simplified(one.text) for one in self.sentences]
        if texts == [one.text for one in self.sentences]:
            return self
        pairs = zip(self.sentences, texts, strict=True)
        told = tuple(replace(one, text=text) for one, text in pairs)
        return replace(self, title=simplified(self.title), sentences=told)

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
    elif _is_page(start):
        pieces, front = html_pieces(start, content.count("\n", 0, len(content) - len(start)))
    else:
        body, head = front_matter(content.lstrip("\ufeff"), name)
        pieces, front = [*head.pieces(), *markdown_pieces(body, head.lines)], head.about()
    return _assemble(pieces, front, name)


def _is_page(start: str) -> bool:
    """Tell HTML from Markdown that begins with a tag or a comment."""
    if _PAGE.match(start):
        return True
    return start[:1] == "<" and start.rstrip()[-1:] == ">" and _MARKED.search(start) is None


_PAGE = re.compile(r"<(?:!doctype|html|body|head|\?xml)\b", re.IGNORECASE)
_MARKED = re.compile(r"^(?:#{1,6} \S|[-*+] \S|\d+\. \S)|\]\(", re.MULTILINE)


_HALVES = re.compile("[\ud800-\udfff]")  # of letters: they are in no text, and nothing takes them


def _assemble(pieces: Sequence[Piece], front: dict[str, str], name: str) -> Newsletter:
    front = {key: seen(value) for key, value in front.items()}
    pieces = [tidied(piece) for piece in pieces]
    walk = _Walk(_story_level(pieces), front.get("title", ""))
    for piece, following in pairwise([*pieces, None]):
        if piece is not None:
            walk.take(piece, following)
    if not walk.sentences:
        raise ContentError("nothing to check", name, "no sentence was found in it")
    words = " ".join(sentence.text for sentence in walk.sentences[:60])
    labels = [
        detect_language(one.text[:8])
        for one in pieces
        if one.part == SOURCES and is_label(one.text)
    ]
    labelled = max(dict.fromkeys(labels), key=labels.count, default="")
    language = front.get("language", "") or labelled or detect_language(words) or "en"
    hints = (front.get("date", ""), name, walk.title, words[:400])
    day = next((found for hint in hints if (found := day_in(hint)) is not None), None)
    day = day or _told_day(walk.title, walk.sentences[:_FIRST])
    for number, one in enumerate(walk.sentences[:_FIRST]):
        if day is not None and _dated(one.text) == day:
            walk.sentences[number] = replace(one, part="section")  # its own day is no claim
    return Newsletter(
        name,
        walk.title,
        day,
        language,
        tuple(walk.sentences),
        tuple(walk.links),
        tuple(walk.sources),
    )


_FIRST = 6  # sentences of a letter among which it may tell its day
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|二[〇零]")
# What stands beside the day in a line that only tells it: "It is Tuesday, March 10, 2026."
_DATE_LINE = re.compile(
    r"(?:[\W\d_]|\b(?:it|is|today|issue|no|vol|volume|edition|number|the|for|of|on|published|date|"
    r"daily|weekly|week|morning|evening|newsletter|letter|digest|briefing|brief)\b"
    r"|今天|今日|是|星期[一二三四五六日天]|周[一二三四五六日]|第|期|日报|周报|早报|晚报|发布|出版|日期)*",
    re.IGNORECASE,
)
_APART = re.compile(r"[\s]*[,|·•—–:：，、(（\[-]\s*\Z")  # between the name of a paper and its day


def _told_day(title: str, sentences: Sequence[Printed]) -> date | None:
    """The day that a letter says is its own: behind its name, or in a line that only tells it."""
    for found in _days(title):
        if found.end == len(title.rstrip(")）]")) and _APART.search(title[: found.start]):
            return found.first
    return next((day for one in sentences if (day := _dated(one.text)) is not None), None)


def _dated(text: str) -> date | None:
    """The day that a sentence tells, if it tells nothing else."""
    for found in _days(text):
        if _DATE_LINE.fullmatch(f"{text[: found.start]} {text[found.end :]}"):
            return found.first
    return None


def _days(text: str) -> Iterator[DateMention]:
    if _YEAR.search(text):
        yield from (one for one in find_dates(text, date.min) if one.first == one.last)


def _story_level(pieces: Sequence[Piece]) -> int:
    """The level of headings that begin stories: where most headings are links, else the deepest.

    Above it stand sections; below it the parts of one story.
    """
    headings = [piece for piece in pieces if piece.part == "heading"]
    linked = Counter(piece.level for piece in headings if piece.links)
    below = [piece for piece in headings if piece.level > 1]
    if linked and (max(linked.values()) > 1 or (len(below) == 1 and below[0].links)):
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
        self._alone = False  # whether it is one block with a link, and what lists its sources
        self._block = 0

    def take(self, piece: Piece, following: Piece | None) -> None:
        """Read one block without its marks; `following` is the next one."""
        self._block += piece.part != SOURCES or is_note(piece.text)
        if self._alone and piece.part != SOURCES:
            self._story, self._alone = 0, False
        part = {"item": "bullet"}.get(piece.part, piece.part)
        opening = piece.part == "item" and piece.lead and not self._headed
        if piece.part == "heading":
            part = self._heading(piece)
        elif piece.lead == piece.text and piece.text[-1:] in {":", "："}:
            part = "section"  # a label in bold: it says nothing
        elif opening:
            self._begin(headed=False)
        links = _links_of(piece)
        if not self._story and part in {"paragraph", "bullet"}:
            self._alone = any(_WRITTEN.match(url) for url, _ in links) or _sourced(following)
            if self._alone:
                self._begin(headed=False)
        here = piece.line, self._story, self._block
        self.links += [Link(url, words, *here) for url, words in links]
        if part == SOURCES:
            self.sources += [(self._story, listed) for listed in piece.sources]
            return
        cut = _headline_ends(piece) if opening else 0
        if not cut and part in {"paragraph", "bullet"}:
            cut = _title_ends(piece)
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
            self.sentences.append(Printed(text, part, self._story, line, kind, self._block))


def _links_of(piece: Piece) -> list[tuple[str, str]]:
    """The links of a block, (address, words), and after them the addresses that are written out."""
    written = [match.group().rstrip(".,;:!?") for match in _WRITTEN.finditer(piece.text)]
    known = {url for url, _ in piece.links}
    links = [(_HALVES.sub("\ufffd", url), words) for url, words in piece.links]
    return [*links, *((url, url) for url in written if url not in known)]


def _sourced(following: Piece | None) -> bool:
    """Tell whether the next block lists the sources of this one; notes at the end are of all."""
    if following is None or following.part != SOURCES:
        return False
    return not is_note(following.text)


_LEAST_TITLE = {"zh": 6, "en": 3}  # signs or words of an opening that can be a title
_BEGINS = re.compile(r"\s+[“‘\"'(（《「]*(?:[A-Z\u00c0-\u00de\d]|[\u4e00-\u9fff])")


def _title_ends(piece: Piece) -> int:
    """Where opening words end that are no part of the sentence behind them; else 0.

    "**Snow Closes Harbour** The port of Brill ..." is a title and a sentence, though no mark parts
    the two. Behind a name in bold a sentence goes on in small letters.
    """
    lead = unwrapped(piece.lead).strip()
    han = detect_language(lead) == "zh"
    length = len(lead) if han else len(lead.split())
    if length < _LEAST_TITLE["zh" if han else "en"] or lead[-1:] in ".。!！?？…,，;；、":
        return 0
    after = len(piece.lead)
    if not piece.text.startswith(piece.lead) or not _BEGINS.match(piece.text, after):
        return 0
    return after


def _headline_ends(piece: Piece) -> int:
    """Where the opening words of a list item end, if a text follows them after a colon; else 0."""
    after = len(piece.lead)
    if not piece.text.startswith(piece.lead):
        return 0
    match = re.match(r"\s*(?:[:：]|—+|–|-(?=\s))\s*", piece.text[after:])
    return after + match.end() if match and piece.text[after + match.end() :].strip() else 0
