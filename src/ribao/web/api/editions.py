"""Editions on the desk: what would be printed, the queue beside it, orders, undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from ribao.desk import printable
from ribao.desk.checking import failing
from ribao.desk.queue import Candidate
from ribao.model import Edition, Sentence, Story
from ribao.store.drafts import Change
from ribao.web import materials, workbench
from ribao.web.api.bodies import ERRORS, EditionKey, StoryKey, Tag, example
from ribao.web.entry import Editor, Reader, TheOffice
from ribao.web.orders import AnyOrder, Place, Words
from ribao.web.pages.story import Day, days_of

router = APIRouter(prefix="/editions", tags=["editions"])
ONE = "/editions/$EDITION"


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
    """A draft as it lies on the desk; `edition` is what would be printed.

    `fresh`: no later run made this edition anew since the draft was begun.
    """

    version: int
    edition: Edition
    pinned: list[str]
    held: list[str]
    failing: list[FailingBody]
    fresh: bool


class OrderBody(BaseModel):
    """An order, and the version of the draft that was seen (-1: whatever there is)."""

    order: AnyOrder
    seen: Annotated[int, Field(ge=-1, le=2_147_483_647)] = -1


class CheckBody(BaseModel):
    """Words to check at a place of a story; "" is a new sentence."""

    place: Place | Annotated[str, Field(pattern="^$")] = ""
    text: Words


def _draft(bench: workbench.Bench, answer: Response) -> DraftBody:
    answer.headers["ETag"] = workbench.tag_of(bench)
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
        fresh=bench.fresh_base,
    )


@router.get("", responses=ERRORS, openapi_extra=example("GET", "/editions"))
def editions(
    office: TheOffice, _who: Reader, limit: Annotated[int, Query(ge=1, le=400)] = 60
) -> list[EditionLine]:
    """The newest editions."""
    found = office.drafts.editions_by_day(limit)
    return [EditionLine(id=a, date=b, language=c) for a, b, c in found]


@router.get("/{edition_id}", responses=ERRORS, openapi_extra=example("GET", ONE))
def draft(office: TheOffice, _who: Reader, edition_id: EditionKey, answer: Response) -> DraftBody:
    """An edition as it lies on the desk; its ETag goes into If-Match of what changes it."""
    return _draft(workbench.bench(office, edition_id), answer)


@router.get("/{edition_id}/queue", responses=ERRORS, openapi_extra=example("GET", f"{ONE}/queue"))
def queue(
    office: TheOffice,
    _who: Reader,
    edition_id: EditionKey,
    limit: Annotated[int, Query(ge=1, le=400)] = 50,
    find: Annotated[str, Query(max_length=80)] = "",
) -> list[Candidate]:
    """Stories that might come in, the most points first; `find` is a part of the headline."""
    found = materials.candidates(office, workbench.bench(office, edition_id).draft)
    wanted = find.casefold()
    return [one for one in found if wanted in one.headline.casefold()][:limit]


@router.get(
    "/{edition_id}/stories/{story_id}",
    responses=ERRORS,
    openapi_extra=example("GET", f"{ONE}/stories/$STORY"),
)
def story(office: TheOffice, _who: Reader, edition_id: EditionKey, story_id: StoryKey) -> Story:
    """A story with all its reports, why each is in it, and its score."""
    bench = workbench.bench(office, edition_id)
    return materials.story_of(office, bench.draft, story_id)


@router.get(
    "/{edition_id}/stories/{story_id}/days",
    responses=ERRORS,
    openapi_extra=example("GET", f"{ONE}/stories/$STORY/days"),
)
def days(office: TheOffice, _who: Reader, edition_id: EditionKey, story_id: StoryKey) -> list[Day]:
    """The days on which a story was seen, the oldest first, and where it was printed."""
    bench = workbench.bench(office, edition_id)
    return list(days_of(office, bench, materials.story_of(office, bench.draft, story_id)))


@router.get(
    "/{edition_id}/changes", responses=ERRORS, openapi_extra=example("GET", f"{ONE}/changes")
)
def changes(
    office: TheOffice,
    _who: Reader,
    edition_id: EditionKey,
    since: Annotated[int, Query(ge=-1, le=2_147_483_647)] = -1,
) -> list[Change]:
    """What was done to a draft after a version: who, when and what, the newest first."""
    workbench.bench(office, edition_id)
    return list(office.drafts.history(edition_id, since=since))


@router.post(
    "/{edition_id}/orders",
    responses=ERRORS,
    openapi_extra=example(
        "POST", f"{ONE}/orders", {"order": {"verb": "pin", "story": "$STORY", "on": True}}
    ),
)
def order(
    office: TheOffice,
    who: Editor,
    edition_id: EditionKey,
    body: OrderBody,
    answer: Response,
    tag: Tag = "",
) -> DraftBody:
    """Do what an order says. 409 where somebody else changed the same story since `seen`."""
    done = workbench.apply(office, edition_id, body.order, who.name, body.seen, only=tag)
    return _draft(done, answer)


@router.post("/{edition_id}/undo", responses=ERRORS, openapi_extra=example("POST", f"{ONE}/undo"))
def undo(
    office: TheOffice, who: Editor, edition_id: EditionKey, answer: Response, tag: Tag = ""
) -> DraftBody:
    """Take the last change back; nothing happens where there is none."""
    workbench.undo(office, edition_id, who.name, only=tag)
    return _draft(workbench.bench(office, edition_id), answer)


@router.post("/{edition_id}/redo", responses=ERRORS, openapi_extra=example("POST", f"{ONE}/redo"))
def redo(
    office: TheOffice, who: Editor, edition_id: EditionKey, answer: Response, tag: Tag = ""
) -> DraftBody:
    """Take the last undoing back."""
    workbench.redo(office, edition_id, who.name, only=tag)
    return _draft(workbench.bench(office, edition_id), answer)


@router.post(
    "/{edition_id}/start-over",
    responses=ERRORS,
    openapi_extra=example("POST", f"{ONE}/start-over"),
)
def start_over(
    office: TheOffice, who: Editor, edition_id: EditionKey, answer: Response, tag: Tag = ""
) -> DraftBody:
    """Take the edition as the last run made it; it can be undone."""
    workbench.start_over(office, edition_id, who.name, only=tag)
    return _draft(workbench.bench(office, edition_id), answer)


@router.post(
    "/{edition_id}/stories/{story_id}/check",
    responses=ERRORS,
    openapi_extra=example("POST", f"{ONE}/stories/$STORY/check", {"text": "It cost 9 yuan."}),
)
def check(
    office: TheOffice, _who: Reader, edition_id: EditionKey, story_id: StoryKey, body: CheckBody
) -> Sentence:
    """Prove words against the reports of a story, without keeping anything."""
    bench = workbench.bench(office, edition_id)
    return materials.check(office, bench.draft, story_id, body.place, body.text)
