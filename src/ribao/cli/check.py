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


def check(
    file: Annotated[Path, typer.Argument(help="Markdown, HTML or an edition.json.")],
    *,
    evidence: Annotated[
        list[Path] | None,
        typer.Option(help="A folder of texts, or a recorded web (WARC), to prove it with. Repeat."),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the pages it links, and prove it with those.")
    ] = False,
    lang: Annotated[str, typer.Option(help="Language of the report, zh or en.")] = "",
    day: Annotated[str, typer.Option(help="Day of publication, as 2026-01-31.")] = "",
    form: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the report here.")
    ] = None,
) -> None:
    """Check every claim of a newsletter: supported, contradicted, not proved, opinion.

    Exits 0 where nothing is wrong, 1 with findings, 2 where the input cannot be read.
    """
    from ribao.cli.checking import CheckOptions, run_check  # noqa: PLC0415 - loaded when it runs

    options = CheckOptions(file, tuple(evidence or ()), fetch, lang, day, form.value, output)
    raise typer.Exit(run_check(options))
