"""`ribao new`: the command and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    sentence: Annotated[
        str, typer.Argument(metavar="SENTENCE", help="What you want to read, in one sentence.")
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE.toml", help="Write here. Default: ribao.toml."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Turn one sentence, Chinese or English, into a configuration, and say what was understood."""
    from ribao.cli.founding import found  # noqa: PLC0415 - --help must not load the newsroom

    found(sentence, output, yes=yes, as_json=json)
