"""Reads and writes WARC 1.x records (ISO 28500), plain or gzip, one at a time.

Why not the reader of warcio: it prints to standard output when a gzip member is damaged, which
would spoil `--json`, and it takes a file that breaks off for one that ends. Our writer's files are
checked with warcio's own `check`, and the reader is tested on files that warcio wrote.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ribao.errors import ContentError

READ_BYTES = 65_536
MAX_HEADER_LINES = 256
MAX_LINE_BYTES = 65_536
GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = zlib.MAX_WBITS | 16
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of RFC 4122 for URLs
# They describe the transfer, not the content, and are undone with it.
TRANSFER_HEADERS = frozenset({"transfer-encoding", "content-encoding", "content-length"})
# Our own header of a response record: robots.txt is asked by the gateway and is no record itself.
OPT_OUT_FIELD = "Ribao-Opt-Out"
# Our own header of a metadata record: what became of a request that had no answer, as a JSON list.
FAILURE_FIELD = "Ribao-Failure"

Headers = tuple[tuple[str, str], ...]


class BrokenOffError(Exception):
    """The file stops, or stops making sense, in the middle of a record. Kept inside the gateway."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a record begins: the offset of its gzip member (0 if plain) and the offset in there."""

    member: int
    inside: int


class Bytes:
    """A file of bytes as WARC readers see it: gzip members joined, position known, never silent."""

    def __init__(self, file: BinaryIO, start: Position | None = None) -> None:
        """Read from `start`, or from the beginning of `file`."""
        self._file = file
        self._buffer = b""
        self._inflater: zlib._Decompress | None = None
        self._member = 0
        self._inside = 0  # of the first byte of the buffer
        file.seek(0)
        self._gzip = file.read(2) == GZIP_MAGIC
        where = start or Position(0, 0)
        self._raw = b""
        self._raw_end = where.member if self._gzip else where.inside
        file.seek(self._raw_end)
        if self._gzip:
            self._member = where.member
            self.skip(where.inside)
        else:
            self._inside = where.inside

    def position(self) -> Position:
        """Where the next byte stands."""
        return Position(self._member, self._inside)

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes.

        Raises:
            BrokenOffError: there are fewer.
        """
        parts, missing = [], size
        while missing:
            part = self._some(missing)
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> None:
        """Pass over `size` bytes without keeping them.

        Raises:
            BrokenOffError: there are fewer, or more were read already than there should be.
        """
        if size < 0:
            raise BrokenOffError("a record is shorter than its own head")
        while size:
            size -= len(self._some(min(size, READ_BYTES)))

    def line(self) -> bytes:
        """The next line without its end; b"" for an empty line and None never: see `at_end`."""
        parts: list[bytes] = []
        length = 0
        while True:
            if not self._buffer and not self._fill():
                raise BrokenOffError("the file ends inside a header")
            end = self._buffer.find(b"\n")
            part = self._some(end + 1 if end >= 0 else len(self._buffer))
            parts.append(part)
            length += len(part)
            if end >= 0:
                return b"".join(parts).rstrip(b"\r\n")
            if length > MAX_LINE_BYTES:
                raise BrokenOffError("a header line has no end")

    def at_end(self) -> bool:
        """Whether nothing follows but empty lines, which separate records."""
        while self._buffer or self._fill():
            rest = self._buffer.lstrip(b"\r\n")
            self._inside += len(self._buffer) - len(rest)
            self._buffer = rest
            if rest:
                return False
        return True

    def _some(self, most: int) -> bytes:
        if not self._buffer and not self._fill():
            raise BrokenOffError("the file ends inside a record")
        part, self._buffer = self._buffer[:most], self._buffer[most:]
        self._inside += len(part)
        return part

    def _fill(self) -> bool:
        """Get more bytes into the empty buffer; False at the end of the file."""
        while not self._buffer:
            if not self._raw:
                self._raw = self._file.read(READ_BYTES)
                self._raw_end += len(self._raw)
            if not self._gzip:
                self._buffer, self._raw = self._raw, b""
                return bool(self._buffer)
            if not self._raw:
                if self._inflater is not None:
                    raise BrokenOffError("the file ends inside a gzip member")
                return False
            self._inflate()
        return True

    def _inflate(self) -> None:
        if self._inflater is None:
            self._member = self._raw_end - len(self._raw)
            self._inside = 0
            self._inflater = zlib.decompressobj(GZIP_WINDOW)
        try:
            self._buffer = self._inflater.decompress(self._raw, READ_BYTES)
        except zlib.error as error:
            raise BrokenOffError(f"a gzip member is damaged: {error}") from error
        if self._inflater.eof:
            self._raw = self._inflater.unused_data
            self._inflater = None
        else:
            self._raw = self._inflater.unconsumed_tail


@dataclass(frozen=True, slots=True)
class Record:
    """The head of one record; the block is read, or skipped, by who asked for the record."""

    position: Position
    headers: Headers  # names in lower case
    length: int  # of the block, in bytes

    def header(self, name: str) -> str:
        """The first header of that name (lower case), or ""."""
        return next((value for key, value in self.headers if key == name), "")


def read_head(source: Bytes) -> Record:
    """Read the head of the next record; the block follows in `source`.

    Raises:
        BrokenOffError: there is no whole WARC head here.
    """
    position = source.position()
    version = source.line()
    if not version.startswith(b"WARC/"):
        raise BrokenOffError("there is no WARC record where one should begin")
    headers = read_headers(source)
    length = next((value for name, value in headers if name == "content-length"), "")
    if not (length.isascii() and length.isdigit()):
        raise BrokenOffError("a record has no length")
    return Record(position, headers, int(length))


def read_headers(source: Bytes) -> Headers:
    """Read `Name: value` lines up to the empty one; folded lines are joined, names lowered."""
    headers: list[tuple[str, str]] = []
    for _ in range(MAX_HEADER_LINES):
        line = source.line().decode("utf-8", "replace")
        if not line:
            return tuple(headers)
        if line[0] in " \t" and headers:
            name, value = headers[-1]
            headers[-1] = (name, f"{value} {line.strip()}")
            continue
        name, _colon, value = line.partition(":")
        headers.append((name.strip().lower(), value.strip()))
    raise BrokenOffError("a record has too many header lines")


def each_record(file: BinaryIO, name: str) -> Iterator[tuple[Record, Bytes]]:
    """Yield each record with the bytes of its block; whatever the caller leaves unread is skipped.

    Raises:
        ContentError: the file does not begin with a WARC record.
        BrokenOffError: it breaks off after at least one whole record.
    """
    first = True
    try:
        source = Bytes(file)
        while not source.at_end():
            record = read_head(source)
            block = source.position()
            yield record, source
            # A record never spans gzip members, so the distance can be counted inside of one.
            source.skip(record.length - (source.position().inside - block.inside))
            first = False
    except BrokenOffError as error:
        if first:
            raise ContentError("cannot read the web archive (WARC)", name, str(error)) from error
        raise


def write_record(headers: Headers, block: bytes, *, gzip: bool) -> bytes:
    """Serialise one record, as a gzip member of its own where `gzip` is set; no clock goes in."""
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in headers)]
    lines += [f"WARC-Block-Digest: {digest(block)}", f"Content-Length: {len(block)}", "", ""]
    record = "\r\n".join(lines).encode() + block + b"\r\n\r\n"
    if not gzip:
        return record
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP_WINDOW)  # zlib leaves the time stamp at 0
    return packer.compress(record) + packer.flush()


def digest(data: bytes) -> str:
    """The labelled digest that WARC tools use: SHA-1 in base 32 (ISO 28500, 5.8)."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def record_id(*parts: str) -> str:
    """A record identifier that follows from what is recorded, so that a recording is repeatable."""
    return f"<urn:uuid:{uuid.uuid5(NAMESPACE, chr(10).join(parts))}>"


def warc_date(moment: datetime) -> str:
    """A moment as WARC 1.1 writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def open_archive(path: Path) -> BinaryIO:
    """Open a file for reading.

    Raises:
        ContentError: it cannot be opened.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise ContentError("cannot read the web archive", str(path), str(error.strerror)) from error
