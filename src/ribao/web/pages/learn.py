"""Learn: what editors made of stories, and the weights that follow from it."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from fastapi import APIRouter, Request
from starlette.responses import Response

from ribao.desk.learning import learn
from ribao.errors import ConfigError
from ribao.web.entry import Reader, TheOffice
from ribao.web.learning import judgements, settings_of
from ribao.web.marking import reason_name
from ribao.web.office import Office
from ribao.web.rendering import Face, face_of, render_once
from ribao.web.turns import InTurn

router = APIRouter(route_class=InTurn)


@router.get("/learn")
def page(request: Request, office: TheOffice, _who: Reader) -> Response:
    """The page."""
    return render_once(request, "learn.html.j2", "", lambda: _values(office, face_of(request)))


def _values(office: Office, face: Face) -> dict[str, object]:
    found = judgements(office.drafts)
    learned = None
    key = tuple((one.edition, one.story, one.verdict) for one in found)
    with suppress(ConfigError):  # there is too little to learn from; the page says so
        learned = office.kept("learned", key, lambda: learn(found, office.config.rank.weights))
    return {
        "counts": Counter(one.verdict for one in found),
        "learned": learned,
        "settings": settings_of(learned) if learned else "",
        "reason_name": lambda name: reason_name(face, name),
    }
