"""`ribao bench`: how well a step does on recorded days that a person has labelled."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

bench = typer.Typer(
    name="bench", help="How well ribao does on days that you labelled.", no_args_is_help=True
)


@bench.callback()
def _group() -> None:
    """How well ribao does on days that you labelled."""


@bench.command("stories")
def stories(
    *,
    replay: Annotated[
        list[Path],
        typer.Option("--replay", metavar="FILE.warc.gz", help="A day; repeat, in order."),
    ],
    gold: Annotated[
        Path, typer.Option("--gold", metavar="FILE.jsonl", help="Labels: link and event a line.")
    ],
    near_misses: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Events with their reports and near misses."),
    ] = None,
    language: Annotated[str, typer.Option(metavar="zh|en", help="Of the edition.")] = "zh",
    beat: Annotated[str, typer.Option(help="Beat of the edition: a name or a file.")] = "ai",
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Score stories against labels: BCubed, pairs, events in the edition, and what is confused."""
    from ribao.cli.scoring import Question, bench_stories  # noqa: PLC0415 - --help stays quick

    bench_stories(Question(tuple(replay), gold, near_misses, language, beat), as_json=json)
