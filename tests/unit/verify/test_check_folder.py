"""What `ribao check` makes of a folder of texts, and of places and letters that are odd."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ribao.cli.checking import BAD_INPUT, CLEAN, FINDINGS, CheckOptions, run_check
from ribao.verify.forms import pieces

LETTER = "---\ndate: 2026-03-10\n---\n\n# Oakline opens a yard\n\nOakline opened a yard on {day}.\n"
REPORT = "Oakline opens a yard\n{head}Oakline opened a yard on Monday, it said.\n"


def code(folder: Path, *, day: str, head: str = "") -> int:
    """The exit code of a letter with that day, against one text."""
    evidence, letter = folder / "reports", folder / "letter.md"
    evidence.mkdir(exist_ok=True)
    (evidence / "one.txt").write_text(REPORT.format(head=head), encoding="utf-8")
    os.utime(evidence / "one.txt", (1_000_000_000, 1_000_000_000))  # copied long before
    letter.write_text(LETTER.format(day=day), encoding="utf-8")
    return run_check(CheckOptions(files=(letter,), evidence=(evidence,)))


def test_a_text_without_a_day_is_read_on_the_day_of_the_letter(tmp_path: Path) -> None:
    """The time of a file is that of its copy: the same words are the same day."""
    assert code(tmp_path, day="Monday") == CLEAN
    assert code(tmp_path, day="9 March") == CLEAN
    assert code(tmp_path, day="8 March") == FINDINGS


def test_a_text_may_say_its_day(tmp_path: Path) -> None:
    """A line below the title, or below the address, that holds a date alone."""
    assert code(tmp_path, day="2 March", head="2026-03-03\n") == CLEAN
    address = "https://a.example/1\n2026-03-03\n"
    assert code(tmp_path, day="2 March", head=address) == CLEAN
    assert code(tmp_path, day="9 March", head=address) == FINDINGS


def test_a_report_that_cannot_be_written_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one sentence, no traceback."""
    letter = tmp_path / "letter.md"
    letter.write_text(LETTER.format(day="Monday"), encoding="utf-8")
    options = CheckOptions(files=(letter,), output=tmp_path / "nowhere" / "report.txt")
    assert run_check(options) == BAD_INPUT
    assert "cannot write the report" in capsys.readouterr().err


def test_a_text_as_long_as_a_book_is_no_count_of_the_paper() -> None:
    """The open places of the forms are not tried on it; a count is a short sentence."""
    count = "Reported by 2 sources: Acorn, Birch"
    assert pieces.is_computed(count)
    assert pieces.counts_outlets(count)
    assert not pieces.is_computed(f"{count}, {'Cedar, ' * 400}")
    assert not pieces.counts_outlets(f"{count}, {'Cedar, ' * 400}")
