"""How many pages are made at once: threads beyond a few only wait for one another."""

from __future__ import annotations

from asyncio import Semaphore
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

AT_ONCE = 3


class InTurn(APIRoute):
    """A route whose pages are made a few at a time; whatever waits for others is no such route.

    Python runs one thread at a time, and twenty that take turns within a page all end late. A turn
    ends when the answer is made: sending it to a slow browser holds nobody up.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, which waits for its turn."""
        handler = super().get_route_handler()
        if not self.methods or "GET" not in self.methods:
            return handler

        async def in_turn(request: Request) -> Response:
            async with turns(request):
                return await handler(request)

        return in_turn


def turns(request: Request) -> Semaphore:
    """The turns of this desk; they belong to the loop that serves it."""
    state = request.app.state
    if not hasattr(state, "turns"):
        state.turns = Semaphore(AT_ONCE)
    found: Semaphore = state.turns
    return found
