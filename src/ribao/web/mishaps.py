"""What a visitor sees where the desk itself is wrong: a page like any other, and nothing of why."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("uvicorn.error")  # what the server itself writes to


class Mishaps:
    """ASGI middleware inside the shield, so that this page, too, has its headers.

    The error is written to the server's log. It does not go on to the server itself, which would
    close the connection under whatever else a browser asks on it.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Response]) -> None:
        """`answer` makes the page, or the JSON, that tells of the mishap."""
        self.app, self.answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer; where it fails before it began to, answer in its stead."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            if scope["type"] != "http" or begun:
                raise
            LOG.exception("the desk failed at %s", scope["path"])
            await self.answer(Request(scope))(scope, receive, send)
