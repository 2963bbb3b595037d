"""All ways out that a channel may use, and the secrets that it may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ribao.errors import ConfigError
from ribao.gateways.clock import Clock
from ribao.gateways.git import Git
from ribao.gateways.posting import Poster
from ribao.gateways.smtp import Mailer


class Secrets:
    """Secrets from the environment, by channel and name; they appear in no repr and no error."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Hold the environment."""
        self._environment = environment

    def find(self, channel: str, name: str) -> str:
        """A secret, or "" where it is not set."""
        return self._environment.get(variable(channel, name), "").strip()

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
