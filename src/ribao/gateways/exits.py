"""All ways out that a channel may use, and the secrets that it may read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ribao.errors import ConfigError
from ribao.gateways.clock import Clock
from ribao.gateways.git import Git
from ribao.gateways.posting import Poster
from ribao.gateways.smtp import Mailer

HIDDEN = "***"
SHORTEST = 8  # characters of a part of a secret that is hidden by itself


class Secrets:
    """Secrets from the environment, by channel and name; they appear in no repr and no error."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Hold the environment."""
        self._environment = environment
        self._told: set[str] = set()

    def find(self, channel: str, name: str) -> str:
        """A secret, or "" where it is not set."""
        found = self._environment.get(variable(channel, name), "").strip()
        if found:
            self._told.add(found)
        return found

    def get(self, channel: str, name: str) -> str:
        """A secret.

        Raises:
            ConfigError: it is not set.
        """
        found = self.find(channel, name)
        if not found:
            raise ConfigError(
                "a secret is missing", variable(channel, name), f"channel {channel} needs it",
                hint="set it in the environment; secrets are never read from ribao.toml",
            )  # fmt: skip
        return found

    def without(self, text: str) -> str:
        """A text without the secrets that were read, or telling parts of them.

        Services and what stands before them say in their refusals what they were asked: a path with
        a token in it, or a header. Such an answer is often cut, a secret at its end with it.
        """
        parts = {part for secret in self._told for part in _parts(secret)}
        for part in sorted(parts, key=lambda one: (-len(one), one)):
            text = text.replace(part, HIDDEN)
            if "://" not in part and part[:6] in text:  # rare, and a key has many beginnings
                text = _without_beginnings(text, part)
        return text


def _without_beginnings(text: str, part: str) -> str:
    """A text without the beginnings of a secret at which somebody cut it."""
    for length in range(len(part) - 1, 5, -1):
        text = re.sub(re.escape(part[:length]) + r"(?![\w-])", HIDDEN, text)
    return text


def _parts(secret: str) -> Iterator[str]:
    """A secret and what of it tells it: of an address all but its host."""
    for one in {secret, *secret.split()}:
        _, scheme, rest = one.partition("://")
        host = rest.partition("/")[0].rpartition("@")[2] if scheme else ""
        inner = rest.replace(host, " ", 1) if host else one
        pieces = {one, *re.split(r"[^\w-]+", inner)}
        yield from (piece for piece in pieces if len(piece) >= SHORTEST)


def variable(channel: str, name: str) -> str:
    """The environment variable of a channel's secret: RIBAO_TEAM_URL."""
    return f"RIBAO_{channel}_{name}".upper().replace("-", "_")


@dataclass(frozen=True, slots=True)
class Exits:
    """What sends."""

    post: Poster
    mail: Mailer
    git: Git
    clock: Clock
    secrets: Secrets = field(repr=False)
    directory: Path  # of the editions
