"""`ribao subscribers`: who gets the paper by mail.

What the commands do stands in `ribao.cli.subscribing`, which is imported when one of them runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT

subscribers = typer.Typer(
    name="subscribers", help="Add, confirm, list, remove who gets mail.", no_args_is_help=True
)

_List = Annotated[
    str, typer.Option("--list", metavar="NAME", help="The mailing list, where there are several.")
]
_Output = Annotated[
    Path, typer.Option("--output", metavar="DIR", help="The output folder of `ribao run`.")
]


@subscribers.command()
def add(
    address: Annotated[str, typer.Argument(metavar="ADDRESS")],
    *,
    language: Annotated[
        str, typer.Option("--language", metavar="zh|en", help="Editions wanted; default: all.")
    ] = "",
    name: _List = "",
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """Ask an address by mail whether it wants the paper; nothing else goes to it before."""
    from ribao.cli.subscribing import add_one  # noqa: PLC0415 - --help must not load the newsroom

    add_one(address, output, config, name=name, language=language)


@subscribers.command()
def confirm(
    what: Annotated[str, typer.Argument(metavar="TOKEN|ADDRESS", help="Of a link, or an address.")],
    *,
    name: _List = "",
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """Confirm a subscription, by the token of its letter or because you know."""
    from ribao.cli.subscribing import change_one  # noqa: PLC0415 - see above

    change_one(what, output, config, name=name, wanted="confirm")


@subscribers.command()
def remove(
    what: Annotated[str, typer.Argument(metavar="TOKEN|ADDRESS", help="Of a link, or an address.")],
    *,
    name: _List = "",
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """End a subscription."""
    from ribao.cli.subscribing import change_one  # noqa: PLC0415 - see above

    change_one(what, output, config, name=name, wanted="unsubscribe")


@subscribers.command("list")
def list_(
    *,
    state: Annotated[
        str, typer.Option("--state", help="pending, confirmed, ended or bounced.")
    ] = "",
    name: _List = "",
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")] = False,
) -> None:
    """List subscribers."""
    from ribao.cli.subscribing import show_list  # noqa: PLC0415 - see above

    show_list(output, config, name=name, state=state, as_json=json)


@subscribers.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    *,
    name: _List = "",
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """Bring in addresses that confirmed elsewhere; who left or bounced here stays out."""
    from ribao.cli.subscribing import import_file  # noqa: PLC0415 - see above

    import_file(file, output, config, name=name)


@subscribers.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.csv", help="Default: standard output.")
    ] = None,
    *,
    name: _List = "",
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """Write all subscribers as CSV."""
    from ribao.cli.subscribing import export_file  # noqa: PLC0415 - see above

    export_file(file, output, config, name=name)


@subscribers.command()
def bounces(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Messages; default: one from standard input."),
    ] = None,
    *,
    output: _Output = DEFAULT_OUTPUT,
    config: Settings = None,
) -> None:
    """Read notices of mail that could not be delivered, and mark who takes none."""
    from ribao.cli.subscribing import read_bounces  # noqa: PLC0415 - see above

    read_bounces(tuple(files or ()), output, config)
