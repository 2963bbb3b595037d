"""Sources: how each does, what it brings, and adding, pausing, taking and giving lists of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, UploadFile
from starlette.responses import Response

from ribao.collect import (
    Reading,
    discover,
    load_sources,
    read_own_list,
    read_sources,
    read_sources_file,
    write_opml,
    write_own_list,
)
from ribao.collect.opml import slug
from ribao.errors import ConfigError
from ribao.gateways.open import open_web
from ribao.model import Source, SourceId
from ribao.plugins.loader import load_plugins, source_kinds
from ribao.store.health import SourceHealth, source_health
from ribao.store.ledger import Run
from ribao.store.library import SourceState
from ribao.store.overview import Overview
from ribao.web.entry import Editor, Owner, Reader, TheOffice
from ribao.web.office import Office
from ribao.web.rendering import render, render_once, to
from ribao.web.turns import InTurn

router = APIRouter(route_class=InTurn)
DAYS = 14
SHOWN = 80  # rows of a page, unless all are asked for
PREVIEWED = 12  # entries of a source that somebody wants to add
PAUSED, REMOVED = "paused at the desk", "taken off the list at the desk"
LIST = Lock()  # of the owner's list


@dataclass(frozen=True, slots=True)
class Row:
    """One source of the list."""

    source: Source
    health: SourceHealth | None
    volume: tuple[int, ...]
    chart: str  # the volume as the path of a chart, 6 by day and 24 high
    state: str  # fine, failing, paused, gone, never


def rows(office: Office) -> tuple[Row, ...]:
    """All sources that are known, what is wrong first; as of the last run or change."""
    run = office.ledger.last_run()
    key = (run.id if run else "", run.state if run else "")
    return office.kept("sources", key, lambda: _rows(office, run), size=1)


def _rows(office: Office, run: Run | None) -> tuple[Row, ...]:
    now = run.started_at if run is not None else office.clock.now()
    health = _health(office, now)
    volumes = Overview(office.library.engine).volumes(now, DAYS)
    states = {one.source.id: one for one in office.library.source_states()}
    known = {one.id: one for one in load_sources(office.config.collect)}
    known |= {key: one.source for key, one in states.items()}
    found = []
    for key, source in sorted(known.items()):
        volume = volumes.get(key, (0,) * DAYS)
        word = _state(states.get(key))
        found.append(Row(source, health.get(key), volume, chart(volume), word))
    order = ("failing", "gone", "paused", "fine", "never")
    return tuple(sorted(found, key=lambda row: (order.index(row.state), row.source.id)))


def _state(state: SourceState | None) -> str:
    if state is None:
        return "never"
    gone = state.asking.gone_because
    if gone:
        return "paused" if gone.startswith(PAUSED) else "gone"
    if state.last_failure_at > state.last_success_at:
        return "failing"
    return "fine" if state.last_success_at else "never"


def chart(volume: Sequence[int]) -> str:
    """Bars as one SVG path: a day is 6 wide, the highest bar 22 high, an empty day a dot."""
    top = max(*volume, 1)
    heights = [max(22 * count / top, 1.0 if not count else 2.0) for count in volume]
    return "".join(f"M{6 * at} 24v-{high:.1f}h4v{high:.1f}z" for at, high in enumerate(heights))


def _health(office: Office, now: datetime) -> dict[str, SourceHealth]:
    found = source_health(office.library.engine, office.library, now)
    return {one.state.source.id: one for one in found}


@router.get("/sources")
def page(
    request: Request,
    office: TheOffice,
    _who: Reader,
    find: Annotated[str, Query(max_length=80)] = "",
    every_one: Annotated[bool, Query(alias="all")] = False,  # noqa: FBT002 - a word of the address
) -> Response:
    """The page."""
    return render_once(
        request, "sources.html.j2", (find, every_one), lambda: _values(office, find, every_one)
    )


def _values(office: Office, find: str, every_one: bool) -> dict[str, object]:  # noqa: FBT001 - as above
    every = rows(office)
    wanted = find.casefold()
    found = [
        row for row in every
        if wanted in f"{row.source.id} {row.source.title} {row.source.url}".casefold()
    ]  # fmt: skip
    shown = found if every_one else found[:SHOWN]
    names = ("fine", "failing", "paused", "gone", "never")
    return {
        "rows": shown,
        "counts": {name: sum(row.state == name for row in every) for name in names},
        "find": find,
        "days": DAYS,
        "previewed": None,
        "more": len(found) - len(shown),
    }


@router.post("/sources/preview")
def preview(
    request: Request,
    office: TheOffice,
    _who: Editor,
    url: Annotated[str, Form(max_length=2_000)],
) -> Response:
    """Find the source at an address and read it once, without keeping anything."""
    source, reading = look_at(office, url.strip())
    return render(
        request, "sources.html.j2", rows=[], counts={}, find="", days=DAYS, more=0,
        previewed=(source, reading.outcome.kept[:PREVIEWED], reading.error),
    )  # fmt: skip


def look_at(office: Office, url: str) -> tuple[Source, Reading]:
    """The source at an address, and what reading it once gives; by the gateway, like all.

    Raises:
        ConfigError: it is no address of the web.
        RemoteError: the gateway will not go there, or nothing answers.
        ContentError: there is no source.
    """
    _web_only(url)
    kinds = source_kinds(load_plugins())
    with open_web(office.config.http, office.clock) as web:
        source = discover(url, web, kinds)
        found = read_sources((source,), kinds, web, office.config.collect, office.clock.now())
        return source, next(iter(found))


@router.post("/sources/add")
def add(
    request: Request,
    office: TheOffice,
    who: Owner,
    url: Annotated[str, Form(max_length=2_000)],
    kind: Annotated[str, Form(max_length=40)],
    title: Annotated[str, Form(max_length=200)] = "",
    name: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Put a source on the owner's list."""
    add_source(office, who.name, Source(SourceId(name or slug(title, url)), kind, url, title))
    return to(request, "/sources", "source-added", title=title or url)


