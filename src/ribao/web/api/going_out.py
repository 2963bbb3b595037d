"""What goes out, when, and what became of it: previews, printing, plans, deliveries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response as Answer

from ribao.errors import ConfigError
from ribao.model import Edition, Publication
from ribao.store.drafts import Printing
from ribao.store.outbox import Delivery, Happening, State
from ribao.store.plans import Plan, Plans
from ribao.web import printing, scheduling, sending, workbench
from ribao.web.api.bodies import ERRORS, NO_NUL, EditionKey, OtherKey, Tag, example, file_answer
from ribao.web.entry import Publisher, Reader, TheOffice
from ribao.web.pages.publish import file_of, shown_to

router = APIRouter(tags=["going out"])
ONE = "/editions/{edition_id}"
E = "/editions/$EDITION"
Note = Annotated[
    str,
    Field(max_length=500, pattern=NO_NUL, description="What readers are told of a correction."),
]
Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,80}$", description="Name of an output.")]
Number = Annotated[int, Query(ge=0, le=999, description="Of several files, counted from 0.")]
FILE = file_answer("application/octet-stream", "The file.")


class OutBody(BaseModel):
    """What went out."""

    revision: int
    publications: list[Publication]
    failed: list[str]


class PreviewsBody(BaseModel):
    """What a preview can be had of."""

    outputs: list[str]
    channels: list[str]


class PlanBody(BaseModel):
    """When an edition is to go out, on clocks of its zone: 2026-01-31T07:30, or 07:30."""

    at: Annotated[str, Field(max_length=40, pattern=NO_NUL)]
    note: Note = ""


class ScheduleBody(BaseModel):
    """When the next run is set ("" where [schedule] does not say), and the latest plans."""

    next_run: str
    plans: list[Plan]


class RetryBody(BaseModel):
    """Whether it did arrive after all, and is only to be noted."""

    arrived: bool = False


class DeliveryBody(BaseModel):
    """A delivery with every step of it."""

    delivery: Delivery
    steps: list[Happening]


@router.post(
    f"{ONE}/publish",
    responses=ERRORS,
    openapi_extra=example("POST", f"{E}/publish", {"note": "$NOTE"}),
)
def publish(
    office: TheOffice,
    who: Publisher,
    edition_id: EditionKey,
    note: Annotated[Note, Body(embed=True)] = "",
    tag: Tag = "",
) -> OutBody:
    """Print the draft. After the first time it is a correction and takes a note.

    The same draft again is the same revision with the same bytes, and nobody gets it twice.
    """
    out = printing.put_out(office, edition_id, who.name, note, only=tag)
    return OutBody(
        revision=out.edition.revision,
        publications=list(out.publications),
        failed=[f"{one.subject}: {one.error}" for one in out.failed],
    )


@router.get(f"{ONE}/printings", responses=ERRORS, openapi_extra=example("GET", f"{E}/printings"))
def printings(office: TheOffice, _who: Reader, edition_id: EditionKey) -> list[Printing]:
    """Every time that the desk put an edition out."""
    workbench.bench(office, edition_id)
    return list(office.drafts.printings(edition_id))


@router.get(
    f"{ONE}/revisions/{{number}}",
    responses=ERRORS,
    openapi_extra=example("GET", f"{E}/revisions/1"),
)
def revision(
    office: TheOffice,
    _who: Reader,
    edition_id: EditionKey,
    number: Annotated[int, Path(ge=1, le=9_999)],
) -> Edition:
    """A revision of an edition, as it was printed."""
    found = office.editions.revisions(edition_id)
    wanted = next((one for one in found if one.revision == number), None)
    if wanted is None:
        raise ConfigError("no such revision", f"{edition_id} {number}")
    return wanted


@router.get(
    f"{ONE}/publications", responses=ERRORS, openapi_extra=example("GET", f"{E}/publications")
)
def publications(office: TheOffice, _who: Reader, edition_id: EditionKey) -> list[Publication]:
    """The files of an edition, with their digests and receipts."""
    workbench.bench(office, edition_id)
    return list(office.drafts.publications(edition_id))


# --- previews -----------------------------------------------------------------------------------


@router.get(f"{ONE}/previews", responses=ERRORS, openapi_extra=example("GET", f"{E}/previews"))
def previews(office: TheOffice, who: Reader, edition_id: EditionKey) -> PreviewsBody:
    """What can be looked at before it goes out; a book, print and sound by editors only."""
    workbench.bench(office, edition_id)
    channels = [one.name for one in sending.channels(office)]
    return PreviewsBody(outputs=list(shown_to(office, who)), channels=channels)


@router.get(
    f"{ONE}/previews/outputs/{{name}}",
    responses=FILE,
    response_class=Answer,
    openapi_extra=example("GET", f"{E}/previews/outputs/markdown"),
)
def preview(
    office: TheOffice, who: Reader, edition_id: EditionKey, name: Name, file: Number = 0
) -> Answer:
    """One file of one output, as it would be published now."""
    known = shown_to(office, who)
    if name not in known:
        raise ConfigError("no such output", name)
    return file_of(printing.preview(office, edition_id, known[name]), name, file)


@router.get(
    f"{ONE}/previews/channels/{{name}}",
    responses=FILE,
    response_class=Answer,
    openapi_extra=example("GET", f"{E}/previews/channels/$CHANNEL"),
)
def preview_channel(
    office: TheOffice, _who: Reader, edition_id: EditionKey, name: Name, file: Number = 0
) -> Answer:
    """One message of one channel, as it would be sent now."""
    if name not in {one.name for one in sending.channels(office)}:
        raise ConfigError("no such channel", name)
    edition = printing.as_printed(office, edition_id)
    return file_of(sending.parcels(office, edition, name), name, file)


# --- plans --------------------------------------------------------------------------------------


@router.put(
    f"{ONE}/schedule",
    responses=ERRORS,
    openapi_extra=example("PUT", f"{E}/schedule", {"at": "07:30", "note": "$NOTE"}),
)
def schedule(office: TheOffice, who: Publisher, edition_id: EditionKey, body: PlanBody) -> Plan:
    """Plan when an edition goes out, as it lies on the desk then; in place of an earlier plan."""
    return scheduling.schedule(office, edition_id, body.at, who.account, body.note)


@router.get(f"{ONE}/schedule", responses=ERRORS, openapi_extra=example("GET", f"{E}/schedule"))
def planned(office: TheOffice, _who: Reader, edition_id: EditionKey) -> Plan:
    """The plan of an edition and what came of it; 404 where none was made."""
    plan = Plans(office.library.engine).get(edition_id)
    if plan is None:
        raise ConfigError("there is no plan for this edition", edition_id)
    return plan


@router.delete(
    f"{ONE}/schedule", responses=ERRORS, openapi_extra=example("DELETE", f"{E}/schedule")
)
def cancel(office: TheOffice, who: Publisher, edition_id: EditionKey) -> Plan:
    """Take a plan back; 404 where none waits."""
    return scheduling.cancel(office, edition_id, who.name)


@router.get("/schedule", responses=ERRORS, openapi_extra=example("GET", "/schedule"))
def plans(
    office: TheOffice, _who: Reader, limit: Annotated[int, Query(ge=1, le=400)] = 40
) -> ScheduleBody:
    """When the next run is set, and what was planned."""
    moment = scheduling.next_run(office.config, office.clock.now())
    return ScheduleBody(
        next_run=moment.isoformat() if moment else "",
        plans=list(Plans(office.library.engine).newest(limit)),
    )


# --- deliveries ---------------------------------------------------------------------------------


@router.get(
    "/deliveries",
    responses=ERRORS,
    openapi_extra=example("GET", "/deliveries", query=("edition=$EDITION",)),
)
def deliveries(
    office: TheOffice,
    _who: Reader,
    edition: Annotated[str, Query(max_length=40)] = "",
    channel: Annotated[str, Query(max_length=80)] = "",
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> list[Delivery]:
    """What was sent or is to be sent, the newest last."""
    states = [state] if state else []
    return list(office.store.outbox.find(states, channel=channel, edition=edition, last=limit))


@router.get(
    "/deliveries/{delivery_id}",
    responses=ERRORS,
    openapi_extra=example("GET", "/deliveries/$DELIVERY"),
)
def delivery(office: TheOffice, _who: Reader, delivery_id: OtherKey) -> DeliveryBody:
    """What became of one delivery, step by step."""
    found = sending.delivery(office, delivery_id)
    return DeliveryBody(delivery=found, steps=list(office.store.outbox.history(found.id)))


@router.post(
    "/deliveries/{delivery_id}/retry",
    responses=ERRORS,
    openapi_extra=example("POST", "/deliveries/$DELIVERY/retry", {"arrived": True}),
)
def retry(office: TheOffice, who: Publisher, delivery_id: OtherKey, body: RetryBody) -> Delivery:
    """Send once more what failed, waits or may have arrived; or note that it did arrive."""
    return sending.retry(office, delivery_id, who.name, arrived=body.arrived)
