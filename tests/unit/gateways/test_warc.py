"""Replay and recording of web archives."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ribao.config import HttpSettings
from ribao.errors import (
    ConfigError,
    ContentError,
    GoneError,
    RefusedError,
    RemoteError,
    RetryableError,
)
from ribao.gateways.clock import SystemClock
from ribao.gateways.open import open_web
from ribao.gateways.recording import RecordingWeb
from ribao.gateways.warc import ReplayWeb, address_key
from ribao.gateways.web import Archive, Fetched, OptOut, Request, Response

NOON = "2026-03-01T12:00:00Z"
FEED = "https://paper.example/feed.xml"


def write_archive(
    path: Path,
    answers: Iterable[tuple[str, str, list[tuple[str, str]], bytes]],
    *,
    packed: bool = True,
    dates: Iterable[str] = (),
) -> Path:
    """Write (address, status line, headers, body) with warcio, as other tools would."""
    moments = iter(dates)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for url, status, headers, body in answers:
            head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": next(moments, NOON)},
            )
            writer.write_record(record)
    return path


def ok(
    url: str, body: bytes, *headers: tuple[str, str]
) -> tuple[str, str, list[tuple[str, str]], bytes]:
    """One answer with status 200."""
    return (url, "200 OK", list(headers), body)


@pytest.mark.parametrize("packed", [True, False])
def test_an_answer_comes_out_as_it_was_recorded(tmp_path: Path, *, packed: bool) -> None:
    """Address, headers, body and time survive, in gzip and in plain files."""
    name = "day.warc.gz" if packed else "day.warc"
    path = write_archive(
        tmp_path / name, [ok(FEED, b"<rss/>", ("Content-Type", "text/xml"))], packed=packed
    )
    archive: Archive = ReplayWeb(path)
    response = archive.fetch(Request(FEED))
    assert response.body == b"<rss/>"
    assert response.header("content-type") == "text/xml"
    assert (response.url, response.final_url, response.status) == (FEED, FEED, 200)
    assert response.fetched_at == archive.captured_at() == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert archive.addresses() == (FEED,)


@pytest.mark.parametrize(
    "asked",
    [
        FEED,
        "http://paper.example/feed.xml",
        "https://paper.example/feed.xml/",
        "https://PAPER.example:443/feed.xml#top",
    ],
)
def test_spellings_of_one_address_find_its_answer(tmp_path: Path, asked: str) -> None:
    """The http twin, a closing slash, the default port and a fragment make no difference."""
    archive = ReplayWeb(write_archive(tmp_path / "day.warc.gz", [ok(FEED, b"x")]))
    assert archive.fetch(Request(asked)).final_url == FEED


@pytest.mark.parametrize(
    "asked", [FEED + "?page=2", "https://paper.example/", "https://other.example/"]
)
def test_what_was_not_recorded_is_an_error(tmp_path: Path, asked: str) -> None:
    """A missing address is named, with the archive that lacks it."""
    archive = ReplayWeb(write_archive(tmp_path / "day.warc.gz", [ok(FEED, b"x")]))
    with pytest.raises(RemoteError, match=r"not in the web archive: '.*': day\.warc\.gz"):
        archive.fetch(Request(asked))


def test_the_exact_address_wins_over_its_twin(tmp_path: Path) -> None:
    """Where http and https were recorded apart, each gives its own answer."""
    plain = FEED.replace("https", "http")
    archive = ReplayWeb(
        write_archive(tmp_path / "day.warc.gz", [ok(plain, b"plain"), ok(FEED, b"safe")])
    )
    assert archive.fetch(Request(plain)).body == b"plain"
    assert archive.fetch(Request(FEED)).body == b"safe"


def test_redirects_of_the_archive_are_followed(tmp_path: Path) -> None:
    """A permanent move is reported, a temporary one is not, and both lead to the page."""
    home, hop = "https://paper.example/old", "https://paper.example/hop"
    answers = [
        (home, "301 Moved", [("Location", "/hop")], b""),
        (hop, "302 Found", [("Location", FEED)], b""),
        ok(FEED, b"here"),
    ]
    response = ReplayWeb(write_archive(tmp_path / "day.warc.gz", answers)).fetch(Request(home))
    assert (response.body, response.url, response.final_url) == (b"here", home, FEED)
    assert response.moved_to == hop


def test_redirects_that_lead_nowhere_end(tmp_path: Path) -> None:
    """A ring is refused; a redirect to a twin that was not recorded is just missing."""
    ring, half = "https://paper.example/a", "http://paper.example/b"
    answers = [
        (ring, "302 Found", [("Location", ring)], b""),
        (half, "301 Moved", [("Location", "https://paper.example/b")], b""),
    ]
    archive = ReplayWeb(write_archive(tmp_path / "day.warc.gz", answers))
    with pytest.raises(RefusedError, match="too many redirects"):
        archive.fetch(Request(ring))
    with pytest.raises(RemoteError, match="not in the web archive"):
        archive.fetch(Request(half))


def test_the_last_good_capture_counts(tmp_path: Path) -> None:
    """Of several captures the last answer is used, and a later failure does not hide it."""
    answers = [
        ok(FEED, b"morning"),
        ok(FEED, b"evening"),
        (FEED, "503 Busy", [], b"sorry"),
        ("https://down.example/", "500 Broken", [], b"oh"),
    ]
    archive = ReplayWeb(write_archive(tmp_path / "day.warc.gz", answers))
    assert archive.fetch(Request(FEED)).body == b"evening"
    with pytest.raises(RemoteError, match="HTTP 500"):
        archive.fetch(Request("https://down.example/"))


def test_transfer_codings_are_undone(tmp_path: Path) -> None:
    """Chunks and gzip, as crawlers record them, are taken off the body."""
    packed = gzip.compress(b"words " * 100)
    chunked = b"%x\r\n%b\r\n%x;ext=1\r\n%b\r\n0\r\n\r\n" % (
        10,
        packed[:10],
        len(packed) - 10,
        packed[10:],
    )
    headers = (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    response = ReplayWeb(
        write_archive(tmp_path / "day.warc.gz", [ok(FEED, chunked, *headers)])
    ).fetch(Request(FEED))
    assert response.body == b"words " * 100
    assert response.headers == ()


def test_the_limits_hold_in_replay(tmp_path: Path) -> None:
    """A recorded body that is too large, or a bomb, is refused as on the network."""
    bomb = gzip.compress(bytes(3_000_000))
    answers = [
        ok(FEED, b"x" * 5000),
        ok("https://bomb.example/", bomb, ("Content-Encoding", "gzip")),
    ]
    path = write_archive(tmp_path / "day.warc.gz", answers)
    with pytest.raises(RefusedError, match="max_body_bytes"):
        ReplayWeb(path, HttpSettings(max_body_bytes=4000)).fetch(Request(FEED))
    with pytest.raises(RefusedError, match="max_ratio"):
        ReplayWeb(path).fetch(Request("https://bomb.example/"))


@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_archive_keeps_what_is_whole(tmp_path: Path, *, packed: bool) -> None:
    """The answers before the break are used, the one it cuts through is not, and a note says so."""
    bodies = {f"https://paper.example/{n}": bytes([n]) * 4000 for n in range(5)}
    path = write_archive(
        tmp_path / "day.warc", [ok(url, body) for url, body in bodies.items()], packed=packed
    )
    path.write_bytes(path.read_bytes()[: -40 if packed else -2000])
    archive = ReplayWeb(path)
    assert archive.addresses() == tuple(bodies)[:4]
    assert len(archive.notes) == 1
    assert "breaks off" in archive.notes[0]
    for url in archive.addresses():
        assert archive.fetch(Request(url)).body == bodies[url]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello\n" * 50,
        b"\x1f\x8b\x08garbage" * 9,
        gzip.compress(b"<html>", mtime=0),
        b"WARC/1.1\r\n",
    ],
)
def test_what_is_no_archive_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    """The file is named in one sentence, whatever it holds."""
    path = tmp_path / "day.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ContentError, match=r"day\.warc\.gz") as caught:
        ReplayWeb(path)
    assert "\n" not in str(caught.value)


def test_a_missing_archive_is_one_clear_error(tmp_path: Path) -> None:
    """So is a file that is not there."""
    with pytest.raises(ContentError, match="cannot read the web archive"):
        ReplayWeb(tmp_path / "none.warc")


def test_an_archive_in_one_gzip_member_is_read(tmp_path: Path) -> None:
    """`gzip day.warc` makes one member of all records; slower to seek in, but not refused."""
    plain = write_archive(
        tmp_path / "day.warc", [ok(FEED, b"one"), ok(FEED + "2", b"two")], packed=False
    )
    path = tmp_path / "day.warc.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    archive = ReplayWeb(path)
    assert archive.fetch(Request(FEED + "2")).body == b"two"
    assert archive.fetch(Request(FEED)).body == b"one"


def test_fetch_all_answers_each_request_in_order(tmp_path: Path) -> None:
    """Nothing vanishes: what is missing comes back as an error."""
    archive = ReplayWeb(write_archive(tmp_path / "day.warc.gz", [ok(FEED, b"x")]))
    asked = [Request("https://none.example/"), Request(FEED)]
    done = list(archive.fetch_all(asked))
    assert [fetched.request for fetched in done] == asked
    assert done[0].error is not None
    assert done[1].response is not None


def test_keys_are_idempotent() -> None:
    """Quoting what is quoted changes nothing; words outside ASCII get one spelling."""
    key = address_key("HTTP://例子.example:80/日报?q=a b%20c#x")
    assert address_key(key) == key
    assert key == "http://例子.example/%E6%97%A5%E6%8A%A5?q=a%20b%20c"


class CannedWeb:
    """Answers from a table, in reverse order when asked for many."""

    def __init__(self, responses: dict[str, Response]) -> None:
        """Take the table."""
        self.responses = responses
        self.conditional: list[bool] = []

    def fetch(self, request: Request) -> Response:
        """Look one up."""
        self.conditional.append(request.conditional)
        if request.url not in self.responses:
            raise RemoteError("no such host", request.url)
        return self.responses[request.url]

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Look many up, last first."""
        for request in reversed(list(requests)):
            try:
                yield Fetched(request, response=self.fetch(request))
            except RemoteError as error:
                yield Fetched(request, error=error)


