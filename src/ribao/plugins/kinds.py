"""What a plugin may be: small objects with one job, that take nouns and gateways, never "the app".

Names are versioned (`feed.v1`), so that what the ledger says stays true when a plugin changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ribao.gateways.web import Request, Response
from ribao.model import Edition, Item, Points, Source, Story
from ribao.outcome import Outcome


class SourceKind(Protocol):
    """Reads one kind of source, in two halves: what to ask for, and what the answers mean."""

    name: str

    def requests(self, source: Source) -> Sequence[Request]:
        """The addresses to fetch for this source, at least one."""
        ...

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read one answer. Touches no network and raises ContentError where it cannot be read."""
        ...


class Ranker(Protocol):
    """Gives a story points for one reason."""

    name: str

    def points(self, story: Story) -> Sequence[Points]:
        """The points of one story, each with its evidence in words."""
        ...


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """One file of a rendering; `path` is relative to the output folder, with forward slashes."""

    path: str
    content: bytes


class Output(Protocol):
    """Renders an edition. The same edition always gives the same bytes."""

    name: str

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """All files of this rendering."""
        ...
