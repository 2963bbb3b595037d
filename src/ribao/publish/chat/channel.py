"""What all chats have in common: an edition becomes JSON messages, and each is one POST."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pydantic import Field, ValidationError

from ribao.complaints import complaints
from ribao.config import ChannelSettings, PublishSettings, Settings
from ribao.errors import ConfigError
from ribao.gateways.exits import Exits
from ribao.gateways.posting import Post
from ribao.gateways.web import Response
from ribao.model import Edition
from ribao.plugins.kinds import Parcel, Repeats, Sending
from ribao.publish.chat.bulletin import Bulletin, Piece, bulletin
from ribao.publish.chat.packing import pack

MOST_PARTS = 99  # what the room for the number of parts is measured by
JSON_TYPE = (("content-type", "application/json; charset=utf-8"),)

Message = dict[str, Any]


class ChatOptions(Settings):
    """Further keys of [deliver.channels.NAME] for every chat."""

    detail: str = Field("brief", pattern="^(headlines|brief|full)$")  # of a story
    per_minute: float = Field(0.0, ge=0, le=6_000)  # messages, at most; 0 is what the service takes


class Writing(Protocol):
    """How one service writes, and what it allows."""

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """One message; number 1 carries the head."""
        ...

    def within(self, message: Message) -> bool:
        """Whether the service takes a message of this size."""
        ...


class Dialect(Writing, Protocol):
    """How one service writes, and how it is asked to take a message."""

    kind: str
    spacing_seconds: float
    secrets: tuple[str, ...]

    def post(self, name: str, message: Message, exits: Exits) -> Post:
        """The request, signed now."""
        ...

    def receipt(self, subject: str, response: Response, exits: Exits) -> str:
        """The receipt in an answer.

        Raises:
            RetryableError, RefusedError: by who can act.
        """
        ...


class Chat:
    """One room, group or channel of a service."""

    for_subscribers = False
    repeats = Repeats.DOUBLED

    def __init__(
        self, name: str, dialect: Dialect, publish: PublishSettings, options: ChatOptions
    ) -> None:
        """Hold what the owner configured."""
        self.name = name
        own = options.per_minute
        self.spacing_seconds = 60.0 / own if own else dialect.spacing_seconds
        self.secrets = dialect.secrets
        self._dialect, self._publish, self._detail = dialect, publish, options.detail

    def parcels(self, edition: Edition, *, note: bool) -> Sequence[Parcel]:
        """The messages of an edition."""
        laid = bulletin(edition, self._publish, note=note, detail=self._detail)
        return write(laid, self._dialect)

    def send(self, sending: Sending, exits: Exits) -> str:
        """Post one message."""
        post = self._dialect.post(self.name, json.loads(sending.content), exits)
        return self._dialect.receipt(self.name, exits.post.post(post), exits)

    def ask(self, sending: Sending, exits: Exits) -> str:
        """Never called: these services cannot be asked."""
        raise NotImplementedError


def write(laid: Bulletin, dialect: Writing) -> tuple[Parcel, ...]:
    """Lay a bulletin into as many messages as the service needs, numbered where it is several."""

    def fits(pieces: Sequence[Piece], first: bool) -> bool:  # noqa: FBT001 - the shape of Fits
        places = ((1, MOST_PARTS), (1, 1)) if first else ((MOST_PARTS, MOST_PARTS),)
        return all(dialect.within(dialect.message(laid, pieces, *place)) for place in places)

    packed = pack(laid.pieces, fits)
    return tuple(
        Parcel(
            compact(dialect.message(laid, pieces, number, len(packed))),
            laid.masthead + laid.part(number, len(packed)),
        )
        for number, pieces in enumerate(packed, 1)
    )


def compact(message: Mapping[str, Any]) -> bytes:
    """JSON in as few bytes as it has."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def options_of(kind: type[Settings], name: str, settings: ChannelSettings) -> Any:  # noqa: ANN401 - of that kind
    """The further keys of a channel, read as its kind wants them.

    Raises:
        ConfigError: a key is unknown, missing or wrong.
    """
    try:
        return kind.model_validate(settings.model_extra or {})
    except ValidationError as error:
        where = f"deliver.channels.{name}"
        raise ConfigError("bad configuration", where, complaints(error)) from None
