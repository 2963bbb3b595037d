"""What `ribao publish` and `ribao site` do: render kept editions again, whatever changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from ribao.config import Config, load_config
from ribao.errors import ConfigError, PublishError
from ribao.model import Edition
from ribao.plugins.kinds import Output
from ribao.plugins.loader import load_plugins, outputs
from ribao.publish import publish, publish_site
from ribao.publish.shelf import read_shelf


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which editions are rendered, and how; "" and () leave it to the configuration."""

    directory: Path
    date: str = ""
    language: str = ""
    outputs: tuple[str, ...] = ()
    config: Path | None = None


def render_site(directory: Path, config: Path | None) -> None:
    """Make the site of a folder of editions anew.

    Raises:
        ConfigError: the folder holds no edition.
        PublishError: an edition cannot be read, or the folder cannot be written.
    """
    outcome = publish_site(directory, load_config(config).publish)
    if not outcome.kept:
        raise _nothing(directory)
    for publication in outcome.kept:
        typer.echo(directory / publication.address)


def render_again(wanted: Wanted) -> None:
    """Render editions of a folder by the outputs that are asked for.

    Raises:
        ConfigError: no such edition, or no such output.
        PublishError: an output failed; the others are written.
    """
    config = load_config(wanted.config)
    chosen = _outputs(wanted, config)
    failed = 0
    for edition in _editions(wanted):
        outcome = publish(edition, chosen, wanted.directory, config.publish)
        for publication in outcome.kept:
            typer.echo(wanted.directory / publication.address)
        for failure in outcome.failed:
            typer.echo(f"ribao: {failure.subject}: {failure.error}", err=True)
        failed += len(outcome.failed)
    if failed:
        raise PublishError("not everything was rendered", "", f"{failed} outputs failed")


def _outputs(wanted: Wanted, config: Config) -> tuple[Output, ...]:
    known = outputs(load_plugins())
    names = wanted.outputs or config.publish.outputs
    unknown = [name for name in names if name not in known]
    if unknown:
        there = f"there are {', '.join(sorted(known))}"
        raise ConfigError("no such output", ", ".join(unknown), there)
    return tuple(known[name] for name in names)


def _editions(wanted: Wanted) -> list[Edition]:
    """The newest edition of each language, or those of the day that was asked for."""
    shelf = read_shelf(wanted.directory)
    if wanted.language:
        shelf = tuple(one for one in shelf if one.language == wanted.language)
    if wanted.date:
        try:
            day = date.fromisoformat(wanted.date)
        except ValueError as error:
            hint = "write it as 2026-01-31"
            raise ConfigError("no such date", wanted.date, hint=hint) from error
        found = [one for one in shelf if one.date == day]
    else:
        found = list({one.language: one for one in shelf}.values())
    if not found:
        raise _nothing(wanted.directory)
    return found


def _nothing(directory: Path) -> ConfigError:
    return ConfigError(
        "no edition is kept there",
        str(directory),
        "an edition is DAY/LANGUAGE/edition.json",
        hint='[publish] outputs must hold "json" when `ribao run` makes one',
    )
