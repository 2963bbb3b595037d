"""Runs: what each step did and why, live; what models cost; why of an address, and of two."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response as Answer

from ribao.cli.comparing import Comparison, comparison
from ribao.cli.explaining import Fate, fates_of
from ribao.errors import ConfigError
from ribao.model import RunId
from ribao.store.ledger import Entry, StepCount
from ribao.store.overview import Overview, RunLine, Spending
from ribao.web.api.bodies import ERRORS, RunKey, example, file_answer
from ribao.web.entry import Reader, TheOffice
from ribao.web.following import follow
from ribao.web.office import Office
from ribao.web.pages.runs import Cap, caps

router = APIRouter(tags=["runs"])
ONE = "/runs/$RUN"
STEP = Literal["collect", "extract", "dedupe", "cluster", "rank", "write", "verify", "publish"]
Address = Annotated[str, Query(min_length=1, max_length=2_000)]
STREAM = file_answer("text/event-stream", "The events.")


class ReasonBody(BaseModel):
    """How many things a step dropped for a reason."""

    step: str
    reason: str
    count: int


class SpentBody(BaseModel):
    """What models were asked in a run, and what may still be spent."""

    currency: str
    calls: list[Spending]
    caps: list[Cap]


@router.get("/runs", responses=ERRORS, openapi_extra=example("GET", "/runs"))
def runs(
    office: TheOffice, _who: Reader, limit: Annotated[int, Query(ge=1, le=400)] = 40
) -> list[RunLine]:
    """The newest runs."""
    return list(Overview(office.library.engine).runs(limit))


@router.get("/runs/{run_id}", responses=ERRORS, openapi_extra=example("GET", ONE))
def run(office: TheOffice, _who: Reader, run_id: RunKey) -> RunLine:
    """One run."""
    return _run(office, run_id)


@router.get("/runs/{run_id}/steps", responses=ERRORS, openapi_extra=example("GET", f"{ONE}/steps"))
def steps(office: TheOffice, _who: Reader, run_id: RunKey) -> list[StepCount]:
    """What each step of a run took in, kept, dropped and failed with."""
    _run(office, run_id)
    return list(office.ledger.step_counts(RunId(run_id)))


@router.get(
    "/runs/{run_id}/reasons", responses=ERRORS, openapi_extra=example("GET", f"{ONE}/reasons")
)
def reasons(office: TheOffice, _who: Reader, run_id: RunKey) -> list[ReasonBody]:
    """Why things were dropped, the most frequent reason of each step first."""
    _run(office, run_id)
    found = Overview(office.library.engine).reasons(run_id)
    return [ReasonBody(step=a, reason=b, count=c) for a, b, c in found]


@router.get(
    "/runs/{run_id}/lines",
    responses=ERRORS,
    openapi_extra=example("GET", f"{ONE}/lines", query=("step=rank", "became=dropped")),
)
def lines(
    office: TheOffice,
    _who: Reader,
    run_id: RunKey,
    step: STEP,
    became: Literal["kept", "dropped", "failed"] = "dropped",
    reason: Annotated[str, Query(max_length=40)] = "",
) -> list[Entry]:
    """Lines of the ledger of one step, 200 at most."""
    _run(office, run_id)
    return list(Overview(office.library.engine).lines(run_id, step, became, reason))


@router.get("/runs/{run_id}/calls", responses=ERRORS, openapi_extra=example("GET", f"{ONE}/calls"))
def calls(office: TheOffice, _who: Reader, run_id: RunKey) -> SpentBody:
    """Calls of models with tokens and money, the caps, and what is booked of them."""
    _run(office, run_id)
    overview = Overview(office.library.engine)
    return SpentBody(
        currency=office.config.models.currency,
        calls=list(overview.spending(run_id)),
        caps=list(caps(office, overview, run_id)),
    )


@router.get(
    "/runs/{run_id}/events",
    responses=STREAM,
    response_class=Answer,
    openapi_extra=example("GET", f"{ONE}/events", headers=("Accept: text/event-stream",)),
)
async def events(request: Request, office: TheOffice, who: Reader, run_id: RunKey) -> Answer:
    """What a run has done and does from now on, as server-sent events, until it ends.

    `reading` {"sources": 12}, `step` with the figures of a step, `done` {"state", "edition"};
    `ended` where the token is not good any more. Last-Event-ID goes on after an event.
    """
    _run(office, run_id)
    return follow(request, who, run_id)


@router.get(
    "/why",
    responses=ERRORS,
    openapi_extra=example("GET", "/why", query=("url=$REPORT",)),
)
def why(office: TheOffice, _who: Reader, url: Address) -> list[Fate]:
    """What became of an address in the last run, step by step, and why."""
    last = office.ledger.last_run()
    return list(fates_of(office.store, last, url)) if last else []


@router.get(
    "/why/two",
    responses=ERRORS,
    openapi_extra=example("GET", "/why/two", query=("first=$REPORT", "second=$SECOND")),
)
def why_two(office: TheOffice, _who: Reader, first: Address, second: Address) -> Comparison:
    """Why two reports of the last run are, or are not, one story."""
    last = office.ledger.last_run()
    if last is None:
        raise ConfigError("no such run", "the last")
    return comparison(office.store, last, first, second)


def _run(office: Office, run_id: str) -> RunLine:
    found = Overview(office.library.engine).run(run_id)
    if found is None:
        raise ConfigError("no such run", run_id)
    return found
