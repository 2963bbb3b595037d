"""What `ribao check` does: gather the evidence, check, print the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from ribao.cli.evidence import folder_documents, page_documents, web_documents
from ribao.errors import ConfigError, ContentError
from ribao.model import Document
from ribao.verify import check_file
from ribao.verify.newsletter import read_newsletter
from ribao.verify.report import as_html, as_json, as_sarif, as_text

CLEAN, FINDINGS, BAD_INPUT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """The command line of `ribao check`."""

    file: Path
    evidence: tuple[Path, ...] = ()
    fetch: bool = False
    language: str = ""
    day: str = ""
    form: str = "text"
    output: Path | None = None


def run_check(options: CheckOptions) -> int:
    """Check one file and print what was found; the result is the exit code."""
    try:
        day = _day(options.day)
        language = _language(options.language)
        documents = _documents(options)
        report = check_file(options.file, documents, day=day, language=language)
    except (ConfigError, ContentError) as error:
        typer.echo(f"ribao: {error}", err=True)
        return BAD_INPUT
    language = language or report.newsletter.language
    if options.form == "json":
        words = as_json(report)
    elif options.form == "sarif":
        words = as_sarif(report)
    elif options.form == "html":
        words = as_html(report, language)
    else:
        words = as_text(report, language)
    if options.output is None:
        typer.echo(words, nl=False)
    else:
        options.output.write_text(words, encoding="utf-8")
    return CLEAN if report.clean else FINDINGS


def _documents(options: CheckOptions) -> list[Document]:
    found: list[Document] = []
    for place in options.evidence:
        found += folder_documents(place) if place.is_dir() else web_documents(place)
    if options.fetch:
        content = options.file.read_text(encoding="utf-8", errors="replace")
        letter = read_newsletter(content, options.file.name)
        found += page_documents([link.url for link in letter.links])
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
