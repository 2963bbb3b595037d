"""Laws of the gateway, on inputs that nobody thought of."""

from __future__ import annotations

import gzip
import ipaddress
import tempfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ribao.config import HttpSettings
from ribao.errors import ContentError, RefusedError, RemoteError
from ribao.gateways.guard import is_public
from ribao.gateways.http_exchange import check_form
from ribao.gateways.limits import Body
from ribao.gateways.politeness import backoff_seconds, retry_after_seconds
from ribao.gateways.recording import RecordingWeb
from ribao.gateways.robots import read_rules
from ribao.gateways.signals import page_opt_outs
from ribao.gateways.warc import ReplayWeb, address_key, spellings
from ribao.gateways.web import Request, Response
from tests.unit.gateways.test_warc import CannedWeb

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "raw": lambda body: zlib.compress(body, wbits=-15),
}


def fed(body: Body, data: bytes, cuts: list[int]) -> bytes:
    """Hand the data over in pieces."""
    ends = sorted(cut % (len(data) + 1) for cut in cuts)
    for start, end in zip([0, *ends], [*ends, len(data)], strict=True):
        body.add(data[start:end])
    return body.finish()


@given(
    st.binary(max_size=5000),
    st.sampled_from(sorted(CODERS)),
    st.lists(st.integers(min_value=0, max_value=9999), max_size=9),
)
def test_a_body_is_the_same_however_it_is_cut(content: bytes, coder: str, cuts: list[int]) -> None:
    """Pieces of any size, in every coding."""
    coding = "deflate" if coder == "raw" else coder
    body = Body("https://one.example/", coding, HttpSettings())
    assert fed(body, CODERS[coder](content), cuts) == content


@given(
    st.binary(min_size=1, max_size=5000),
    st.sampled_from(["gzip", "deflate"]),
    st.integers(min_value=1, max_value=9999),
)
def test_a_packed_body_that_breaks_off_is_never_taken_for_whole(
    content: bytes, coding: str, cut: int
) -> None:
    """Wherever it breaks."""
    packed = CODERS[coding](content)
    body = Body("https://one.example/", coding, HttpSettings())
    try:
        got = fed(body, packed[: cut % len(packed) or 1], [])
    except RemoteError:
        return
    raise AssertionError(f"{len(got)} bytes taken for whole")


@given(
    st.binary(max_size=9000),
    st.sampled_from(["", "gzip", "deflate"]),
    st.integers(min_value=1024, max_value=4096),
)
def test_no_body_is_larger_than_its_limit(junk: bytes, coding: str, limit: int) -> None:
    """Whatever the bytes mean, and even if they mean nothing."""
    body = Body("https://one.example/", coding, HttpSettings(max_body_bytes=limit))
    try:
        assert len(fed(body, junk, [])) <= limit
    except RemoteError:
        assert len(body) <= limit


@given(st.text(max_size=300) | st.text("htps:/@[]#?\\.%0127x①。\t", max_size=60))
def test_no_address_passes_the_check_but_web_addresses(text: str) -> None:
    """What passes is http(s), has a host and names no user; nothing raises anything else."""
    try:
        url = check_form(text, HttpSettings())
    except RefusedError:
        return
    assert url.scheme in {"http", "https"}
    assert url.host
    assert not url.userinfo


