"""Runs: what each step did with everything, why, and what is under way now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ribao.cli.explaining import fates_of
from ribao.errors import ConfigError
from ribao.model import RunId
from ribao.running.run import STEPS
from ribao.store.overview import Overview
from ribao.web.entry import Reader, TheOffice
from ribao.web.following import follow
from ribao.web.office import Office
from ribao.web.rendering import render, render_once, to
from ribao.web.turns import InTurn

router = APIRouter(route_class=InTurn)


@router.get("/runs")
def newest(request: Request, office: TheOffice, _who: Reader) -> Response:
    """Go to the newest run."""
    found = Overview(office.library.engine).runs(1)
    return to(request, f"/runs/{found[0].id}") if found else render(request, "empty.html.j2")


@router.get("/runs/{run_id}")
def page(
    request: Request,
    office: TheOffice,
    _who: Reader,
    run_id: str,
    step: Annotated[str, Query(max_length=20)] = "",
    became: Annotated[str, Query(max_length=20)] = "dropped",
    reason: Annotated[str, Query(max_length=40)] = "",
    why: Annotated[str, Query(max_length=2_000)] = "",
) -> Response:
    """The page; with `why` the fate of one address, with `step` the lines of one step."""
    wanted = _Wanted(run_id, step, became, reason, why.strip())
    today = office.now()[:10]  # what may be spent today
    return render_once(
        request, "runs.html.j2", (wanted, today), lambda: _values(office, wanted)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the address of a run asks for."""

    run_id: str
    step: str
    became: str
    reason: str
    why: str


def _values(office: Office, wanted: _Wanted) -> dict[str, object]:
    overview, step = Overview(office.library.engine), wanted.step
    run = overview.run(wanted.run_id)
    if run is None:
        raise ConfigError("no such run", wanted.run_id)
    last = office.ledger.last_run()
    return {
        "run": run,
        "runs": overview.runs(),
        "steps": STEPS,
        "counts": {one.name: one for one in office.ledger.step_counts(RunId(run.id))},
        "reasons": overview.reasons(run.id),
        "step": step,
        "became": wanted.became,
        "reason": wanted.reason,
        "why": wanted.why,
        "lines": overview.lines(run.id, step, wanted.became, wanted.reason) if step else (),
        "headlines": _headlines(office, run.date) if step in {"rank", "write", "verify"} else {},
        "fates": fates_of(office.store, last, wanted.why) if wanted.why and last else (),
        "calls": overview.spending(run.id),
        "caps": caps(office, overview, run.id),
        "currency": office.config.models.currency,
    }


def _headlines(office: Office, day: str) -> dict[str, str]:

    def read() -> dict[str, str]:
        found = office.drafts.day_stories(date.fromisoformat(day))
        return {str(one.id): one.headline for one in found}

    return office.kept("headlines", day, read, size=4)


@dataclass(frozen=True, slots=True)
class Cap:
    """What may be spent in a time, and what is booked of it, in the currency of the caps."""

    name: str  # run, day or month
    cap: str  # "" is none
    spent: float


def caps(office: Office, overview: Overview, run_id: str) -> tuple[Cap, ...]:
    """What a run, the day and the month may cost, and what is booked."""
    settings, today = office.config.models, office.now()[:10]
    spent = {
        "run": sum(
            one.micro for one in overview.spending(run_id) if one.currency == settings.currency
        ),
        "day": overview.booked(today, settings.currency),
        "month": overview.booked(today[:7], settings.currency),
    }
    most = {"run": settings.cap_run, "day": settings.cap_day, "month": settings.cap_month}
    return tuple(Cap(name, most[name], spent[name] / 1e6) for name in most)


@router.get("/runs/{run_id}/events")
async def events(request: Request, who: Reader, run_id: str) -> Response:
    """What a run has done so far, as server-sent events, until it or the session ends."""
    return follow(request, who, run_id)
