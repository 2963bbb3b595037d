"""Groups of copies -> one original each, and the reason on every copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

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
    labelled = list(documents)
    for members in groups.values():
        original = min(members, key=lambda n: precedence(documents[n]))
        for n in members:
            if n != original:
                labelled[n] = replace(
                    documents[n],
                    copy_of=documents[original].id,
                    copy_because=_reason(original, because[n], documents),
                )
    return labelled


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


def _reason(original: int, reasons: list[tuple[int, str]], documents: Sequence[Document]) -> str:
    """Why it is a copy: said of the original where the two are linked, else of the one between."""
    direct = sorted((why for other, why in reasons if other == original), reverse=True)
    if direct:
        return direct[0]
    why, other = min((why, documents[other].id) for other, why in reasons)
    return f"{why} as {other}"
