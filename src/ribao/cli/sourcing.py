"""What the commands of `ribao sources` do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ribao.beat import load_beat
from ribao.catalogue import say
from ribao.cli.explaining import last_store
from ribao.cli.making import MEMORY
from ribao.collect import (
    NOTED,
    OwnList,
    Reading,
    builtin_sources,
    discover,
    load_sources,
    read_own_list,
    read_sources,
    read_sources_file,
    same_reading,
    write_opml,
    write_own_list,
    write_toml,
)
from ribao.config import Config, load_config
from ribao.errors import ConfigError
from ribao.gateways.clock import SystemClock
from ribao.gateways.open import open_web
from ribao.model import Item, Source
from ribao.outcome import Outcome
from ribao.plugins.loader import load_plugins, source_kinds
from ribao.store import open_store
from ribao.store.health import SourceHealth, source_health
from ribao.store.library import Asking

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # titles come from strangers, terminals obey them
OWN = "sources.toml"  # where the settings name no list of the owner's


def show_list(path: Path | None, *, category: str, language: str, as_json: bool) -> None:
    """Print the sources that a run would read, as a table or as JSON.

    Raises:
        ConfigError: no source is of that category, or in that language.
    """
    config = load_config(path)
    found = _read(config)
    for name, wanted in (("category", category), ("language", language)):
        known = sorted({str(getattr(source, name)) for source in found} - {""})
        if wanted and wanted not in known:
            raise ConfigError(
                f"no source of this {name}", wanted, f"there are {', '.join(known) or 'none'}"
            )
        found = tuple(source for source in found if wanted in ("", getattr(source, name)))
    if as_json:
        typer.echo(json.dumps([asdict(source) for source in found], ensure_ascii=False, indent=2))
        return
    names = ("id", "kind", "language", "category", "weight", "title", "address")
    rows = (
        (one.id, one.kind, one.language, one.category, f"{one.weight:g}", one.title, one.url)
        for one in found
    )
    _print(names, rows, config, right=("weight",))
    typer.echo(_say("count", config, count=len(found)))


def add_source(url: str, path: Path | None, replay: Path | None) -> None:
    """Find the source at an address and put it on the owner's list.

    Raises:
        RemoteError: the address cannot be fetched.
        ContentError: there is nothing to read.
    """
    config = load_config(path)
    with open_web(config.http, SystemClock(), replay=replay) as web:
        source = discover(url, web, source_kinds(load_plugins()))
    known = {same_reading(one): one for one in _read(config)}
    if twin := known.get(same_reading(source)):
        typer.echo(_say("known", config, id=twin.id, title=twin.title, address=twin.url))
        return
    own = _own(config)
    built_in = {same_reading(one): one for one in builtin_sources()}.get(same_reading(source))
    if built_in is not None and built_in.id in own.removed:
        added, own = built_in, own.with_built_in(built_in.id)
    else:
        own = own.with_sources((source,), frozenset(one.id for one in known.values()))
        added = own.sources[-1]
    write_own_list(_own_path(config), own)
    typer.echo(
        _say("added", config, id=added.id, kind=added.kind, title=added.title, address=added.url)
    )


def remove_source(name: str, path: Path | None) -> None:
    """Take a source off the owner's list, or a built-in one out of what is read.

    Raises:
        ConfigError: nothing of that name is listed.
    """
    config = load_config(path)
    write_own_list(_own_path(config), _own(config).without(name, _read(config)))
    typer.echo(_say("removed", config, id=name))


def try_sources(
    names: Sequence[str], path: Path | None, replay: Path | None, output: Path, *, as_json: bool
) -> bool:
    """Read sources once and print what came; returns whether all could be read.

    Raises:
        ConfigError: a name is no source.
    """
    config = load_config(path)
    known = _read(config)
    chosen = tuple(one for one in known if not names or one.id in names or one.url in names)
    unknown = set(names) - {one.id for one in known} - {one.url for one in known}
    if unknown:
        raise ConfigError("no such source", min(unknown), hint="see `ribao sources list`")
    clock = SystemClock()
    with open_web(config.http, clock, replay=replay) as web:
        kinds = source_kinds(load_plugins())
        readings = sorted(
            read_sources(chosen, kinds, web, config.collect, clock.now()),
            key=lambda reading: reading.source.id,
        )
    if replay is None:
        _wake(readings, output, config)
    _show_tests([(one.source, one.outcome) for one in readings], config, as_json=as_json)
    return not any(reading.outcome.failed for reading in readings)


def _wake(readings: Sequence[Reading], output: Path, config: Config) -> None:
    """Let the next run ask again what answered here, also what was retired or rests."""
    path = config.store.place(output / MEMORY / "live.sqlite3")
    if isinstance(path, str) or path.exists():
        with open_store(path) as store:
            store.library.ask_again(
                one.source.id for one in readings if not one.error and not one.left_out
            )


def _show_tests(
    results: Sequence[tuple[Source, Outcome[Item]]], config: Config, *, as_json: bool
) -> None:
    rows = [(source.id, *_tested(outcome)) for source, outcome in results]
    if as_json:
        keys = ("id", "items", "dropped", "newest", "error")
        table = [dict(zip(keys, row, strict=True)) for row in rows]
        typer.echo(json.dumps(table, ensure_ascii=False, indent=2))
        return
    fine, nothing = _say("fine", config), _say("nothing-new", config)
    shown = (
        (name, str(kept), str(dropped), newest, error or (fine if kept + dropped else nothing))
        for name, kept, dropped, newest, error in rows
    )
    _print(
        ("id", "items", "dropped", "newest", "result"), shown, config, right=("items", "dropped")
    )
    good = sum(not outcome.failed for _, outcome in results)
    typer.echo(_say("tested", config, fine=good, count=len(results)))


def _tested(outcome: Outcome[Item]) -> tuple[int, int, str, str]:
    dates = [item.published_at for item in outcome.kept if item.published_at is not None]
    newest = f"{max(dates):%Y-%m-%d %H:%M}" if dates else ""
    error = outcome.failed[0].error if outcome.failed else ""
    return len(outcome.kept), len(outcome.dropped), newest, error


def import_sources(file: Path, path: Path | None) -> None:
    """Add all sources of a file to the owner's list.

    Raises:
        ConfigError: the file cannot be read, or is no list of sources.
    """
    config = load_config(path)
    listed = read_sources_file(file)
    known = {same_reading(one): one for one in _read(config)}
    found = [one for one in listed if not _says_the_same(one, known.get(same_reading(one)))]
    before = _own(config)
    built_in = {same_reading(one): one.id for one in builtin_sources()}
    own = before
    for one in found:
        removed = built_in.get(same_reading(one))
        again = removed is not None and removed in own.removed
        own = own.with_built_in(removed) if removed and again else own.with_sources((one,))
    if own != before:
        write_own_list(_own_path(config), own)
    back = len(before.removed) - len(own.removed)
    count = len(own.sources) - len(before.sources) + back
    said = {"count": count, "file": file, "list": _own_path(config)}
    typer.echo(_say("imported", config, **said))
    if same := len(listed) - len(found):
        typer.echo(_say("same", config, count=same))
    if replaced := len(found) - count:
        typer.echo(_say("replaced", config, count=replaced))


def export_sources(file: Path | None, path: Path | None, *, toml: bool) -> None:
    """Write all sources as OPML or TOML, to a file or to standard output.

    Raises:
        ConfigError: the file cannot be written.
    """
    config = load_config(path)
    found = _read(config)
    body = write_toml(found).encode() if toml else write_opml(found, "ribao")
    if file is None:
        typer.echo(body.decode(), nl=False)
        return
    try:
        file.write_bytes(body)
    except OSError as error:
        raise ConfigError("cannot write the list", str(file), str(error.strerror)) from error
    typer.echo(_say("exported", config, count=len(found), file=file))


def show_health(output: Path, path: Path | None, *, days: int, as_json: bool) -> None:
    """Print how each source did over the last days.

    Raises:
        ConfigError: there was no run in this folder.
    """
    config = load_config(path)
    with open_store(last_store(output, config.store)) as store:
        run = store.ledger.last_run()
        now = run.started_at if run is not None else SystemClock().now()
        found = source_health(store.engine, store.library, now, days=days)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        return
    names = ("id", "last-success", "a-day", "copies", "editions", "last-error", "asking")
    rows = (_health_row(one, config) for one in found)
    _print(names, rows, config, right=("a-day", "copies", "editions"))


def _health_row(health: SourceHealth, config: Config) -> tuple[str, ...]:
    state = health.state
    failing = state.last_failure_at > state.last_success_at
    return (
        state.source.id,
        _when(state.last_success_at) or _say("never", config),
        f"{health.items_a_day:.1f}",
        f"{health.copy_share:.0%}",
        str(health.editions),
        state.last_error if failing else "",
        "; ".join(_asking(state.asking, config)),
    )


def _asking(asking: Asking, config: Config) -> Iterator[str]:
    """How a source is asked, where that is out of the ordinary."""
    if asking.gone_because:
        yield _say("gone", config)
    elif asking.failures:
        yield _say("failing", config, count=asking.failures, due=_when(asking.next_due_at))
    if asking.address:
        yield _say("asked-at", config, address=asking.address)
    if asking.moved_to:
        yield _say("moves", config, address=asking.moved_to, since=_when(asking.moved_since))
    for words in filter(None, asking.opt_outs.split("; ")):
        key = "noted" if words.startswith(NOTED) else "opted-out"
        yield _say(key, config, words=words.removeprefix(NOTED))


def _when(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M}" if text else ""


def _read(config: Config) -> tuple[Source, ...]:
    """The sources that a run would read, those of the beat among them."""
    return load_sources(config.collect, [load_beat(config.edition.beat)])


def _says_the_same(source: Source, known: Source | None) -> bool:
    """Whether a listed source is read already, and the list says nothing else of it.

    The name that a feed reader gives it is nothing new, and what a list leaves out neither.
    """
    if known is None:
        return False
    usual = Source(source.id, source.kind, source.url)
    return all(
        getattr(source, name) in (getattr(usual, name), getattr(known, name))
        for name in ("language", "weight", "section", "category", "owner", "timezone", "licence")
    )


def _own_path(config: Config) -> Path:
    return Path(config.collect.own or OWN)


def _own(config: Config) -> OwnList:
    return read_own_list(_own_path(config))


def _say(key: str, config: Config, **values: object) -> str:
    return say(f"sources-{key}", config.edition.language, **values)


def _print(
    names: Sequence[str], rows: Iterable[Sequence[str]], config: Config, *, right: Sequence[str]
) -> None:
    """Print a table; what is long is folded on a terminal and whole in a pipe."""
    console = Console(width=None if Console().is_terminal else 1000, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(
            _say(name, config), justify="right" if name in right else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(_CONTROL.sub("", cell)) for cell in row))
    console.print(table)
