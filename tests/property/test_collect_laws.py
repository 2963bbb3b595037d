"""Laws of collecting: nothing vanishes, nothing raises, order changes nothing, addresses settle."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from ribao.collect.dates import SKEW, read_date, settle_date
from ribao.collect.entry import Entry, Feed
from ribao.collect.feed import FeedKind
from ribao.collect.items import items_of
from ribao.collect.markup import line_of, text_of
from ribao.collect.opml import read_opml, with_unique_ids, write_opml
from ribao.collect.sniff import sniff
from ribao.errors import ContentError
from ribao.gateways.address import canonical_url, outlet_of, page_key
from ribao.gateways.web import Response
from ribao.model import Source, SourceId

NOW = datetime(2026, 1, 15, 16, 0, tzinfo=UTC)
URL = "https://feed.example/rss"
SOURCE = Source(SourceId("s"), "feed", URL, timezone="Asia/Shanghai")
WORDS = st.text(alphabet="ab 中文&<>\"'0#\n", max_size=12)
LINKS = st.one_of(
    st.just(""),
    st.sampled_from(
        ["https://a.example/1", "/2", "https://a.example/1#x", "mailto:x", "a b", "//"]
    ),
    st.text(max_size=20),
)
ENTRIES = st.builds(
    Entry,
    title=WORDS,
    link=LINKS,
    guid=LINKS,
    summary=WORDS,
    content=WORDS,
    plain=st.booleans(),
    dates=st.tuples(st.one_of(st.text(max_size=30), st.datetimes().map(str))),
    links=st.tuples(LINKS),
)


def _response(body: bytes) -> Response:
    return Response(URL, URL, 200, (), body, NOW)


@given(st.lists(ENTRIES, max_size=12))
def test_every_entry_is_kept_or_dropped(entries: list[Entry]) -> None:
    """The sum is right, kept items have an address, a title, and ids of their own."""
    outcome = items_of(Feed("rss", entries=tuple(entries)), SOURCE, _response(b""))
    assert len(outcome.kept) + len(outcome.dropped) == len(entries)
    assert all(item.url.startswith("http") and item.title for item in outcome.kept)
    assert len({item.id for item in outcome.kept}) == len(outcome.kept)
    assert all(drop.detail for drop in outcome.dropped)


@given(st.lists(ENTRIES, max_size=10, unique_by=lambda entry: (entry.link, entry.guid)))
def test_the_order_of_entries_changes_no_identifier(entries: list[Entry]) -> None:
    """Items are the same, whichever stands first."""
    there = items_of(Feed("rss", entries=tuple(entries)), SOURCE, _response(b""))
    back = items_of(Feed("rss", entries=tuple(reversed(entries))), SOURCE, _response(b""))
    assert {item.id for item in there.kept} == {item.id for item in back.kept}


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_no_bytes_raise_anything_but_content_errors(body: bytes) -> None:
    """Whatever a host answers."""
    sniff(body)
    for start in (
        b"",
        b"<rss><channel>",
        b'<feed xmlns="http://www.w3.org/2005/Atom">',
        b'{"items": ',
    ):
        with suppress(ContentError):
            FeedKind().parse(SOURCE, _response(start + body))


SOUND = st.text(alphabet="ab 中文>\"'0#;", max_size=12)


@given(st.lists(st.tuples(SOUND, SOUND), max_size=6))
def test_what_is_written_is_read(pairs: list[tuple[str, str]]) -> None:
    """Titles and texts of sound feeds arrive whole, in RSS and in JSON."""
    rows = [(f"https://a.example/{n}", title, text) for n, (title, text) in enumerate(pairs)]
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{url}</link>"
        f"<description>{escape(text)}</description></item>"
        for url, title, text in rows
    )
    table = {"items": [{"url": url, "title": title, "summary": text} for url, title, text in rows]}
    wanted = {url: " ".join(title.split()) for url, title, _ in rows if title.strip()}
    for body in (f"<rss><channel>{items}</channel></rss>", json.dumps(table)):
        outcome = FeedKind().parse(SOURCE, _response(body.encode()))
        found = {item.url: item for item in outcome.kept}
        assert {url: found[url].title for url in wanted} == wanted
        for url, _, text in rows:
            if url in found:
                assert found[url].summary == text_of(text, plain=True)


@given(st.text(max_size=60), st.sampled_from(["", "Asia/Shanghai", "No/Where", "America/New_York"]))
def test_dates_never_raise_and_are_aware(text: str, zone: str) -> None:
    """Any text is a moment in UTC, or it is none."""
    moment = read_date(text, zone, NOW)
    assert moment is None or moment.at.tzinfo is not None


@given(
    st.datetimes(datetime(1991, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - zones are drawn apart
    st.sampled_from(["+0800", "GMT", "EST", "", "-0330"]),
)
def test_no_item_is_published_after_it_was_seen(moment: datetime, zone: str) -> None:
    """The future is repaired, with a reason; the past stays as it is."""
    text = f"{moment:%a, %d %b %Y %H:%M:%S} {zone}"
    dating = settle_date((text,), URL, NOW, "Asia/Shanghai")
    assert dating.at is not None
    assert dating.at <= NOW
    read = read_date(text, "Asia/Shanghai")
    assert read is not None
    if read.at > NOW + SKEW:
        assert "future" in dating.because
    elif read.at <= NOW:
        assert dating.at == read.at


@given(st.datetimes(datetime(1991, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - see above
def test_the_forms_of_one_moment_agree(moment: datetime) -> None:
    """RFC 822, ISO 8601, Chinese and seconds since 1970 say the same."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    local = moment + timedelta(hours=8)
    forms = (
        f"{moment:%a, %d %b %Y %H:%M:%S} GMT",
        f"{local:%Y-%m-%dT%H:%M:%S}+08:00",
        f"{moment:%Y-%m-%d %H:%M:%S}Z",
        f"{local:%a, %d %b %Y %H:%M:%S} +0800",
    )
    found = {read.at if (read := read_date(form)) else None for form in forms}
    chinese = read_date(f"{local:%Y}年{local.month}月{local.day}日 {local:%H:%M:%S}", "Etc/GMT-8")
    assert found | {chinese.at if chinese else None} == {moment}


