"""Straight or curly quotes, marks of full or half width, simplified or traditional signs.

No verdict depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from zhconv_rs import zhconv

from bench import letters_checked
from bench.letters_checked import Labelled
from ribao.model import Citation, DocumentId, Sentence
from ribao.verify.evidence import Library
from ribao.verify.proof import prove

pytestmark = [pytest.mark.timeout(120)]

_FULL = str.maketrans(dict(zip(",:;()?!", "，：；（）？！", strict=True)))
_HALF = str.maketrans(dict(zip("，：；（）", ",:;()", strict=True)))
_BESIDE_NO_DIGIT = re.compile(r"(?<!\d)[,:;()?!]|[,:;()?!](?!\d)")


def typographic(text: str) -> str:
    """English with curly quotes and apostrophes, of the same length."""
    quoted = re.sub(r'(?<!\w)"([^"]*)"', r"“\1”", text)
    return re.sub(r"(?<=\w)'(?=\w)", "’", quoted).replace(" - ", " — ")


def full_width(text: str) -> str:
    """Chinese with full-width marks, but within numbers."""
    return _BESIDE_NO_DIGIT.sub(lambda match: match.group().translate(_FULL), text)


def half_width(text: str) -> str:
    """Chinese with half-width marks."""
    return text.translate(_HALF)


def traditional(text: str) -> str:
    """Chinese in traditional signs, as many as the simplified ones."""
    written = str(zhconv(text, "zh-hant"))
    assert len(written) == len(text)
    return written


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", str, typographic), ("zh", full_width, half_width), ("zh", str, traditional)],
)
def test_marks_change_no_verdict(
    language: str, one: Callable[[str], str], other: Callable[[str], str]
) -> None:
    """The sentences of the labelled letters have the same findings at the same places."""
    told = [
        it
        for name in letters_checked.SETS
        for it in letters_checked.letters(name)
        if it.language == language
    ]
    words = [it.text + "".join(d.text for d in it.documents) for it in told]
    assert sum(one(it) != other(it) for it in words) > len(told) / 2
    assert sum(_findings(it, one) != _findings(it, other) for it in told) == 0


def _findings(told: Labelled, form: Callable[[str], str]) -> list[tuple[int, int, str, str]]:
    documents = [
        replace(it, title=form(it.title), text=form(it.text))
        if it.language == told.language
        else it
        for it in told.documents
    ]
    sentence = Sentence(form(told.text), tuple(Citation(DocumentId(url), "") for url in told.cites))
    passages = Library().passages(documents)
    found = prove(sentence, passages, day=told.day, language=told.language)
    return [(it.start, it.end, it.kind, it.verdict.value) for it in found]
