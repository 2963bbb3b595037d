"""Replay from a web archive, behind the same `Web` as the live network.

Replay keeps an index of where each answer stands, never the answers, and opens no socket.
"""

from __future__ import annotations

import http
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ribao.config import HttpSettings
from ribao.errors import ContentError, GoneError, RefusedError, RemoteError, RetryableError
from ribao.gateways.limits import STEP_BYTES, Body
from ribao.gateways.signals import page_opt_outs
from ribao.gateways.warc_records import (
    FAILURE_FIELD,
    OPT_OUT_FIELD,
    TRANSFER_HEADERS,
    BrokenOffError,
    Bytes,
    Headers,
    Position,
    Record,
    each_record,
    open_archive,
    read_head,
    read_headers,
)
from ribao.gateways.web import Fetched, OptOut, Request, Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
FAILURES = {kind.__name__: kind for kind in (RefusedError, GoneError, RetryableError)}
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# What RFC 3986 lets stand in an address, and "%", so that what is quoted already stays as it is.
MAX_INFO_BYTES = 65_536  # of the record in which an archive tells of itself
SAFE = "%/:?#[]@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True)
class Capture:
    """One recorded answer: where it stands and what its head says."""

    url: str
    position: Position
    captured_at: datetime
    status: int
    location: str  # of a redirect, absolute; "" otherwise
    opt_outs: tuple[OptOut, ...] = ()  # of robots.txt, where the recording kept them
    failure: tuple[str, ...] = ()  # name of the error, what, subject, detail; () for an answer

    @property
    def answers(self) -> bool:
        """Whether it is a page or leads to one."""
        good = http.HTTPStatus.OK <= self.status < http.HTTPStatus.MULTIPLE_CHOICES
        return good or bool(self.location and self.status in REDIRECTS)


