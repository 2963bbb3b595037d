"""The API: everything that the pages do, for programs. Its description is /api/openapi.json."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from ribao.cli.explaining import fates_of
from ribao.desk import printable
from ribao.desk.checking import failing
from ribao.desk.queue import Candidate
from ribao.errors import ConfigError
from ribao.model import Edition, Publication, Sentence, Story
from ribao.store.drafts import Change, Printing
from ribao.store.ledger import Entry, StepCount
from ribao.store.overview import Overview, RunLine
from ribao.store.people import Audit
from ribao.web import materials, printing, workbench
from ribao.web.entry import Editor, Owner, Publisher, Reader, TheOffice
from ribao.web.orders import AnyOrder, Place, Words
from ribao.web.pages.ask import Filters, caught_up, find
from ribao.web.pages.sources import Row, rows
from ribao.web.rendering import render

router = APIRouter(prefix="/api/v1", tags=["desk"])
docs = APIRouter()
EditionKey = Annotated[
    str, Path(pattern=r"^[0-9a-f]{20}$", description="Identifier of an edition.")
]
StoryKey = Annotated[str, Path(pattern=r"^[0-9a-f]{20}$", description="Identifier of a story.")]


class ErrorBody(BaseModel):
    """What is wrong, in one sentence; `hint` says what to do."""

    error: str
    hint: str = ""


ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorBody, "description": "The order makes no sense for this draft."},
    401: {"model": ErrorBody, "description": "No token, or one that is not good any more."},
    403: {"model": ErrorBody, "description": "The token may not do this."},
    404: {"model": ErrorBody, "description": "There is no such thing."},
    409: {"model": ErrorBody, "description": "Somebody changed the same story meanwhile."},
    413: {"model": ErrorBody, "description": "The body is too large."},
    421: {"model": ErrorBody, "description": "This desk does not answer to that host name."},
    422: {"model": ErrorBody, "description": "The request is not of the form described here."},
}


class EditionLine(BaseModel):
    """One edition of the list."""

    id: str
    date: str
    language: str


class FailingBody(BaseModel):
    """A sentence that stands in the way of printing."""

    story: str
    place: str
    text: str
    because: str


class DraftBody(BaseModel):
    """A draft as it lies on the desk; `edition` is what would be printed."""

    version: int
    edition: Edition
    pinned: list[str]
    held: list[str]
    failing: list[FailingBody]


class OrderBody(BaseModel):
    """An order, and the version of the draft that was seen (-1: whatever there is)."""

    order: AnyOrder
    seen: Annotated[int, Field(ge=-1, le=2_147_483_647)] = -1


class CheckBody(BaseModel):
    """Words to check at a place of a story; "" is a new sentence."""

    place: Place | Annotated[str, Field(pattern="^$")] = ""
    text: Words


class OutBody(BaseModel):
    """What went out."""

    revision: int
    publications: list[Publication]
    failed: list[str]


class HitBody(BaseModel):
    """A report that was found."""

    url: str
    title: str
    outlet: str
    language: str
    published_at: str
    story: str
    day: str
    edition: str


class Found(BaseModel):
    """Reports that answer a question; `waiting` are not in the index yet.

    Where only words are asked for, a `total` of 601 says that there are more than 600.
    """

    total: int
    waiting: int
    hits: list[HitBody]


def _draft(bench: workbench.Bench) -> DraftBody:
    draft = bench.draft
    return DraftBody(
        version=bench.version,
        edition=printable(draft),
        pinned=[str(one) for one in draft.pinned],
        held=[str(one.article.story_id) for one in draft.aside],
        failing=[
            FailingBody(
                story=one.story_id, place=one.place, text=one.text, because=one.finding.because
            )
            for one in failing(draft)
        ],
    )


@router.get("/editions", responses=ERRORS)
def editions(
    office: TheOffice, _who: Reader, limit: Annotated[int, Query(ge=1, le=400)] = 60
) -> list[EditionLine]:
    """The newest editions."""
    found = office.drafts.editions_by_day(limit)
    return [EditionLine(id=a, date=b, language=c) for a, b, c in found]


@router.get("/editions/{edition_id}", responses=ERRORS)
def draft(office: TheOffice, _who: Reader, edition_id: EditionKey) -> DraftBody:
    """An edition as it lies on the desk."""
    return _draft(workbench.bench(office, edition_id))


@router.get("/editions/{edition_id}/queue", responses=ERRORS)
def queue(
    office: TheOffice,
    _who: Reader,
    edition_id: EditionKey,
    limit: Annotated[int, Query(ge=1, le=400)] = 50,
) -> list[Candidate]:
    """Stories that might come in, the most points first."""
    bench = workbench.bench(office, edition_id)
    return list(materials.candidates(office, bench.draft)[:limit])


@router.get("/editions/{edition_id}/stories/{story_id}", responses=ERRORS)
def story(office: TheOffice, _who: Reader, edition_id: EditionKey, story_id: StoryKey) -> Story:
    """A story with all its reports, why each is in it, and its score."""
    bench = workbench.bench(office, edition_id)
    return materials.story_of(office, bench.draft, story_id)


@router.get("/editions/{edition_id}/changes", responses=ERRORS)
def changes(
    office: TheOffice,
    _who: Reader,
    edition_id: EditionKey,
    since: Annotated[int, Query(ge=-1, le=2_147_483_647)] = -1,
) -> list[Change]:
    """What was done to a draft after a version: who, when and what, the newest first."""
    workbench.bench(office, edition_id)
    return list(office.drafts.history(edition_id, since=since))


@router.post("/editions/{edition_id}/orders", responses=ERRORS)
def order(office: TheOffice, who: Editor, edition_id: EditionKey, body: OrderBody) -> DraftBody:
    """Do what an order says. 409 where somebody else changed the same story since `seen`."""
    return _draft(workbench.apply(office, edition_id, body.order, who.name, body.seen))


@router.post("/editions/{edition_id}/undo", responses=ERRORS)
def undo(office: TheOffice, who: Editor, edition_id: EditionKey) -> DraftBody:
    """Take the last change back; nothing happens where there is none."""
    workbench.undo(office, edition_id, who.name)
    return _draft(workbench.bench(office, edition_id))


@router.post("/editions/{edition_id}/redo", responses=ERRORS)
def redo(office: TheOffice, who: Editor, edition_id: EditionKey) -> DraftBody:
    """Take the last undoing back."""
    workbench.redo(office, edition_id, who.name)
    return _draft(workbench.bench(office, edition_id))


@router.post("/editions/{edition_id}/stories/{story_id}/check", responses=ERRORS)
def check(
    office: TheOffice, _who: Reader, edition_id: EditionKey, story_id: StoryKey, body: CheckBody
) -> Sentence:
    """Prove words against the reports of a story, without keeping anything."""
    bench = workbench.bench(office, edition_id)
    return materials.check(office, bench.draft, story_id, body.place, body.text)


@router.post("/editions/{edition_id}/publish", responses=ERRORS)
def publish(
    office: TheOffice,
    who: Publisher,
    edition_id: EditionKey,
    note: Annotated[str, Body(embed=True, max_length=500)] = "",
) -> OutBody:
    """Print the draft. After the first time it is a correction and takes a note."""
    out = printing.put_out(office, edition_id, who.name, note)
    return OutBody(
        revision=out.edition.revision,
        publications=list(out.publications),
        failed=[f"{one.subject}: {one.error}" for one in out.failed],
    )


@router.get("/editions/{edition_id}/printings", responses=ERRORS)
def printings(office: TheOffice, _who: Reader, edition_id: EditionKey) -> list[Printing]:
    """Every time that the desk put an edition out."""
    workbench.bench(office, edition_id)
    return list(office.drafts.printings(edition_id))


@router.get("/search", responses=ERRORS)
def search(office: TheOffice, _who: Reader, asked: Annotated[Filters, Query()]) -> Found:
    """Full-text search over every report that was ever collected."""
    waiting = caught_up(office)
    total, hits = find(office, asked)
    return Found(
        total=total,
        waiting=waiting,
        hits=[
            HitBody(
                url=one.document.url, title=one.document.title, outlet=one.document.outlet,
                language=one.document.language,
                published_at=one.document.published_at.isoformat(), story=one.story_id,
                day=one.day, edition=one.edition_id,
            )
            for one in hits
        ],
    )  # fmt: skip


@router.get("/sources", responses=ERRORS)
def sources(office: TheOffice, _who: Reader) -> list[Row]:
    """Every source and how it does."""
    return list(rows(office))


@router.get("/runs", responses=ERRORS)
def runs(
    office: TheOffice, _who: Reader, limit: Annotated[int, Query(ge=1, le=400)] = 40
) -> list[RunLine]:
    """The newest runs."""
    return list(Overview(office.library.engine).runs(limit))


@router.get("/runs/{run_id}/steps", responses=ERRORS)
def steps(
    office: TheOffice, _who: Reader, run_id: Annotated[str, Path(pattern=r"^[0-9a-f]{20}$")]
) -> list[StepCount]:
    """What each step of a run took in, kept, dropped and failed with."""
    run = Overview(office.library.engine).run(run_id)
    if run is None:
        raise ConfigError("no such run", run_id)
    return list(office.ledger.step_counts(run_id))  # type: ignore[arg-type]  # an id from an address is text


class Fate(BaseModel):
    """What became of one report in the last run."""

    subject: str
    title: str
    url: str
    entries: list[Entry]
    story: str
    headline: str


@router.get("/why", responses=ERRORS)
def why(
    office: TheOffice, _who: Reader, url: Annotated[str, Query(min_length=1, max_length=2_000)]
) -> list[Fate]:
    """What became of an address in the last run, step by step."""
    run = office.ledger.last_run()
    found = fates_of(office.store, run, url) if run else ()
    return [
        Fate(
            subject=one.subject, title=one.title, url=one.url, entries=list(one.entries),
            story=one.story, headline=one.headline,
        )
        for one in found
    ]  # fmt: skip


@router.get("/audit", responses=ERRORS)
def audit(
    office: TheOffice, _who: Owner, limit: Annotated[int, Query(ge=1, le=1_000)] = 200
) -> list[Audit]:
    """The audit log, the newest line first."""
    return list(office.people.audits(limit))


@docs.get("/api")
def described(request: Request, _who: Reader) -> Response:
    """The description as a page."""
    schema = request.app.openapi()
    calls = [
        (method.upper(), path, one)
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
    ]
    verbs = {
        name: table
        for name, table in schema["components"]["schemas"].items()
        if "verb" in table.get("properties", {})
    }
    return render(request, "api.html.j2", calls=calls, verbs=verbs, dumps=json.dumps)
