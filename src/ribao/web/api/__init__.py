"""The API: everything that the pages do, for programs. Its description is /api/openapi.json.

A module for each subject; `bodies` is what they share. Passwords, passkeys and how a browser shows
the desk are no part of it: they belong to a person in a browser.
"""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from ribao.web.api import asking, editions, going_out, learning, people, runs, sources
from ribao.web.entry import Reader
from ribao.web.rendering import render

router = APIRouter(prefix="/api/v1")
for _part in (editions, going_out, asking, sources, runs, learning, people):
    router.include_router(_part.router)
docs = APIRouter()


@docs.get("/api")
def described(request: Request, _who: Reader) -> Response:
    """The description as a page."""
    schema = request.app.openapi()
    calls = [
        (method.upper(), path, one)
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
    ]
    verbs = {
        name: table
        for name, table in schema["components"]["schemas"].items()
        if "verb" in table.get("properties", {})
    }
    return render(request, "api.html.j2", calls=calls, verbs=verbs, dumps=json.dumps)
