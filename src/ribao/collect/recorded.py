"""The kind `warc`: every feed that a web archive on this machine holds, as one source.

The door for crawlers that write WARC. `ribao run --replay` reads an archive instead of the network;
this reads one beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ribao.collect.archive import sources_in_archive
from ribao.errors import ConfigError, ContentError, RibaoError
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Failure, Outcome
from ribao.plugins.kinds import SourceKind


class WarcKind:
    """`file:PATH` or a path of a WARC file, plain or gzip; never an address."""

    name = "warc"

    def __init__(self, kinds: Sequence[SourceKind]) -> None:
        """`kinds` read what the archive holds, each by its name."""
        self._kinds = {kind.name: kind for kind in kinds}

    def requests(self, source: Source) -> Sequence[Request]:
        """Nothing is asked of a host; `local` answers for every source of this kind."""
        return (Request(source.url),)

    def local(self, source: Source, now: datetime) -> Response | None:
        """Say that the file is there; it is read by `parse`, never as a whole.

        Raises:
            ConfigError: there is no such file.
        """
        if not _path(source).is_file():
            raise ConfigError("cannot read the file", str(_path(source)), "no such file")
        return Response(source.url, source.url, 200, (), b"", now)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every feed of the archive; one that cannot be read is a failure of its address.

        Raises:
            ContentError: it is no archive, or holds no feed.
        """
        del response  # the file itself is read
        archive = ReplayWeb(_path(source))
        outcomes: list[Outcome[Item]] = []
        for found in sources_in_archive(archive, ()):
            feed = replace(found, id=source.id, language=source.language or found.language)
            try:
                answer = archive.fetch(Request(found.url, purpose="feed"))
                outcomes.append(self._kinds[found.kind].parse(feed, answer))
            except RibaoError as error:
                outcomes.append(Outcome(failed=(Failure(found.url, str(error)),)))
        if not outcomes:
            raise ContentError("the web archive holds no feed", source.url)
        return Outcome.join(outcomes)


def _path(source: Source) -> Path:
    return Path(source.url.removeprefix("file://").removeprefix("file:")).expanduser()
