"""The reports of a story as numbered passages: all that a model gets to see of them.

Passages are whole sentences, in the order of the reports; each keeps where it stands, so that a
number in an answer is a citation. The text that is the same for every story comes first, so that
providers keep it from one call to the next.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ribao.language.sentences import split_sentences
from ribao.model import Article, Citation, Document, by_id
from ribao.write.headline import clean_title
from ribao.write.passages import alike, content_words
from ribao.write.patterns import patterns
from ribao.write.phrasing.orders import tells, visible

SHORT = 8  # passages of a story that is printed as one line
LOOKED_AT = 200  # sentences of a report; beyond it there is nothing that leads a story
REPEATED = 0.85  # share of the smaller set of words: it says what a shown passage says


@dataclass(frozen=True, slots=True)
class Shown:
    """One numbered passage."""

    number: int
    document: Document
    citation: Citation
    text: str  # as it is shown
    words: frozenset[str]


def show(article: Article, documents: Sequence[Document], most: int) -> tuple[Shown, ...]:
    """Choose the passages of an article's own references, at most so many, titles among them.

    The reports take turns, the first has two at each: what one of them says is in the others too.
    """
    known = by_id(documents)
    reports = [known[one.document_id] for one in article.references if one.document_id in known]
    most = most if article.kind == "story" else min(most, SHORT)
    queues = [
        _sentences(report) for report in reports if report.copy_of is None or report is reports[0]
    ]
    chosen: dict[int, list[Shown]] = {at: [] for at in range(len(queues))}
    seen: list[frozenset[str]] = []
    count = 0
    while count < most and any(queues):
        for at, queue in enumerate(queues):
            for _ in range(2 if at == 0 else 1):
                found = _next(queue, seen)
                if found is not None and count < most:
                    chosen[at].append(found)
                    count += 1
    ordered = [one for at in range(len(queues)) for one in chosen[at]]
    return tuple(
        Shown(number, one.document, one.citation, one.text, one.words)
        for number, one in enumerate(ordered, 1)
    )


def _next(queue: list[Shown], seen: list[frozenset[str]]) -> Shown | None:
    while queue:
        found = queue.pop(0)
        if found.words and not any(alike(found.words, one) > REPEATED for one in seen):
            seen.append(found.words)
            return found
    return None


def _sentences(report: Document) -> list[Shown]:
    """The title and the sentences of a report that may be shown."""
    found = []
    title = clean_title(report.title)
    if tells(title + "."):
        start = report.title.index(title)
        citation = Citation(report.id, title, start, start + len(title), "title")
        found.append(Shown(0, report, citation, visible(title), content_words(title)))
    for span in split_sentences(report.text)[:LOOKED_AT]:
        text = span.text.strip()
        if not tells(text) or patterns().boilerplate.search(text):
            continue
        start = span.start + span.text.index(text)
        citation = Citation(report.id, text, start, start + len(text))
        found.append(Shown(0, report, citation, visible(text), content_words(text)))
    return found


def question(article: Article, shown: Sequence[Shown], language: str) -> str:
    """The passages, fenced, each report with its outlet and day; then what is wanted of them."""
    lines, last = [], ""
    for one in shown:
        if one.document.id != last:
            last = one.document.id
            day = one.document.published_at.date().isoformat()
            outlet = visible(one.document.outlet or one.document.source_id)[:60]
            lines.append(f"<<< REPORT {outlet} {day} >>>")
        lines.append(f"[{one.number}] {one.text}")
    lines.append("<<< END OF REPORTS >>>")
    kind = article.kind if article.kind in {"story", "release"} else "brief"
    return "\n".join([*lines, "", prompts()[language][kind]])


@cache
def prompts() -> dict[str, dict[str, str]]:
    """What models are told, by language and kind."""
    file = resources.files("ribao.write.phrasing") / "prompts.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
