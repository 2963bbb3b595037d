"""A web of a few invented answers, and the way to read one body as a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ribao.collect.plugin import source_kinds
from ribao.errors import GoneError, RemoteError
from ribao.gateways.web import Fetched, Request, Response
from ribao.model import Item, Source, SourceId
from ribao.outcome import Outcome

NOW = datetime(2026, 1, 15, 16, 0, tzinfo=UTC)


def answer(
    body: bytes, url: str = "https://feed.example/rss", content_type: str = "", status: int = 200
) -> Response:
    """One answer as the gateway would give it."""
    headers = (("content-type", content_type),) if content_type else ()
    return Response(url, url, status, headers, body, NOW)


@dataclass
class FakeWeb:
    """Answers from a table; gives them in the reverse order of asking, as a network might."""

    answers: dict[str, Response]
    asked: list[Request] = field(default_factory=list)

    def fetch(self, request: Request) -> Response:
        """Answer, or say that it is gone."""
        self.asked.append(request)
        if request.url not in self.answers:
            raise GoneError("gone for good", request.url)
        return self.answers[request.url]

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Answer all, last one first."""
        for request in reversed(tuple(requests)):
            try:
                yield Fetched(request, self.fetch(request))
            except RemoteError as error:
                yield Fetched(request, error=error)

    def addresses(self) -> tuple[str, ...]:
        """What it holds."""
        return tuple(self.answers)

    def captured_at(self) -> datetime:
        """When."""
        return NOW


def read(
    body: str | bytes,
    kind: str = "feed",
    content_type: str = "",
    url: str = "https://feed.example/rss",
    **fields: str,
) -> Outcome[Item]:
    """Read one body as a source of one kind."""
    kinds = {each.name: each for each in source_kinds()}
    source = Source(SourceId("s"), kind, url, **fields)  # type: ignore[arg-type]  # only text fields are given
    data = body.encode() if isinstance(body, str) else body
    return kinds[kind].parse(source, answer(data, source.url, content_type))
