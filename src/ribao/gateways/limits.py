"""Takes in one body within the limits: bytes as sent, bytes as decoded, and the ratio of the two.

A compressed bomb is stopped in the step that would cross a limit, never after the whole of it has
been unpacked. Only the codings that we ask for (gzip, deflate) are decoded, and only one of them:
nobody who means well stacks them.
"""

from __future__ import annotations

import zlib

from ribao.config import HttpSettings
from ribao.errors import RefusedError, RemoteError, RetryableError

STEP_BYTES = 65_536  # unpacked at a time; a bomb can overshoot a limit by no more than this
RATIO_FROM_BYTES = 1_048_576  # below 1 MiB unpacked no ratio hurts, and small pages pack very well
ACCEPT_ENCODING = "gzip, deflate"
IDENTITY = frozenset({"", "identity", "none", "utf-8"})  # the last two are seen in the wild
GZIP = frozenset({"gzip", "x-gzip"})
GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = zlib.MAX_WBITS | 16
ZLIB_METHOD = 8  # low four bits of the first byte of a zlib stream (RFC 1950, 2.2)


class Body:
    """Collects the decoded body of one answer. `add` and `finish` raise when a limit is passed."""

    def __init__(self, url: str, coding: str, settings: HttpSettings) -> None:
        """Prepare for one answer of `url` in the content coding that its header names.

        Raises:
            RefusedError: a coding that we did not ask for, or several on top of each other.
        """
        self._url = url
        self._coding = coding.strip().lower()
        self._settings = settings
        self._wire_bytes = 0
        self._body = bytearray()
        self._inflater: zlib._Decompress | None = None
        self._members = 0
        self._done = False
        if self._coding not in IDENTITY | GZIP | {"deflate"}:
            detail = f"{self._coding[:80]}, where {ACCEPT_ENCODING} was asked for"
            raise RefusedError("content coding not accepted", url, detail)

    def __len__(self) -> int:
        """Bytes decoded so far."""
        return len(self._body)

    def add(self, chunk: bytes) -> None:
        """Take in what came over the wire.

        Raises:
            RefusedError: a limit is passed.
            RemoteError: the bytes are not what the content coding says.
        """
        self._wire_bytes += len(chunk)
        if self._wire_bytes > self._settings.max_wire_bytes:
            raise self._too_large("max_wire_bytes", self._settings.max_wire_bytes)
        if self._coding in IDENTITY:
            self._take(chunk)
        elif chunk and not self._done:
            try:
                self._unpack(chunk)
            except zlib.error as error:
                raise RemoteError("the answer cannot be unpacked", self._url, str(error)) from error

    def so_far(self) -> bytes:
        """What came until now, for a caller that needs no more."""
        return bytes(self._body)

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            RetryableError: the compressed stream stops before its end.
        """
        if self._inflater is not None:
            raise RetryableError("the answer breaks off", self._url, f"{self._coding} has no end")
        return bytes(self._body)

    def _unpack(self, data: bytes) -> None:
        """Unpack a chunk in small steps; a gzip file may hold several members in a row."""
        while True:
            if self._inflater is None:
                if self._members and (self._coding not in GZIP or data[0] != GZIP_MAGIC[0]):
                    self._done = True  # anything behind the end is padding, as gzip(1) has it
                    return
                self._inflater = zlib.decompressobj(self._window(data))
                self._members += 1
            unpacked = self._inflater.decompress(data, STEP_BYTES)
            self._take(unpacked)
            if self._inflater.eof:
                data = self._inflater.unused_data
                self._inflater = None
                if not data:
                    return
            else:
                data = self._inflater.unconsumed_tail
                if not data and len(unpacked) < STEP_BYTES:
                    return

    def _window(self, data: bytes) -> int:
        """Window bits of zlib for the coding; `deflate` comes with and without its header."""
        if self._coding in GZIP:
            return GZIP_WINDOW
        return zlib.MAX_WBITS if data[0] & 0x0F == ZLIB_METHOD else -zlib.MAX_WBITS

    def _take(self, data: bytes) -> None:
        settings, size = self._settings, len(self._body) + len(data)
        if size > settings.max_body_bytes:
            raise self._too_large("max_body_bytes", settings.max_body_bytes)
        if size > RATIO_FROM_BYTES and size > settings.max_ratio * self._wire_bytes:
            raise self._too_large("max_ratio", settings.max_ratio)
        self._body += data

    def _too_large(self, setting: str, limit: int) -> RefusedError:
        return RefusedError("the answer is too large", self._url, f"over http.{setting} = {limit}")
