"""`ribao check`: prove any newsletter against its evidence, or against itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How the report is printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"
    GITHUB = "github"


class FailOn(StrEnum):
    """Which findings make the exit code 1."""

    CONTRADICTED = "contradicted"
    UNPROVED = "unproved"


def check(  # noqa: PLR0913 - one parameter for each option of the command
    files: Annotated[list[Path], typer.Argument(help="Markdown, HTML, edition.json, or -.")],
    *,
    evidence: Annotated[
        list[Path] | None,
        typer.Option(help="Texts (a folder or one), or a recorded web (WARC). Repeat."),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the pages it links, and prove it with those.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(help="Settings: [http] for --fetch, [verify] for copying."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the report, zh or en.")] = "",
    day: Annotated[str, typer.Option(help="Day of publication, as 2026-01-31.")] = "",
    form: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TEXT,
    fail_on: Annotated[
        FailOn, typer.Option(help="What makes the exit code 1: any claim not proved, or less.")
    ] = FailOn.UNPROVED,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the report here.")
    ] = None,
) -> None:
    """Check every claim of a newsletter: supported, contradicted, not proved, opinion.

    Exits 0 where nothing is wrong, 1 with findings, 2 where the input cannot be read.
    """
    from ribao.cli.checking import CheckOptions, run_check  # noqa: PLC0415 - loaded when it runs

    places = tuple(evidence or ())
    options = CheckOptions(
        tuple(files), places, fetch, config, lang, day, form.value, fail_on.value, output
    )
    raise typer.Exit(run_check(options))
