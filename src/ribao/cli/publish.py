"""`ribao publish` and `ribao site`: the commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings


def site(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the editions.")],
    *,
    config: Settings = None,
) -> None:
    """Make the web site of all editions of a folder anew, in DIR/site."""
    from ribao.cli.publishing import render_site  # noqa: PLC0415 - what a command does loads late

    render_site(directory, config)


def publish(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the editions.")],
    *,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", metavar="NAME", help="A rendering, for example epub; may be repeated."
        ),
    ] = None,
    date: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="Default: the newest edition.")
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="zh|en", help="Default: both.")
    ] = "",
    config: Settings = None,
) -> None:
    """Render editions that were made before, by other outputs or with other settings."""
    from ribao.cli.publishing import Wanted, render_again  # noqa: PLC0415 - as above

    render_again(Wanted(directory, date, language, tuple(output or ()), config))
