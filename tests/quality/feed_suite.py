"""Reads the expectations of the feedparser suite and asks them of our own reading.

Each file of the suite carries an expression over feedparser's result. We translate the part of that
result that we keep; a case that asks for anything else is counted as not supported, with the field
that it asks for. Where feedparser expects sanitised HTML we compare the text that a reader sees:
cleaning HTML is the business of a later step.
"""

from __future__ import annotations

import ast
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ribao.collect.dates import read_date
from ribao.collect.entry import Entry, Feed
from ribao.collect.feed import read_feed
from ribao.collect.markup import line_of, text_of
from ribao.errors import ContentError
from ribao.gateways.web import Response

HOST = "http://127.0.0.1:8097/"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_EXPECT = re.compile(r"Expect:\s*(.+)")
_HEADER = re.compile(r"^Header:\s*([\w-]+):\s*(.*)$", re.MULTILINE)
_MAIL = re.compile(r"\s*[(<]\S+@\S+[)>]")
_CODECS = ("utf-8", "utf-16", "utf-32", "cp037", "latin-1")


@dataclass(frozen=True)
class Case:
    """One file of the suite."""

    name: str
    body: bytes
    expect: str
    headers: tuple[tuple[str, str], ...]

    @property
    def group(self) -> str:
        """The folder: wellformed/rss, illformed, entities, ..."""
        return "/".join(self.name.split("/")[:-1])


@dataclass(frozen=True)
class Verdict:
    """What became of a case: passed, failed or unsupported, and why."""

    case: Case
    status: str
    why: str = ""


class UnsupportedError(Exception):
    """The case asks for something that we do not keep."""


def cases(archive: Path) -> Iterator[Case]:
    """Every file of the suite, in the order of their names."""
    with tarfile.open(archive) as tar:
        members = sorted((m for m in tar.getmembers() if m.isfile()), key=lambda m: m.name)
        for member in members:
            file = tar.extractfile(member)
            assert file is not None
            body = file.read()
            expect, headers = _expectation(body)
            yield Case(member.name.removeprefix("./"), body, expect, headers)


