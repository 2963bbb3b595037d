"""The blocks of an edition in its canonical form (docs/reference/edition.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ribao.errors import ContentError
from ribao.verify.forms.pieces import SOURCES, Listed, Piece, plain_outlet


def edition_pieces(content: str, name: str) -> tuple[list[Piece], dict[str, str]]:
    """The sentences of an edition with their sources, and its title, day and language.

    Raises:
        ContentError: it is JSON of another kind.
    """
    try:
        table = json.loads(content)
        pieces = list(_Reader(content).pieces(table))
        front = {key: str(table[key]) for key in ("title", "date", "language")}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ContentError("this JSON is no edition", name, str(error)) from error
    return pieces, front


class _Reader:
    """Walks an edition once; knows at which line of the file each sentence stands."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._at: dict[str, int] = {}

    def pieces(self, table: dict[str, object]) -> Iterator[Piece]:
        yield Piece(str(table["title"]), "title", 0, self._line(str(table["title"])))
        for sentence in _list(table["summary"]):
            yield self._sentence(sentence, "summary")
        for section in _list(table["sections"]):
            for article in _list(section["articles"]):
                yield from self._article(article)

    def _article(self, article: dict[str, object]) -> Iterator[Piece]:
        head = self._sentence(article["headline"], "heading")
        yield replace(head, level=3, links=((str(article["url"]), head.text),))
        for sentence in _list(article["paragraph"]):
            yield self._sentence(sentence, "paragraph")
        for insight in _list(article["insights"]):
            for sentence in _list(insight["sentences"]):
                yield self._sentence(sentence, "item")
        listed = tuple(_listed(one) for one in _list(article.get("references", [])))
        if listed:
            links = tuple((one.url, one.outlet) for one in listed)
            yield Piece("", SOURCES, 0, self._line(listed[0].url), links, sources=listed)

    def _sentence(self, table: object, part: str) -> Piece:
        if not isinstance(table, dict):
            raise TypeError("a sentence was expected")
        text = str(table["text"])
        return Piece(text, part, 0, self._line(text), kind=str(table.get("kind", "fact")))

    def _line(self, text: str) -> int:
        """The line at which a text stands in the file, each time the next one."""
        forms = (json.dumps(text, ensure_ascii=False), json.dumps(text))
        for form in forms:
            place = self._content.find(form, self._at.get(text, 0))
            if place >= 0:
                self._at[text] = place + 1
                return self._content.count("\n", 0, place) + 1
        return 1


def _list(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def _listed(table: dict[str, object]) -> Listed:
    published = str(table.get("published_at", ""))[:10]
    return Listed(
        int(str(table["number"])),
        str(table["url"]),
        plain_outlet(str(table["outlet"])),
        date.fromisoformat(published) if published else None,
    )
