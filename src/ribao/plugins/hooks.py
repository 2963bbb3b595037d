"""All hooks on one page. Built-ins come in through these same doors.

A plugin is a module (entry-point group `ribao`) with one or more of these functions, each marked
with `@hookimpl` and returning a list of objects of the kinds in `ribao.plugins.kinds`.
"""

from __future__ import annotations

import pluggy

from ribao.plugins.kinds import ChannelKind, Embedder, Output, Ranker, SourceKind

hookspec = pluggy.HookspecMarker("ribao")
hookimpl = pluggy.HookimplMarker("ribao")


@hookspec
def source_kinds() -> list[SourceKind]:  # type: ignore[empty-body]  # a pluggy spec has no body
    """Kinds of source that can be read."""


@hookspec
def rankers() -> list[Ranker]:  # type: ignore[empty-body]  # a pluggy spec has no body
    """Reasons for which a story gets points."""


@hookspec
def embedders() -> list[Embedder]:  # type: ignore[empty-body]  # a pluggy spec has no body
    """Vectors of texts, as one more feature of likeness; used where the settings name one."""


@hookspec
def outputs() -> list[Output]:  # type: ignore[empty-body]  # a pluggy spec has no body
    """Renderings of an edition."""


@hookspec
def channels() -> list[ChannelKind]:  # type: ignore[empty-body]  # a pluggy spec has no body
    """Kinds of place to which editions are sent."""
