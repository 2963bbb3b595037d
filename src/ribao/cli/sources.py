"""`ribao sources`: the commands about what is read, and their options.

What they do stands in `ribao.cli.sourcing`, which is imported when one of them runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import Settings
from ribao.cli.run import DEFAULT_OUTPUT

sources = typer.Typer(
    name="sources", help="List, add, remove, test the sources that are read.", no_args_is_help=True
)

_Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON, for machines.")]
_Replay = Annotated[
    Path | None,
    typer.Option("--replay", metavar="FILE.warc.gz", help="Ask a recorded web, not the network."),
]
_Output = Annotated[
    Path, typer.Option("--output", metavar="DIR", help="The output folder of `ribao run`.")
]


@sources.command("list")
def list_(
    *,
    category: Annotated[str, typer.Option("--category", help="Only those of this category.")] = "",
    language: Annotated[str, typer.Option("--language", help="Only those in this language.")] = "",
    config: Settings = None,
    json: _Json = False,
) -> None:
    """List every source that a run would read."""
    from ribao.cli.sourcing import show_list  # noqa: PLC0415 - --help must not load the newsroom

    show_list(config, category=category, language=language, as_json=json)


@sources.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, or any page of a site.")],
    *,
    config: Settings = None,
    replay: _Replay = None,
) -> None:
    """Add a source to your list; the feed of a site is found by itself."""
    from ribao.cli.sourcing import add_source  # noqa: PLC0415 - see above

    add_source(url, config, replay)


@sources.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id or address of a source.")],
    *,
    config: Settings = None,
) -> None:
    """Remove a source from your list, or a built-in one from what is read."""
    from ribao.cli.sourcing import remove_source  # noqa: PLC0415 - see above

    remove_source(name, config)


@sources.command("test")
def try_(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Default: all.")
    ] = None,
    *,
    config: Settings = None,
    replay: _Replay = None,
    output: _Output = DEFAULT_OUTPUT,
    json: _Json = False,
) -> None:
    """Fetch and read sources once, and say what came; exit code 1 where one cannot be read."""
    from ribao.cli.sourcing import try_sources  # noqa: PLC0415 - see above

    raise typer.Exit(
        0 if try_sources(tuple(names or ()), config, replay, output, as_json=json) else 1
    )


@sources.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="OPML or TOML.")],
    *,
    config: Settings = None,
) -> None:
    """Add every source of an OPML or TOML file to your list."""
    from ribao.cli.sourcing import import_sources  # noqa: PLC0415 - see above

    import_sources(file, config)


@sources.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Default: standard output.")
    ] = None,
    *,
    toml: Annotated[bool, typer.Option("--toml", help="Write TOML instead of OPML.")] = False,
    config: Settings = None,
) -> None:
    """Write all sources as OPML, for any feed reader."""
    from ribao.cli.sourcing import export_sources  # noqa: PLC0415 - see above

    export_sources(file, config, toml=toml or (file is not None and file.suffix == ".toml"))


@sources.command()
def health(
    *,
    output: _Output = DEFAULT_OUTPUT,
    days: Annotated[int, typer.Option("--days", min=1, help="How far back to look.")] = 30,
    config: Settings = None,
    json: _Json = False,
) -> None:
    """Tell how each source does: last success, last error, items, copies, editions."""
    from ribao.cli.sourcing import show_health  # noqa: PLC0415 - see above

    show_health(output, config, days=days, as_json=json)
