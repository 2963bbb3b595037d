"""The edition as articles for WeChat's editor, which keeps inline styles and little else.

No class, no id, no style element, no script and no link: the editor takes them out. Reports are
footnotes with their addresses as text. Limits of a draft (developers.weixin.qq.com, draft_add):
title 32 characters, digest 128, content 20,000 characters and 1 MB. A longer edition becomes
several articles of one message, parted between stories; nothing is cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ribao.catalogue import say
from ribao.model import Article, Edition, Reference
from ribao.plugins.kinds import RenderedFile
from ribao.publish.html import Page, render
from ribao.publish.phrases import pieces
from ribao.publish.sanitise import plain
from ribao.publish.setting import folder, summary_lines

TITLE, DIGEST, CONTENT = 32, 128, 20_000  # characters of one article, at most
COVER = "cover-wide.png"  # 2.35:1, beside the articles
_CLAUSE = re.compile(r"[^，。；！？：,;:!?]+(?:[，。；！？：]|[,;:!?](?=\s|$)|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that stays together: a section's title or a story, and the reports it adds."""

    content: str
    notes: tuple[tuple[int, Reference], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One article of the message."""

    title: str
    digest: str
    content: str


class WeChat:
    """The edition as inline-styled HTML, with title and digest that fit."""

    name = "wechat"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """`wechat.json` for a program, and a page to copy from for each article."""
        parts = parts_of(edition)
        files = []
        for number, part in enumerate(parts, start=1):
            name = "wechat.html" if number == 1 else f"wechat-{number}.html"
            page = f'<!DOCTYPE html>\n<meta charset="utf-8">\n{part.content}\n'
            files.append(RenderedFile(f"{folder(edition)}/{name}", page.encode()))
        table = {
            "articles": [
                {
                    "title": part.title,
                    "author": plain(edition.category)[:16],
                    "digest": part.digest,
                    "content": part.content,
                    "cover": COVER,
                }
                for part in parts
            ]
        }
        text = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
        return (*files, RenderedFile(f"{folder(edition)}/wechat.json", text.encode()))


def parts_of(edition: Edition) -> tuple[Part, ...]:
    """The articles of the message; nearly always one or two."""
    page = Page(edition)
    opening = _set(page, "opening")
    groups: list[list[Block]] = [[]]
    for block in _blocks(page):
        if groups[-1] and len(_whole(page, opening, [*groups[-1], block])) > CONTENT:
            groups.append([])
        groups[-1].append(block)
    lines = [plain(line) for line in summary_lines(edition)]
    digest = fitting("；".join(lines) if edition.language == "zh" else "; ".join(lines), DIGEST)
    parts = []
    for number, group in enumerate(groups, start=1):
        mark = f"（{number}/{len(groups)}）" if len(groups) > 1 else ""
        title = fitting(plain(edition.title), TITLE - len(mark)) + mark
        content = _whole(page, opening if number == 1 else "", group)
        parts.append(Part(title, digest, content))
    return tuple(parts)


def fitting(text: str, most: int) -> str:
    """A text in at most so many characters: whole, or its first clauses, or its first words."""
    if len(text) <= most:
        return text
    clauses = _taken(_CLAUSE.findall(text), most).rstrip("，；：,;: ")
    if clauses:
        return clauses
    words = _taken(pieces(text), most - 1)
    return f"{words or text[: most - 1]}…"


def _taken(units: Sequence[str], most: int) -> str:
    """The first of the units, as many as fit."""
    taken = ""
    for unit in units:
        if len(taken) + len(unit) > most:
            break
        taken += unit
    return taken.strip()


def _blocks(page: Page) -> Iterator[Block]:
    """Section titles with their first stories, then story by story; notes count through."""
    number = 0
    for section in page.edition.sections:
        head = _set(page, "section", title=plain(section.title))
        for article in section.articles:
            notes = tuple(enumerate(article.references, start=number + 1))
            number += len(notes)
            shift = notes[0][0] - article.references[0].number if notes else 0
            story = _set(page, "story", article=article, full=_is_full(article), shift=shift)
            yield Block(head + story, notes)
            head = ""


def _is_full(article: Article) -> bool:
    return article.kind == "story"


def _whole(page: Page, opening: str, blocks: Sequence[Block]) -> str:
    """One article: what it opens with, its stories, its notes."""
    content = "".join(block.content for block in blocks)
    notes = [note for block in blocks for note in block.notes]
    return _set(page, "whole", opening=Markup(opening), content=Markup(content), notes=notes)  # noqa: S704 - made by our own template


def _set(page: Page, part: str, **values: object) -> str:
    """One part of the template, on one line: the editor makes paragraphs of line feeds."""
    text = render("wechat.html.j2", page, part=part, sources=_sources(page), **values).decode()
    return re.sub(r">\s*\n\s*<", "><", text).strip()


def _sources(page: Page) -> str:
    return say("publish-sources-title", page.edition.language)
