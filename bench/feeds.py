"""How fast feeds are read, beside feedparser, on the real feeds; and whether both read the same."""

from __future__ import annotations

import gzip
import io
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import feedparser

from ribao.collect.dates import read_date
from ribao.collect.feed import read_feed
from ribao.collect.items import items_of
from ribao.collect.sniff import sniff
from ribao.errors import RibaoError
from ribao.gateways.address import canonical_url, outlet_of
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Request, Response
from ribao.model import Source, SourceId

SHARED = Path(__file__).resolve().parents[2] / "shared"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ROUNDS = 5  # the best of which counts


def _recorded() -> Iterator[Response]:
    web = ReplayWeb(SHARED / "replay" / "2025-12-19.warc.gz")
    for address in web.addresses():
        try:
            response = web.fetch(Request(address, purpose="feed"))
        except RibaoError:
            continue
        if sniff(response.body) in ("feed", "arxiv") and not response.body.startswith(b"{"):
            yield response


def _real() -> Iterator[Response]:
    for path in sorted((SHARED / "bench" / "feeds" / "fastfeedparser").glob("*.xml.gz")):
        url = f"https://feeds.example/{path.name}"
        yield Response(url, url, 200, (), gzip.decompress(path.read_bytes()), NOW)


def _parsed(response: Response) -> int:
    """What feedparser does: entries with their fields, and each date understood."""
    feed = read_feed(response)
    for entry in feed.entries:
        for text in entry.dates:
            read_date(text)
    return len(feed.entries)


def _collected(response: Response) -> int:
    """What a run does: canonical addresses, plain summaries, languages, identifiers too."""
    source = Source(SourceId("bench"), "feed", response.url)
    return len(items_of(read_feed(response), source, response).kept)


def _theirs(response: Response) -> int:
    return len(feedparser.parse(io.BytesIO(response.body)).entries)


def _theirs_bare(response: Response) -> int:
    options = {"sanitize_html": False, "resolve_relative_uris": False}
    return len(feedparser.parse(io.BytesIO(response.body), **options).entries)


def _seconds(
    ways: Mapping[str, Callable[[Response], int]], feeds: list[Response]
) -> dict[str, tuple[float, int]]:
    """The best of some rounds; in each, all ways take their turn, so that load hits all alike."""
    best = dict.fromkeys(ways, (float("inf"), 0))
    for _ in range(ROUNDS):
        for label, read in ways.items():
            for cache in (read_date, canonical_url, outlet_of):  # no round may live off the last
                cache.cache_clear()
            start = time.process_time()
            entries = sum(read(feed) for feed in feeds)
            best[label] = min(best[label], (time.process_time() - start, entries))
    return best


def _agreement(feeds: list[Response]) -> tuple[int, int]:
    """Entries of which both give the same title and link, in the same order; and all entries."""
    same = total = 0
    for response in feeds:
        ours = read_feed(response).entries
        theirs = feedparser.parse(io.BytesIO(response.body)).entries
        total += max(len(ours), len(theirs))
        for mine, other in zip(ours, theirs, strict=False):
            title = " ".join(str(other.get("title", "")).split())
            same += mine.link == other.get("link", "") and (
                mine.title == title or "&" in title or "<" in title
            )
    return same, total


def main() -> None:
    """Print megabytes a second of each way to read, the ratios, and how far both agree."""
    warnings.simplefilter("ignore")
    sets = (("replay 2025-12-19", list(_recorded())), ("fastfeedparser set", list(_real())))
    for name, feeds in sets:
        size = sum(len(feed.body) for feed in feeds) / 1e6
        ways = {"ribao, parsed": _parsed, "ribao, to items": _collected,
                "feedparser": _theirs, "feedparser, bare": _theirs_bare}  # fmt: skip
        seconds = _seconds(ways, feeds)
        same, total = _agreement(feeds)
        print(f"{name}: {len(feeds)} feeds, {size:.2f} MB, {total} entries, read alike: {same}")
        theirs, _ = seconds["feedparser"]
        for label, (spent, entries) in seconds.items():
            assert entries, "nothing was read"
            speed, ratio = size / spent, theirs / spent
            print(f"  {label:<18}{speed:>7.1f} MB/s of CPU, {ratio:>5.1f} x feedparser")


if __name__ == "__main__":
    main()
