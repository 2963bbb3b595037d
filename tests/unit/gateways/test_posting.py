"""Posting: what comes back, what never shows, what is known of a request that failed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler

import pytest

from ribao.config import HttpSettings
from ribao.errors import RefusedError, RemoteError, RetryableError
from ribao.gateways.clock import SystemClock
from ribao.gateways.posting import Post, Poster
from tests.unit.gateways.sites import QuietServer

SECRET = "sk-not-to-be-seen-4711"  # noqa: S105 - opens nothing
Handler = Callable[[BaseHTTPRequestHandler, bytes], None]


class Service:
    """A loopback service whose one handler answers everything."""

    def __init__(self) -> None:
        """Start on a free port."""
        self.handle: Handler = lambda request, body: say(request, 200, body)
        service = self

        class Inner(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                """Read the body, then answer as told."""
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                service.handle(self, body)

            do_GET = do_PUT = do_POST  # noqa: N815 - names of http.server

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = QuietServer(("127.0.0.1", 0), Inner)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()


def say(request: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """Answer."""
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service for one test."""
    service = Service()
    yield service
    service.close()


@pytest.fixture
def poster(settings: HttpSettings) -> Iterator[Poster]:
    """A poster for one test."""
    with Poster(settings, SystemClock()) as poster:
        yield poster


def test_a_post_arrives_as_it_was_made(service: Service, poster: Poster) -> None:
    """Method, body and headers, the secret ones among them."""
    seen: dict[str, str] = {}

    def handle(request: BaseHTTPRequestHandler, body: bytes) -> None:
        seen.update({name.lower(): value for name, value in request.headers.items()})
        say(request, 200, json.dumps([request.command, request.path, body.decode()]).encode())

    service.handle = handle
    post = Post(
        f"{service.url}/a?b=c",
        "日报".encode(),
        (("X-One", "1"),),
        (("Authorization", SECRET),),
        method="PUT",
    )
    answer = poster.post(post)
    assert json.loads(answer.body) == ["PUT", "/a?b=c", "日报"]
    assert (seen["x-one"], seen["authorization"]) == ("1", SECRET)


@pytest.mark.parametrize("status", [301, 400, 429, 500])
def test_every_status_comes_back(service: Service, poster: Poster, status: int) -> None:
    """With its headers and body; a redirect is not followed."""
    asked: list[str] = []

    def handle(request: BaseHTTPRequestHandler, _: bytes) -> None:
        asked.append(request.path)
        say(request, status, b"why", Retry_After="7", Location="/elsewhere")

    service.handle = handle
    answer = poster.post(Post(service.url + "/x"))
    assert (answer.status, answer.body, answer.header("retry-after")) == (status, b"why", "7")
    assert asked == ["/x"]


def hang(request: BaseHTTPRequestHandler, _: bytes) -> None:
    """Begin an answer and never end it."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    request.wfile.flush()
    time.sleep(1)


@pytest.mark.parametrize("limits", [{"total_seconds": 0.2}, {"idle_seconds": 0.2}])
def test_a_hang_ends(service: Service, poster: Poster, limits: dict[str, float]) -> None:
    """In the whole time of the post, or when the host is silent for too long."""
    service.handle = hang
    with pytest.raises(RetryableError) as caught:
        poster.post(Post(service.url, **limits))  # type: ignore[arg-type]  # two floats
    assert caught.value.sent


def failures(service: Service) -> list[Post]:
    """Posts that fail in every way, each with a secret in its address and one in its headers."""
    secret = (("X-Key", SECRET),)
    return [
        Post(f"{service.url}/{SECRET}/half", secret_headers=secret, total_seconds=0.2),
        Post(f"http://127.0.0.1:1/{SECRET}", secret_headers=secret),
        Post(f"http://10.0.0.1/{SECRET}", secret_headers=secret),
        Post(f"ftp://127.0.0.1/{SECRET}", secret_headers=secret),
        Post(f"http://{SECRET}@127.0.0.1/", secret_headers=secret),
        Post(f"http://[{SECRET}/", secret_headers=secret),
        Post(f"{service.url}/", secret_headers=(("X-Key", SECRET + "\n"),)),
        Post(f"{service.url}/", secret_headers=(("X-Key", SECRET + "é"),)),
        Post(f"{service.url}/", method=SECRET[:3] + "\r\n"),
    ]


def test_no_secret_is_in_an_error_or_a_repr(service: Service, poster: Poster) -> None:
    """Neither in the sentence nor in what caused it, however the post fails."""
    service.handle = hang
    for post in failures(service):
        with pytest.raises(RemoteError) as caught:
            poster.post(post)
        link: BaseException | None = caught.value
        while link is not None:
            assert SECRET not in repr(link) + str(link)
            link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        assert SECRET not in repr(post)


def test_what_was_not_sent_is_known(service: Service, poster: Poster) -> None:
    """No connection, an address that is not public, a bad form: nothing left the machine."""
    service.handle = hang
    sent = []
    for post in failures(service):
        with pytest.raises(RemoteError) as caught:
            poster.post(post)
        sent.append(caught.value.sent)
    assert sent == [True] + [False] * 8


def test_a_bomb_is_stopped(service: Service, settings: HttpSettings) -> None:
    """The limits on bodies are those of the web."""
    service.handle = lambda request, _: say(request, 200, b"x" * 5000)
    small = settings.model_copy(update={"max_body_bytes": 1024})
    with Poster(small, SystemClock()) as poster, pytest.raises(RefusedError):
        poster.post(Post(service.url))


def test_many_threads_post_at_once(service: Service, poster: Poster) -> None:
    """Each gets its own answer."""
    with ThreadPoolExecutor(8) as pool:
        bodies = [str(number).encode() for number in range(40)]
        answers = list(pool.map(lambda body: poster.post(Post(service.url, body)).body, bodies))
    assert answers == bodies
