"""A loopback web site that follows a script."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What to answer, once or always."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)


class Calm(BaseHTTPRequestHandler):
    """Answers every GET with ok."""

    def do_GET(self) -> None:
        """Say ok."""
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """A server to which a client that hangs up early is no news."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of lost connections; anything else is printed by the base class."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as given


class Site:
    """A loopback web site that answers from a table and notes what it was asked."""

    def __init__(self) -> None:
        """Start on a free port."""
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                """Answer from the table: a list is used up to its last reply, which stays."""
                names = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append((self.path, names))
                replies = site.replies.get(self.path, [Reply(404)])
                reply = replies.pop(0) if len(replies) > 1 else replies[0]
                etag = reply.headers.get("ETag")
                if etag is not None and names.get("if-none-match") == etag:
                    reply = Reply(304, b"", {"ETag": etag})
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.status != 304:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = QuietServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def answer(self, path: str, *replies: Reply) -> str:
        """Script one path; gives its address."""
        self.replies[path] = list(replies)
        return self.url + path

    def counts(self) -> Counter[str]:
        """How often each path was asked."""
        return Counter(path for path, _ in self.asked)

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
