"""People: accounts and one-time links for owners, one's own tokens, the audit log.

Passwords and passkeys are set by a person in a browser: no token may do it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from ribao.errors import ConfigError
from ribao.store.people import Account, Audit, Token
from ribao.web import accounts
from ribao.web.accounts import TOKEN_DAYS
from ribao.web.api.bodies import ERRORS, NO_NUL, OtherKey, example
from ribao.web.entry import Holder, Owner, Reader, TheOffice
from ribao.web.pages.people import welcome_address

router = APIRouter(tags=["people"])
Role = Literal["reader", "editor", "owner"]
Scope = Literal["read", "edit", "publish", "people", "tokens"]


class PersonBody(BaseModel):
    """An account."""

    id: str
    name: str
    role: str
    created_at: str
    closed_at: str


class InviteBody(BaseModel):
    """Somebody who is to have an account."""

    name: Annotated[str, Field(min_length=1, max_length=40, pattern=NO_NUL)]
    role: Role = "reader"


class InvitedBody(BaseModel):
    """An account and the address at which its password is chosen, once, within a day."""

    person: PersonBody
    link: str


class ChangeBody(BaseModel):
    """What changes of an account; what is left out stays."""

    role: Role | None = None
    closed: bool | None = None


class MeBody(BaseModel):
    """Who asks, and what the token allows."""

    person: PersonBody
    scopes: list[str]


class TokenBody(BaseModel):
    """A token; its key is nowhere kept."""

    id: str
    label: str
    scopes: list[str]
    created_at: str
    expires_at: str
    used_at: str
    made_by: str


class TokenOrder(BaseModel):
    """A token to be made."""

    label: Annotated[str, Field(min_length=1, max_length=80, pattern=NO_NUL)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=5)]
    days: Annotated[int, Field(ge=1, le=TOKEN_DAYS)] = TOKEN_DAYS


class MadeBody(BaseModel):
    """A new token with its key, which is told this once."""

    token: TokenBody
    key: str


class RevokedBody(BaseModel):
    """How many tokens were revoked: the one, and those that it made."""

    revoked: int


def _person(account: Account) -> PersonBody:
    return PersonBody(
        id=account.id, name=account.name, role=account.role, created_at=account.created_at,
        closed_at=account.disabled_at,
    )  # fmt: skip


def _token(token: Token) -> TokenBody:
    return TokenBody(
        id=token.id, label=token.label, scopes=token.scopes.split(), created_at=token.created_at,
        expires_at=token.expires_at, used_at=token.used_at, made_by=token.made_by,
    )  # fmt: skip


@router.get("/me", responses=ERRORS, openapi_extra=example("GET", "/me"))
def me(who: Reader) -> MeBody:
    """Who asks."""
    return MeBody(person=_person(who.account), scopes=list(accounts.scopes_of(who)))


@router.get("/people", responses=ERRORS, openapi_extra=example("GET", "/people"))
def people(office: TheOffice, _who: Owner) -> list[PersonBody]:
    """All accounts, by name."""
    return [_person(one) for one in office.people.accounts()]


@router.post(
    "/people",
    responses=ERRORS,
    openapi_extra=example("POST", "/people", {"name": "bea", "role": "editor"}),
)
def invite(request: Request, office: TheOffice, who: Owner, body: InviteBody) -> InvitedBody:
    """Make an account. A name that is taken is refused, so that nobody is invited twice."""
    account, key = accounts.invite(office, who, body.name, body.role)
    return InvitedBody(person=_person(account), link=welcome_address(request, office, key))


@router.patch(
    "/people/{account_id}",
    responses=ERRORS,
    openapi_extra=example("PATCH", "/people/$PERSON", {"role": "reader"}),
)
def change(office: TheOffice, who: Owner, account_id: OtherKey, body: ChangeBody) -> PersonBody:
    """Give an account another role, or close or open it: its sessions and tokens end."""
    changed = accounts.change(office, who, account_id, role=body.role or "", closed=body.closed)
    return _person(changed)


@router.post(
    "/people/{account_id}/link",
    responses=ERRORS,
    openapi_extra=example("POST", "/people/$PERSON/link"),
)
def link(request: Request, office: TheOffice, who: Owner, account_id: OtherKey) -> InvitedBody:
    """A new one-time link for somebody who lost a password; an earlier one ends."""
    account, key = accounts.link(office, who, account_id)
    return InvitedBody(person=_person(account), link=welcome_address(request, office, key))


@router.get("/tokens", responses=ERRORS, openapi_extra=example("GET", "/tokens"))
def tokens(office: TheOffice, who: Holder) -> list[TokenBody]:
    """One's own tokens."""
    return [_token(one) for one in office.people.tokens(who.account.id)]


@router.post(
    "/tokens",
    responses=ERRORS,
    openapi_extra=example(
        "POST", "/tokens", {"label": "morning job", "scopes": ["read", "publish"], "days": 90}
    ),
)
def make_token(office: TheOffice, who: Holder, body: TokenOrder) -> MadeBody:
    """A token of one's own: with no scope that the asking one lacks, and no longer than it."""
    token, key = accounts.make_token(office, who, body.label, body.scopes, body.days)
    return MadeBody(token=_token(token), key=key)


@router.delete(
    "/tokens/{token_id}", responses=ERRORS, openapi_extra=example("DELETE", "/tokens/$TOKEN_ID")
)
def revoke(office: TheOffice, who: Holder, token_id: OtherKey) -> RevokedBody:
    """Revoke a token of one's own with all that it made."""
    gone = accounts.revoke(office, who, token_id)
    if not gone:
        raise ConfigError("no such token", token_id)
    return RevokedBody(revoked=gone)


@router.get("/audit", responses=ERRORS, openapi_extra=example("GET", "/audit"))
def audit(
    office: TheOffice, _who: Owner, limit: Annotated[int, Query(ge=1, le=1_000)] = 200
) -> list[Audit]:
    """The audit log, the newest line first."""
    return list(office.people.audits(limit))
