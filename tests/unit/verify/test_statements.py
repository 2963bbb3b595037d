"""A sentence without figure, date or name is one claim, and gets its verdict like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ribao.model import Citation, DocumentId, Finding, Sentence, Verdict
from ribao.verify.evidence import Library
from ribao.verify.proof import prove
from tests.unit.verify.proving import DAY, document

ZH = "园区的屋顶上铺着吸收热量的砖块。夜里，砖块把白天存下的热量慢慢送进楼下的房间。"
_OTHER = "园区的屋顶上铺着大量吸收热量的砖块，此外还有瓦。"
EN = (
    "The bricks on the roof drink in warmth while the sun shines. "
    "After dark they pass it slowly to the rooms beneath."
)


def _findings(sentence: str, text: str, cited: str = "d") -> tuple[Finding, ...]:
    reports = [document(text), replace(document("Nothing to see."), id=DocumentId("other"))]
    printed = Sentence(sentence, (Citation(DocumentId(cited), ""),))
    language = "en" if sentence.isascii() else "zh"
    return prove(printed, Library().passages(reports), day=DAY, language=language)


@pytest.mark.parametrize(
    ("sentence", "text", "told"),
    [
        (ZH[16:], ZH, ZH[16:-1]),
        (EN[61:], EN, EN[61:-1]),
        # All but the same words: the report's whole sentence is shown.
        ("园区的屋顶上铺着大量吸收热量的砖块，另外还有瓦。", _OTHER, _OTHER),
    ],
)
def test_a_sentence_that_a_report_has_is_supported_as_a_whole(
    sentence: str, text: str, told: str
) -> None:
    """With the passage that bears it out, as the editor will want to see it."""
    (found,) = _findings(sentence, text)
    assert (found.kind, found.verdict) == ("statement", Verdict.SUPPORTED)
    assert (found.start, found.end) == (0, len(sentence))
    assert found.evidence is not None
    assert found.evidence.quote == told


def test_a_statement_of_a_report_that_is_not_cited_is_cited_wrongly() -> None:
    """It is borne out, and the editor is told by which report."""
    (right,), (wrong,) = _findings(EN[61:], EN), _findings(EN[61:], EN, cited="other")
    assert right.verdict == wrong.verdict == Verdict.SUPPORTED
    assert "cited wrongly" in wrong.because
    assert "cited wrongly" not in right.because


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("After dark they pass it slowly to the rooms beside.", f"{EN} Those beside stay cool."),
        ("夜里，砖块把白天存下的热量慢慢送进隔壁的房间。", f"{ZH}隔壁的住户抱怨噪声。"),
    ],
)
def test_a_sentence_with_another_word_is_no_copy(sentence: str, text: str) -> None:
    """Though a report has that word somewhere else: the word is shown with the report's own."""
    (found,) = _findings(sentence, text)
    assert (found.kind, found.verdict) == ("wording", Verdict.UNSUPPORTED)
    assert sentence[found.start : found.end] in {"beside", "隔壁"}


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        # Another sentence as near has the word; words that share a stem or a sign; said shorter.
        ("The cottage stays open.", "The cottage stays empty. The cottage stays open."),
        ("The cottage stays opened.", "The cottage stays open all year."),
        ("The cottage stays shut.", "The cottage stays shut up in winter."),
    ],
)
def test_words_that_may_say_the_same_are_let_pass(sentence: str, text: str) -> None:
    """What is told freely is not held for one word."""
    assert not [one for one in _findings(sentence, text) if one.verdict == Verdict.UNSUPPORTED]


@pytest.mark.parametrize("sentence", ["Why do bricks on the roof feel warm?", "Good morning."])
def test_a_question_and_a_greeting_claim_nothing(sentence: str) -> None:
    """Also where a report has them word for word."""
    assert not _findings(sentence, f"{sentence} {EN}")
