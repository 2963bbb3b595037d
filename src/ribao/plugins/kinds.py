"""What a plugin may be: small objects with one job, that take nouns and gateways, never "the app".

Names are versioned (`feed.v1`), so that what the ledger says stays true when a plugin changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from ribao.config import ChannelSettings, PublishSettings
from ribao.gateways.exits import Exits
from ribao.gateways.web import Request, Response
from ribao.model import Edition, Item, Points, Source, Story
from ribao.outcome import Outcome

if TYPE_CHECKING:  # most commands compare nothing
    import numpy as np
    from numpy.typing import NDArray


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


class Embedder(Protocol):
    """Turns texts into vectors whose cosine tells how alike the texts are in meaning.

    `digest` names the weights and everything else that the vectors hang on: while it stays the
    same, a text must have the same vector on every machine. The ledger keeps it.
    """

    name: str
    digest: str
    dimensions: int  # length of a vector, 1 to 4096
    batch: int  # texts that are given at once, at most

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text, in their order: shape (len(texts), dimensions), dtype float32.

        Any length but 0 and no NaN; 0 only where nothing can be said of a text. A text is a title,
        a line feed and a lead of at most 600 characters, in any language.
        """
        ...


class Output(Protocol):
    """Renders an edition. The same edition always gives the same bytes."""

    name: str

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """All files of this rendering."""
        ...


class Repeats(StrEnum):
    """What sending the same message twice with the same key does."""

    HARMLESS = "harmless"  # the channel knows the key, and does nothing the second time
    ASKABLE = "askable"  # the channel can tell whether it has the message
    DOUBLED = "doubled"  # it arrives twice


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message, ready but for its signature and its recipient. It holds no secret."""

    content: bytes
    title: str  # for lists, such as 2026-01-15 zh (1/3)


@dataclass(frozen=True, slots=True)
class Sending:
    """One parcel on its way."""

    key: str  # the idempotency key: the same on every try
    content: bytes
    planned_at: datetime
    recipient: str = ""  # a mail address; "" where the channel is the recipient
    recipient_id: str = ""


class Channel(Protocol):
    """One place that editions are sent to, as the owner configured it."""

    name: str
    repeats: Repeats
    for_subscribers: bool  # one message for each subscriber instead of one
    spacing_seconds: float  # between two messages
    secrets: tuple[str, ...]  # names of those that it cannot do without

    def parcels(self, edition: Edition, *, note: bool) -> Sequence[Parcel]:
        """The messages of an edition, in order; with `note`, of its correction alone."""
        ...

    def send(self, sending: Sending, exits: Exits) -> str:
        """Send one message; return the receipt.

        Raises:
            RetryableError: not now; `sent` tells whether it may have arrived all the same.
            RefusedError: the channel will never take it.
            ConfigError: a secret is missing or of no use.
        """
        ...

    def ask(self, sending: Sending, exits: Exits) -> str:
        """The receipt of a message that may have arrived; "" where the channel does not have it.

        Only channels whose repeats are askable are asked.

        Raises:
            RetryableError: the channel does not answer now.
        """
        ...


class ChannelKind(Protocol):
    """Makes channels of one kind."""

    name: str

    def open(self, name: str, settings: ChannelSettings, publish: PublishSettings) -> Channel:
        """One channel.

        Raises:
            ConfigError: a setting is missing, unknown or wrong.
        """
        ...


@dataclass(frozen=True, slots=True)
class Sound:
    """Speech: one channel of signed 16-bit samples, little-endian, `rate` of them a second."""

    rate: int
    samples: bytes


class Voice(Protocol):
    """Reads aloud. A plugin brings one as `Audio(voice, name)` among its outputs."""

    name: str

    def speak(self, text: str, language: str) -> Sound:
        """One sentence in zh or en; the rate is always the same."""
        ...
