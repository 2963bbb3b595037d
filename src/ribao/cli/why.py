"""`ribao why`: the command and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT


def why(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of a report, or of a source.")],
    other: Annotated[
        str, typer.Argument(metavar="[URL2]", help="A second report: are the two one story?")
    ] = "",
    *,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="The output folder of `ribao run`.")
    ] = DEFAULT_OUTPUT,
    config: Settings = None,
    json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Tell what became of a report in the last run, step by step, and why.

    With a second report: what the two share, and why they are or are not one story.
    """
    if other:
        from ribao.cli.comparing import compare  # noqa: PLC0415 - as below

        compare(url, other, output, config, as_json=json)
        return
    from ribao.cli.explaining import explain  # noqa: PLC0415 - --help must not load the newsroom

    explain(url, output, config, as_json=json)
