"""What is done to accounts and tokens, for the page People and for programs alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from ribao.errors import ConfigError
from ribao.model import content_id
from ribao.store.people import Account, Token
from ribao.web.entry import ROLES, SCOPES, Visitor, new_account
from ribao.web.office import Office
from ribao.web.pages.sign_in import checked_name, one_time_link
from ribao.web.secrecy import digest, new_key

TOKEN_DAYS = 365
LABEL = 80  # characters


def scopes_of(who: Visitor) -> tuple[str, ...]:
    """What somebody may let a token do: what the role allows, and no more than the own token."""
    allowed = (scope for scope, role in SCOPES.items() if who.may(role))
    return tuple(one for one in allowed if who.scopes is None or one in who.scopes)


def make_token(
    office: Office, who: Visitor, label: str, scopes: Collection[str], days: int = TOKEN_DAYS
) -> tuple[Token, str]:
    """A token and its key, which is told this once.

    One that a token makes does no more than its maker, lasts no longer, and is revoked with it.

    Raises:
        ConfigError: no scope is asked for that may be given.
    """
    given = [one for one in scopes_of(who) if one in scopes]
    if not given:
        raise ConfigError("a token needs a scope", label)
    key, now = f"ribao_{new_key()}", datetime.fromisoformat(office.now())
    until = (now + timedelta(days=days)).isoformat(timespec="seconds")
    maker = next((one for one in office.people.tokens(who.account.id) if one.id == who.token), None)
    token = Token(
        content_id("token", digest(key)), digest(key), who.account.id,
        label.strip()[:LABEL] or "token", " ".join(given), office.now(),
        min(until, maker.expires_at) if maker else until, made_by=who.token,
    )  # fmt: skip
    with office.store.begin() as connection:
        office.people.put_token(connection, token)
        words = (token.label, token.scopes)
        office.people.note(connection, office.now(), who.name, "token-made", words)
    return token, key


def revoke(office: Office, who: Visitor, token_id: str) -> int:
    """Revoke a token of one's own and those that it made; returns how many there were."""
    with office.store.begin() as connection:
        gone = office.people.drop_tokens(connection, who.account.id, token_id) if token_id else 0
        if gone:
            office.people.note(connection, office.now(), who.name, "token-revoked", (token_id,))
    return gone


def invite(office: Office, who: Visitor, name: str, role: str) -> tuple[Account, str]:
    """Make an account; returns it with the key of a one-time link.

    Raises:
        ConfigError: there is no such role, or the name cannot be had.
    """
    if role not in ROLES:
        raise ConfigError("no such role", role)
    account = new_account(office, checked_name(office, name.strip()), role)
    with office.store.begin() as connection:
        office.people.put_account(connection, account)
        office.people.note(connection, office.now(), who.name, "account-made", (account.name, role))
    return account, one_time_link(office, account.id)


def link(office: Office, who: Visitor, account_id: str) -> tuple[Account, str]:
    """A new one-time link, for somebody who lost a password; returns the account and the key.

    Raises:
        ConfigError: there is no such account.
    """
    account = named(office, account_id)
    with office.store.begin() as connection:
        office.people.note(connection, office.now(), who.name, "link-made", (account.name,))
    return account, one_time_link(office, account.id)


def change(
    office: Office, who: Visitor, account_id: str, *, role: str = "", closed: bool | None = None
) -> Account:
    """Give an account another role, close or open it; "" and None leave it. An owner remains.

    Raises:
        ConfigError: there is no such account or role, or nobody would be an owner.
    """
    account = named(office, account_id)
    if role and role not in ROLES:
        raise ConfigError("no such role", role)
    changed = replace(account, role=role or account.role)
    if closed is not None:
        changed = replace(changed, disabled_at=office.now() if closed else "")
    with office.store.begin() as connection:
        office.people.put_account(connection, changed)
        if not office.people.owners(connection):
            raise ConfigError("this desk would be without an owner", account.name)
        if changed.disabled_at or changed.role != account.role:
            office.people.end_sessions(connection, account.id)
            office.people.drop_tokens(connection, account.id)
        words = (account.name, f"{changed.role}{', closed' if changed.disabled_at else ''}")
        office.people.note(connection, office.now(), who.name, "account-changed", words)
    return changed


def named(office: Office, account_id: str) -> Account:
    """The account of this identifier.

    Raises:
        ConfigError: there is none.
    """
    account = office.people.account(account_id)
    if account is None:
        raise ConfigError("no such account", account_id)
    return account
