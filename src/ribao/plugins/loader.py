"""Finds plugins, built-in ones first, and names the one to blame when a hook fails."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

import pluggy

from ribao.errors import ConfigError, PluginError
from ribao.plugins import hooks
from ribao.plugins.kinds import ChannelKind, Embedder, Output, Ranker, SourceKind

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


def embedder(manager: pluggy.PluginManager, name: str) -> Embedder | None:
    """The embedder of a name; None where none is asked for.

    Raises:
        ConfigError: no installed plugin has it.
    """
    if not name:
        return None
    found: dict[str, Embedder] = {
        one.name: one for several in manager.hook.embedders() for one in several
    }
    if name not in found:
        raise ConfigError(
            "no such embedder",
            name,
            f"installed: {', '.join(sorted(found)) or 'none'}",
            hint='install the package that brings it, or set cluster.embedder to ""',
        )
    return found[name]


def channel_kinds(manager: pluggy.PluginManager) -> dict[str, ChannelKind]:
    """All kinds of channel, by name."""
    return {kind.name: kind for kinds in manager.hook.channels() for kind in kinds}