@given(st.one_of(LINKS, st.from_regex(r"https?://[a-z.:/?&=#%0-9@\[\]]{0,40}", fullmatch=True)))
def test_addresses_settle_at_once(url: str) -> None:
    """A canonical address is its own canonical address, and so are its key and outlet."""
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert page_key(url) == page_key(once)
    assert outlet_of(once) == outlet_of(once.replace("https://", "http://"))


@given(WORDS)
def test_text_has_no_escapes_left_to_undo_twice(words: str) -> None:
    """Escaping and reading is the identity on tidy words."""
    assert text_of(escape(words)) == text_of(words, plain=True)
    assert line_of(escape(words), once=True) == " ".join(words.split())


NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=12
).map(str.strip)


@given(
    st.lists(
        st.builds(
            Source,
            id=st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True).map(SourceId),
            kind=st.sampled_from(["feed", "hn", "html"]),
            url=st.from_regex(r"https://[a-z]{1,6}\.example/[a-z]{0,4}", fullmatch=True),
            title=NAMES,
            language=st.sampled_from(["", "zh", "en"]),
            weight=st.sampled_from([0.0, 0.5, 1.0, 1.25, 3.0]),
            category=st.sampled_from(["", "press", "lab"]),
            section=st.sampled_from(["", "hardware"]),
            licence=NAMES,
            options=st.sampled_from([(), (("links", "a.title"),)]),
        ),
        max_size=6,
        unique_by=lambda source: source.url,
    )
)
def test_opml_gives_back_what_it_was_given(sources: list[Source]) -> None:
    """Out and in again: the same sources, each with its own id."""
    unique = with_unique_ids(sources)
    back = {source.id: source for source in read_opml(write_opml(unique, "t"), "t")}
    assert len(back) == len(unique)
    for source in unique:
        found = back[source.id]
        assert found.title == (source.title if source.title != source.url else "")
        assert (found.kind, found.url, found.language, found.weight) == (
            source.kind,
            source.url,
            source.language,
            source.weight,
        )
        assert (found.section, found.options, found.licence) == (
            source.section,
            source.options,
            source.licence,
        )
        assert found.category == (source.category or "sources")
