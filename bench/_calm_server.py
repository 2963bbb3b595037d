"""A web of feeds on every loopback address, each answer 50 ms late; prints its port and serves.

Standard library only, in a process of its own. Every path is a feed of 20 kB with an ETag, which
gets 304 when it is sent back; anything else is 404.
"""

from __future__ import annotations

import asyncio
import contextlib

LATENCY_SECONDS = 0.05
FEED = b"<rss><channel>" + b"<item><title>one of many</title></item>" * 500 + b"</channel></rss>"
TAG = b'"1"'
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nETag: %b\r\nContent-Length: %d\r\n\r\n%b"
    % (
        TAG,
        len(FEED),
        FEED,
    )
)
SAME = b"HTTP/1.1 304 Not Modified\r\nETag: %b\r\n\r\n" % TAG
NONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer until the client hangs up."""
    try:
        if not writer.get_extra_info("peername")[0].startswith("127."):
            return  # the port is open on every address of the machine, the server is not
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(LATENCY_SECONDS)
                if b" /feed.xml " not in request:
                    writer.write(NONE)
                else:
                    writer.write(SAME if TAG in request else ANSWER)
                await writer.drain()
    finally:
        writer.close()


async def main() -> None:
    """Serve."""
    server = await asyncio.start_server(handle, "0.0.0.0", 0, backlog=1_000)  # noqa: S104 - a thousand loopback addresses are wanted
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
