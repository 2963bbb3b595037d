"""`ribao run`: the command and its options."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ribao.cli.finding import VARIABLE, found_all

DEFAULT_OUTPUT = Path("editions")


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line of `ribao run` asked for; None and "" leave it to the configuration."""

    demo: bool = False
    or_demo: bool = False
    replay: Path | None = None
    record: Path | None = None
    date: str = ""
    language: str = ""
    timezone: str = ""
    output: Path = DEFAULT_OUTPUT
    config: Path | None = None
    further: tuple[Path, ...] = ()  # configurations of more papers of the same crawl
    sources: tuple[Path, ...] = ()
    json: bool = False


def run(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make the edition of the recorded sample in the package.")
    ] = False,
    replay: Annotated[
        Path | None,
        typer.Option(
            "--replay",
            metavar="FILE.warc.gz",
            help="Read a recorded web instead of the network, as of its capture time.",
        ),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record", metavar="FILE.warc.gz", help="Keep what the network answers, for --replay."
        ),
    ] = None,
    date: Annotated[
        str,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            help="The edition's day: it covers what was published before 00:00 of it. "
            "Default: today; of an archive, its day, or that whose 00:00 is nearest.",
        ),
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="zh|en", help="Language of the edition.")
    ] = "",
    timezone: Annotated[
        str,
        typer.Option(
            "--timezone",
            metavar="ZONE",
            help="IANA time zone in which a day ends. Default: Asia/Shanghai for zh, else UTC.",
        ),
    ] = "",
    output: Annotated[
        Path,
        typer.Option(
            "--output", metavar="DIR", help="Folder of the editions and of what ribao remembers."
        ),
    ] = DEFAULT_OUTPUT,
    config: Annotated[
        list[Path] | None,
        typer.Option(
            "--config",
            metavar="ribao.toml",
            envvar=VARIABLE,
            help="Settings. Default: ./ribao.toml, where there is one. Given several times: one "
            "crawl, an edition for each, each in the folder of its file's name.",
            callback=found_all,
        ),
    ] = None,
    sources: Annotated[
        list[Path] | None,
        typer.Option(
            "--sources",
            metavar="FILE",
            help="Read these sources (OPML or TOML) instead of the built-in catalogue.",
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the outcome as JSON, for machines.")
    ] = False,
    or_demo: Annotated[
        bool,
        typer.Option("--or-demo", help="Fall back on the sample where there is no network."),
    ] = False,
) -> None:
    """Make one day's edition: Markdown, JSON and HTML, in the output folder."""
    from ribao.cli.making import run_edition  # noqa: PLC0415 - --help must not load the newsroom

    run_edition(
        RunOptions(
            demo=demo,
            or_demo=or_demo,
            replay=replay,
            record=record,
            date=date,
            language=language,
            timezone=timezone,
            output=output,
            config=config[0] if config else None,
            further=tuple(config[1:]) if config else (),
            sources=tuple(sources or ()),
            json=json,
        )
    )
