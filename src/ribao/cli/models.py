"""`ribao models`: the commands about language models, and their options.

What they do stands in `ribao.cli.modelling`, which is imported when one of them runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT

models = typer.Typer(
    name="models", help="List, test, and estimate the models that may write.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON, for machines.")]
_Output = Annotated[
    Path, typer.Option("--output", metavar="DIR", help="The output folder of `ribao run`.")
]


@models.command("list")
def list_(*, config: Settings = None, json: _Json = False) -> None:
    """List the models that are known, with their prices and whether there is a key."""
    from ribao.cli.modelling import show_list  # noqa: PLC0415 - --help must not load the newsroom

    show_list(config, as_json=json)


@models.command("test")
def try_(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="PROVIDER/MODEL", help="Default: those of the configuration."),
    ] = None,
    *,
    config: Settings = None,
    output: _Output = DEFAULT_OUTPUT,
) -> None:
    """Ask each model one small question within the caps, and tell what came of it."""
    from ribao.cli.modelling import try_models  # noqa: PLC0415 - see above

    try_models(tuple(names or ()), config, output)


@models.command()
def estimate(
    *, config: Settings = None, output: _Output = DEFAULT_OUTPUT, json: _Json = False
) -> None:
    """Tell what an edition would cost with each model, and what was spent of the caps."""
    from ribao.cli.modelling import show_estimate  # noqa: PLC0415 - see above

    show_estimate(config, output, as_json=json)
