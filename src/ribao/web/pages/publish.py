"""Publish: what stands in the way, every output as it will look, and putting it out."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from ribao.errors import ConfigError
from ribao.plugins.kinds import Output, RenderedFile
from ribao.plugins.loader import load_plugins, outputs
from ribao.web import materials, printing, scheduling, sending, workbench
from ribao.web.entry import Publisher, Reader, TheOffice, Visitor
from ribao.web.office import Office
from ribao.web.pages.today import LATEST, frame
from ribao.web.rendering import render, to
from ribao.web.turns import InTurn

router = APIRouter(route_class=InTurn)
slow = APIRouter()  # making a book, a PDF or sound takes seconds
# A preview may show itself and nothing else: no script, no form, nothing from the network.
PREVIEW_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:; frame-ancestors 'self'"
)
TEXTUAL = {".md", ".json", ".xml", ".txt", ".html"}


def previewed(office: Office) -> dict[str, Output]:
    """The outputs that render one edition by itself, by name; those in use first."""
    known = office.kept("outputs", "all", lambda: outputs(load_plugins()))
    used = [one.name for one in office.outputs]
    names = sorted(known, key=lambda name: (name not in used, name))
    return {name: known[name] for name in names if not hasattr(known[name], "gather")}


def shown_to(office: Office, who: Visitor) -> dict[str, Output]:
    """The outputs that somebody may see a preview of: readers those that are made in no time."""
    every = previewed(office)
    return {name: one for name, one in every.items() if name in printing.LIGHT or who.may("editor")}


@router.get("/publish")
def newest(request: Request, office: TheOffice, _who: Reader) -> Response:
    """Go to the newest edition."""
    return to(request, f"/editions/{materials.newest(office)}/publish")


@router.get("/editions/{edition_id}/publish")
def page(request: Request, office: TheOffice, who: Reader, edition_id: str) -> Response:
    """The page."""
    bench = workbench.bench(office, edition_id)
    return render(
        request, "publish.html.j2", outputs=list(shown_to(office, who)),
        chosen=[one.name for one in office.outputs],
        channels=[one.name for one in sending.channels(office)],
        going_out=sending.live(office), deliveries=sending.receipts(office, edition_id),
        publications=office.drafts.publications(edition_id),
        revision=sending.revision_after(office, edition_id),
        unchanged=printing.unchanged(office, bench), plan=scheduling.waiting(office, edition_id),
        next_run=scheduling.next_run(office.config, office.clock.now()),
        overrides=[
            one for one in bench.draft.overrides
            if one.text == bench.edition.title
            or any(one.story_id == article.story_id for article in bench.edition.articles)
        ],
        **frame(office, bench),
    )  # fmt: skip


@router.post("/editions/{edition_id}/publish")
def put_out(
    request: Request,
    office: TheOffice,
    who: Publisher,
    edition_id: str,
    note: Annotated[str, Form(max_length=500)] = "",
    seen: Annotated[int, Form(ge=-1, le=LATEST)] = -1,
) -> Response:
    """Print it, unless others changed it since the page was set."""
    now = workbench.bench(office, edition_id)
    workbench.refuse_unseen(office, now, who.name, seen)
    out = printing.put_out(office, edition_id, who.name, note, only=workbench.tag_of(now))
    where = f"/editions/{edition_id}/publish"
    if out.failed:
        failed = ", ".join(one.subject for one in out.failed)
        return to(request, where, "published-partly", failed=failed)
    return to(request, where, "published", revision=out.edition.revision)


@slow.get("/preview/{edition_id}/channel/{name}")
def preview_channel(
    office: TheOffice, _who: Reader, edition_id: str, name: str, file: int = 0
) -> Response:
    """One message of one channel, as it would be sent now."""
    if name not in {one.name for one in sending.channels(office)}:
        raise ConfigError("no such channel", name)
    edition = printing.as_printed(office, edition_id)
    return file_of(sending.parcels(office, edition, name), name, file)


@slow.get("/preview/{edition_id}/{name}")
def preview(office: TheOffice, who: Reader, edition_id: str, name: str, file: int = 0) -> Response:
    """One file of one output, as it would be published now."""
    known = shown_to(office, who)
    if name not in known:
        raise ConfigError("no such output", name)
    return file_of(printing.preview(office, edition_id, known[name]), name, file)


def file_of(files: Sequence[RenderedFile], name: str, number: int) -> Response:
    """One of the files of a preview, under a policy of its own.

    Raises:
        ConfigError: there is no such file.
    """
    if not 0 <= number < len(files):
        raise ConfigError("no such file", f"{name} {number}")
    found = files[number]
    kind = mimetypes.guess_type(found.path)[0] or "application/octet-stream"
    suffix = found.path[found.path.rfind(".") :]
    if suffix in TEXTUAL - {".html"}:
        kind = "text/plain; charset=utf-8"
    elif suffix == ".html":
        kind = "text/html; charset=utf-8"
    headers = {"Content-Security-Policy": PREVIEW_POLICY}
    return Response(found.content, media_type=kind, headers=headers)


router.include_router(slow)
