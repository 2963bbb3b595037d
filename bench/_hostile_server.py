"""A web server that means ill, on every loopback address; prints its port and serves until killed.

Standard library only, in a process of its own, so that its memory is not counted with ours. Paths:
/bomb/CODING/MEBIBYTES, /large, /drip, /drip-chunks, /drip-headers, /silent, /endless,
/endless-headers, /endless-continue, /many-headers, /loop, /grow, /to/URL (percent-encoded), /short,
/short-chunks, /short-gzip, /garbage; any other is a good page.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import random
import sys
import zlib
from collections.abc import Callable, Coroutine, Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote

MIB = 1 << 20
DRIP_SECONDS = 0.2
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

Writer = asyncio.StreamWriter
Act = Callable[[str, Writer], Coroutine[Any, Any, None]]


def packed_zeros(mebibytes: int, window_bits: int) -> bytes:
    """So many MiB of zeros in about a thousandth of their size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window_bits)
    zeros = bytes(MIB)
    parts = [packer.compress(zeros) for _ in range(mebibytes)]
    return b"".join([*parts, packer.flush()])


@cache
def bomb(coding: str, mebibytes: int) -> bytes:
    """The body of a bomb. Codings that we never ask for need no true content to be refused."""
    if coding == "gzip":
        return packed_zeros(mebibytes, 31)
    if coding == "deflate":
        return packed_zeros(mebibytes, 15)
    if coding == "raw-deflate":
        return packed_zeros(mebibytes, -15)
    if coding == "gzip, gzip":
        return gzip.compress(bomb("gzip", mebibytes), 9, mtime=0)
    return b"(\xb5/\xfd" + bytes(64)


async def send(writer: Writer, *parts: bytes) -> None:
    """Write and wait until it is under way."""
    for part in parts:
        writer.write(part)
    await writer.drain()


async def repeat(writer: Writer, piece: Iterator[bytes] | bytes, pause: float = 0.0) -> None:
    """Send for ever."""
    while True:
        await send(writer, piece if isinstance(piece, bytes) else next(piece))
        if pause:
            await asyncio.sleep(pause)


async def act_bomb(path: str, writer: Writer) -> None:
    """/bomb/CODING/MEBIBYTES."""
    _, _, coding, size = unquote(path).split("/")
    body = bomb(coding, int(size))
    name = coding.removeprefix("raw-").encode()
    await send(writer, HEAD, b"Content-Encoding: %b\r\n" % name)
    await send(writer, b"Content-Length: %d\r\n\r\n" % len(body), body)


async def act_large(_path: str, writer: Writer) -> None:
    """15 MiB that stay just within every limit: packed well, but not too well."""
    body = large()
    await send(writer, HEAD, b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body))
    await send(writer, body)


@cache
def large() -> bytes:
    """Blocks of noise and zeros, packed to about a tenth."""
    noise = random.Random(1)  # noqa: S311 - the same bytes every time
    blocks = [noise.randbytes(1_500) + bytes(14_884) for _ in range(15 * 64)]
    return gzip.compress(b"".join(blocks), 6, mtime=0)


async def act_drip(path: str, writer: Writer) -> None:
    """A body, a chunk or a header that comes byte by byte."""
    if path == "/drip-headers":
        await send(writer, b"HTTP/1.1 200 OK\r\nX: ")
    elif path == "/drip-chunks":
        await send(writer, HEAD, b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    else:
        await send(writer, HEAD, b"Content-Length: 100000\r\n\r\n")
    await repeat(writer, b"0", DRIP_SECONDS)


async def act_endless(path: str, writer: Writer) -> None:
    """A body, headers or interim answers without an end."""
    if path == "/endless":
        await send(writer, HEAD, b"\r\n")
        await repeat(writer, b"a" * 65_536)
    elif path == "/endless-continue":
        await repeat(writer, b"HTTP/1.1 100 Continue\r\n\r\n" * 500)
    else:
        await send(writer, b"HTTP/1.1 200 OK\r\n")
        await repeat(writer, (b"X-%d: %b\r\n" % (n, b"a" * 90) for n in range(10**9)))


async def act_headers(_path: str, writer: Writer) -> None:
    """Headers of 90 kB that do end."""
    await send(writer, HEAD, b"X-Y: aaaaaaaaaaaaaaaaaaaaaaa\r\n" * 3_000, b"\r\n")


async def act_redirect(path: str, writer: Writer) -> None:
    """Redirects in a ring, to ever longer addresses, or to where the path says."""
    if path == "/loop":
        target = "/loop"
    elif path.startswith("/grow"):
        target = path + "a" * 3_000
    else:
        target = unquote(path.removeprefix("/to/"))
    line = f"Location: {target}\r\n".encode()
    await send(writer, b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n", line, b"\r\n")


async def act_short(path: str, writer: Writer) -> None:
    """A body that breaks off."""
    if path == "/short":
        await send(writer, HEAD, b"Content-Length: 5000\r\n\r\nhello")
    elif path == "/short-chunks":
        await send(writer, HEAD, b"Transfer-Encoding: chunked\r\n\r\nff\r\nhello")
    else:
        body = gzip.compress(b"hello " * 10_000, mtime=0)[:60]
        await send(writer, HEAD, b"Content-Encoding: gzip\r\n\r\n", body)


async def act_silent(_path: str, writer: Writer) -> None:
    """Nothing at all."""
    del writer
    await asyncio.sleep(3_600)


async def act_garbage(_path: str, writer: Writer) -> None:
    """Not HTTP."""
    await send(writer, b"SSH-2.0-OpenSSH_9.2\r\n\r\n\x00\xff")


async def act_ok(_path: str, writer: Writer) -> None:
    """A good page."""
    await send(writer, HEAD, b"Content-Length: 2\r\n\r\nok")


ACTS: dict[str, Act] = {
    "bomb": act_bomb,
    "large": act_large,
    "drip": act_drip,
    "drip-chunks": act_drip,
    "drip-headers": act_drip,
    "endless": act_endless,
    "endless-headers": act_endless,
    "endless-continue": act_endless,
    "many-headers": act_headers,
    "loop": act_redirect,
    "grow": act_redirect,
    "to": act_redirect,
    "short": act_short,
    "short-chunks": act_short,
    "short-gzip": act_short,
    "silent": act_silent,
    "garbage": act_garbage,
}


async def handle(reader: asyncio.StreamReader, writer: Writer) -> None:
    """Answer one request and close."""
    try:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            if not writer.get_extra_info("peername")[0].startswith("127."):
                return  # the port is open on every address of the machine, the server is not
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split()[1].decode()
            name = "grow" if path.startswith("/grow") else path.split("/")[1]
            await ACTS.get(name, act_ok)(path, writer)
    finally:
        writer.close()


async def main() -> None:
    """Serve."""
    server = await asyncio.start_server(handle, "0.0.0.0", 0, limit=MIB)  # noqa: S104 - loopback addresses beyond 127.0.0.1 are wanted
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
    sys.exit(0)
