"""The desk as one ASGI app: pages, API, files of ours, and what becomes of errors."""

from __future__ import annotations

import re
from importlib import resources
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from ribao import __version__
from ribao.errors import ConfigError, ContentError, RemoteError, RibaoError, StoreError
from ribao.web import api
from ribao.web.entry import ForbiddenError, SignInError
from ribao.web.following import BusyError
from ribao.web.mishaps import Mishaps
from ribao.web.office import Office
from ribao.web.pages import PAGES
from ribao.web.rendering import face_of, render
from ribao.web.secrecy import Throttle, new_key
from ribao.web.shield import Shield, host_name
from ribao.web.workbench import ConflictError, OutdatedError

API = "/api/"
NOT_FOUND = re.compile(
    r"no such (?!order|moment|role)|there is no|this (edition|story|section) has no|this link"
)
STATUS = {
    BusyError: 429,
    ConflictError: 409,
    OutdatedError: 412,
    ConfigError: 400,
    ContentError: 422,
    RemoteError: 424,
}


def create_app(office: Office) -> FastAPI:
    """Build the desk over an office. Nothing is opened here and nothing is started."""
    app = FastAPI(
        title="ribao desk",
        version=__version__,
        summary="Everything that the desk does, for programs.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.office = office
    app.state.throttle = Throttle()
    app.state.secret = new_key()  # of this process: forms of those whom a proxy signs in
    settings = office.config.web
    names = {*(one.lower() for one in settings.hosts), settings.address.rpartition("/")[2]}
    app.add_middleware(Mishaps, answer=_mishap)
    app.add_middleware(
        Shield,
        hosts=frozenset(host_name(name) for name in names if name),
    )
    folder = resources.files("ribao.web") / "static"
    app.mount("/static", StaticFiles(directory=str(folder)), name="static")
    app.include_router(api.router)
    app.include_router(api.docs, include_in_schema=False)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    _answer_errors(app)
    return app


def _answer_errors(app: FastAPI) -> None:
    app.add_exception_handler(SignInError, _sign_in)
    app.add_exception_handler(ForbiddenError, _forbidden)
    app.add_exception_handler(RibaoError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def _for_program(request: Request) -> bool:
    return request.url.path.startswith(API)


def _words(request: Request, status: int, words: str, hint: str = "", **more: object) -> Response:
    if _for_program(request):
        return JSONResponse({"error": words, **({"hint": hint} if hint else {}), **more}, status)
    face = face_of(request)
    if face.has(f"error-{status}"):
        words = face(f"error-{status}")
        hint = face(f"error-{status}-hint") if face.has(f"error-{status}-hint") else ""
    return render(request, "error.html.j2", status=status, words=words, hint=hint, conflict=None)


def _mishap(request: Request) -> Response:
    return _words(request, 500, "the desk made a mistake", "its log says what happened")


async def _sign_in(request: Request, _error: Exception) -> Response:
    if _for_program(request):
        answer = JSONResponse({"error": "a token is needed"}, 401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    target = request.url.path if request.method == "GET" else "/"
    if request.url.query and request.method == "GET":
        target += f"?{request.url.query}"
    return RedirectResponse(f"/sign-in?next={quote(target, safe='')}", 303)


async def _forbidden(request: Request, _error: Exception) -> Response:
    return _words(request, 403, "you may not do this", "ask an owner of this desk")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RibaoError)  # noqa: S101 - Starlette hands over what was registered
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if isinstance(error, ConfigError) and NOT_FOUND.match(error.what):
        status = 404
    if isinstance(error, StoreError):
        status = 503
    if isinstance(error, ConflictError):
        if _for_program(request):
            lines = [f"{one.account}: {one.verb}" for one in error.changes]
            return _words(request, status, str(error), changes=lines)
        request.state.visitor = getattr(request.state, "visitor", None)
        return render(
            request, "error.html.j2", status=status, words=str(error), hint="", conflict=error
        )
    return _words(request, status, str(error), error.hint)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    return _words(request, error.status_code, str(error.detail))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    found = [
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
    ]
    return _words(request, 422, "bad request: " + "; ".join(found))
