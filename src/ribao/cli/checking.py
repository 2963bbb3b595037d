"""What `ribao check` does: gather the evidence, check, print the report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import typer

from ribao.config import VerifySettings, load_config
from ribao.errors import ConfigError, ContentError
from ribao.files import MAX_BYTES
from ribao.model import Document, Verdict
from ribao.verify import Report, check_text
from ribao.verify.forms.letters import decoded, read_text, shown
from ribao.verify.forms.newsletter import read_newsletter
from ribao.verify.proof import FAILED
from ribao.verify.report import as_annotations, as_html, as_json, as_sarif, as_text

CLEAN, FINDINGS, BAD_INPUT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """The command line of `ribao check`."""

    files: tuple[Path, ...]
    evidence: tuple[Path, ...] = ()
    fetch: bool = False
    config: Path | None = None
    language: str = ""
    day: str = ""
    form: str = "text"
    fail_on: str = "unproved"
    output: Path | None = None


@dataclass(frozen=True, slots=True)
class _Letter:
    """What is checked: its words, its name in messages and its path for code hosts."""

    content: str
    name: str
    path: str


_PIPE = Path("-")  # the standard input


def _letter(file: Path) -> _Letter:
    if file == _PIPE:
        return _Letter(decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin"), "stdin", "stdin")
    path = Path(shown(file))
    return _Letter(read_text(file), path.name, path.as_posix())


def _checked(
    letter: _Letter,
    documents: Sequence[Document],
    said: tuple[date | None, str],
    limits: VerifySettings,
) -> Report:
    """Check one letter; `said` are the day and the language of the command line."""
    day, language = said
    report = check_text(
        letter.content, documents, day=day, language=language, name=letter.name, settings=limits
    )
    return replace(report, newsletter=replace(report.newsletter, path=letter.path))


def run_check(options: CheckOptions) -> int:
    """Check the files and print what was found; the result is the exit code."""
    try:
        day = _day(options.day)
        language = _language(options.language)
        letters = [_letter(file) for file in options.files]
        documents = _documents(options, letters)
        limits = load_config(options.config).verify if options.config else VerifySettings()
        reports = [_checked(letter, documents, (day, language), limits) for letter in letters]
        _put(_words(reports, options, language), options.output)
    except (ConfigError, ContentError) as error:
        typer.echo(f"ribao: {error}", err=True)
        if error.hint:
            typer.echo(f"hint: {error.hint}", err=True)
        return BAD_INPUT
    if options.fail_on == "contradicted":
        return CLEAN if not any(report.contradicted for report in reports) else FINDINGS
    return CLEAN if all(report.clean for report in reports) else FINDINGS


def _put(words: str, output: Path | None) -> None:
    """Print the report, or write it to a file.

    Raises:
        ConfigError: the file cannot be written.
    """
    if output is None:
        coding = sys.stdout.encoding or "utf-8"  # a terminal in GBK has no sign for everything
        typer.echo(words.encode(coding, "replace").decode(coding), nl=False)
        return
    try:
        output.write_text(words, encoding="utf-8")
    except OSError as error:
        raise ConfigError("cannot write the report", str(output), str(error.strerror)) from error


def _words(reports: Sequence[Report], options: CheckOptions, language: str) -> str:
    """The reports of all files in one form; in lines, with what makes the exit code alone.

    Raises:
        ConfigError: a page shows one file, and several were given.
    """
    form = options.form
    listed = FAILED if options.fail_on == "unproved" else frozenset({Verdict.CONTRADICTED})
    if form == "sarif":
        return as_sarif(*reports)
    if form == "json":
        tables = [as_json(report) for report in reports]
        return tables[0] if len(tables) == 1 else "[" + ",\n".join(tables) + "]\n"
    if form == "html":
        if len(reports) > 1:
            raise ConfigError("a page shows one file", str(len(reports)), "check one at a time")
        return as_html(reports[0], language or reports[0].newsletter.language)
    if form == "github":
        return "".join(
            as_annotations(one, language or one.newsletter.language, listed) for one in reports
        )
    return "".join(as_text(one, language or one.newsletter.language, listed) for one in reports)


def _documents(options: CheckOptions, letters: Sequence[_Letter]) -> list[Document]:
    if not options.evidence and not options.fetch:
        return []
    # What reads feeds and pages takes as long to load as all the rest, and a hook waits for it.
    from ribao.cli.evidence import (  # noqa: PLC0415
        page_documents,
        place_documents,
    )

    found: list[Document] = []
    for place in options.evidence:
        found += place_documents(place)
    if options.fetch:
        read = [read_newsletter(letter.content, letter.name) for letter in letters]
        links = [link.url for letter in read for link in letter.links]
        found += page_documents(links, load_config(options.config).http)
    return list({document.id: document for document in found}.values())


def _language(text: str) -> str:
    if text not in {"", "zh", "en"}:
        raise ConfigError("no such language", text, "a report is in zh or en")
    return text


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError("no such date", text, hint="write it as 2026-01-31") from error
