"""Sentences cut at their claims."""

from __future__ import annotations

from collections.abc import Iterator

from ribao.model import Finding, Sentence
from ribao.verify.proof import FAILED


def pieces(sentence: Sentence) -> Iterator[tuple[str, Finding | None]]:
    """Cut a sentence at its claims: (words, the finding on them or None), without overlaps."""
    text, at = sentence.text, 0
    telling = [one for one in sentence.findings if 0 <= one.start < one.end <= len(text)]
    whole = [one for one in telling if one.end - one.start >= len(text)]
    parts = [one for one in telling if one not in whole] or whole
    for finding in sorted(parts, key=lambda f: (f.start, f.verdict not in FAILED, -f.end)):
        if finding.start < at:
            continue
        if finding.start > at:
            yield text[at : finding.start], None
        yield text[finding.start : finding.end], finding
        at = finding.end
    if at < len(text):
        yield text[at:], None


def findings_first(sentence: Sentence) -> list[Finding]:
    """The findings of a sentence, what is wrong first."""
    return sorted(sentence.findings, key=lambda one: (one.verdict not in FAILED, one.start))