class ReplayWeb:
    """Answers every request from one WARC file. Of several captures of one the last counts."""

    def __init__(self, path: Path | str, settings: HttpSettings | None = None) -> None:
        """Index the archive.

        Raises:
            ContentError: the file cannot be read, is no WARC, or holds no answer.
        """
        self._path = Path(path)
        if self._path.exists() and not self._path.is_file():  # a pipe would be waited for
            raise ContentError(
                "cannot read the web archive",
                str(path),
                "it is no file, but a folder, device or pipe",
            )
        self._settings = settings or HttpSettings()
        self._captures: dict[str, Capture] = {}
        self.notes: tuple[str, ...] = ()  # what a reader must know of the archive, in sentences
        self.software = ""  # that wrote the archive, as it says itself
        self._index()

    def addresses(self) -> tuple[str, ...]:
        """Every address that the archive holds an answer for, in the order of capture."""
        return tuple(capture.url for capture in self._captures.values())

    def captured_at(self) -> datetime:
        """The latest capture time in the archive, UTC."""
        return max(capture.captured_at for capture in self._captures.values())

    def fetch(self, request: Request) -> Response:
        """Answer one request from the archive, following the redirects that it holds.

        Raises:
            RemoteError: the archive does not hold the address.
            RefusedError: the recorded answer is over a limit, or its redirects never end.
        """
        url, moved_to, permanent = request.url, "", True
        seen: set[str] = set()
        for _ in range(self._settings.max_redirects + 1):
            capture = self._find(url, seen)
            seen.add(address_key(capture.url))
            if capture.status not in REDIRECTS or not capture.location:
                return self._response(request, capture, moved_to)
            permanent = permanent and capture.status in PERMANENT
            url = capture.location
            moved_to = url if permanent else moved_to
        detail = f"over http.max_redirects = {self._settings.max_redirects}"
        raise RefusedError("too many redirects", request.url, detail)

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Answer many requests, one after the other, in their order."""
        for request in requests:
            try:
                yield Fetched(request, response=self.fetch(request))
            except RemoteError as error:
                yield Fetched(request, error=error)

    def _index(self) -> None:
        count = 0
        with open_archive(self._path) as file:
            try:
                for record, block in each_record(file, str(self._path)):
                    count += 1
                    if record.header("warc-type") == "warcinfo":
                        self.software = read_software(record, block) or self.software
                        continue
                    capture = read_capture(record, block)
                    if capture is not None:
                        self._keep(capture)
            except BrokenOffError as error:
                self._drop_broken(file)
                used = f"the {len(self._captures)} answers before it are used"
                where = f"the web archive '{self._path.name}' breaks off in record {count}"
                self.notes = (f"{where} ({error}); {used}",)
        if not self._captures:
            raise ContentError("the web archive holds no answer", str(self._path))

    def _keep(self, capture: Capture) -> None:
        """Keep the last capture of an address, but never a failure instead of an answer."""
        key = address_key(capture.url)
        before = self._captures.get(key)
        if before is None or capture.answers or not before.answers:
            self._captures.pop(key, None)  # so that the order stays the order of capture
            self._captures[key] = capture

    def _drop_broken(self, file: BinaryIO) -> None:
        """Forget the answer that the break cut through: its head was whole, its body is not."""
        if self._captures:
            key, last = next(reversed(self._captures.items()))
            source = Bytes(file, last.position)
            try:
                source.skip(read_head(source).length)
            except BrokenOffError:
                del self._captures[key]

    def _find(self, url: str, seen: set[str]) -> Capture:
        """Find an address; a redirect to its own twin, which was not recorded, finds nothing."""
        key = address_key(url)
        if key in self._captures:
            return self._captures[key]
        for spelling in spellings(key):
            if spelling in self._captures and spelling not in seen:
                return self._captures[spelling]
        raise RemoteError("not in the web archive", url, self._path.name)

    def _response(self, request: Request, capture: Capture, moved_to: str) -> Response:
        if capture.failure:
            name, *told = capture.failure
            raise FAILURES.get(name, RemoteError)(*told)
        headers, body = self._read(capture)
        if not capture.answers:
            raise RemoteError("the host had no answer", capture.url, f"HTTP {capture.status}")
        return Response(
            url=request.url,
            final_url=capture.url,
            status=capture.status,
            headers=headers,
            body=body,
            fetched_at=capture.captured_at,
            moved_to=moved_to,
            opt_outs=tuple(dict.fromkeys(capture.opt_outs + page_opt_outs(headers, body))),
        )

    def _read(self, capture: Capture) -> tuple[Headers, bytes]:
        with open_archive(self._path) as file:
            source = Bytes(file, capture.position)
            try:
                record = read_head(source)
                start = source.position().inside
                source.line()
                headers = read_headers(source)
                named = dict(reversed(headers))
                body = Body(capture.url, named.get("content-encoding", ""), self._settings)
                length = record.length - (source.position().inside - start)
                if "chunked" in named.get("transfer-encoding", "").lower():
                    read_chunks(source, body, length)
                else:
                    read_plain(source, body, length)
            except BrokenOffError as error:
                detail = f"{self._path.name}: {error}"
                raise RemoteError(
                    "the recorded answer cannot be read", capture.url, detail
                ) from error
        kept = tuple((name, value) for name, value in headers if name not in TRANSFER_HEADERS)
        return kept, body.finish()


def read_software(record: Record, block: Bytes) -> str:
    """What a `warcinfo` record says of who wrote the archive (WARC 1.1, 10.1); "" for nothing."""
    fields = block.read(min(record.length, MAX_INFO_BYTES)).decode("utf-8", "replace")
    lines = (line.partition(":") for line in fields.splitlines())
    return next((value.strip() for name, _, value in lines if name.lower() == "software"), "")


def read_capture(record: Record, block: Bytes) -> Capture | None:
    """Read the head of a recorded answer; None for a record that is no answer of a web server."""
    url = record.header("warc-target-uri").strip("<>")
    failure = read_failure(record)
    if failure:
        date = read_date(record.header("warc-date"))
        return Capture(url, record.position, date, status=0, location="", failure=failure)
    if record.header("warc-type") != "response" or not url.startswith(("http://", "https://")):
        return None
    parts = block.line().split(None, 2)
    if len(parts) < 2 or not parts[0].startswith(b"HTTP/") or not parts[1].isdigit():
        return None
    location = next((value for name, value in read_headers(block) if name == "location"), "")
    return Capture(
        url=url,
        position=record.position,
        captured_at=read_date(record.header("warc-date")),
        status=int(parts[1]),
        location=urljoin(url, location) if location else "",
        opt_outs=read_opt_outs(record),
    )


def read_failure(record: Record) -> tuple[str, ...]:
    """What our own recordings say of a request without an answer; () in any other record."""
    try:
        told = json.loads(record.header(FAILURE_FIELD.lower()) or "[]")
    except ValueError:
        return ()
    good = isinstance(told, list) and len(told) == 4 and all(isinstance(one, str) for one in told)
    return tuple(told) if good else ()


def read_opt_outs(record: Record) -> tuple[OptOut, ...]:
    """The wishes that our own recordings keep beside an answer: `use | place | words`."""
    fields = [value for name, value in record.headers if name == OPT_OUT_FIELD.lower()]
    parts = [tuple(part.strip() for part in field.split("|", 2)) for field in fields]
    return tuple(OptOut(*part) for part in parts if len(part) == 3)


def read_date(text: str) -> datetime:
    """Read a WARC-Date; WARC 1.1 allows fractions of a second and less than a whole date.

    Raises:
        BrokenOffError: it is no date.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BrokenOffError(f"a record has a bad date ({text[:40]})") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_plain(source: Bytes, body: Body, length: int) -> None:
    """Hand over a body of `length` bytes in steps, so that a limit stops it early."""
    while length > 0:
        part = source.read(min(length, STEP_BYTES))
        length -= len(part)
        body.add(part)


def read_chunks(source: Bytes, body: Body, length: int) -> None:
    """Hand over a body in chunked transfer coding.

    Raises:
        BrokenOffError: the chunks do not add up.
    """
    end = source.position().inside + length
    while source.position().inside < end:
        size = source.line().split(b";")[0].strip()
        try:
            count = int(size, 16)
        except ValueError as error:
            raise BrokenOffError("a chunk has no size") from error
        if count == 0:
            return
        read_plain(source, body, count)
        source.line()
    raise BrokenOffError("the chunks have no end")


def address_key(url: str) -> str:
    """The spelling under which an address is looked up: RFC 3986 normal form without the fragment.

    Lower-case scheme and host, no default port, "/" for an empty path, non-ASCII percent-encoded.
    An address that cannot be parsed stands for itself.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    scheme, host = parts.scheme.lower(), parts.netloc.lower()
    host = host.removesuffix(DEFAULT_PORTS.get(scheme, "\0"))
    path, query = quote(parts.path or "/", safe=SAFE), quote(parts.query, safe=SAFE)
    return urlunsplit((scheme, host, path, query, ""))


def spellings(key: str) -> tuple[str, ...]:
    """Other addresses that may stand for the same page: the http twin, and a closing slash."""
    scheme, _, rest = key.partition("://")
    other = {"http": "https", "https": "http"}.get(scheme, scheme)
    slashed = rest if "?" in rest else rest.removesuffix("/") if rest.endswith("/") else rest + "/"
    return (f"{other}://{rest}", f"{scheme}://{slashed}", f"{other}://{slashed}")