def _expectation(body: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    for codec in _CODECS:
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        if match := _EXPECT.search(text):
            headers = tuple((name.lower(), value.strip()) for name, value in _HEADER.findall(text))
            return match[1].removesuffix("-->").strip(), headers
    return "", ()


def judge(case: Case) -> Verdict:
    """Read one case and compare; a ContentError is an answer, any other error is not."""
    response = Response(HOST + case.name, HOST + case.name, 200, case.headers, case.body, NOW)
    try:
        feed = read_feed(response)
    except ContentError as error:
        feed = Feed(kind="", repaired=str(error))
    if not case.expect:
        return Verdict(case, "unsupported", "no expectation in the file")
    try:
        tree = ast.parse(case.expect.strip(), mode="eval").body
        passed, why = _holds(tree, feed)
    except UnsupportedError as error:
        return Verdict(case, "unsupported", str(error))
    except (SyntaxError, ValueError) as error:
        return Verdict(case, "unsupported", f"an expression that we do not read: {error}")
    return Verdict(case, "passed" if passed else "failed", why)


def _holds(tree: ast.expr, feed: Feed) -> tuple[bool, str]:
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        return _all([_holds(part, feed) for part in tree.values])
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return (True, "") if _is_bozo(tree.operand) else _flag(tree.operand, feed, wanted=False)
    if _is_bozo(tree) or (isinstance(tree, ast.Constant) and tree.value):
        return True, ""  # the case only asks that nothing breaks
    if isinstance(tree, ast.Subscript):
        return _flag(tree, feed, wanted=True)
    if isinstance(tree, ast.Compare) and len(tree.ops) == 2:
        last = tree.comparators[1]
        return _all([_equal(tree.left, last, feed), _equal(tree.comparators[0], last, feed)])
    if isinstance(tree, ast.Compare) and isinstance(tree.ops[0], ast.Eq):
        return _equal(tree.left, tree.comparators[0], feed)
    raise UnsupportedError(f"expression {ast.unparse(tree)[:60]}")


def _flag(tree: ast.expr, feed: Feed, *, wanted: bool) -> tuple[bool, str]:
    path = _path(tree)
    if path[-1] != "guidislink":
        raise UnsupportedError(f"expression {ast.unparse(tree)[:60]}")
    return bool(_value(path, feed)) is wanted, "guidislink"


def _all(results: list[tuple[bool, str]]) -> tuple[bool, str]:
    return all(passed for passed, _ in results), "; ".join(
        why for passed, why in results if not passed
    )


def _is_bozo(tree: ast.expr) -> bool:
    if isinstance(tree, ast.Name):
        return tree.id == "bozo"
    return (
        isinstance(tree, ast.Compare) and isinstance(tree.left, ast.Name) and tree.left.id == "bozo"
    )


def _equal(left: ast.expr, right: ast.expr, feed: Feed) -> tuple[bool, str]:
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "len":
        if _path(left.args[0]) != ("entries",):
            raise UnsupportedError(f"len({'.'.join(map(str, _path(left.args[0])))})")
        return len(feed.entries) == ast.literal_eval(right), f"{len(feed.entries)} entries"
    path = _path(left)
    wanted = _literal(right)
    got = _value(path, feed)
    return _same(path, got, wanted), f"{got!r} is not {wanted!r}"


def _literal(tree: ast.expr) -> Any:
    if isinstance(tree, ast.Call):  # time.struct_time or similar
        raise UnsupportedError(f"expression {ast.unparse(tree)[:40]}")
    return ast.literal_eval(tree)


def _path(tree: ast.expr) -> tuple[str | int, ...]:
    if isinstance(tree, ast.Name):
        return (tree.id,)
    if isinstance(tree, ast.Attribute):
        return (*_path(tree.value), tree.attr)
    if isinstance(tree, ast.Subscript) and isinstance(tree.slice, ast.Constant):
        key = tree.slice.value
        if isinstance(key, str | int):
            return (*_path(tree.value), key)
    raise UnsupportedError(f"expression {ast.unparse(tree)[:60]}")


def _value(path: tuple[str | int, ...], feed: Feed) -> Any:
    """The value that we keep for a path of feedparser's result."""
    names = tuple(part for part in path if isinstance(part, str))
    if names[0] == "feed" and names[1:] in _FEED:
        return _FEED[names[1:]](feed)
    if names[0] == "entries" and names[1:] in _ENTRY:
        index = path[1]
        assert isinstance(index, int)
        entry = feed.entries[index] if index < len(feed.entries) else Entry()
        return _ENTRY[names[1:]](entry)
    raise UnsupportedError(".".join(names))


_FEED: dict[tuple[str, ...], Any] = {
    ("title",): lambda feed: feed.title,
    ("title_detail", "value"): lambda feed: feed.title,
    ("link",): lambda feed: feed.link,
    ("language",): lambda feed: feed.language,
    ("description",): lambda feed: feed.description,
    ("subtitle",): lambda feed: feed.description,
    ("tagline",): lambda feed: feed.description,
    ("tagline_detail", "value"): lambda feed: feed.description,
    ("subtitle_detail", "value"): lambda feed: feed.description,
}
_DATES = ("published", "updated", "created", "date", "modified")
_ENTRY: dict[tuple[str, ...], Any] = {
    ("title",): lambda entry: entry.title,
    ("title_detail", "value"): lambda entry: entry.title,
    ("link",): lambda entry: entry.link,
    ("id",): lambda entry: entry.guid,
    ("guid",): lambda entry: entry.guid,
    ("guidislink",): lambda entry: entry.guid_is_link,
    ("summary",): lambda entry: text_of(entry.summary or entry.content, plain=entry.plain),
    ("summary_detail", "value"): lambda entry: text_of(entry.summary, plain=entry.plain),
    ("description",): lambda entry: text_of(entry.summary or entry.content, plain=entry.plain),
    ("content", "value"): lambda entry: text_of(entry.content or entry.summary),
    ("author",): lambda entry: entry.author,
    ("author_detail", "name"): lambda entry: entry.author,
    ("comments",): lambda entry: entry.links,
    ("enclosures", "href"): lambda entry: (*entry.links, entry.link),
    ("links", "href"): lambda entry: (*entry.links, entry.link),
    ("tags", "term"): lambda entry: entry.categories,
    ("category",): lambda entry: entry.categories,
    ("contributors", "name"): lambda entry: entry.outlets,
    ("source", "title"): lambda entry: (entry.outlet,),
    **{(name,): lambda entry: entry.dates for name in _DATES},
    **{
        (f"{name}_parsed",): lambda entry: tuple(map(_parsed, entry.dates))
        for name in _DATES
    },
}  # fmt: skip


def _parsed(text: str) -> tuple[int, ...]:
    moment = read_date(text)
    return tuple(moment.at.timetuple())[:6] if moment else ()


def _same(path: tuple[str | int, ...], got: Any, wanted: Any) -> bool:
    if path[-1] == "author" and isinstance(wanted, str):
        wanted = _MAIL.sub("", wanted)  # we keep the name
    if isinstance(got, tuple) and got and isinstance(got[0], tuple):
        return tuple(wanted)[:6] in got
    if isinstance(got, tuple):
        return wanted in got or text_of(str(wanted)) in got
    if isinstance(wanted, str) and path[-1] in (
        "title",
        "value",
        "summary",
        "description",
        "tagline",
        "subtitle",
    ):
        return _words(got) in (_words(wanted), _words(text_of(wanted)), _words(line_of(wanted)))
    return bool(got == wanted)


def _words(text: str) -> str:
    return " ".join(text.split())


# What we choose not to do, with the reason that docs/reference/feeds.md prints.
CHOSEN = {
    "encoding/bozo_linenoise.xml": "noise without any encoding; the bytes are read as UTF-8",
    "entities/lang.xml": "&lang; is read as HTML 5 defines it (U+27E8), not HTML 4 (U+2329)",
    "entities/rang.xml": "&rang; is read as HTML 5 defines it (U+27E9), not HTML 4 (U+232A)",
    "wellformed/atom/entry_created_multiple_values.xml": "the first of two such dates counts",
    "wellformed/atom/entry_updated_multiple_values.xml": "the first of two such dates counts",
    "wellformed/base/http_entry_id_base_content_location.xml": "identifiers are kept as written",
    "wellformed/base/http_entry_id_base_docuri.xml": "identifiers are kept as written",
    "wellformed/psc/atomsimplechapterexternal.xml": "podcast chapters are no further links",
    "wellformed/rss/entity_in_doctype.xml": "entities of a DOCTYPE are never expanded",
    "wellformed/rss/item_madeup_tags_element.xml": "<tags> is in no version of RSS",
    "wellformed/sanitize/xml_malicious_comment.xml": "an open comment hides the rest, as in HTML",
}
