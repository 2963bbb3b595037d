"""Secrets: passwords, random keys and their digests, and how often somebody may guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from functools import cache
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from ribao.errors import ConfigError

SHORTEST, LONGEST = 10, 256  # characters of a password
HASHER = PasswordHasher()  # argon2id, RFC 9106 low-memory profile: 64 MiB, 3 passes
KEY_BYTES = 32
TOGETHER = BoundedSemaphore(4)  # passwords hashed at once: each takes 64 MiB


@cache
def _nobody() -> str:
    """Compared with where there is no such account, so that the time of an answer names nobody."""
    return HASHER.hash(secrets.token_urlsafe(KEY_BYTES))


def hash_password(password: str) -> str:
    """The argon2id hash of a password.

    Raises:
        ConfigError: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise ConfigError("a password has 10 to 256 characters")
    with TOGETHER:
        return HASHER.hash(password)


def password_fits(password: str, known: str) -> bool:
    """Whether a password is the right one; takes as long where there is none to compare with."""
    try:
        with TOGETHER:
            return HASHER.verify(known or _nobody(), password[:LONGEST]) and bool(known)
    except (Argon2Error, InvalidHashError):
        return False


def new_key() -> str:
    """A random key of 256 bits, as it may stand in an address or a cookie."""
    return secrets.token_urlsafe(KEY_BYTES)


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def form_token(key: str) -> str:
    """The token that every form of a session carries; it says nothing of the session's key."""
    return hmac.new(key.encode(), b"form", hashlib.sha256).hexdigest()


def equal(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


class Throttle:
    """How often something was tried lately, by name and by address.

    After `free` failures each further one doubles the wait, up to an hour. It lives in memory: the
    desk is one process, and whoever can restart it needs no password.
    """

    def __init__(self, free: int = 5, size: int = 10_000) -> None:
        """Allow so many failures at once; remember so many names."""
        self._free, self._size = free, size
        self._tries: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, now: float, *, patience: int = 1, longest: float = 3_600.0) -> float:
        """Seconds until the next try; 0.0 where it may be made now.

        `patience` multiplies what is free: many people may share one address. `longest` is in
        seconds: what strangers can bring about must pass soon.
        """
        with self._lock:
            failures, last = self._tries.get(key, (0, now))
        free = self._free * patience
        if failures < free:
            return 0.0
        return max(0.0, last + min(2.0 ** min(failures - free + 1, 12), longest) - now)

    def failed(self, key: str, now: float) -> None:
        """Count a failure; a day of quiet forgets them."""
        with self._lock:
            failures, last = self._tries.pop(key, (0, now))
            self._tries[key] = (failures + 1 if now - last < 86_400 else 1, now)
            while len(self._tries) > self._size:
                self._tries.popitem(last=False)

    def forgive(self, key: str) -> None:
        """Take one failure back: it was counted before anybody knew."""
        with self._lock:
            failures, last = self._tries.get(key, (0, 0.0))
            if failures:
                self._tries[key] = (failures - 1, last)

    def succeeded(self, key: str) -> None:
        """Forget the failures."""
        with self._lock:
            self._tries.pop(key, None)
