"""Files as they come: pipes, the standard input, codings, what is no file, signs nobody sees."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from ribao.cli.checking import BAD_INPUT, CLEAN, FINDINGS, CheckOptions, run_check
from ribao.cli.evidence import place_documents
from ribao.errors import ContentError
from ribao.verify import check_text
from ribao.verify.forms.letters import decoded
from ribao.verify.links import is_disguised
from ribao.verify.report import as_html, as_json, as_sarif, as_text

GOOD = "# Letter\n\nThe show opens on Tuesday, June 3, 2025.\n"
BAD = GOOD.replace("Tuesday", "Friday")


def outcome(
    capsys: pytest.CaptureFixture[str], file: Path, evidence: tuple[Path, ...] = ()
) -> tuple[int, str]:
    """The exit code and what is said of bad input, for contradictions alone."""
    code = run_check(CheckOptions((file,), evidence, fail_on="contradicted"))
    return code, capsys.readouterr().err


def test_a_pipe_without_a_writer_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe, a folder, a loop of links and a missing file: one sentence each."""
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    for name in ("pipe.md", ".", "loop.md", "none.md"):
        code, said = outcome(capsys, tmp_path / name)
        assert code == BAD_INPUT
        assert said.startswith("ribao: cannot read the file: ")
        assert said.count("\n") == 1
    (tmp_path / "good.md").write_text(GOOD)
    assert outcome(capsys, tmp_path / "good.md", (tmp_path,))[0] == BAD_INPUT  # the pipe


def test_the_standard_input_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name - stands for it, in every form of the report."""
    for text, expected in ((GOOD, CLEAN), (BAD, FINDINGS)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code = run_check(CheckOptions((Path("-"),), fail_on="contradicted", form="sarif"))
        results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        errors = [one["message"]["text"] for one in results if one["level"] == "error"]
        assert (code, bool(errors)) == (expected, expected == FINDINGS)


def test_codings_that_say_what_they_are_are_read() -> None:
    """UTF-8 and UTF-16 with their marks, and a page that declares its own; others are named."""
    page = "<html><head><meta charset='gbk'></head><body><p>机器人</p></body></html>"
    for data in (GOOD.encode("utf-8-sig"), GOOD.encode("utf-16"), page.encode("gbk")):
        assert check_text(decoded(data, "x")).sentences
    for data in (page.replace("charset", "x").encode("gbk"), b"\x89PNG\r\n\x1a\n\xff\xfe"):
        with pytest.raises(ContentError, match="not a text in UTF-8: 'x': byte "):
            decoded(data, "x")


def test_signs_that_nobody_sees_hide_nothing() -> None:
    """A figure parted by a zero width, a sentence turned around: read as they look."""
    found = check_text("It cost $3\u200b10\u202e in \x1b[31mMay\x00.\n\n\ud800Late\n")
    assert [one.text for one in found.newsletter.sentences] == [
        "It cost $310 in [31mMay\ufffd.",
        "\ufffdLate",
    ]
    for words in (as_text(found, "en"), as_json(found), as_sarif(found), as_html(found, "en")):
        assert "\x1b" not in words
        words.encode("utf-8")
    assert is_disguised("exa\u200bmple.com")


def test_evidence_may_be_one_file_and_say_what_it_is(tmp_path: Path) -> None:
    """Front matter and the head of a saved page give title, address and day."""
    post, page = tmp_path / "post.md", tmp_path / "page.html"
    post.write_text(
        "---\ntitle: Arms\ndate: 2025-05-02\nurl: https://a.example/1\n---\nArms cost $5.\n"
    )
    page.write_text(
        '<head><link rel="canonical" href="https://a.example/2?a=1&amp;b=2">'
        '<meta property="article:published_time" content="2025-05-03T08:00:00+08:00"></head>'
        "<h1>Legs</h1><p>Legs cost $6.</p>"
    )
    found = [document for place in (post, page) for document in place_documents(place)]
    assert [(one.title, one.url, one.published_at.date().isoformat()) for one in found] == [
        ("Arms", "https://a.example/1", "2025-05-02"),
        ("Legs", "https://a.example/2?a=1&b=2", "2025-05-03"),
    ]
    assert [one.text for one in found] == ["Arms cost $5.", "Legs cost $6."]
