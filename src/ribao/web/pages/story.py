"""A story: the article at left, its reports at right, and what each sentence rests on."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from ribao.desk import Draft
from ribao.desk.queue import Candidate
from ribao.errors import ConfigError
from ribao.model import Article, Points, Story
from ribao.web import materials, workbench
from ribao.web.entry import Reader, TheOffice
from ribao.web.marking import lines_of, reason_name, reports_of
from ribao.web.office import Office
from ribao.web.pages.today import frame
from ribao.web.rendering import Face, face_of, render_once
from ribao.web.turns import InTurn
from ribao.web.workbench import Bench

router = APIRouter(route_class=InTurn)
PARTNERS = 40  # stories of the queue that are offered for merging


@dataclass(frozen=True, slots=True)
class Day:
    """A story as it stood on one day."""

    day: str
    headline: str
    story_id: str
    printed_in: str  # edition, "" for none


@router.get("/editions/{edition_id}/stories/{story_id}")
def story(
    request: Request, office: TheOffice, _who: Reader, edition_id: str, story_id: str
) -> Response:
    """The page; of a story of the queue, too."""
    return render_once(
        request,
        "story.html.j2",
        "",
        lambda: _values(office, edition_id, story_id, face_of(request)),
    )


def _values(office: Office, edition_id: str, story_id: str, face: Face) -> dict[str, object]:
    bench = workbench.bench(office, edition_id)
    article = _article(bench.draft, story_id)
    told = materials.story_of(office, bench.draft, story_id)
    queue = materials.candidates(office, bench.draft)
    waiting = next((one for one in queue if one.story_id == story_id), None)
    lines = lines_of(bench.draft, article) if article else ()
    return frame(office, bench) | {
        "story": told,
        "article": article,
        "lines": lines,
        "held": next((one for one in bench.draft.aside if one.article.story_id == story_id), None),
        "candidate": waiting,
        "reports": reports_of(told.documents, told.joins, lines),
        "score": _score(article, waiting, told),
        "seen_on": days_of(office, bench, told),
        "partners": _partners(bench, queue, story_id),
        "reason_name": lambda name: reason_name(face, name),
    }


def _article(draft: Draft, story_id: str) -> Article | None:
    try:
        return draft.article(story_id)
    except ConfigError:
        return None


def _score(article: Article | None, waiting: Candidate | None, told: Story) -> tuple[Points, ...]:
    score = article.score if article else waiting.score if waiting else told.score
    return tuple(sorted(score.parts, key=lambda one: -abs(one.points)))


def _partners(
    bench: Bench, queue: tuple[Candidate, ...], story_id: str
) -> list[tuple[str, str, bool]]:
    """(id, headline, whether it is in the edition) of the stories it may be merged with."""
    own = [(one.story_id, one.headline.text, True) for one in bench.edition.articles]
    others = [(one.story_id, one.headline, False) for one in queue[:PARTNERS]]
    return [(str(a), b, c) for a, b, c in (*own, *others) if a != story_id]


def days_of(office: Office, bench: Bench, told: Story) -> tuple[Day, ...]:
    """The days on which a story was seen, the oldest first."""
    ids = [str(one) for one in (told.id, told.continues) if one]
    editions = {
        day: key
        for key, day, language in office.drafts.editions_by_day(60)
        if language == bench.edition.language
    }
    found = []
    for day, key, one in office.drafts.timeline(ids):
        edition_id = editions.get(day, "")
        found.append(Day(day, one.headline, key, edition_id))
    return tuple(found)
