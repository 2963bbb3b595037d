"""What `ribao run` does: choose the web, make the edition, show what became of everything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from ribao import demo
from ribao.beat import Beat, load_beat
from ribao.cli.delivering import deliver_after_run
from ribao.cli.progress import show_progress, show_steps
from ribao.cli.run import RunOptions
from ribao.collect import load_sources, sources_in_archive
from ribao.config import Config, load_config
from ribao.deliver import open_channels
from ribao.errors import ConfigError, RetryableError, RibaoError
from ribao.gateways.clock import Clock, FixedClock, SystemClock
from ribao.gateways.open import open_web
from ribao.gateways.recording import RECORDER
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Web
from ribao.model import RunId, Source
from ribao.pipeline import make_edition
from ribao.plugins.kinds import Output
from ribao.plugins.loader import (
    channel_kinds,
    embedder,
    load_plugins,
    outputs,
    rankers,
    source_kinds,
)
from ribao.running.assignment import Assignment, Made, Tools, Watch, zone_for
from ribao.running.phrasing import open_models
from ribao.running.reading import PendingValidators
from ribao.store import Store, open_store

MEMORY = ".ribao"  # folder beside the editions: what ribao remembers of them

FIRST_YEAR, LAST_YEAR = 1990, 9000  # a window of days around the date must exist

OFFLINE_HINT = (
    "`ribao run --demo` makes the edition of the recorded sample, "
    "`ribao run --replay FILE.warc.gz` that of a recorded web"
)


def run_edition(options: RunOptions) -> None:
    """Make one edition, or one of each configuration from one crawl, and print what became of it.

    Raises:
        RibaoError: an edition was not written; the sentence says why. Those of the other
            configurations are.
    """
    papers = _papers(options)
    try:
        made = make_all(options, papers)
    except RetryableError as error:
        if options.replay is not None or options.demo:
            raise
        sentence = f"the network does not answer ({error})"
        if not options.or_demo:
            raise RetryableError(sentence, hint=OFFLINE_HINT) from error
        typer.echo(f"ribao: {sentence}; this is the recorded sample instead", err=True)
        options = replace(options, demo=True, date="")
        papers = _papers(options)
        made = make_all(options, papers)
    for paper, one in zip(papers, made, strict=True):
        if isinstance(one, RibaoError):
            typer.echo(f"ribao: {paper.name}: {one}", err=True)
            continue
        _show(one, options, options.output / paper.name)
        if options.replay is None and not options.demo:
            deliver_after_run(options.output, paper.config)
    failed = [one for one in made if isinstance(one, RibaoError)]
    if failed:
        raise RibaoError(f"{len(failed)} of {len(made)} editions could not be made")


@dataclass(frozen=True, slots=True)
class Paper:
    """One of several papers of a run; `name` is the folder of its editions ("": the output's)."""

    name: str
    config: Config


def _papers(options: RunOptions) -> tuple[Paper, ...]:
    """The papers of a run: one for each configuration; several share store, sources and web.

    Raises:
        ConfigError: a file cannot be read, or two of them cannot share.
    """
    first = Paper("", _settled(options))
    if not options.further:
        return (first,)
    files = (options.config, *options.further)
    papers = [Paper(file.stem, _settled(replace(options, config=file))) for file in files if file]
    names = [paper.name for paper in papers]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConfigError(
            "two configurations of one name", ", ".join(twice), "their editions share a folder"
        )
    for paper, file in zip(papers, files, strict=True):
        for table in ("http", "store", "collect"):
            if getattr(paper.config, table) != getattr(first.config, table):
                raise ConfigError(
                    "papers of one crawl are read alike", str(file), f"[{table}] differs"
                )
    return tuple(papers)


def _settled(options: RunOptions) -> Config:
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
    zone = options.timezone or config.edition.timezone or (demo.TIMEZONE if options.demo else "")
    edition = config.edition.model_copy(
        update={"language": language, "timezone": zone_for(language, zone)}
    )
    return config.model_copy(update={"edition": edition})


def make(options: RunOptions, config: Config, *, watch: Watch | None = None) -> Made:
    """Open everything that a run needs and make the edition.

    `watch` is told how far each step is; None draws a bar where there is a terminal.

    Raises:
        RibaoError: something could not be opened, or the run failed.
    """
    (made,) = make_all(options, (Paper("", config),), watch=watch)
    if isinstance(made, RibaoError):
        raise made
    return made


def make_all(
    options: RunOptions, papers: Sequence[Paper], *, watch: Watch | None = None
) -> tuple[Made | RibaoError, ...]:
    """Make the editions of several papers: every source is read once, for the first of them.

    An edition that cannot be made is its error and does not stop the next one.

    Raises:
        RibaoError: something could not be opened, or the only run failed.
    """
    mode = "demo" if options.demo else "replay" if options.replay else "live"
    config = papers[0].config
    beats = [load_beat(paper.config.edition.beat) for paper in papers]
    memory = options.output / MEMORY
    store_path = config.store.place(memory / f"{mode}.sqlite3")
    money_path = config.store.place(memory / "live.sqlite3")
    with (
        open_store(store_path) as store,
        show_progress(quiet=options.json or watch is not None) as bar,
    ):
        validators = PendingValidators(store.library)
        with _web(mode, options, config, validators, beats) as opened:
            room = _Room(mode, options, store, validators, money_path, watch or bar, opened)
            made: list[Made | RibaoError] = []
            for paper in papers:
                done = next((one.run_id for one in made if isinstance(one, Made)), None)
                try:
                    made.append(room.make(paper, done))
                except RibaoError as error:
                    if len(papers) == 1 or isinstance(error, RetryableError):
                        raise
                    made.append(error)
            return tuple(made)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The web of a run. `ends_a_day` is an archive that was made for a whole day, not by a run."""

    web: Web
    clock: Clock
    sources: tuple[Source, ...]
    digest: str = ""  # of the archive; "" for the live web
    ends_a_day: bool = False


@dataclass(frozen=True, slots=True)
class _Room:
    """What the papers of one run share."""

    mode: str
    options: RunOptions
    store: Store
    validators: PendingValidators
    money_path: Path | str
    watch: Watch
    opened: _Opened

    def make(self, paper: Paper, read_by: RunId | None) -> Made:
        """Make the edition of one paper; `read_by` is the run that has read the sources already."""
        config, manager, live = paper.config, load_plugins(), self.mode == "live"
        web, clock = self.opened.web, self.opened.clock
        work = Assignment(
            mode=self.mode,
            day=_day(self.options, config, self.opened),
            language=config.edition.language,
            timezone=config.edition.timezone,
            directory=self.options.output / paper.name,
            input_digest=self.opened.digest,
        )
        with open_models(config, self.money_path, SystemClock(), live=live) as models:
            tools = Tools(
                config=config,
                beat=load_beat(config.edition.beat),
                store=self.store,
                web=web,
                clock=clock,
                sources=self.opened.sources,
                kinds=source_kinds(manager),
                outputs=_chosen_outputs(outputs(manager), config),
                rankers=rankers(manager),
                embedder=embedder(manager, config.cluster.embedder),
                channels=open_channels(config, channel_kinds(manager)) if live else (),
                validators=self.validators if live else None,
                models=models,
                watch=self.watch,
                read_by=read_by,
            )
            return make_edition(work, tools)


@contextmanager
def _web(
    mode: str,
    options: RunOptions,
    config: Config,
    validators: PendingValidators,
    beats: Sequence[Beat],
) -> Iterator[_Opened]:
    """Open the web of a run: who fetches, what time it is there, which sources it has."""
    known = load_sources(config.collect, beats, options.sources)
    if mode == "live":
        system = SystemClock()
        with open_web(
            config.http, system,
            record=options.record, validators=validators, notes=validators.sites,
        ) as web:  # fmt: skip
            try:
                yield _Opened(web, system, known)
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
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
        yield _Opened(
            web,
            FixedClock(web.captured_at()),
            sources,
            digest,
            ends_a_day=web.software != RECORDER,
        )


def _day(options: RunOptions, config: Config, opened: _Opened) -> date:
    """The edition's day: as asked, or the day that it is in the edition's zone.

    An archive that somebody made of a whole day ends it at a midnight of their own zone, and the
    edition is that of our midnight that lies nearest: half a day of news would be left out else.
    """
    if not options.date:
        now = opened.clock.now() + (timedelta(hours=12) if opened.ends_a_day else timedelta())
        return now.astimezone(ZoneInfo(config.edition.timezone)).date()
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


def _show(made: Made, options: RunOptions, folder: Path) -> None:
    """Print the steps of a run and the files that it wrote."""
    if not options.json:
        show_steps(made, folder)
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
                **({"kept_back": made.kept_back} if made.kept_back else {}),
                "files": list(made.files),
            },
            ensure_ascii=False,
            indent=2,
        )
    )
