"""Dedupe: label the copies. Nothing is removed: how many outlets carry a report is a signal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ribao.config import DedupeSettings
from ribao.dedupe.near import NearIndex
from ribao.dedupe.originals import label_copies, label_revisions
from ribao.dedupe.revisions import name_revisions, versions
from ribao.dedupe.same import (
    Link,
    close,
    numbers,
    same_headline,
    same_page,
    same_words,
    says_something,
)
from ribao.dedupe.translations import translations
from ribao.model import Document, DocumentId
from ribao.outcome import Outcome

SHORT_TEXT = 160  # characters; in so short a text another number is another report


def dedupe(
    documents: Sequence[Document],
    settings: DedupeSettings,
    kept: Mapping[DocumentId, Document] | None = None,
) -> Outcome[Document]:
    """Label copies with `copy_of` (the original) and `copy_because`; all documents are kept.

    `kept` are documents of earlier days, by identifier: one that says something else now has an
    identifier of its own and is `revision_of` the earlier one. The order of the batch changes
    nothing: the outcome is sorted by time and identifier. Labels of an earlier run are written
    anew.
    """
    current, revised = versions(documents, kept or {})
    ordered = sorted(current, key=lambda document: (document.published_at, document.id))
    links = [
        *same_page(ordered),
        *same_words(ordered, settings),
        *same_headline(ordered, settings),
        *near_copies(ordered, settings),
        *translations(ordered, settings),
    ]
    first = {
        now.id: before.id
        for before, now in zip(documents, current, strict=True)
        if now.id in revised
    }
    labelled = label_revisions(label_copies(ordered, links))
    return Outcome(tuple(name_revisions(labelled, first, revised)))


def near_copies(documents: Sequence[Document], settings: DedupeSettings) -> Iterator[Link]:
    """Documents that share most of their shingles and do not differ in a telling number."""
    index = NearIndex()
    index.add(f"{document.title}\n{document.text}" for document in documents)
    for i, j, similarity in index.pairs(settings.near_jaccard):
        one, two = documents[i], documents[j]
        if may_be_copies(one, two, settings):
            yield i, j, f"near copy ({similarity:.2f} of the phrases)"


def may_be_copies(one: Document, two: Document, settings: DedupeSettings) -> bool:
    """Tell whether two documents of like words can be one report, by what is not like."""
    if numbers(one.title) != numbers(two.title):
        return False
    if min(len(one.text), len(two.text)) >= SHORT_TEXT:
        return True
    if numbers(one.text) != numbers(two.text):
        return False
    return bool(one.text and two.text) or (says_something(one.title) and close(one, two, settings))
