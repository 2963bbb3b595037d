"""Groups of copies -> one original each, and the reason on every copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ribao.dedupe.same import letters
from ribao.gateways.address import page_key
from ribao.model import Document

Link = tuple[int, int, str]
REAL_TEXT = 200  # characters from which on a text is a report and not a teaser


def label_copies(documents: Sequence[Document], links: Iterable[Link]) -> list[Document]:
    """Label every document but one in each group of linked ones; no copy is of a copy."""
    parent = list(range(len(documents)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    because: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for i, j, why in links:
        because[i].append((j, why))
        because[j].append((i, why))
        one, two = sorted((root(i), root(j)))
        parent[two] = one
    groups: dict[int, list[int]] = defaultdict(list)
    for n in because:
        groups[root(n)].append(n)
    labelled = [_bare(document) for document in documents]
    for members in groups.values():
        original = min(members, key=lambda n: precedence(documents[n]))
        for n in members:
            if n != original:
                labelled[n] = replace(
                    labelled[n],
                    copy_of=documents[original].id,
                    copy_because=_reason(original, because[n], documents),
                )
    return labelled


def label_revisions(documents: Sequence[Document]) -> list[Document]:
    """Tell a later version of a report at its own address from a copy of it.

    A revision is a copy (one outlet, one voice) that also has `revision_of`, because its text may
    say something new.
    """
    known = {document.id: document for document in documents}
    return [
        replace(
            document,
            revision_of=document.copy_of,
            copy_because=f"revised version at the same address; {document.copy_because}",
        )
        if document.copy_of and _is_revision(document, known[document.copy_of])
        else document
        for document in documents
    ]


def _is_revision(later: Document, earlier: Document) -> bool:
    return (
        later.outlet == earlier.outlet
        and later.anchor == earlier.anchor
        and page_key(later.url) == page_key(earlier.url)
        and later.published_at > earlier.published_at
        and min(len(later.text), len(earlier.text)) >= REAL_TEXT
        and letters(later.text) != letters(earlier.text)
    )


def precedence(document: Document) -> tuple[bool, bool, datetime, float, int, str]:
    """Give the order in which documents are taken for the original.

    A full text first, not one cut from a round-up, then the earliest, the weightier source, the
    longer text, and at last the identifier.
    """
    return (
        len(document.text) < REAL_TEXT,
        document.part_of is not None,
        document.published_at,
        -document.weight,
        -len(document.text),
        document.id,
    )


def _bare(document: Document) -> Document:
    """A document without the labels of an earlier run."""
    if document.copy_of is None and document.revision_of is None:
        return document
    return replace(document, copy_of=None, copy_because="", revision_of=None)


def _reason(original: int, reasons: list[tuple[int, str]], documents: Sequence[Document]) -> str:
    """Why it is a copy: said of the original where the two are linked, else of the one between."""
    direct = sorted((why for other, why in reasons if other == original), reverse=True)
    if direct:
        return direct[0]
    why, other = min((why, documents[other].id) for other, why in reasons)
    return f"{why} as {other}"
