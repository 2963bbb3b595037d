"""English names of one word, which only a capital tells, are claims with a verdict of their own."""

from __future__ import annotations

from ribao.model import Citation, Finding, Sentence, Verdict
from ribao.verify.evidence import Library
from ribao.verify.proof import prove
from tests.unit.verify.proving import DAY, document

REPORT = "Quellin sold its mill in Thornby to Marrick after a long dispute. The staff stay."


def _names(sentence: str, text: str = "") -> dict[str, Verdict]:
    reports = [document(text)] if text else []
    printed = Sentence(sentence, tuple(Citation(one.id, "") for one in reports))
    found: tuple[Finding, ...] = prove(printed, Library().passages(reports), day=DAY, language="en")
    return {one.claim: one.verdict for one in found if one.kind == "name"}


def test_each_name_is_shown_with_the_words_that_bear_it_out() -> None:
    """In a free telling and in a copy alike."""
    names = dict.fromkeys(("Thornby", "Marrick"), Verdict.SUPPORTED)
    assert _names("After a dispute the mill in Thornby went to Marrick.", REPORT) == names
    assert _names(
        "The mill in Thornby went to Marrick.", "The mill in Thornby went to Marrick."
    ) == (names)


def test_a_first_word_is_one_where_a_report_has_it_inside_of_a_sentence() -> None:
    """So is "Marrick"; "Staff" stands at the head of sentences alone."""
    report = f"{REPORT} Staff got a letter."
    assert _names("Marrick now owns the mill.", report) == {"Marrick": Verdict.SUPPORTED}
    assert not _names("Staff of the mill stay on.", report)


def test_without_reports_they_are_named_as_unproved() -> None:
    """Names in a row, too, which look like a title at first."""
    row = _names("Rain fell on Thornby, Old Quellin, Marrick and Ardley.")
    assert row == dict.fromkeys(
        ("Thornby", "Old Quellin", "Marrick", "Ardley"), Verdict.UNSUPPORTED
    )


def test_a_title_in_capitals_names_nothing() -> None:
    """Its capitals are those of every headline."""
    assert not _names("How Old Mills Learn New Tricks in Small Towns")
