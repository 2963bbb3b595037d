"""Sources: how each does; looking at one, adding, pausing, removing; lists in and out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, Field
from starlette.responses import Response as Answer

from ribao.collect.opml import slug
from ribao.model import Item, Source, SourceId
from ribao.web.api.bodies import ERRORS, NO_NUL, SourceKey, WebAddress, example, file_answer
from ribao.web.entry import Editor, Owner, Reader, TheOffice
from ribao.web.pages.sources import (
    PREVIEWED,
    Row,
    add_source,
    as_opml,
    look_at,
    pause_source,
    remove_source,
    rows,
    take_in_list,
)

router = APIRouter(prefix="/sources", tags=["sources"])
STATES = Literal["fine", "failing", "paused", "gone", "never"]
OPML = "text/x-opml"
LIST = '<opml version="2.0"><body><outline type="rss" text="Quay" xmlUrl="$FEED"/></body></opml>'
LIST_FILE = file_answer(OPML, "The list.")


class AddressBody(BaseModel):
    """An address of the web."""

    url: WebAddress


class OneBody(BaseModel):
    """A source."""

    id: str
    kind: str
    url: str
    title: str
    language: str
    section: str


class LookBody(BaseModel):
    """The source at an address, its newest entries, and what went wrong ("" is nothing)."""

    source: OneBody
    entries: list[Item]
    error: str


class SourceBody(BaseModel):
    """A source for the owner's list; without an id it is named after its title or host."""

    url: WebAddress
    kind: Annotated[str, Field(max_length=40, pattern=NO_NUL)] = "feed"
    title: Annotated[str, Field(max_length=200, pattern=NO_NUL)] = ""
    id: Annotated[str, Field(max_length=80, pattern=NO_NUL)] = ""


class ListedBody(BaseModel):
    """How many sources a list brought."""

    sources: int


def _one(source: Source) -> OneBody:
    return OneBody(
        id=source.id, kind=source.kind, url=source.url, title=source.title,
        language=source.language, section=source.section,
    )  # fmt: skip


@router.get(
    "", responses=ERRORS, openapi_extra=example("GET", "/sources", query=("state=failing",))
)
def sources(
    office: TheOffice,
    _who: Reader,
    find: Annotated[str, Query(max_length=80)] = "",
    state: STATES | None = None,
) -> list[Row]:
    """Every source and how it does: volume by day, errors in words, copies, share of the editions.

    `volume` has the last 14 days, the oldest first.
    """
    wanted = find.casefold()
    return [
        row
        for row in rows(office)
        if (state is None or row.state == state)
        and wanted in f"{row.source.id} {row.source.title} {row.source.url}".casefold()
    ]


@router.post(
    "/preview",
    responses=ERRORS,
    openapi_extra=example("POST", "/sources/preview", {"url": "$FEED"}),
)
def preview(office: TheOffice, _who: Editor, body: AddressBody) -> LookBody:
    """Find the source at an address and read it once, without keeping anything."""
    source, reading = look_at(office, body.url)
    return LookBody(
        source=_one(source), entries=list(reading.outcome.kept[:PREVIEWED]), error=reading.error
    )


@router.post(
    "",
    responses=ERRORS,
    openapi_extra=example("POST", "/sources", {"url": "$FEED", "title": "Quay", "id": "quay"}),
)
def add(office: TheOffice, who: Owner, body: SourceBody) -> OneBody:
    """Put a source on the owner's list; the next run reads it. Again, it is there once."""
    name = SourceId(body.id or slug(body.title, body.url))
    source = Source(name, body.kind, body.url, body.title)
    add_source(office, who.name, source)
    return _one(source)


@router.put(
    "/{source_id}/pause",
    responses=ERRORS,
    openapi_extra=example("PUT", "/sources/$SOURCE/pause"),
)
def pause(office: TheOffice, who: Editor, source_id: SourceKey) -> OneBody:
    """Leave a source alone until it is resumed."""
    return _one(pause_source(office, who.name, source_id, on=True))


@router.delete(
    "/{source_id}/pause",
    responses=ERRORS,
    openapi_extra=example("DELETE", "/sources/$SOURCE/pause"),
)
def resume(office: TheOffice, who: Editor, source_id: SourceKey) -> OneBody:
    """Ask a source again."""
    return _one(pause_source(office, who.name, source_id, on=False))


@router.get(
    "/list.opml",
    responses=LIST_FILE,
    response_class=Answer,
    openapi_extra=example("GET", "/sources/list.opml"),
)
def export(office: TheOffice, _who: Reader) -> Answer:
    """All sources as OPML."""
    return as_opml(office)


@router.post(
    "/import",
    responses=ERRORS,
    openapi_extra=example("POST", "/sources/import", file=(OPML, LIST)),
)
def take_in(
    office: TheOffice, who: Owner, body: Annotated[bytes, Body(media_type=OPML)]
) -> ListedBody:
    """Add all sources of an OPML or TOML file to the owner's list."""
    return ListedBody(sources=take_in_list(office, who.name, body))


@router.delete("/{source_id}", responses=ERRORS, openapi_extra=example("DELETE", "/sources/quay"))
def remove(office: TheOffice, who: Owner, source_id: SourceKey) -> ListedBody:
    """Take a source off the list; a built-in one is remembered as not wanted."""
    remove_source(office, who.name, source_id)
    return ListedBody(sources=len(rows(office)))
