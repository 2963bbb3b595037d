"""What `ribao check` does: gather the evidence, check, print the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from ribao.config import load_config
from ribao.errors import ConfigError, ContentError
from ribao.model import Document, Verdict
from ribao.verify import Report, check_file
from ribao.verify.newsletter import read_newsletter
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


def run_check(options: CheckOptions) -> int:
    """Check the files and print what was found; the result is the exit code."""
    try:
        day = _day(options.day)
        language = _language(options.language)
        documents = _documents(options)
        reports = [
            check_file(file, documents, day=day, language=language) for file in options.files
        ]
        _put(_words(reports, options, language), options.output)
    except (ConfigError, ContentError) as error:
        typer.echo(f"ribao: {error}", err=True)
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
        typer.echo(words, nl=False)
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


def _documents(options: CheckOptions) -> list[Document]:
    if not options.evidence and not options.fetch:
        return []
    # What reads feeds and pages takes as long to load as all the rest, and a hook waits for it.
    from ribao.cli.evidence import (  # noqa: PLC0415
        folder_documents,
        page_documents,
        web_documents,
    )

    found: list[Document] = []
    for place in options.evidence:
        found += folder_documents(place) if place.is_dir() else web_documents(place)
    if options.fetch:
        links: list[str] = []
        for file in options.files:
            content = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
            letter = read_newsletter(content, file.name)
            links += [link.url for link in letter.links]
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
