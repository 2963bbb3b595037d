"""Who is asking: sessions in cookies, tokens in headers, roles and scopes, and tokens of forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from ribao.model import content_id
from ribao.store.people import Account, Session
from ribao.web.callers import believed, caller, know_device
from ribao.web.office import Office
from ribao.web.secrecy import Throttle, digest, equal, form_token, new_key

ROLES = ("reader", "editor", "owner")
SCOPES = {  # of tokens, and the role that each takes
    "read": "reader", "edit": "editor", "publish": "editor", "people": "owner", "tokens": "reader",
}  # fmt: skip
COOKIE, SECURE_COOKIE = "ribao_session", "__Host-ribao_session"
SEEN_EVERY = timedelta(minutes=10)  # a session's last use is noted so often
FIELD, HEADER = "form_token", "x-form-token"


class SignInError(Exception):
    """Nobody is signed in, and the page is not for everybody."""


class ForbiddenError(Exception):
    """Somebody is signed in who may not do this."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever asks. `scopes` is None for a person in a browser, who may do what the role may."""

    account: Account
    key: str = ""  # of the session; "" where none is used
    scopes: frozenset[str] | None = None
    token: str = ""  # identifier of the token that asks

    @property
    def name(self) -> str:
        """The name that stands in every record of a change."""
        return self.account.name

    @property
    def form_token(self) -> str:
        """The token of this session's forms."""
        return form_token(self.key) if self.key else ""

    def may(self, role: str) -> bool:
        """Whether the role reaches as far as `role`."""
        return ROLES.index(self.account.role) >= ROLES.index(role)


def office_of(request: Request) -> Office:
    """The office of the app."""
    office: Office = request.app.state.office
    return office


def throttle_of(request: Request) -> Throttle:
    """The one count of failed sign-ins."""
    throttle: Throttle = request.app.state.throttle
    return throttle


TheOffice = Annotated[Office, Depends(office_of)]


def client(request: Request) -> str:
    """The address of whoever asks, as far as it can be known."""
    return caller(request, office_of(request).config.web)


def visitor(request: Request, *, passing: bool = False) -> Visitor | None:
    """Who asks, or None; a `passing` look is no use of a session or a token."""
    office = office_of(request)
    now = office.now()
    bearer = request.headers.get("authorization", "")
    if bearer.lower().startswith("bearer "):
        return _by_token(office, bearer[7:].strip(), now, passing=passing)
    key = request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE) or ""
    found = _by_session(office, key, now, passing=passing) if key else None
    return found or _by_proxy(request, office)


def _by_token(office: Office, key: str, now: str, *, passing: bool) -> Visitor | None:
    token = office.people.token(digest(key), now)
    account = office.people.account(token.account_id) if token else None
    if token is None or account is None or account.disabled_at:
        return None
    if (
        not passing and token.used_at[:13] != now[:13]
    ):  # once an hour is often enough to know it is in use
        office.people.use_token(token.id, now)
    return Visitor(account, scopes=frozenset(token.scopes.split()), token=token.id)


def _by_session(office: Office, key: str, now: str, *, passing: bool) -> Visitor | None:
    session = office.people.session(digest(key), now)
    account = office.people.account(session.account_id) if session else None
    if session is None or account is None or account.disabled_at:
        return None
    moment = datetime.fromisoformat(now)
    if not passing and moment - datetime.fromisoformat(session.seen_at) > SEEN_EVERY:
        with office.store.begin() as connection:
            kept = Session(
                session.digest, session.account_id, session.created_at, now,
                _expiry(office, moment), session.agent,
            )  # fmt: skip
            office.people.put_session(connection, kept)
    return Visitor(account, key)


def _by_proxy(request: Request, office: Office) -> Visitor | None:
    """The account that a reverse proxy names, where the settings trust it. Off by default."""
    settings = office.config.web
    if not settings.login_header or not believed(request, settings.login_proxies):
        return None
    name = request.headers.get(settings.login_header, "")
    account = office.people.account_named(name) if name else None
    if account is None or account.disabled_at:
        return None
    return Visitor(account, key=f"proxy:{account.id}:{request.app.state.secret}")


def _expiry(office: Office, moment: datetime) -> str:
    return (moment + timedelta(days=office.config.web.session_days)).isoformat(timespec="seconds")


def sign_in(request: Request, response: Response, account: Account) -> None:
    """Begin a new session in this browser; an older one of it ends."""
    office = office_of(request)
    key, now = new_key(), office.now()
    old = request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE) or ""
    session = Session(
        digest(key), account.id, now, now, _expiry(office, datetime.fromisoformat(now)),
        request.headers.get("user-agent", "")[:200],
    )  # fmt: skip
    with office.store.begin() as connection:
        office.people.end_session(connection, digest(old))
        office.people.put_session(connection, session)
        office.people.note(connection, now, account.name, "sign-in", (client(request),))
    secure = is_secure(request)
    response.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        key,
        max_age=office.config.web.session_days * 86_400,
        httponly=True,
        secure=secure,
        samesite="lax",
    )
    know_device(request, response, office, account, secure=secure)


def sign_out(request: Request, response: Response) -> None:
    """End the session of this browser."""
    office = office_of(request)
    key = request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE) or ""
    with office.store.begin() as connection:
        office.people.end_session(connection, digest(key))
    response.delete_cookie(COOKIE)
    response.delete_cookie(SECURE_COOKIE, secure=True)


def is_secure(request: Request) -> bool:
    """Whether browsers reach the desk by TLS: so the settings say, or the connection itself."""
    return office_of(request).config.web.address.startswith("https:") or (
        request.url.scheme == "https"
    )


def new_account(office: Office, name: str, role: str) -> Account:
    """An account that nobody can sign in to yet."""
    return Account(content_id("account", name, office.now()), name, role, "", office.now())


async def checked_form(request: Request) -> None:
    """Refuse an unsafe request of a browser's session without the token of its forms."""
    found = request.state.visitor
    if request.method in {"GET", "HEAD"} or found is None or not found.key:
        return
    given = request.headers.get(HEADER, "")
    if not given:
        kind = request.headers.get("content-type", "")
        if kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
            given = str((await request.form()).get(FIELD, ""))
    if not equal(given, found.form_token):
        raise ForbiddenError


def needs(role: str, scope: str) -> Callable[..., object]:
    """A dependency: somebody of this role, by a token of this scope or in a browser."""

    async def known(request: Request) -> Visitor:
        found = visitor(request)
        request.state.visitor = found
        if found is None:
            raise SignInError
        if not found.may(role) or (found.scopes is not None and scope not in found.scopes):
            raise ForbiddenError
        await checked_form(request)
        return found

    return known


Reader = Annotated[Visitor, Depends(needs("reader", "read"))]
Holder = Annotated[Visitor, Depends(needs("reader", "tokens"))]  # of tokens, for own ones
# No scope is "": passwords and passkeys are made by a person in a browser, else a token that may
# only read could make itself one that may do everything.
Person = Annotated[Visitor, Depends(needs("reader", ""))]
Editor = Annotated[Visitor, Depends(needs("editor", "edit"))]
Publisher = Annotated[Visitor, Depends(needs("editor", "publish"))]
Owner = Annotated[Visitor, Depends(needs("owner", "people"))]
