"""Finds plugins, built-in ones first, and names the one to blame when a hook fails."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

import pluggy

from ribao.errors import PluginError
from ribao.plugins import hooks
from ribao.plugins.kinds import ChannelKind, Output, Ranker, SourceKind

GROUP = "ribao"
BUILTIN = (
    "ribao.collect.plugin",
    "ribao.publish.plugin",
    "ribao.publish.chat.plugin",
    "ribao.publish.mail.channel",
    "ribao.publish.git",
)


def load_plugins(extra: Iterable[object] = ()) -> pluggy.PluginManager:
    """Register the built-ins, whatever is installed under the entry-point group, and `extra`.

    Raises:
        PluginError: a plugin cannot be imported or implements a hook that does not exist.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hooks)
    for name in BUILTIN:
        manager.register(import_module(name), name=name)
    try:
        manager.load_setuptools_entrypoints(GROUP)
        for plugin in extra:
            manager.register(plugin)
        manager.check_pending()
    except Exception as error:
        raise PluginError("a plugin cannot be loaded", detail=str(error)) from error
    return manager


def source_kinds(manager: pluggy.PluginManager) -> dict[str, SourceKind]:
    """All kinds of source, by name."""
    return {kind.name: kind for kinds in manager.hook.source_kinds() for kind in kinds}


def outputs(manager: pluggy.PluginManager) -> dict[str, Output]:
    """All outputs, by name."""
    return {output.name: output for found in manager.hook.outputs() for output in found}


def rankers(manager: pluggy.PluginManager) -> tuple[Ranker, ...]:
    """All further reasons for points, by name."""
    found = [ranker for several in manager.hook.rankers() for ranker in several]
    return tuple(sorted(found, key=lambda ranker: ranker.name))


def channel_kinds(manager: pluggy.PluginManager) -> dict[str, ChannelKind]:
    """All kinds of channel, by name."""
    return {kind.name: kind for kinds in manager.hook.channels() for kind in kinds}
