"""What `ribao run` does: choose the web, make the edition, show what became of everything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from ribao import demo
from ribao.beat import load_beat
from ribao.cli.delivering import deliver_after_run
from ribao.cli.progress import show_progress, show_steps
from ribao.cli.run import RunOptions
from ribao.collect import load_sources, sources_in_archive
from ribao.config import Config, load_config
from ribao.deliver import open_channels
from ribao.errors import ConfigError, RetryableError, RibaoError
from ribao.gateways.clock import Clock, FixedClock, SystemClock
from ribao.gateways.open import open_web
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Web
from ribao.model import Source
from ribao.pipeline import make_edition
from ribao.plugins.kinds import Output
from ribao.plugins.loader import channel_kinds, load_plugins, outputs, rankers, source_kinds
from ribao.running.assignment import Assignment, Made, Tools, Watch, zone_for
from ribao.running.phrasing import open_models
from ribao.running.reading import PendingValidators
from ribao.store import open_store

MEMORY = ".ribao"  # folder beside the editions: what ribao remembers of them

FIRST_YEAR, LAST_YEAR = 1990, 9000  # a window of days around the date must exist

OFFLINE_HINT = (
    "`ribao run --demo` makes the edition of the recorded sample, "
    "`ribao run --replay FILE.warc.gz` that of a recorded web"
)


def run_edition(options: RunOptions) -> None:
    """Make an edition and print what became of everything.

    Raises:
        RibaoError: no edition was written; the sentence says why.
    """
    options, config = _settled(options)
    try:
        made = make(options, config)
    except RetryableError as error:
        if options.replay is not None or options.demo:
            raise
        sentence = f"the network does not answer ({error})"
        if not options.or_demo:
            raise RetryableError(sentence, hint=OFFLINE_HINT) from error
        typer.echo(f"ribao: {sentence}; this is the recorded sample instead", err=True)
        options, config = _settled(replace(options, demo=True, date=""))
        made = make(options, config)
    _show(made, options)
    if options.replay is None and not options.demo:
        deliver_after_run(options.output, config)


def _settled(options: RunOptions) -> tuple[RunOptions, Config]:
    """Read the configuration and let the command line have the last word."""
    config = load_config(options.config)
    if options.demo and options.replay is not None:
        raise ConfigError("choose one", "--demo and --replay", "both name a recorded web")
    if options.language and options.language not in ("zh", "en"):
        raise ConfigError("no such language", options.language, "an edition is in zh or en")
    if options.sources:
        files = tuple(str(path) for path in options.sources)
        collect = config.collect.model_copy(update={"sources": files, "builtin_catalogue": False})
        config = config.model_copy(update={"collect": collect})
    language = options.language or config.edition.language
    zone = options.timezone or (demo.TIMEZONE if options.demo else config.edition.timezone)
    edition = config.edition.model_copy(
        update={"language": language, "timezone": zone_for(language, zone)}
    )
    return options, config.model_copy(update={"edition": edition})


def make(options: RunOptions, config: Config, *, watch: Watch | None = None) -> Made:
    """Open everything that a run needs and make the edition.

    `watch` is told how far each step is; None draws a bar where there is a terminal.

    Raises:
        RibaoError: something could not be opened, or the run failed.
    """
    mode = "demo" if options.demo else "replay" if options.replay else "live"
    manager = load_plugins()
    beat = load_beat(config.edition.beat)
    chosen = _chosen_outputs(outputs(manager), config)
    path = Path(config.store.path) if config.store.path else options.output / MEMORY
    with (
        open_store(path if config.store.path else path / f"{mode}.sqlite3") as store,
        show_progress(quiet=options.json or watch is not None) as bar,
    ):
        validators = PendingValidators(store.library)
        ledger = path if config.store.path else path / "live.sqlite3"
        with (
            _web(mode, options, config, validators) as (web, clock, sources, digest),
            open_models(config, ledger, SystemClock(), live=mode == "live") as models,
        ):
            work = Assignment(
                mode=mode,
                day=_day(options, config, clock),
                language=config.edition.language,
                timezone=config.edition.timezone,
                directory=options.output,
                input_digest=digest,
            )
            tools = Tools(
                config=config,
                beat=beat,
                store=store,
                web=web,
                clock=clock,
                sources=sources,
                kinds=source_kinds(manager),
                outputs=chosen,
                rankers=rankers(manager),
                channels=open_channels(config, channel_kinds(manager)) if mode == "live" else (),
                validators=validators if mode == "live" else None,
                models=models,
                watch=watch or bar,
            )
            return make_edition(work, tools)


@contextmanager
def _web(
    mode: str, options: RunOptions, config: Config, validators: PendingValidators
) -> Iterator[tuple[Web, Clock, tuple[Source, ...], str]]:
    """Open the web of a run: who fetches, what time it is there, which sources it has."""
    known = load_sources(config.collect)
    if mode == "live":
        system = SystemClock()
        with open_web(
            config.http, system,
            record=options.record, validators=validators, notes=validators.sites,
        ) as web:  # fmt: skip
            try:
                yield web, system, known, ""
            finally:
                validators.sites.keep_now()
        return
    path = demo.sample_path() if mode == "demo" else options.replay
    assert path is not None  # noqa: S101 - mode is replay only where a file was named
    with open_web(config.http, SystemClock(), replay=path, record=options.record) as web:
        if not isinstance(web, ReplayWeb):
            raise RibaoError("not a recorded web", str(path))
        for note in web.notes:
            typer.echo(f"ribao: {note}", err=True)
        sources = known if options.sources else sources_in_archive(web, known)
        digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
        yield web, FixedClock(web.captured_at()), sources, digest


def _day(options: RunOptions, config: Config, clock: Clock) -> date:
    """The edition's day: as asked, or the day that it is in the edition's zone."""
    if not options.date:
        return clock.now().astimezone(ZoneInfo(config.edition.timezone)).date()
    try:
        day = date.fromisoformat(options.date)
    except ValueError as error:
        raise ConfigError("no such date", options.date, hint="write it as 2026-01-31") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ConfigError("no such date", options.date, "no web was recorded then")
    return day


def _chosen_outputs(known: dict[str, Output], config: Config) -> tuple[Output, ...]:
    unknown = [name for name in config.publish.outputs if name not in known]
    if unknown:
        raise ConfigError(
            "no such output", ", ".join(unknown), f"there are {', '.join(sorted(known))}"
        )
    return tuple(known[name] for name in config.publish.outputs)


def _show(made: Made, options: RunOptions) -> None:
    """Print the steps of a run and the files that it wrote."""
    if not options.json:
        show_steps(made)
        return
    edition = made.edition
    typer.echo(
        json.dumps(
            {
                "run": made.run_id,
                "resumed": made.resumed,
                "sample": options.demo,
                "edition": {
                    "id": edition.id,
                    "date": edition.date.isoformat(),
                    "language": edition.language,
                    "timezone": edition.timezone,
                    "title": edition.title,
                    "articles": len(edition.articles),
                },
                "steps": [asdict(step) for step in made.steps],
                "notes": list(edition.notes),
                **({"models": made.spent} if made.spent else {}),
                "files": list(made.files),
            },
            ensure_ascii=False,
            indent=2,
        )
    )
