"""`ribao deliveries`: what goes out, and what became of it.

What the commands do stands in `ribao.cli.delivering`, which is imported when one of them runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT

deliveries = typer.Typer(
    name="deliveries", help="List, send, retry, explain what goes out.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON, for machines.")]
_Output = Annotated[
    Path, typer.Option("--output", metavar="DIR", help="The output folder of `ribao run`.")
]


@deliveries.command("list")
def list_(
    *,
    state: Annotated[
        str, typer.Option("--state", help="Only those planned, waiting, unsure, failed, ...")
    ] = "",
    channel: Annotated[str, typer.Option("--channel", help="Only those of this channel.")] = "",
    last: Annotated[int, typer.Option("--last", min=1, help="So many of the newest.")] = 50,
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
    json: _Json = False,
) -> None:
    """List deliveries, the newest last."""
    from ribao.cli.delivering import show_list  # noqa: PLC0415 - --help must not load the newsroom

    show_list(output, config, state=state, channel=channel, last=last, as_json=json)


@deliveries.command()
def send(
    *,
    wait: Annotated[
        float, typer.Option("--wait", min=0, help="Seconds to wait for what comes due soon.")
    ] = 0.0,
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
    json: _Json = False,
) -> None:
    """Send what is due; exit code 1 where something failed or may have arrived."""
    from ribao.cli.delivering import send_now  # noqa: PLC0415 - see above

    raise typer.Exit(0 if send_now(output, config, wait=wait, as_json=json) else 1)


@deliveries.command()
def retry(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Or their first letters.")
    ] = None,
    *,
    failed: Annotated[bool, typer.Option("--failed", help="All that failed.")] = False,
    arrived: Annotated[
        bool, typer.Option("--arrived", help="They did arrive: only note it.")
    ] = False,
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """Send deliveries that failed, or of which nobody knows whether they arrived, once more."""
    from ribao.cli.delivering import retry_them  # noqa: PLC0415 - see above

    retry_them(tuple(ids or ()), output, config, failed=failed, arrived=arrived)


@deliveries.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="ID", help="Or its first letters.")],
    *,
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
    json: _Json = False,
) -> None:
    """Tell what became of one delivery, step by step."""
    from ribao.cli.delivering import explain_one  # noqa: PLC0415 - see above

    explain_one(name, output, config, as_json=json)


@deliveries.command()
def plan(
    file: Annotated[Path, typer.Argument(metavar="edition.json", help="An edition.")],
    *,
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """Plan an edition that is made already for channels that do not have it yet."""
    from ribao.cli.delivering import plan_file  # noqa: PLC0415 - see above

    plan_file(file, output, config)
