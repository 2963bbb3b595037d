"""The hooks: an outside plugin comes in through the same door as the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ribao.errors import PluginError
from ribao.model import Edition
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import Output, RenderedFile
from ribao.plugins.loader import load_plugins, outputs, source_kinds


class Titles:
    """An output of an outside plugin: the title and nothing else."""

    name = "titles.v1"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """One file with the title."""
        return (RenderedFile("title.txt", edition.title.encode()),)


class Outside:
    """A plugin as somebody else would write it."""

    @hookimpl
    def outputs(self) -> list[Output]:
        """Bring in the output."""
        return [Titles()]


class Mistaken:
    """A plugin that implements a hook that does not exist."""

    @hookimpl
    def outptus(self) -> list[Output]:
        """Nothing will ever call this."""
        return []


def test_built_ins_come_through_the_hooks() -> None:
    """The kinds of source and the outputs that ship are registered like anybody's."""
    manager = load_plugins()
    assert {"markdown", "json", "html"} <= set(outputs(manager))
    assert "feed" in source_kinds(manager)


def test_an_outside_output_stands_beside_the_built_in_ones() -> None:
    """What a plugin brings is found under its name."""
    assert isinstance(outputs(load_plugins([Outside()]))["titles.v1"], Titles)


def test_a_hook_that_does_not_exist_is_the_plugin_authors_error() -> None:
    """A misspelt hook is said in one sentence, not ignored."""
    with pytest.raises(PluginError, match="outptus"):
        load_plugins([Mistaken()])
