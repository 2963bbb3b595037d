"""Passkeys (WebAuthn): made by somebody who is signed in, then enough to sign in."""

from __future__ import annotations

from dataclasses import replace
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
from ribao.web.shield import host_name

WAITING = 512  # challenges that are remembered; each is good once and for five minutes
SECONDS = 300.0


class Challenges:
    """Challenges that were given out and not answered yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._given: dict[str, tuple[bytes, float]] = {}

    def give(self, name: str, challenge: bytes, now: float) -> None:
        """Remember a challenge, in place of an earlier one of this name."""
        self._given.pop(name, None)
        self._given[name] = (challenge, now)
        while len(self._given) > WAITING:
            self._given.pop(next(iter(self._given)))

    def take(self, name: str, now: float) -> bytes:
        """The challenge of this name, once.

        Raises:
            ConfigError: there is none, or it is too old.
        """
        challenge, given = self._given.pop(name, (b"", 0.0))
        if not challenge or now - given > SECONDS:
            raise ConfigError("this took too long", hint="try again")
        return challenge


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


def ask(office: Office, request: Request, handle: str) -> str:
    """Options to sign in, as JSON; `handle` names the try."""
    options = generate_authentication_options(
        rp_id=_party(office, request), user_verification=UserVerificationRequirement.PREFERRED
    )
    _challenges(office).give(f"enter {handle}", options.challenge, office.clock.seconds())
    return options_to_json(options)


def enter(office: Office, request: Request, handle: str, credential: object) -> Account:
    """Whose passkey answered.

    Raises:
        ConfigError: it is nobody's, or the answer is not right.
    """
    challenge = _challenges(office).take(f"enter {handle}", office.clock.seconds())
    found = credential if isinstance(credential, dict) else {}
    passkey = office.people.passkey(str(found.get("id")))
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
    used = replace(passkey, sign_count=done.new_sign_count, used_at=office.now())
    with office.store.begin() as connection:
        office.people.put_passkey(connection, used)
    return account
