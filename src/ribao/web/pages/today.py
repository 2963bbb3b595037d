"""Today: the edition as it would be printed, beside the queue of what might come in."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from ribao.desk.checking import failing
from ribao.desk.draft import sentence_at
from ribao.errors import ConfigError
from ribao.model import Section
from ribao.web import materials, workbench
from ribao.web.entry import FIELD, Editor, Reader, TheOffice
from ribao.web.marking import Card, card
from ribao.web.office import Office
from ribao.web.orders import read_order
from ribao.web.pages.sign_in import own_path
from ribao.web.rendering import render, render_once, to
from ribao.web.turns import InTurn
from ribao.web.workbench import Bench

router = APIRouter(route_class=InTurn)
QUEUE = 30  # stories of the queue on one page
LATEST = 2_147_483_647  # version of a draft that a column holds
INTO_A_SECTION = {"take", "bring-back"}  # orders after which a story stands somewhere new
PLAIN = (FIELD, "seen", "back")  # fields of a form that are no part of the order


@router.get("/")
def front(request: Request, office: TheOffice, _who: Reader) -> Response:
    """Go to the newest edition; without one, say how to make one."""
    if not office.drafts.editions_by_day(1):
        return render(request, "empty.html.j2")
    return to(request, f"/editions/{materials.newest(office)}")


@router.get("/editions/{edition_id}")
def today(
    request: Request,
    office: TheOffice,
    _who: Reader,
    edition_id: str,
    more: Annotated[int, Query(ge=0, le=20)] = 0,
    find: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """The page."""

    def values() -> dict[str, object]:
        bench = workbench.bench(office, edition_id)
        queue = materials.candidates(office, bench.draft)
        if find:
            queue = tuple(one for one in queue if find.casefold() in one.headline.casefold())
        shown = QUEUE * (more + 1)
        return {
            "sections": office.kept(
                "cards", (edition_id, bench.version, bench.base_digest), lambda: _cards(bench)
            ),
            "queue": queue[:shown],
            "waiting": len(queue),
            "outlets": len(
                {one.outlet for story in bench.edition.articles for one in story.references}
            ),
            "more": more + 1 if len(queue) > shown else 0,
            "find": find,
            **frame(office, bench),
        }

    return render_once(request, "today.html.j2", (more, find), values)


def _cards(bench: Bench) -> list[tuple[Section, list[Card]]]:
    return [
        (section, [card(bench.draft, article) for article in section.articles])
        for section in bench.edition.sections
    ]


def frame(office: Office, bench: Bench) -> dict[str, Any]:
    """What every page of an edition shows: where we are, what was done, what is wrong."""
    history = office.drafts.history(bench.edition_id, limit=40)
    done = next((one for one in history if _undoable(one.verb) and not one.undone_by), None)
    undone = history[0] if history and history[0].verb == "undo" else None
    return {
        "bench": bench,
        "edition": bench.edition,
        "history": history,
        "undoable": done,
        "redoable": undone,
        "failing": office.kept(
            "failing",
            (bench.edition_id, bench.version, bench.base_digest),
            lambda: failing(bench.draft),
        ),
        "printings": office.drafts.printings(bench.edition_id),
        "days": office.drafts.editions_by_day(30),
        "zone": bench.edition.timezone,
    }


def _undoable(verb: str) -> bool:
    return verb not in {"undo", "redo"}


@router.post("/editions/{edition_id}/orders")
async def order(request: Request, office: TheOffice, who: Editor, edition_id: str) -> Response:
    """Do what a form orders, then go back to where it stood."""
    form = await request.form()
    table: dict[str, Any] = {key: str(form[key]) for key in form if key not in PLAIN}
    if "order" in table:
        table = _whole_order(table["order"])
    if "documents" in form:
        table["documents"] = tuple(str(one) for one in form.getlist("documents"))
    if isinstance(table.get("by"), str):
        table["by"] = -1 if table["by"] == "-1" else 1
    wanted = read_order(table)
    now = await run_in_threadpool(
        workbench.apply, office, edition_id, wanted, who.name, seen_in(form)
    )  # writing a story up takes a while, and the pages of others need not wait for it
    back = own_path(str(form.get("back", "")) or f"/editions/{edition_id}")
    verb = str(wanted.verb)  # type: ignore[attr-defined]  # every order has a verb
    if verb in INTO_A_SECTION:
        return to(request, back, f"done-{verb}", section=now.draft.section_of(wanted.subject).title)
    return to(request, back, f"done-{verb}")


def seen_in(form: FormData) -> int:
    """The version of the draft that a form was set from; -1 where it does not say."""
    seen = str(form.get("seen", ""))
    return int(seen) if re.fullmatch(r"[0-9]{1,9}", seen) else -1


def _whole_order(text: str) -> dict[str, Any]:
    """An order in one field, as buttons and dragging send it."""
    try:
        table = json.loads(text[:4_000])
    except (ValueError, RecursionError) as error:
        raise ConfigError("no such order", text[:40]) from error
    return table if isinstance(table, dict) else {}


@router.post("/editions/{edition_id}/undo")
async def undo(request: Request, office: TheOffice, who: Editor, edition_id: str) -> Response:
    """Take the last change back."""
    form = await request.form()
    back = own_path(str(form.get("back", "")) or f"/editions/{edition_id}")
    change = workbench.undo(office, edition_id, who.name, seen=seen_in(form))
    return to(request, back, "undone", by=change.account) if change else to(request, back)


@router.post("/editions/{edition_id}/redo")
async def redo(request: Request, office: TheOffice, who: Editor, edition_id: str) -> Response:
    """Take the undoing back."""
    form = await request.form()
    back = own_path(str(form.get("back", "")) or f"/editions/{edition_id}")
    change = workbench.redo(office, edition_id, who.name, seen=seen_in(form))
    return to(request, back, "redone") if change else to(request, back)


@router.post("/editions/{edition_id}/start-over")
async def start_over(request: Request, office: TheOffice, who: Editor, edition_id: str) -> Response:
    """Take the edition as the last run made it."""
    seen = seen_in(await request.form())
    await run_in_threadpool(workbench.start_over, office, edition_id, who.name, seen=seen)
    return to(request, f"/editions/{edition_id}", "done-start-over")


@router.get("/editions/{edition_id}/news")
def news(
    request: Request,
    office: TheOffice,
    who: Reader,
    edition_id: str,
    seen: Annotated[int, Query(ge=0, le=LATEST)] = 0,
) -> Response:
    """What others changed since a version was seen; nothing where they did not."""
    found = [
        one
        for one in office.drafts.history(edition_id, since=seen, limit=20)
        if one.account != who.name
    ]
    if not found:
        return HTMLResponse("", 204)
    bench = workbench.bench(office, edition_id)
    return render(
        request, "news.html.j2", changes=found, edition=bench.edition, zone=bench.edition.timezone
    )


@router.get("/editions/{edition_id}/changes")
def changes(request: Request, office: TheOffice, _who: Reader, edition_id: str) -> Response:
    """Everything that was done to an edition, who and when."""

    def values() -> dict[str, object]:
        bench = workbench.bench(office, edition_id)
        lines = [workbench.as_table(one) for one in office.drafts.history(edition_id)]
        named = {one.story_id: one.headline for one in materials.candidates(office, bench.draft)}
        named |= {one.article.story_id: one.article.headline.text for one in bench.draft.aside}
        named |= {one.story_id: one.headline.text for one in bench.edition.articles}
        return {"lines": lines, "headlines": named, **frame(office, bench)}

    return render_once(request, "changes.html.j2", "", values)


@router.post("/editions/{edition_id}/stories/{story_id}/check")
async def check(
    request: Request, office: TheOffice, _who: Editor, edition_id: str, story_id: str
) -> Response:
    """The verdict on words that are being typed."""
    form = await request.form()
    place, text = str(form.get("place", "")), str(form.get("text", ""))
    bench = workbench.bench(office, edition_id)
    if place:
        sentence_at(bench.draft.article(story_id), place)
    if not text.strip():
        return HTMLResponse("")
    if len(text) > 4_000:
        raise ConfigError("a sentence is shorter than that", place)
    sentence = await run_in_threadpool(materials.check, office, bench.draft, story_id, place, text)
    return render(request, "checked.html.j2", sentence=sentence, language=bench.edition.language)
