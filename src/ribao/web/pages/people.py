"""People: one's own password, passkeys, browsers and tokens; for owners, accounts and the log."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Body, Form, Request
from starlette.responses import JSONResponse, Response

from ribao.errors import ConfigError
from ribao.web import accounts, passkeys
from ribao.web.callers import ADDRESS, household
from ribao.web.entry import (
    ROLES,
    Owner,
    Person,
    TheOffice,
    Visitor,
    client,
    sign_in,
    throttle_of,
)
from ribao.web.office import Office
from ribao.web.pages.sign_in import own_path
from ribao.web.rendering import render, to
from ribao.web.secrecy import digest, hash_password, password_fits
from ribao.web.turns import InTurn

router = APIRouter(route_class=InTurn)
AUDITED = 60  # lines of the log that the page shows; the API has all of them
Json = Annotated[dict[str, Any], Body()]


@router.get("/people")
def page(request: Request, office: TheOffice, who: Person) -> Response:
    """The page."""
    return _page(request, office, who)


def _page(
    request: Request, office: Office, who: Visitor, *, new_token: str = "", new_link: str = ""
) -> Response:
    account = office.people.account(who.account.id) or who.account
    owner = who.may("owner")
    return render(
        request, "people.html.j2", account=account, passkeys=office.people.passkeys(account.id),
        sessions=office.people.sessions(account.id, office.now()), this=digest(who.key),
        tokens=office.people.tokens(account.id), scopes=accounts.scopes_of(who),
        accounts=office.people.accounts() if owner else (),
        audits=office.people.audits(AUDITED) if owner else (), roles=ROLES,
        new_token=new_token, new_link=new_link,
    )  # fmt: skip


@router.post("/people/password")
def password(
    request: Request,
    office: TheOffice,
    who: Person,
    old: Annotated[str, Form(max_length=1_000)] = "",
    new: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Change one's password: all other browsers are signed out and all tokens revoked."""
    throttle, key = throttle_of(request), f"password {who.account.id}"
    account, seconds = who.account, office.clock.seconds()
    wait = throttle.wait(key, seconds)
    throttle.failed(key, seconds)  # counted first: guesses made at once are many, too
    if wait or (account.password_hash and not password_fits(old, account.password_hash)):
        raise ConfigError("the old password is not right")
    throttle.succeeded(key)
    changed = replace(account, password_hash=hash_password(new))
    with office.store.begin() as connection:
        office.people.put_account(connection, changed)
        office.people.end_sessions(connection, account.id, but=digest(who.key))
        office.people.forget_devices(connection, account.id)
        office.people.drop_tokens(connection, account.id)
        office.people.note(connection, office.now(), who.name, "password")
    return to(request, "/people", "password-changed")


@router.post("/people/sessions/end")
def end_sessions(request: Request, office: TheOffice, who: Person) -> Response:
    """Sign out everywhere else."""
    with office.store.begin() as connection:
        office.people.end_sessions(connection, who.account.id, but=digest(who.key))
        office.people.forget_devices(connection, who.account.id)
        office.people.note(connection, office.now(), who.name, "sessions-ended")
    return to(request, "/people", "sessions-ended")


@router.post("/people/tokens")
async def add_token(request: Request, office: TheOffice, who: Person) -> Response:
    """Make a token; it is shown once."""
    form = await request.form()
    wanted = [str(one) for one in form.getlist("scopes")]
    _, key = accounts.make_token(office, who, str(form.get("label", "")), wanted)
    return _page(request, office, who, new_token=key)


@router.post("/people/tokens/{token_id}/revoke")
def revoke(request: Request, office: TheOffice, who: Person, token_id: str) -> Response:
    """Revoke a token of one's own."""
    accounts.revoke(office, who, token_id)
    return to(request, "/people", "token-revoked")


@router.post("/people/passkeys/{passkey_id}/forget")
def forget(request: Request, office: TheOffice, who: Person, passkey_id: str) -> Response:
    """Forget a passkey of one's own."""
    with office.store.begin() as connection:
        office.people.drop_passkey(connection, who.account.id, passkey_id)
        office.people.note(connection, office.now(), who.name, "passkey-forgotten")
    return to(request, "/people", "passkey-forgotten")


# --- owners -------------------------------------------------------------------------------------


@router.post("/people/accounts")
def invite(
    request: Request,
    office: TheOffice,
    who: Owner,
    name: Annotated[str, Form(max_length=80)],
    role: Annotated[str, Form(max_length=16)] = "reader",
) -> Response:
    """Make an account and a one-time link for it."""
    _, key = accounts.invite(office, who, name, role)
    return _page(request, office, who, new_link=welcome_address(request, office, key))


@router.post("/people/accounts/{account_id}/link")
def link(request: Request, office: TheOffice, who: Owner, account_id: str) -> Response:
    """Make a new one-time link: for somebody who lost a password."""
    _, key = accounts.link(office, who, account_id)
    return _page(request, office, who, new_link=welcome_address(request, office, key))


def welcome_address(request: Request, office: Office, key: str) -> str:
    """Where a one-time link leads."""
    base = office.config.web.address or str(request.base_url).rstrip("/")
    return f"{base}/welcome/{key}"


@router.post("/people/accounts/{account_id}")
def change(
    request: Request,
    office: TheOffice,
    who: Owner,
    account_id: str,
    role: Annotated[str, Form(max_length=16)] = "",
    disabled: Annotated[str, Form(pattern="^(true|false|)$")] = "",
) -> Response:
    """Give an account another role, or close or open it. An owner always remains."""
    closed = {"true": True, "false": False}.get(disabled)
    account = accounts.change(office, who, account_id, role=role, closed=closed)
    return to(request, "/people", "account-changed", name=account.name)


# --- passkeys -----------------------------------------------------------------------------------


@router.post("/passkeys/begin")
def begin(request: Request, office: TheOffice, who: Person) -> Response:
    """The options with which a browser makes a passkey."""
    options = passkeys.begin(office, request, who.account)
    return Response(options, media_type="application/json")


@router.post("/passkeys/finish")
def finish(request: Request, office: TheOffice, who: Person, body: Json) -> Response:
    """Keep the passkey that a browser made."""
    label = str(body.get("label") or "passkey")[:80]
    passkeys.finish(office, request, who.account, label, body.get("credential"))
    with office.store.begin() as connection:
        office.people.note(connection, office.now(), who.name, "passkey-made", (label,))
    return JSONResponse({"made": True})


@router.post("/passkeys/ask")
def ask(request: Request, office: TheOffice) -> Response:
    """The options with which a browser signs in; whose passkey it is the browser knows."""
    handle, options = passkeys.ask(office, request)
    return JSONResponse({"id": handle, "options": json.loads(options)})


@router.post("/passkeys/enter")
def enter(request: Request, office: TheOffice, body: Json) -> Response:
    """Sign in by a passkey. Wrong passwords do not hinder it: its tries are counted apart."""
    throttle, key = throttle_of(request), f"passkey from {household(client(request))}"
    if throttle.wait(key, office.clock.seconds(), patience=ADDRESS):
        return JSONResponse({"error": "too many tries"}, 429)
    try:
        account = passkeys.enter(office, request, str(body.get("id")), body.get("credential"))
    except ConfigError as error:
        throttle.failed(key, office.clock.seconds())
        return JSONResponse({"error": str(error)}, 403)
    answer = JSONResponse({"target": own_path(str(body.get("target") or "/"))})
    sign_in(request, answer, account)
    return answer