def canned(url: str, body: bytes, **changes: str) -> Response:
    """One response, dated."""
    return Response(
        url=url,
        final_url=changes.get("final_url", url),
        status=200,
        headers=(("content-type", "text/plain"), ("content-encoding", "gzip"), ("etag", '"1"')),
        body=body,
        fetched_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
        moved_to=changes.get("moved_to", ""),
    )


def record(path: Path) -> CannedWeb:
    """Record three answers, one of them redirected, and one failure."""
    new = "https://paper.example/new"
    web = CannedWeb(
        {
            FEED: canned(FEED, "日报".encode()),
            "https://a.example/": canned("https://a.example/", b"", final_url=new, moved_to=new),
            "https://b.example/x?y=1": canned("https://b.example/x?y=1", b"b" * 1000),
        }
    )
    with RecordingWeb(web, path) as recording:
        asked = [
            Request(url, conditional=True) for url in [*web.responses, "https://none.example/"]
        ]
        done = list(recording.fetch_all(asked))
        assert sorted(one.request.url for one in done) == sorted(one.url for one in asked)
        assert {one.request for one in done} == set(asked)
    return web


@pytest.mark.parametrize("name", ["day.warc.gz", "day.warc"])
def test_a_recording_replays_and_passes_the_check_of_warcio(tmp_path: Path, name: str) -> None:
    """What was recorded comes out again, and the outside tool finds every digest right."""
    path = tmp_path / name
    web = record(path)
    replay = ReplayWeb(path)
    for url, response in web.responses.items():
        again = replay.fetch(Request(url))
        assert (again.body, again.final_url) == (response.body, response.final_url)
        assert again.moved_to == response.moved_to
        assert again.header("etag") == '"1"'
        assert again.header("content-encoding") == ""
        assert again.fetched_at == response.fetched_at
    assert not any(web.conditional), "a 304 would leave no body to record"
    check = checked(path)
    assert check.returncode == 0, check.stdout + check.stderr
    assert "digest present but not checked" not in check.stdout
    assert check.stdout.count("digest pass") >= 8
    fields = "offset,warc-type,warc-target-uri,http:status"
    rows = [
        json.loads(line) for line in warcio("index", "-f", fields, str(path)).stdout.splitlines()
    ]
    answers = {row["warc-target-uri"] for row in rows if row.get("http:status") == "200"}
    assert answers == {response.final_url for response in web.responses.values()}
    assert len({row["offset"] for row in rows}) == len(rows), "each record can be found by itself"


