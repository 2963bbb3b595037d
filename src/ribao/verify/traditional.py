"""Letters and reports in traditional Chinese: judged in simplified signs, shown as printed.

Both scripts write a sentence with the same number of signs, so each place is the same in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from ribao.language.traditional import simplified
from ribao.model import Document, Finding


def plain_document(document: Document) -> Document:
    """A document in simplified signs; itself where it has no others."""
    title, text = simplified(document.title), simplified(document.text)
    if (title, text) == (document.title, document.text):
        return document
    return replace(document, title=title, text=text)


def as_printed(findings: Iterable[Finding], plain: str, printed: str) -> tuple[Finding, ...]:
    """Findings on a sentence in simplified signs, in the words of the print and of the report."""
    if plain == printed:
        return tuple(findings)
    return tuple(_as_printed(one, plain, printed) for one in findings)


def _as_printed(found: Finding, plain: str, printed: str) -> Finding:
    claim = printed[found.start : found.end]
    if found.claim == claim or found.claim != plain[found.start : found.end]:
        return found
    # The reason has the claim itself, or a part of it: who said it.
    words = SequenceMatcher(None, found.claim, found.because, autojunk=False).find_longest_match()
    part = slice(words.a, words.a + words.size)
    because = found.because.replace(found.claim[part], claim[part]) if words.size else found.because
    return replace(found, claim=claim, because=because)
