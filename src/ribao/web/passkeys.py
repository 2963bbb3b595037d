"""Passkeys (WebAuthn): made by somebody who is signed in, then enough to sign in."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import replace
from threading import Lock
from urllib.parse import urlsplit

from fastapi import Request
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ribao.errors import ConfigError
from ribao.store.people import Account, Passkey
from ribao.web.office import Office
from ribao.web.secrecy import equal, new_key
from ribao.web.shield import host_name

CREDENTIAL = re.compile(r"[A-Za-z0-9_-]{1,700}")  # its name, base64url
SECONDS = 300.0  # for which a challenge is good


class Challenges:
    """Challenges that were given out.

    Those of a sign-in are signed, not kept, so that a flood of them pushes nobody's out; only one
    that was answered rightly is remembered as spent.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._key = new_key()
        self._given: dict[str, tuple[bytes, float]] = {}  # to make passkeys, by account
        self._spent: dict[str, float] = {}
        self._lock = Lock()

    def give(self, name: str, challenge: bytes, now: float) -> None:
        """Remember a challenge, in place of an earlier one of this name."""
        with self._lock:
            self._given[name] = (challenge, now)

    def take(self, name: str, now: float) -> bytes:
        """The challenge of this name, once.

        Raises:
            ConfigError: there is none, or it is too old.
        """
        with self._lock:
            challenge, given = self._given.pop(name, (b"", 0.0))
        if not challenge or now - given > SECONDS:
            raise _late()
        return challenge

    def sign(self, challenge: bytes, now: float) -> str:
        """The name of a try to sign in: the challenge, when it was made, and our signature."""
        told = f"{bytes_to_base64url(challenge)}.{now:.3f}"
        return f"{told}.{self._seal(told)}"

    def read(self, handle: str, now: float) -> bytes:
        """The challenge of a try to sign in.

        Raises:
            ConfigError: it is not ours, too old, or was answered already.
        """
        told, _, seal = handle.rpartition(".")
        if not equal(seal, self._seal(told)) or handle in self._spent:
            raise _late()
        challenge, _, made = told.partition(".")
        if now - float(made) > SECONDS:
            raise _late()
        return base64url_to_bytes(challenge)

    def spend(self, handle: str, now: float) -> None:
        """A try was answered rightly: it is good once.

        Raises:
            ConfigError: it was answered meanwhile.
        """
        with self._lock:
            if handle in self._spent:
                raise _late()
            self._spent = {one: at for one, at in self._spent.items() if now - at <= SECONDS}
            self._spent[handle] = now

    def _seal(self, told: str) -> str:
        return hmac.new(self._key.encode(), told.encode(), hashlib.sha256).hexdigest()


def _late() -> ConfigError:
    return ConfigError("this took too long", hint="try again")


def _challenges(office: Office) -> Challenges:
    return office.kept("challenges", "", Challenges)


def _origin(office: Office, request: Request) -> str:
    """The origin that browsers see."""
    if office.config.web.address:
        return office.config.web.address
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _party(office: Office, request: Request) -> str:
    return host_name(urlsplit(_origin(office, request)).netloc)


def begin(office: Office, request: Request, account: Account) -> str:
    """Options to make a passkey, as JSON."""
    options = generate_registration_options(
        rp_id=_party(office, request),
        rp_name="ribao",
        user_name=account.name,
        user_id=account.id.encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id))
            for one in office.people.passkeys(account.id)
        ],
    )
    _challenges(office).give(f"make {account.id}", options.challenge, office.clock.seconds())
    return options_to_json(options)


def finish(
    office: Office, request: Request, account: Account, label: str, credential: object
) -> None:
    """Keep a passkey that a browser made.

    Raises:
        ConfigError: it does not fit what was asked for.
    """
    challenge = _challenges(office).take(f"make {account.id}", office.clock.seconds())
    if not isinstance(credential, dict):
        raise ConfigError("this is no passkey")
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_party(office, request),
            expected_origin=_origin(office, request),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise ConfigError("this passkey cannot be kept", label, str(error)) from error
    passkey = Passkey(
        bytes_to_base64url(made.credential_id), account.id, made.credential_public_key,
        made.sign_count, label, office.now(),
    )  # fmt: skip
    with office.store.begin() as connection:
        office.people.put_passkey(connection, passkey)


def ask(office: Office, request: Request) -> tuple[str, str]:
    """(name of the try, options to sign in as JSON)."""
    options = generate_authentication_options(
        rp_id=_party(office, request), user_verification=UserVerificationRequirement.PREFERRED
    )
    handle = _challenges(office).sign(options.challenge, office.clock.seconds())
    return handle, options_to_json(options)


def enter(office: Office, request: Request, handle: str, credential: object) -> Account:
    """Whose passkey answered.

    Raises:
        ConfigError: it is nobody's, or the answer is not right.
    """
    challenge = _challenges(office).read(handle, office.clock.seconds())
    found = credential if isinstance(credential, dict) else {}
    name = str(found.get("id"))
    passkey = office.people.passkey(name) if CREDENTIAL.fullmatch(name) else None
    account = office.people.account(passkey.account_id) if passkey else None
    if passkey is None or account is None or account.disabled_at:
        raise ConfigError("this passkey is not known here")
    try:
        done = verify_authentication_response(
            credential=found,
            expected_challenge=challenge,
            expected_rp_id=_party(office, request),
            expected_origin=_origin(office, request),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise ConfigError("this passkey is not right", detail=str(error)) from error
    _challenges(office).spend(handle, office.clock.seconds())
    used = replace(passkey, sign_count=done.new_sign_count, used_at=office.now())
    with office.store.begin() as connection:
        office.people.put_passkey(connection, used)
    return account