def test_wishes_of_robots_txt_survive_a_recording(tmp_path: Path) -> None:
    """robots.txt itself is not recorded, but what it wished is; and no value ends its line."""
    wish = OptOut("ai-input", "robots.txt content-signal", "search=yes,\r\nai-input=no | x")
    seen = OptOut("ai", "header x-robots-tag", "noai")
    response = replace(
        canned(FEED, b"x"), opt_outs=(wish, seen), headers=(("x-robots-tag", "noai"), ("a", "b\nc"))
    )
    with RecordingWeb(CannedWeb({FEED: response}), tmp_path / "a.warc") as recording:
        recording.fetch(Request(FEED))
    again = ReplayWeb(tmp_path / "a.warc").fetch(Request(FEED))
    assert again.opt_outs == (replace(wish, words="search=yes, ai-input=no | x"), seen)
    assert again.headers == (("x-robots-tag", "noai"), ("a", "b c"))


def test_failures_survive_a_recording(tmp_path: Path) -> None:
    """A replay fails where the live run failed, in kind and in words."""

    class Failing(CannedWeb):
        def fetch(self, request: Request) -> Response:
            """Fail with an error of the kind that the address names."""
            kinds = {kind.__name__: kind for kind in (GoneError, RetryableError, RefusedError)}
            name = request.url.rsplit("/", 1)[1]
            raise kinds.get(name, RemoteError)("no such luck", request.url, '日报 | "a"\nb')

    names = ("GoneError", "RetryableError", "RefusedError", "RemoteError")
    urls = [f"https://paper.example/{name}" for name in names]
    path = tmp_path / "day.warc.gz"
    with RecordingWeb(Failing({}), path) as recording:
        live = [str(one.error) for one in recording.fetch_all(Request(url) for url in urls[:3])]
        with pytest.raises(RemoteError):
            recording.fetch(Request(urls[3]))
    replay = ReplayWeb(path)
    assert replay.addresses() == tuple(urls)
    again = [one.error for one in replay.fetch_all(Request(url) for url in urls)]
    assert [type(error).__name__ for error in again] == list(names)
    assert sorted(str(error) for error in again[:3]) == sorted(live)
    assert checked(path).returncode == 0


