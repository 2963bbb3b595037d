"""`ribao aliases`: names that reports taught, with their pages, and names in question."""

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
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="HAN=LATIN", help="Both are one name; repeat for more."),
    ] = None,
    refuse: Annotated[
        list[str] | None, typer.Option(metavar="HAN=LATIN", help="They are not one name.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """Show which Chinese and Latin names are one by the reports, and which may be."""
    from ribao.cli.naming import show_aliases  # noqa: PLC0415 - --help must not load it

    show_aliases(output, config, accept=accept or (), refuse=refuse or (), as_json=json)
