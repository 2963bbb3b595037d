"""`ribao serve`: the command and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT


def serve(
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output", metavar="DIR", help="Folder of the editions and of what ribao remembers."
        ),
    ] = DEFAULT_OUTPUT,
    config: Settings = None,
    store: Annotated[
        str,
        typer.Option(
            "--store",
            metavar="live|replay|demo",
            help="Whose editions: of live runs, of replays or of the sample. "
            "Default: those of the last run.",
        ),
    ] = "",
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen. Default: loopback.")
    ] = "",
    port: Annotated[
        int | None, typer.Option("--port", metavar="PORT", help="Default: 8017.")
    ] = None,
) -> None:
    """The desk in a browser: read the evidence, decide, publish."""
    from ribao.web.places import Where  # noqa: PLC0415 - --help must not load the newsroom
    from ribao.web.serving import serve as run  # noqa: PLC0415 - as above

    run(Where(output, config, store, host, port))
