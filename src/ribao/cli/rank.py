"""`ribao rank`: what the ranking can learn from editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT

rank = typer.Typer(name="rank", help="What the ranking learns from editors.", no_args_is_help=True)


@rank.command("learn")
def learn(
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output", metavar="DIR", help="Folder of the editions and of what ribao remembers."
        ),
    ] = DEFAULT_OUTPUT,
    config: Settings = None,
    store: Annotated[
        str, typer.Option("--store", metavar="live|replay|demo", help="Whose judgements.")
    ] = "",
    json: Annotated[
        bool, typer.Option("--json", help="Print the outcome as JSON, for machines.")
    ] = False,
) -> None:
    """Fit the weights of the score to what editors kept, held, moved and took in.

    Prints a table for ribao.toml; the figures are measured on editions that were left out.
    """
    from ribao.web.learning import show_learned  # noqa: PLC0415 - --help must not load it

    show_learned(output, config, store, as_json=json)
