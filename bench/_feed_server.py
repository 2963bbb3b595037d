"""A web of feeds on loopback for the kill sweep: each address of 127.0.0.0/8 is a host of its own.

Prints its port, then answers until it is killed. Every feed holds entries that no other feed has;
robots.txt and all else is absent; every answer has an ETag, and one that was seen before is 304.
"""

from __future__ import annotations

import asyncio

ENTRIES = 5
TELLING = ("127.2.0.1", "127.2.0.2", "127.2.0.3")


def feed(host: str) -> bytes:
    """The feed of one host. Only a few speak of the beat, so that few pages are asked for."""
    subject = "AI language model" if host in TELLING else "Garden show"
    items = "".join(
        f"<item><title>{subject} {host} number {n} opens with {n + 3} billion parameters</title>"
        f"<link>http://{host}/report/{n}</link><pubDate>Wed, 14 Jan 2026 0{n}:00:00 GMT</pubDate>"
        f"<description>The {subject} {host}-{n} was released, its makers said.</description>"
        "</item>"
        for n in range(ENTRIES)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel>'
        f"<title>Lab {host}</title><link>http://{host}/</link>{items}</channel></rss>"
    ).encode()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    try:
        while writer.get_extra_info("peername")[0].startswith("127."):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            host = writer.get_extra_info("sockname")[0]
            tag = f'"{host}"'
            if "/feed.xml" not in head.splitlines()[0]:
                status, body = "404 Not Found", b""
            elif tag in head:
                status, body = "304 Not Modified", b""
            else:
                status, body = "200 OK", feed(host)
            await asyncio.sleep(0.02)
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nETag: {tag}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def serve() -> None:
    """Listen on every loopback address."""
    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=1_000)  # noqa: S104 - strangers are turned away in `answer`
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