def add_source(office: Office, who: str, source: Source) -> None:
    """Put a source on the owner's list; the same one again changes nothing.

    Raises:
        ConfigError: there is no such kind, or the list cannot hold it.
    """
    if source.kind not in source_kinds(load_plugins()):
        raise ConfigError("no such kind of source", source.kind)
    _keep(office, (source,))
    office.store.library.ask_again((source.id,))  # it may have been taken off the list before
    _note(office, who, "source-added", (source.id, source.url))


def remove_source(office: Office, who: str, source_id: str) -> None:
    """Take a source off the list; a built-in one is remembered as not wanted.

    Raises:
        ConfigError: there is no such source.
    """
    path = Path(office.config.collect.own)
    with LIST:
        own = read_own_list(path).without(source_id, load_sources(office.config.collect))
        write_own_list(path, own)
    read = [one.source for one in office.library.source_states() if one.source.id == source_id]
    with office.store.begin() as connection:
        for source in read:  # what it brought stays, and the page says why no more comes
            because = f"{REMOVED} by {who} on {office.now()[:10]}"
            Overview(office.store.engine).pause(connection, source, because)
    _note(office, who, "source-removed", (source_id,))


@router.post("/sources/{source_id}/remove")
def remove(request: Request, office: TheOffice, who: Owner, source_id: str) -> Response:
    """Take a source off the list."""
    remove_source(office, who.name, source_id)
    return to(request, "/sources", "source-removed", title=source_id)


@router.post("/sources/{source_id}/pause")
def pause(
    request: Request,
    office: TheOffice,
    who: Editor,
    source_id: str,
    on: Annotated[bool, Form()] = True,  # noqa: FBT002 - a field of a form
) -> Response:
    """Leave a source alone, or ask it again."""
    source = pause_source(office, who.name, source_id, on=on)
    return to(request, "/sources", "source-paused" if on else "source-resumed", title=source.title)


def pause_source(office: Office, who: str, source_id: str, *, on: bool) -> Source:
    """Leave a source alone, or ask it again.

    Raises:
        ConfigError: there is no such source.
    """
    source = next((row.source for row in rows(office) if row.source.id == source_id), None)
    if source is None:
        raise ConfigError("no such source", source_id)
    if on:
        with office.store.begin() as connection:
            because = f"{PAUSED} by {who} on {office.now()[:10]}"
            Overview(office.store.engine).pause(connection, source, because)
    else:
        office.store.library.ask_again((source.id,))
    _note(office, who, "source-paused" if on else "source-resumed", (source_id,))
    return source


@router.get("/sources/list.opml")
def export(office: TheOffice, _who: Reader) -> Response:
    """All sources as OPML."""
    return as_opml(office)


def as_opml(office: Office) -> Response:
    """All sources as a file to keep."""
    body = write_opml(load_sources(office.config.collect), "ribao")
    headers = {"Content-Disposition": 'attachment; filename="ribao.opml"'}
    return Response(body, media_type="text/x-opml; charset=utf-8", headers=headers)


@router.post("/sources/import")
async def take_in(request: Request, office: TheOffice, who: Owner, file: UploadFile) -> Response:
    """Add all sources of an OPML or TOML file to the owner's list."""
    count = take_in_list(office, who.name, await file.read())
    return to(request, "/sources", "sources-imported", count=count)


def take_in_list(office: Office, who: str, content: bytes) -> int:
    """Add all sources of an OPML or TOML file to the owner's list; returns how many.

    Raises:
        ConfigError: it is no list, or holds what this list may not.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sources"
        path.write_bytes(content)
        found = read_sources_file(path)
    _keep(office, found)
    _note(office, who, "sources-imported", (str(len(found)),))
    return len(found)


def _web_only(url: str) -> None:
    """Refuse what is no address of the web.

    Raises:
        ConfigError: it is another one.
    """
    if not url.lower().startswith(("https://", "http://")):
        raise ConfigError(
            "this is no web address", url[:80],
            hint="files and mailboxes are named in sources.toml, on the desk's own machine",
        )  # fmt: skip


def _keep(office: Office, found: Sequence[Source]) -> None:
    """Put sources on the owner's list; one that is no address of the web is for its file alone.

    An owner of the desk need not be one of the machine, whose files other kinds of sources read.
    """
    for source in found:
        _web_only(source.url)
    path = Path(office.config.collect.own)
    with LIST:  # two who add at once lose nothing
        write_own_list(path, read_own_list(path).with_sources(found))


def _note(office: Office, who: str, action: str, words: tuple[str, ...]) -> None:
    office.shelves.pop("sources", None)  # what the page shows is not so any more
    with office.store.begin() as connection:
        office.people.note(connection, office.now(), who, action, words)