def checked(path: Path) -> subprocess.CompletedProcess[str]:
    """What `warcio check` says of a file."""
    return warcio("check", "-v", str(path))


def warcio(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the outside tool."""
    return subprocess.run(
        [sys.executable, "-m", "warcio.cli", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def test_recordings_of_the_same_answers_are_the_same_bytes(tmp_path: Path) -> None:
    """Whatever order the answers arrive in; and no half-written file is left behind."""
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    record(tmp_path / "1" / "day.warc.gz")
    record(tmp_path / "2" / "day.warc.gz")
    first, second = (tmp_path / n / "day.warc.gz" for n in "12")
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in (tmp_path / "1").iterdir()] == ["day.warc.gz"]
    assert ReplayWeb(first).addresses()[0] == FEED


def test_a_recording_that_cannot_be_written_is_the_owners_to_fix(tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(ConfigError, match="cannot write the recording"):
        RecordingWeb(CannedWeb({}), tmp_path / "none" / "day.warc.gz")


def test_open_web_gives_a_replay_and_refuses_to_record_it(tmp_path: Path) -> None:
    """Replay and record are two modes, never both."""
    path = write_archive(tmp_path / "day.warc.gz", [ok(FEED, b"x")])
    with open_web(HttpSettings(), SystemClock(), replay=path) as web:
        assert web.fetch(Request(FEED)).body == b"x"
    with (
        pytest.raises(ConfigError, match="cannot record a replay"),
        open_web(HttpSettings(), SystemClock(), replay=path, record=tmp_path / "b.warc"),
    ):
        pass


@pytest.mark.shared
def test_every_answer_of_a_real_day_is_read(shared: Path) -> None:
    """All addresses of a recorded day answer, from an index that holds no body."""
    archive = ReplayWeb(shared / "replay" / "2025-12-19.warc.gz")
    done = list(archive.fetch_all(Request(url) for url in archive.addresses()))
    assert len(done) == 188
    assert all(fetched.response is not None and fetched.response.body for fetched in done)
    assert archive.notes == ()
