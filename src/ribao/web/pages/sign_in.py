"""Signing in and out: passwords, passkeys, one-time links; and how the desk looks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from ribao.errors import ConfigError
from ribao.store.people import Account
from ribao.web.callers import Guesses
from ribao.web.entry import (
    Reader,
    TheOffice,
    client,
    is_secure,
    new_account,
    sign_in,
    sign_out,
    throttle_of,
    visitor,
)
from ribao.web.office import Office
from ribao.web.rendering import (
    LANGUAGE_COOKIE,
    PREFERENCE_SECONDS,
    THEME_COOKIE,
    THEMES,
    face_of,
    render,
    to,
)
from ribao.web.secrecy import digest, hash_password, new_key, password_fits

router = APIRouter()
LINK_HOURS = 24
NAME = re.compile(r"^[\w.@-]{1,40}$")
# A path of this desk: no host, no backslash, nothing invisible. Anything else goes to the front.
OWN_PATH = re.compile(r"^/(?![/\\])[\x21-\x5b\x5d-\x7e]*$")


def own_path(value: str) -> str:
    """A path to go on to, if it is one of ours."""
    return value if OWN_PATH.match(value) else "/"


def one_time_link(office: Office, account_id: str) -> str:
    """Make a link that is good once, for a day; returns its key."""
    key = new_key()
    until = datetime.fromisoformat(office.now()) + timedelta(hours=LINK_HOURS)
    with office.store.begin() as connection:
        office.people.put_invitation(
            connection, digest(key), account_id, until.isoformat(timespec="seconds")
        )
    return key


@router.get("/sign-in")
def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """The page to sign in."""
    found = visitor(request)
    if found is not None:
        return to(request, own_path(next))
    return render(request, "sign_in.html.j2", target=own_path(next), failed="", wait=0, name="")


@router.post("/sign-in")
def enter(
    request: Request,
    office: TheOffice,
    name: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
    target: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    """Try a password. After some failures every further one doubles the wait."""
    guesses = Guesses(request, office, throttle_of(request), name)
    wait = guesses.wait()
    if wait == 0:
        guesses.count()
        account = office.people.account_named(name)
        known = account.password_hash if account and not account.disabled_at else ""
        if password_fits(password, known) and account is not None:
            guesses.right()
            answer = to(request, own_path(target))
            sign_in(request, answer, account)
            return answer
        with office.store.begin() as connection:
            office.people.note(connection, office.now(), name[:80], "refused", (client(request),))
    face = face_of(request)
    words = face("sign-in-wait", seconds=int(wait) + 1) if wait else face("sign-in-failed")
    answer = render(
        request, "sign_in.html.j2", status=429 if wait else 403, target=own_path(target),
        failed=words, wait=int(wait) + 1, name=name,
    )  # fmt: skip
    if wait:
        answer.headers["Retry-After"] = str(int(wait) + 1)
    return answer


@router.post("/sign-out")
def leave(request: Request, _who: Reader) -> Response:
    """End this session."""
    answer = to(request, "/sign-in")
    sign_out(request, answer)
    return answer


@router.get("/welcome/{key}")
def welcome(request: Request, office: TheOffice, key: str) -> Response:
    """The page behind a one-time link: choose a password."""
    account_id = office.people.invitation(digest(key), office.now())
    if account_id is None:
        raise ConfigError("this link was used already or is too old", hint="ask for a new one")
    account = office.people.account(account_id) if account_id else None
    return render(request, "welcome.html.j2", key=key, account=account, failed="", name="")


@router.post("/welcome/{key}")
def settle(
    request: Request,
    office: TheOffice,
    key: str,
    name: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Spend the link: the first owner, or the password of an invited account."""
    account_id = office.people.invitation(digest(key), office.now())
    if account_id is None:
        raise ConfigError("this link was used already or is too old", hint="ask for a new one")
    account = office.people.account(account_id) if account_id else None
    try:
        if account is None:
            account = _first_owner(office, name.strip())
        hashed = hash_password(password)
    except ConfigError as error:
        return render(
            request, "welcome.html.j2", status=400, key=key, account=account, failed=str(error),
            name=name,
        )  # fmt: skip
    account = replace(account, password_hash=hashed)
    with office.store.begin() as connection:
        if office.people.use_invitation(connection, digest(key), office.now()) is None:
            raise ConfigError("this link was used already or is too old")
        office.people.put_account(connection, account)
        office.people.end_sessions(connection, account.id)
        office.people.forget_devices(connection, account.id)
        office.people.note(connection, office.now(), account.name, "password", ("link",))
    answer = to(request, "/", "welcome-done", name=account.name)
    sign_in(request, answer, account)
    return answer


def checked_name(office: Office, name: str) -> str:
    """A name that an account may have.

    Raises:
        ConfigError: it has other characters, or somebody has it.
    """
    if not NAME.match(name):
        raise ConfigError("a name has 1 to 40 letters, digits and . @ _ -", name)
    if office.people.account_named(name) is not None:
        raise ConfigError("somebody has this name already", name)
    return name


def _first_owner(office: Office, name: str) -> Account:
    return new_account(office, checked_name(office, name), "owner")


@router.post("/look")
def look(
    request: Request,
    language: Annotated[str, Form(max_length=8)] = "",
    theme: Annotated[str, Form(max_length=8)] = "",
    target: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    """Remember in this browser how the desk is to look."""
    answer = to(request, own_path(target))
    chosen = {LANGUAGE_COOKIE: language if language in {"zh", "en"} else "",
              THEME_COOKIE: theme if theme in THEMES else ""}  # fmt: skip
    for cookie, value in chosen.items():
        if value:
            answer.set_cookie(
                cookie, value, max_age=PREFERENCE_SECONDS, samesite="lax", httponly=True,
                secure=is_secure(request),
            )  # fmt: skip
    return answer
