"""`ribao aliases`: the names that reports taught, and the page that taught each first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT


def aliases(
    *,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="The output folder of `ribao run`.")
    ] = DEFAULT_OUTPUT,
    config: Settings = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """Show which Chinese and which Latin names the reports said to be one."""
    from ribao.cli.comparing import show_aliases  # noqa: PLC0415 - --help must not load it

    show_aliases(output, config, as_json=json)
