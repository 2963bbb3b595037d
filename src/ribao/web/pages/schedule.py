"""Planning when an edition goes out, and taking the plan back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from ribao.web import scheduling
from ribao.web.entry import Publisher, TheOffice
from ribao.web.rendering import to
from ribao.web.turns import InTurn

router = APIRouter(route_class=InTurn)


@router.post("/editions/{edition_id}/schedule")
def schedule(
    request: Request,
    office: TheOffice,
    who: Publisher,
    edition_id: str,
    at: Annotated[str, Form(max_length=40)] = "",
    note: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Plan the printing."""
    plan = scheduling.schedule(office, edition_id, at, who.account, note)
    at_ = plan.told.replace("T", " ")
    return to(request, f"/editions/{edition_id}/publish", "plan-made", at=at_)


@router.post("/editions/{edition_id}/schedule/cancel")
def cancel(request: Request, office: TheOffice, who: Publisher, edition_id: str) -> Response:
    """Take the plan back."""
    scheduling.cancel(office, edition_id, who.name)
    return to(request, f"/editions/{edition_id}/publish", "plan-cancelled")
