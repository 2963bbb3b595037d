"""`ribao why`: the command and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.run import DEFAULT_OUTPUT


def why(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of a report, or of a source.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="The output folder of `ribao run`.")
    ] = DEFAULT_OUTPUT,
    json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Tell what became of a report in the last run, step by step, and why."""
    from ribao.cli.explaining import explain  # noqa: PLC0415 - --help must not load the newsroom

    explain(url, output, as_json=json)
