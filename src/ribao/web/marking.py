"""Sentences cut at their claims, and reports cut at the passages that sentences rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ribao.desk.checking import failing_in
from ribao.desk.draft import Draft, sentences
from ribao.model import Article, Document, Finding, Join, Sentence, Verdict
from ribao.web.claims import pieces
from ribao.web.rendering import Face

KINDS_WITH_TEXT = ("title", "text")
CONTEXT = 240  # characters of a report that stand around its passages


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an article, ready to set."""

    place: str
    sentence: Sentence
    pieces: tuple[tuple[str, Finding | None], ...]
    failing: bool
    vouched: str  # the reason of an override, "" for none


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a report; `places` are the sentences that rest on it."""

    text: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report beside a story."""

    document: Document
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    join: Join | None
    cited: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A story as it stands in the list."""

    article: Article
    lines: tuple[Line, ...]
    supported: int
    failing: int
    vouched: int
    outlets: int
    pinned: bool
    edited: bool


def lines_of(draft: Draft, article: Article) -> tuple[Line, ...]:
    """All sentences of an article with their claims marked."""
    failing = {one.place for one in failing_in(draft, article)}
    return tuple(
        Line(
            place,
            sentence,
            tuple(pieces(sentence)),
            place in failing,
            vouched.reason
            if (vouched := draft.overridden(article.story_id, sentence.text)) is not None
            else "",
        )
        for place, sentence in sentences(article)
    )


def card(draft: Draft, article: Article) -> Card:
    """A story of the list, with what an editor must know at a glance."""
    lines = lines_of(draft, article)
    findings = [one for line in lines for one in line.sentence.findings]
    return Card(
        article,
        lines,
        sum(one.verdict == Verdict.SUPPORTED for one in findings),
        sum(line.failing for line in lines),
        sum(bool(line.vouched) for line in lines),
        len({one.outlet for one in article.references}),
        article.story_id in draft.pinned,
        "editor" in article.written_by,
    )


def reports_of(
    documents: Sequence[Document], joins: Sequence[Join], lines: Sequence[Line]
) -> tuple[Report, ...]:
    """The reports of a story, those that the article cites first."""
    why = {join.document_id: join for join in joins}
    found = [_report(document, why.get(document.id), lines) for document in documents]
    return tuple(sorted(found, key=lambda one: not one.cited))


def _report(document: Document, join: Join | None, lines: Sequence[Line]) -> Report:
    spans: dict[str, list[tuple[int, int, str]]] = {"title": [], "text": []}
    for line in lines:
        cited = list(line.sentence.citations)
        cited += [one.evidence for one in line.sentence.findings if one.evidence is not None]
        for citation in cited:
            if citation.document_id == document.id and citation.field in spans:
                spans[citation.field].append((citation.start, citation.end, line.place))
    title = tuple(_cut(document.title, spans["title"]))
    text = tuple(_cut(document.text, spans["text"]))
    return Report(document, title, text, join, bool(spans["title"] or spans["text"]))


def _cut(text: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[Piece]:
    """Cut a text at every border of a span."""
    inside = [(max(0, a), min(len(text), b), place) for a, b, place in spans if a < b]
    borders = sorted({0, len(text), *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    for start, end in pairwise(borders):
        places = dict.fromkeys(place for a, b, place in inside if a <= start and end <= b)
        yield Piece(text[start:end], tuple(places))


def reason_name(face: Face, name: str) -> str:
    """The name of a reason of the score, in words where the catalogue has some."""
    key = f"points-{name.replace(' ', '-')}"
    return face(key) if face.has(key) else name