@given(st.ip_addresses())
def test_public_means_global_and_more(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """We never call public what Python's own table calls private."""
    inner = getattr(address, "ipv4_mapped", None) or address
    nat64 = isinstance(inner, ipaddress.IPv6Address) and inner in ipaddress.ip_network(
        "64:ff9b::/96"
    )
    if is_public(address) and not nat64:
        assert not inner.is_private
        assert not inner.is_multicast
        assert not inner.is_reserved or isinstance(inner, ipaddress.IPv6Address)


@given(
    st.binary(max_size=2000)
    | st.text("user-agent: *\ndisallow/$#ribao", max_size=300).map(str.encode)
)
def test_no_robots_txt_raises(content: bytes) -> None:
    """And robots.txt itself may always be asked for."""
    rules = read_rules(content, "ribao")
    assert rules.allows("https://one.example/robots.txt")
    rules.allows("https://one.example/some/page?x=1")
    rules.opt_outs("https://one.example/some/page")


@given(
    st.lists(
        st.tuples(st.sampled_from(["x-robots-tag", "content-usage", "content-type"]), st.text()),
        max_size=5,
    ),
    st.binary(max_size=500),
)
def test_no_header_and_no_page_raises(headers: list[tuple[str, str]], body: bytes) -> None:
    """Wishes are read from anything."""
    page_opt_outs([*headers, ("content-type", "text/html")], b"<meta name=robots " + body)


@given(st.text(max_size=80))
def test_retry_after_is_a_time_or_nothing(value: str) -> None:
    """Never negative, never an exception."""
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or seconds >= 0


@given(st.text(max_size=80), st.integers(min_value=1, max_value=6))
def test_backoff_grows_within_its_jitter(url: str, attempt: int) -> None:
    """Half to one and a half of a second, doubled with every try."""
    unit = 2 ** (attempt - 1)
    assert 0.5 * unit <= backoff_seconds(url, attempt) <= 1.5 * unit


@given(st.text(max_size=120))
def test_address_keys_are_idempotent(text: str) -> None:
    """A key is its own key, and has spellings."""
    key = address_key(f"https://one.example/{text}")
    assert address_key(key) == key
    assert len(spellings(key)) == 3


segments = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20)
values = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)


@given(
    st.dictionaries(segments, st.tuples(st.binary(max_size=3000), values), min_size=1, max_size=6),
    st.booleans(),
)
def test_what_is_recorded_is_what_is_replayed(
    pages: dict[str, tuple[bytes, str]],
    packed: bool,  # noqa: FBT001 - hypothesis passes it by position
) -> None:
    """Any body, any header, any address."""
    web = CannedWeb({})
    for segment, (body, value) in pages.items():
        url = address_key("https://one.example/p" + segment.replace("/", "") + "x")
        web.responses[url] = Response(url, url, 200, (("x-value", value),), body, NOW)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("a.warc.gz" if packed else "a.warc")
        with RecordingWeb(web, path) as recording:
            done = list(recording.fetch_all(Request(url) for url in web.responses))
        assert len(done) == len(web.responses)
        replay = ReplayWeb(path)
        for url, response in web.responses.items():
            again = replay.fetch(Request(url))
            assert again.body == response.body
            assert again.header("x-value") == response.header("x-value")


def answered(replay: ReplayWeb) -> None:
    """Every address of an archive gives an answer or an error of ours."""
    for fetched in replay.fetch_all(Request(url) for url in replay.addresses()):
        assert fetched.response is not None or isinstance(fetched.error, RemoteError)


@given(st.binary(max_size=3000), st.integers(min_value=0, max_value=9999), st.booleans())
def test_no_damage_to_an_archive_raises_anything_else(
    junk: bytes,
    cut: int,
    packed: bool,  # noqa: FBT001 - hypothesis passes it by position
) -> None:
    """An archive with bytes replaced is read, read in part, or refused in one sentence."""
    web = CannedWeb({})
    for number in range(4):
        url = f"https://one.example/{number}"
        web.responses[url] = Response(url, url, 200, (), b"x" * 400, NOW)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("a.warc.gz" if packed else "a.warc")
        with RecordingWeb(web, path) as recording:
            assert len(list(recording.fetch_all(Request(url) for url in web.responses))) == 4
        whole = path.read_bytes()
        at = cut % len(whole)
        path.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
        try:
            replay = ReplayWeb(path)
        except ContentError as error:
            said = str(error)
        else:
            answered(replay)
            return
    assert "\n" not in said
