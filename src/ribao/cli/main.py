"""`ribao`: the commands, and the one place where an error becomes a sentence and an exit code.

Modules of this folder that hold a command import nothing heavy; what a command does stands in a
module that is imported when the command runs.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from ribao import __version__
from ribao.cli.aliases import aliases
from ribao.cli.bench import bench
from ribao.cli.check import check
from ribao.cli.deliveries import deliveries
from ribao.cli.models import models
from ribao.cli.new import new
from ribao.cli.publish import publish, site
from ribao.cli.rank import rank
from ribao.cli.run import run
from ribao.cli.serve import serve
from ribao.cli.settings import settings
from ribao.cli.sources import sources
from ribao.cli.subscribers import subscribers
from ribao.cli.why import why
from ribao.errors import RibaoError

app = typer.Typer(
    name="ribao",
    help="A newsroom that finds the day's events, writes them up and proves what it prints.",
    epilog="`ribao run --demo` makes a first edition, without network or settings. "
    "Exit codes: 0 done, 1 failed or found something, 2 bad input, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(run)
app.command()(new)
app.command()(why)
app.command()(aliases)
app.command()(check)
app.command()(publish)
app.command()(site)
app.command()(serve)
app.command()(settings)
app.add_typer(sources)
app.add_typer(models)
app.add_typer(rank)
app.add_typer(bench)
app.add_typer(deliveries)
app.add_typer(subscribers)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        typer.echo(f"ribao {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _version_: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """A newsroom that finds the day's events, writes them up and proves what it prints."""


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 failed or found something, 2 bad input, 130."""
    try:
        app()
    except RibaoError as error:
        typer.echo(f"ribao: {error}", err=True)
        if error.hint:
            typer.echo(f"hint: {error.hint}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("ribao: interrupted; the next run goes on from here", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(0)


if __name__ == "__main__":
    main()
