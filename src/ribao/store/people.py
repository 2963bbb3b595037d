"""Who works at the desk: accounts, passkeys, sessions, tokens, one-time links, and the audit log.

Secrets are not here: of passwords there is the argon2id hash, of cookies, links and tokens only a
digest. A copy of the store lets nobody in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from ribao.store.desk_tables import (
    accounts,
    audits,
    devices,
    invitations,
    passkeys,
    sessions,
    tokens,
)
from ribao.store.engine import put


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `role` is reader, editor or owner."""

    id: str
    name: str
    role: str
    password_hash: str
    created_at: str
    disabled_at: str = ""


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey of an account; `id` is base64url."""

    id: str
    account_id: str
    public_key: bytes
    sign_count: int
    label: str
    created_at: str
    used_at: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    digest: str
    account_id: str
    created_at: str
    seen_at: str
    expires_at: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """One API token. `scopes` are words with spaces between; `made_by` is a token, "" a person."""

    id: str
    digest: str
    account_id: str
    label: str
    scopes: str
    created_at: str
    expires_at: str
    used_at: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """One line of the audit log."""

    number: int
    at: str
    account: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class People:
    """Reads and writes accounts and what belongs to them."""

    engine: Engine

    # --- accounts -------------------------------------------------------------------------------

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with self.engine.connect() as connection:
            found = connection.execute(select(accounts).order_by(accounts.c.name))
            return tuple(Account(*row) for row in found)

    def account(self, account_id: str) -> Account | None:
        """An account by its identifier."""
        with self.engine.connect() as connection:
            row = connection.execute(select(accounts).where(accounts.c.id == account_id)).first()
        return None if row is None else Account(*row)

    def account_named(self, name: str) -> Account | None:
        """An account by its name."""
        with self.engine.connect() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).first()
        return None if row is None else Account(*row)

    def put_account(self, connection: Connection, account: Account) -> None:
        """Keep an account, new or changed."""
        row: dict[str, object] = {
            "id": account.id, "name": account.name, "role": account.role,
            "password_hash": account.password_hash, "created_at": account.created_at,
            "disabled_at": account.disabled_at,
        }  # fmt: skip
        put(connection, accounts, [row])

    def owners(self, connection: Connection) -> int:
        """How many owners may sign in."""
        return connection.execute(
            select(func.count()).where(accounts.c.role == "owner", accounts.c.disabled_at == "")
        ).scalar_one()

    # --- one-time links -------------------------------------------------------------------------

    def put_invitation(
        self, connection: Connection, digest: str, account_id: str, expires_at: str
    ) -> None:
        """Keep the digest of a one-time link, in place of earlier ones for the same account."""
        connection.execute(delete(invitations).where(invitations.c.account_id == account_id))
        connection.execute(
            insert(invitations).values(digest=digest, account_id=account_id, expires_at=expires_at)
        )

    def invitation(self, digest: str, now: str) -> str | None:
        """For which account ("": the first owner) a link is good; None where it is not."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(invitations.c.account_id).where(
                    invitations.c.digest == digest, invitations.c.expires_at > now
                )
            ).first()
        return None if row is None else str(row[0])

    def use_invitation(self, connection: Connection, digest: str, now: str) -> str | None:
        """Spend a link: it is good once. None where it was spent already or is too old."""
        row: Row[tuple[str]] | None = connection.execute(
            delete(invitations)
            .where(invitations.c.digest == digest, invitations.c.expires_at > now)
            .returning(invitations.c.account_id)
        ).first()
        return None if row is None else str(row[0])

    # --- passkeys -------------------------------------------------------------------------------

    def passkeys(self, account_id: str) -> tuple[Passkey, ...]:
        """The passkeys of an account."""
        statement = select(passkeys).where(passkeys.c.account_id == account_id)
        with self.engine.connect() as connection:
            found = connection.execute(statement.order_by(passkeys.c.created_at))
            return tuple(Passkey(*row) for row in found)

    def passkey(self, passkey_id: str) -> Passkey | None:
        """A passkey by its identifier."""
        with self.engine.connect() as connection:
            row = connection.execute(select(passkeys).where(passkeys.c.id == passkey_id)).first()
        return None if row is None else Passkey(*row)

    def put_passkey(self, connection: Connection, passkey: Passkey) -> None:
        """Keep a passkey, new or used again."""
        row: dict[str, object] = {
            "id": passkey.id, "account_id": passkey.account_id, "public_key": passkey.public_key,
            "sign_count": passkey.sign_count, "label": passkey.label,
            "created_at": passkey.created_at, "used_at": passkey.used_at,
        }  # fmt: skip
        put(connection, passkeys, [row])

    def drop_passkey(self, connection: Connection, account_id: str, passkey_id: str) -> None:
        """Forget a passkey of an account."""
        connection.execute(
            delete(passkeys).where(passkeys.c.id == passkey_id, passkeys.c.account_id == account_id)
        )

    # --- sessions and tokens --------------------------------------------------------------------

    def session(self, digest: str, now: str) -> Session | None:
        """A session that is still good."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(sessions).where(sessions.c.digest == digest, sessions.c.expires_at > now)
            ).first()
        return None if row is None else Session(*row)

    def sessions(self, account_id: str, now: str) -> tuple[Session, ...]:
        """The browsers in which somebody is signed in."""
        statement = select(sessions).where(
            sessions.c.account_id == account_id, sessions.c.expires_at > now
        )
        with self.engine.connect() as connection:
            found = connection.execute(statement.order_by(sessions.c.seen_at.desc()))
            return tuple(Session(*row) for row in found)

    def put_session(self, connection: Connection, session: Session) -> None:
        """Keep a session, new or seen again."""
        row: dict[str, object] = {
            "digest": session.digest, "account_id": session.account_id,
            "created_at": session.created_at, "seen_at": session.seen_at,
            "expires_at": session.expires_at, "agent": session.agent,
        }  # fmt: skip
        put(connection, sessions, [row])

    def end_sessions(self, connection: Connection, account_id: str, *, but: str = "") -> None:
        """Sign somebody out everywhere, but for one session."""
        connection.execute(
            delete(sessions).where(sessions.c.account_id == account_id, sessions.c.digest != but)
        )

    def end_session(self, connection: Connection, digest: str) -> None:
        """Sign one browser out."""
        connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def token(self, digest: str, now: str) -> Token | None:
        """A token that is still good."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(tokens).where(tokens.c.digest == digest, tokens.c.expires_at > now)
            ).first()
        return None if row is None else Token(*row)

    def tokens(self, account_id: str) -> tuple[Token, ...]:
        """The tokens of an account."""
        statement = select(tokens).where(tokens.c.account_id == account_id)
        with self.engine.connect() as connection:
            found = connection.execute(statement.order_by(tokens.c.created_at))
            return tuple(Token(*row) for row in found)

    def put_token(self, connection: Connection, token: Token) -> None:
        """Keep a token."""
        connection.execute(insert(tokens).values(**asdict(token)))

    def use_token(self, token_id: str, now: str) -> None:
        """Note when a token was used."""
        with self.engine.begin() as connection:
            connection.execute(update(tokens).where(tokens.c.id == token_id).values(used_at=now))

    def drop_tokens(self, connection: Connection, account_id: str, token_id: str = "") -> int:
        """Revoke one token of an account with all that it made, or all; returns how many."""
        own = tokens.c.account_id == account_id
        if not token_id:
            return connection.execute(delete(tokens).where(own)).rowcount
        gone, further = 0, [token_id]
        while further:
            made = select(tokens.c.id).where(own, tokens.c.made_by.in_(further))
            children = [str(one) for one in connection.execute(made).scalars()]
            found = connection.execute(delete(tokens).where(own, tokens.c.id.in_(further)))
            gone, further = gone + found.rowcount, children
        return gone

    # --- devices --------------------------------------------------------------------------------

    def device_of(self, digest: str, account_id: str) -> bool:
        """Whether this browser is one in which this account signed in before."""
        statement = select(func.count()).where(
            devices.c.digest == digest, devices.c.account_id == account_id
        )
        with self.engine.connect() as connection:
            return connection.execute(statement).scalar_one() > 0

    def put_device(
        self, connection: Connection, digest: str, account_id: str, now: str, *, most: int
    ) -> None:
        """Keep that an account signed in here; of its devices the `most` newest are kept."""
        row: dict[str, object] = {"digest": digest, "account_id": account_id, "seen_at": now}
        put(connection, devices, [row])
        own = devices.c.account_id == account_id
        newest = select(devices.c.digest).where(own).order_by(devices.c.seen_at.desc()).limit(most)
        kept = list(connection.execute(newest).scalars())
        connection.execute(delete(devices).where(own, devices.c.digest.not_in(kept)))

    def forget_devices(self, connection: Connection, account_id: str, *, but: str = "") -> None:
        """Let no browser be known to an account any more, but for one."""
        connection.execute(
            delete(devices).where(devices.c.account_id == account_id, devices.c.digest != but)
        )

    # --- the audit log --------------------------------------------------------------------------

    def note(
        self, connection: Connection, now: str, account: str, action: str, words: Sequence[str] = ()
    ) -> None:
        """Write a line; `words` are its subject and its detail."""
        subject, detail = (*words, "", "")[:2]
        connection.execute(
            insert(audits).values(
                at=now, account=account, action=action, subject=subject, detail=detail
            )
        )

    def audits(self, limit: int = 200) -> tuple[Audit, ...]:
        """The newest lines first."""
        statement = select(audits).order_by(audits.c.number.desc()).limit(limit)
        with self.engine.connect() as connection:
            return tuple(Audit(*row) for row in connection.execute(statement))
