"""Learn: what editors made of stories, and the weights that follow from it."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from pydantic import BaseModel

from ribao.desk.learning import Judgement, Learned, learn
from ribao.errors import ConfigError
from ribao.web.api.bodies import ERRORS, example
from ribao.web.entry import Reader, TheOffice
from ribao.web.learning import judgements

router = APIRouter(tags=["learn"])


class LearnedBody(BaseModel):
    """Judgements by verdict; the weights with their figures, or why there are none yet.

    `before` and `after` are shares of pairs in the editor's order, on editions left out.
    """

    counts: dict[str, int]
    learned: Learned | None
    missing: str


@router.get("/learning", responses=ERRORS, openapi_extra=example("GET", "/learning"))
def learning(office: TheOffice, _who: Reader) -> LearnedBody:
    """Fit the weights of the score to what editors did; nothing is changed by it."""
    found = judgements(office.drafts)
    counts = dict(Counter(one.verdict for one in found))
    key = tuple((one.edition, one.story, one.verdict) for one in found)
    try:
        learned = office.kept("learned", key, lambda: learn(found, office.config.rank.weights))
    except ConfigError as error:
        return LearnedBody(counts=counts, learned=None, missing=str(error))
    return LearnedBody(counts=counts, learned=learned, missing="")


@router.get("/judgements", responses=ERRORS, openapi_extra=example("GET", "/judgements"))
def judged(office: TheOffice, _who: Reader) -> list[Judgement]:
    """What editors made of each story, with its score as it was."""
    return list(judgements(office.drafts))
