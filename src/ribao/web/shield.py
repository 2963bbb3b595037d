"""What stands before every page: the name of the host, where a request comes from, how big it is.

- Host: a name that is not ours is refused, so that a stranger's page cannot reach a desk on
  loopback under a name of its own (DNS rebinding).
- Unsafe methods: refused unless the browser says that they come from our own pages. The rule is
  that of Go 1.25: `Sec-Fetch-Site` where there is one, else the host of `Origin`; requests without
  either come from no browser and carry no cookie of one. Tokens in forms come on top (`entry`).
- Answers: a policy without inline scripts or styles, no sniffing, no framing by others, no caching.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 2_097_152  # bytes of one request; an OPML file of 2,000 sources is 400 kB
BODY_SECONDS = 60.0  # in which a request must have come whole; else few visitors could be all
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors {ancestors}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# A name and a port only: links are made of it, and "localhost:@elsewhere" leads elsewhere.
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(?::[0-9]{1,5})?", re.ASCII)
PREVIEW = "/preview/"  # renderings bring a policy of their own and stand in our frames


class Shield:
    """ASGI middleware around the whole desk."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        """Guard an app that answers to these host names, besides those of loopback."""
        self.app = app
        self.hosts = hosts | LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not for us, then let the app answer and add our headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            status, words = refusal
            answer = PlainTextResponse(words + "\n", status)
            await answer(scope, receive, _with_headers(send, scope["path"]))
            return
        await self.app(scope, _capped(receive), _with_headers(send, scope["path"]))

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if host_name(host) not in self.hosts:
            return 421, "this desk does not answer to that host name; see [web] hosts"
        if method not in SAFE and not same_origin(headers, host):
            return 403, "this request comes from another site"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return 413, "the request is too large"
        return None


def host_name(host: str) -> str:
    """The name in a Host header, in lower case and without its port; "" where it is no host."""
    match = HOST.fullmatch(host.lower())
    return match.group(1) if match else ""


def same_origin(headers: Headers, host: str) -> bool:
    """Whether a browser says that a request was made by one of our own pages."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def _capped(receive: Receive) -> Receive:
    """Stop reading a body that says no length, or a wrong one, at the limit; and one that drips."""
    read, whole = 0, False
    until = asyncio.get_running_loop().time() + BODY_SECONDS

    async def capped() -> Message:
        nonlocal read, whole
        if whole:  # what comes now is that the visitor left, which may take long
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        read += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if read > MAX_BODY:
            return {"type": "http.disconnect"}
        return message

    return capped


def _with_headers(send: Send, path: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            preview = path.startswith(PREVIEW)
            if not preview:
                headers["Content-Security-Policy"] = POLICY.format(ancestors="'none'")
            if not path.startswith("/static/"):
                headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
