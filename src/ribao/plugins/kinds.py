"""What a plugin may be: small objects with one job, that take nouns and gateways, never "the app".

Names are versioned (`feed.v1`), so that what the ledger says stays true when a plugin changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ribao.gateways.web import Request, Response
from ribao.model import Article, Document, Edition, Finding, Item, Outcome, Points, Source, Story


class SourceKind(Protocol):
    """Reads one kind of source, in two halves: what to ask for, and what the answers mean."""

    name: str

    def requests(self, source: Source) -> Sequence[Request]:
        """The addresses to fetch for this source, at least one."""
        ...

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read one answer. Touches no network and raises ContentError where it cannot be read."""
        ...


class Extractor(Protocol):
    """Turns one HTML page into plain text."""

    name: str

    def extract(self, html: str, url: str) -> str:
        """The main text of a page, paragraphs separated by a blank line; "" where there is none."""
        ...


class Ranker(Protocol):
    """Gives a story points for one reason."""

    name: str

    def points(self, story: Story) -> Sequence[Points]:
        """The points of one story, each with its evidence in words."""
        ...


class Writer(Protocol):
    """Writes one story up."""

    name: str

    def write(self, story: Story, language: str) -> Article:
        """An article whose every sentence cites passages of the story's own documents."""
        ...


class Check(Protocol):
    """Looks for one kind of error in an article."""

    name: str

    def check(self, article: Article, evidence: Sequence[Document]) -> Sequence[Finding]:
        """What was found; changes nothing."""
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


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand of `ribao`: `run` gets the arguments after the name, returns the exit code."""

    name: str
    summary: str
    run: Callable[[Sequence[str]], int]
