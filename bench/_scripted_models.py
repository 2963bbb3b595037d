"""A loopback service that speaks the three protocols of models and does what a script says.

Its own book of what it billed, in millionths, is kept beside ours: a cap is passed or not by what
the service says, not by what we believe. What a script may answer is in `bench._scripted_replies`.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench._scripted_replies import Reply, Seen, honest

PRICE_INPUT, PRICE_OUTPUT = 100_000, 500_000  # millionths for a million tokens
HANG_SECONDS = 1.0


class ScriptedModels:
    """The service. `script` chooses what to do for each request, by its number and content."""

    def __init__(self, script: Callable[[int, Seen], Reply] | None = None) -> None:
        """Start on a free port."""
        self.script = script or (lambda _number, seen: honest(seen))
        self.seen: list[Seen] = []
        self.billed_micro = 0
        self.questions: list[dict[str, Any]] = []  # of a batch
        self.polls, self.busy_polls, self.cancelled = 0, 2, False
        self.tokens = [0, 0]
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Answer one question."""
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                if "batches" in self.path or "/files" in self.path:
                    service.batch(self, body)
                else:
                    service.handle(self, json.loads(body))

            do_GET = do_POST  # noqa: N815 - names of http.server

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that hangs up is no news."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def batch(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        """Batches of both protocols: take the questions in, be busy once, then answer them all."""
        path, anthropic = request.path, "/messages/" in request.path
        name = "processing_status" if anthropic else "status"
        if path.endswith("/cancel"):
            self.cancelled = True
            found: object = {"id": "b-1", name: "cancelled"}
        elif path.endswith(("/results", "/content")):
            found = None
        elif request.command == "POST" and not path.endswith("/batches"):
            lines = body.decode().split("\r\n\r\n")[2].split("\r\n--")[0].splitlines()
            self.questions = [json.loads(line) for line in lines]
            found = {"id": "file-1"}
        elif request.command == "POST":
            if anthropic:
                self.questions = json.loads(body)["requests"]
            found = {"id": "b-1", name: "in_progress"}
        else:
            self.polls += 1
            done = {True: "ended", False: "completed"}[anthropic]
            busy = self.polls < self.busy_polls
            found = {"id": "b-1", name: "in_progress" if busy else done, "output_file_id": "f-2"}
        text = json.dumps(found) if found is not None else self._results(anthropic=anthropic)
        request.send_response(200)
        request.send_header("Content-Length", str(len(text.encode())))
        request.end_headers()
        request.wfile.write(text.encode())

    def _results(self, *, anthropic: bool) -> str:
        lines = []
        for one in reversed(self.questions):
            seen = Seen(
                "/messages" if anthropic else "/", {}, one["params" if anthropic else "body"]
            )
            data = json.loads(whole_of(seen, self.script(0, seen), (300, 50)))
            result = {"result": {"message": data}} if anthropic else {"response": {"body": data}}
            lines.append(json.dumps({"custom_id": one["custom_id"], **result}, ensure_ascii=False))
        return "\n".join(lines)

    def handle(self, request: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        """Do what the script says for this request, and bill it."""
        names = {name.lower(): value for name, value in request.headers.items()}
        seen = Seen(request.path, names, body)
        with self._lock:
            number = len(self.seen)
            self.seen.append(seen)
        reply = self.script(number, seen)
        true = (
            len(json.dumps(body, ensure_ascii=False).encode()) // 3,
            min(len(reply.text.encode()) // 3 + 1, seen.most_output),
        )
        tokens = reply.usage or true
        if reply.status in {200, 500}:  # a 500 may be billed, too
            with self._lock:
                self.tokens[0] += true[0]
                self.tokens[1] += true[1]
                sum_ = true[0] * PRICE_INPUT + true[1] * PRICE_OUTPUT
                self.billed_micro += -(-sum_ // 1_000_000)
        send(request, seen, reply, tokens)


def send(
    request: BaseHTTPRequestHandler, seen: Seen, reply: Reply, tokens: tuple[int, int]
) -> None:
    """Write the reply in the protocol of the request."""
    if reply.hang:
        time.sleep(HANG_SECONDS)
        return
    streamed = bool(seen.body.get("stream")) and reply.raw is None and reply.status == 200
    body = reply.raw
    if body is None:
        body = (stream_of if streamed else whole_of)(seen, reply, tokens)
    request.send_response(reply.status)
    for name, value in reply.headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body[: len(body) // 2] if reply.break_off else body)
    if reply.break_off:
        request.wfile.flush()
        request.connection.shutdown(socket.SHUT_RDWR)
        request.close_connection = True


def whole_of(seen: Seen, reply: Reply, tokens: tuple[int, int]) -> bytes:
    """The answer of one protocol as one object."""
    data: dict[str, Any]
    if seen.path.endswith("/messages"):
        finish = {"stop": "end_turn", "length": "max_tokens"}.get(reply.finish, "refusal")
        finish = "refusal" if reply.refusal else finish
        usage = {"input_tokens": tokens[0], "output_tokens": tokens[1]}
        content = [{"type": "text", "text": reply.text}]
        data = {"content": content, "stop_reason": finish, "usage": usage}
    elif seen.path.endswith(":generateContent"):
        finish = {"stop": "STOP", "length": "MAX_TOKENS"}.get(reply.finish, "SAFETY")
        finish = "SAFETY" if reply.refusal else finish
        usage = {"promptTokenCount": tokens[0], "candidatesTokenCount": tokens[1]}
        content_ = {"parts": [{"text": reply.text}]}
        data = {
            "candidates": [{"content": content_, "finishReason": finish}],
            "usageMetadata": usage,
        }
    else:
        message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal or None}
        usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
        data = {"choices": [{"message": message, "finish_reason": reply.finish}], "usage": usage}
    if reply.no_usage:
        for name in ("usage", "usageMetadata"):
            data.pop(name, None)
    return json.dumps(data, ensure_ascii=False).encode()


def stream_of(_seen: Seen, reply: Reply, tokens: tuple[int, int]) -> bytes:
    """The answer as events of the chat completions."""
    events: list[dict[str, Any]] = [
        {"choices": [{"delta": {"content": reply.text[at : at + 40]}}]}
        for at in range(0, len(reply.text), 40)
    ]
    last = {"delta": {"refusal": reply.refusal}, "finish_reason": reply.finish}
    events.append({"choices": [last]})
    if not reply.no_usage:
        usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
        events.append({"choices": [], "usage": usage})
    lines = [f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events]
    return ("".join(lines) + "data: [DONE]\n\n").encode()


@contextmanager
def scripted(script: Callable[[int, Seen], Reply] | None = None) -> Iterator[ScriptedModels]:
    """A service for a while."""
    service = ScriptedModels(script)
    try:
        yield service
    finally:
        service.close()


def settings_for(service: ScriptedModels, **changes: object) -> dict[str, Any]:
    """A [models] table for the service, at the prices of its own book."""
    price = {"input": "0.1", "output": "0.5", "source": "invented"}
    provider = {
        "base_url": service.url, "models": {"*": {"price": [price]}},
    }  # fmt: skip
    return {
        "writer": ["test/any"], "providers": {"test": provider}, "total_seconds": 20,
        "max_wait_seconds": 0.2, **changes,
    }  # fmt: skip
