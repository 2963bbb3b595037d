"""The channels that the owner configured, opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ribao.config import Config
from ribao.errors import ConfigError
from ribao.gateways.exits import Secrets, variable
from ribao.plugins.kinds import Channel, ChannelKind


def open_channels(config: Config, kinds: Mapping[str, ChannelKind]) -> tuple[Channel, ...]:
    """Every channel of the configuration, by name.

    Raises:
        ConfigError: a kind is unknown, or a setting of a channel is missing or wrong.
    """
    found = []
    for name, settings in sorted(config.deliver.channels.items()):
        if settings.kind not in kinds:
            known = ", ".join(sorted(kinds))
            raise ConfigError(
                "no such kind of channel",
                settings.kind,
                f"deliver.channels.{name}; there are {known}",
            )
        found.append(kinds[settings.kind].open(name, settings, config.publish))
    return tuple(found)


def missing_secrets(channels: Sequence[Channel], secrets: Secrets) -> tuple[str, ...]:
    """Names of environment variables that channels cannot do without and that are not set."""
    return tuple(
        variable(channel.name, name)
        for channel in channels
        for name in channel.secrets
        if not secrets.find(channel.name, name)
    )
