"""The front matter of a Markdown newsletter: YAML between lines of ---, TOML between lines of +++.

What counts is what a reader sees of it: the title and the summary, the day and the language.
Front matter that is no good YAML, as hands write it ("title: AI: the week"), is read line by line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ribao.errors import ContentError
from ribao.verify.forms.pieces import Piece

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\n")
_ENDS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_KEY = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w .-]*[ \t]*[:=]")
_SUMMARIES = ("summary", "description", "excerpt", "abstract", "subtitle", "lead", "tldr")
_DAYS = ("date", "published", "publishdate", "pubdate", "day")
_LANGUAGES = ("language", "lang", "locale")
_BULLET = re.compile(r"^\s*[-*+•]\s+")


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the front matter: its rows, each with its line of the file."""

    rows: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The whole value on one line."""
        return " ".join(text for _, text in self.rows).strip()


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of a letter. `lines` of the file belong to it."""

    fields: dict[str, Field]
    lines: int

    def about(self) -> dict[str, str]:
        """What it says of the letter: `title`, `date` and `language`, where it does."""
        found = {"title": self._first(("title",)), "date": self._first(_DAYS)}
        language = self._first(_LANGUAGES)[:2].lower()
        found["language"] = language if language in {"zh", "en"} else ""
        return {key: value for key, value in found.items() if value}

    def pieces(self) -> Iterator[Piece]:
        """The title and the lines of the summary."""
        for key, part in (("title", "title"), *((key, "summary") for key in _SUMMARIES)):
            for line, row in self.fields[key].rows if key in self.fields else ():
                if text := _BULLET.sub("", row).strip():
                    yield Piece(text, part, 0, line)

    def _first(self, keys: tuple[str, ...]) -> str:
        return next((self.fields[key].text for key in keys if key in self.fields), "")


def front_matter(content: str, name: str) -> tuple[str, Front]:
    """The body of a letter, and its front matter; lines of `content` end with a line feed.

    Raises:
        ContentError: it is opened and never closed, so nobody can tell what is text.
    """
    fence = _FENCE.match(content)
    if fence is None:
        return content, Front({}, 0)
    end = _ENDS[fence[1]].search(content, fence.end())
    if end is None and not _KEY.match(content, fence.end()):
        return content, Front({}, 0)  # a line across the page
    if end is None:
        detail = f"line 1 opens it, and no line {fence[1]} closes it"
        raise ContentError("the front matter is not closed", name, detail)
    block = content[fence.end() : end.start()]
    if end[0].startswith("---") and block.strip() and not _KEY.match(block):
        return content, Front({}, 0)  # a text between two lines across the page
    fields = _toml(block) if fence[1] == "+++" else _yaml(block)
    return content[end.end() :], Front(fields, content.count("\n", 0, end.end()))


def _yaml(block: str) -> dict[str, Field]:
    try:
        node = yaml.compose(block, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return _by_line(block)
    if not isinstance(node, yaml.MappingNode):
        return _by_line(block)
    return {
        key.value.casefold(): Field(tuple(_rows(value)))
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    }


def _rows(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """The rows of a value: those of a text, the items of a list."""
    line = node.start_mark.line + 2  # counted from 0, below the line that opens the block
    if isinstance(node, yaml.ScalarNode):
        literal = node.style == "|"
        for number, row in enumerate(str(node.value).splitlines()):
            yield line + (number + 1 if literal else 0), row
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode):
                yield item.start_mark.line + 2, " ".join(str(item.value).split())


def _toml(block: str) -> dict[str, Field]:
    try:
        table = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return _by_line(block)
    found: dict[str, Field] = {}
    for key, value in table.items():
        place = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", block, re.MULTILINE)
        at = place.end() if place else 0
        rows = []
        for row in _texts(value):
            at = max(at, block.find(row.strip(), at))
            rows.append((block.count("\n", 0, at) + 2, row))
        found[key.casefold()] = Field(tuple(rows))
    return found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                yield " ".join(item.split())
    elif not isinstance(value, dict):
        yield from str(value).splitlines()


def _by_line(block: str) -> dict[str, Field]:
    """The fields that stand on one line each; a backslash and an n part the rows of a value."""
    found: dict[str, Field] = {}
    for number, line in enumerate(block.splitlines(), 2):
        key, sign, value = line.partition(":")
        if sign and re.fullmatch(r"[A-Za-z_]\w*", key.strip()):
            rows = value.strip().strip("\"'").replace("\\n", "\n").splitlines()
            found[key.strip().casefold()] = Field(tuple((number, row) for row in rows))
    return found
