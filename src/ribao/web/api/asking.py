"""Ask: full-text search over every report that was ever collected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from ribao.web.api.bodies import ERRORS, example
from ribao.web.entry import Reader, TheOffice
from ribao.web.pages.ask import Filters, caught_up, find

router = APIRouter(tags=["ask"])


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


@router.get("/search", responses=ERRORS, openapi_extra=example("GET", "/search", query=("q=模型",)))
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
