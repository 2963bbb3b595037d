"""What a person sees while a run goes on, and the table at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from ribao.catalogue import say
from ribao.running.assignment import Made, Watch
from ribao.running.run import STEPS


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Watch]:
    """Give a watch that draws a bar on a terminal and nothing elsewhere."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _step, _done, _total: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.description:<8}"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(STEPS[0], total=None)

        def watch(step: str, done: int, total: int) -> None:
            progress.update(task, description=step, completed=done, total=total or None)

        yield watch


def show_steps(made: Made, folder: Path) -> None:
    """Print the table of steps, the notes, and the files of the edition in its folder."""
    edition, console = made.edition, Console(highlight=False)
    language = edition.language
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(say("run.step", language))
    for name in ("in", "kept", "dropped", "failed", "seconds"):
        table.add_column(say(f"run.{name}", language), justify="right")
    for step in made.steps:
        failed = f"[red]{step.failed}[/red]" if step.failed else "0"
        table.add_row(
            say(f"run.step-{step.name}", language), f"{step.came:,}", f"{step.kept:,}",
            f"{step.dropped:,}", failed, f"{step.seconds:.2f}",
        )  # fmt: skip
    console.print(table)
    console.print()
    day = {"day": edition.date.isoformat(), "zone": edition.timezone}
    console.print(say("run.day", language, **day), style="dim", markup=False, soft_wrap=True)
    console.print(edition.title, style="bold", markup=False, soft_wrap=True)
    for note in edition.notes:
        console.print(note, style="yellow", markup=False, soft_wrap=True)
    if made.kept_back:
        console.print(made.kept_back, style="yellow", markup=False, soft_wrap=True)
    if made.spent:
        console.print(made.spent, markup=False, soft_wrap=True)
    for path in made.files:
        console.print(str(folder / path), markup=False, soft_wrap=True)
