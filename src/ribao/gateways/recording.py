"""Records a web archive while the live web is read.

What is written is what the gateway handed over: bodies as decoded, with the headers of the transfer
(content coding, chunks) taken out, since those described bytes that are no longer there.
"""

from __future__ import annotations

import http
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from ribao.errors import ConfigError, RemoteError
from ribao.gateways.closing import Closing
from ribao.gateways.warc_records import (
    FAILURE_FIELD,
    OPT_OUT_FIELD,
    TRANSFER_HEADERS,
    Headers,
    digest,
    record_id,
    warc_date,
    write_record,
)
from ribao.gateways.web import Fetched, Request, Response, Web

RECORDER = "ribao"  # how our recordings name who wrote them


class RecordingWeb(Closing):
    """Passes requests on to another web and writes what came back into a WARC 1.1 file.

    While it runs, records go to `NAME.part`; `close` puts them in the order of the requests and
    moves the file into place, so that a recording is whole or absent. Requests are never
    conditional: a 304 would leave the archive without the body.
    """

    def __init__(self, web: Web, path: Path | str) -> None:
        """Open the file to write; gzip where the name ends in `.gz`.

        Raises:
            ConfigError: it cannot be written.
        """
        self._web = web
        self._path = Path(path)
        self._part = self._path.with_name(self._path.name + ".part")
        self._gzip = self._path.suffix == ".gz"
        self._members: list[tuple[int, int, int]] = []  # order of the request, offset, bytes
        self._failures: list[tuple[int, str, RemoteError]] = []  # with the order of the request
        self._first_date: datetime | None = None
        self._asked = 0
        try:
            self._file = self._part.open("w+b")
        except OSError as error:
            raise ConfigError(
                "cannot write the recording", str(path), str(error.strerror)
            ) from error

    def fetch(self, request: Request) -> Response:
        """Fetch through the other web and record the answer."""
        order = self._next()
        try:
            response = self._web.fetch(replace(request, conditional=False))
        except RemoteError as error:
            self._failures.append((order, request.url, error))
            raise
        self._write(order, request, response)
        return response

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Fetch many through the other web and record each answer as it comes."""
        asked: dict[Request, list[tuple[int, Request]]] = {}
        for request in requests:
            plain = replace(request, conditional=False)
            asked.setdefault(plain, []).append((self._next(), request))
        plains = [plain for plain, originals in asked.items() for _ in originals]
        for fetched in self._web.fetch_all(plains):
            order, request = asked[fetched.request].pop(0)
            if fetched.response is not None:
                self._write(order, request, fetched.response)
            elif fetched.error is not None:
                self._failures.append((order, request.url, fetched.error))
            yield replace(fetched, request=request)  # who asked knows it by this one

    def close(self) -> None:
        """Put the records in order and move the file into place. Closing twice does nothing."""
        if self._file.closed:
            return
        for order, url, error in self._failures:
            headers, block = failure_record(url, self._date(), error)
            self._append(order, write_record(headers, block, gzip=self._gzip))
        finished = self._path.with_name(self._path.name + ".sorted")
        with finished.open("wb") as output:
            output.write(self._info())
            for _order, offset, size in sorted(self._members):
                self._file.seek(offset)
                output.write(self._file.read(size))
            output.flush()
            os.fsync(output.fileno())
        self._file.close()
        finished.replace(self._path)
        self._part.unlink()

    def _next(self) -> int:
        self._asked += 1
        return self._asked

    def _info(self) -> bytes:
        block = f"software: {RECORDER}\r\nformat: WARC File Format 1.1\r\n".encode()
        headers = (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", record_id("warcinfo", self._path.name)),
            ("WARC-Date", self._date()),
            ("WARC-Filename", self._path.name),
            ("Content-Type", "application/warc-fields"),
        )
        return write_record(headers, block, gzip=self._gzip)

    def _date(self) -> str:
        """When the recording began, as far as its answers tell; 1970 where there is none."""
        return warc_date(self._first_date or datetime.fromtimestamp(0, UTC))

    def _write(self, order: int, request: Request, response: Response) -> None:
        self._first_date = min(self._first_date or response.fetched_at, response.fetched_at)
        records = b"".join(
            write_record(headers, block, gzip=self._gzip)
            for headers, block in recorded(request, response)
        )
        self._append(order, records)

    def _append(self, order: int, records: bytes) -> None:
        self._members.append((order, self._file.seek(0, os.SEEK_END), len(records)))
        self._file.write(records)


def recorded(request: Request, response: Response) -> Iterator[tuple[Headers, bytes]]:
    """The records of one exchange: the redirect where there was one, the answer, the request."""
    date = warc_date(response.fetched_at)
    if response.final_url != response.url:
        status = 301 if response.moved_to == response.final_url else 302
        target: Headers = (("location", response.final_url),)
        yield answer_record(response.url, date, status, target, b"")
    fields: Headers = tuple(pair for pair in response.headers if pair[0] not in TRANSFER_HEADERS)
    headers, block = answer_record(response.final_url, date, response.status, fields, response.body)
    wishes = tuple(
        (OPT_OUT_FIELD, one_line(f"{wish.use} | {wish.place} | {wish.words}"))
        for wish in response.opt_outs
        if wish.place.startswith("robots.txt")  # the others stand in the answer itself
    )
    yield headers + wishes, block
    parts = urlsplit(response.final_url)
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    lines = [f"GET {path} HTTP/1.1", f"host: {parts.netloc}"]
    lines += [one_line(f"{name}: {value}") for name, value in request.headers]
    block = "\r\n".join([*lines, "", ""]).encode()
    headers = (
        ("WARC-Type", "request"),
        ("WARC-Record-ID", record_id("request", response.final_url, date)),
        ("WARC-Concurrent-To", record_id("response", response.final_url, date)),
        ("WARC-Target-URI", response.final_url),
        ("WARC-Date", date),
        ("Content-Type", "application/http; msgtype=request"),
    )
    yield headers, block


def answer_record(
    url: str, date: str, status: int, fields: Headers, body: bytes
) -> tuple[Headers, bytes]:
    """One `response` record with the HTTP head written out."""
    reason = http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}"]
    lines += [one_line(f"{name}: {value}") for name, value in fields]
    block = "\r\n".join([*lines, f"content-length: {len(body)}", "", ""]).encode() + body
    headers = (
        ("WARC-Type", "response"),
        ("WARC-Record-ID", record_id("response", url, date)),
        ("WARC-Target-URI", url),
        ("WARC-Date", date),
        ("WARC-Payload-Digest", digest(body)),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return headers, block


def failure_record(url: str, date: str, error: RemoteError) -> tuple[Headers, bytes]:
    """A `metadata` record that says why there is no answer, for readers and for replay."""
    told = [type(error).__name__, error.what, error.subject, error.detail]
    headers = (
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", record_id("failure", url, date)),
        ("WARC-Target-URI", one_line(url)),
        ("WARC-Date", date),
        (FAILURE_FIELD, json.dumps(told, ensure_ascii=False)),
        ("Content-Type", "application/warc-fields"),
    )
    return headers, f"error: {one_line(str(error))}\r\n".encode("utf-8", "replace")


def one_line(text: str) -> str:
    """A header without line ends, so that no value can pretend to be another header."""
    return " ".join(text.splitlines())
