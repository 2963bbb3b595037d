"""A small invented web for tests of the whole road: feeds as text, recorded into a WARC."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

CAPTURED = "2026-01-14T16:00:00Z"  # 00:00 of 2026-01-15 in Shanghai
DAY = "2026-01-15"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    link: str
    title: str
    text: str
    date: str = "Wed, 14 Jan 2026 03:00:00 GMT"


def rss(title: str, entries: Sequence[Entry], language: str = "en") -> bytes:
    """An RSS 2.0 document."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.link)}</link>"
        f"<guid isPermaLink='true'>{escape(one.link)}</guid>"
        + (f"<pubDate>{one.date}</pubDate>" if one.date else "")
        + f"<description>{escape(one.text)}</description></item>"
        for one in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>https://paper.example/</link>"
        f"<language>{language}</language>{items}</channel></rss>"
    ).encode()


def record(
    path: Path,
    answers: Mapping[str, bytes | tuple[int, str, bytes]],
    captured_at: str = CAPTURED,
) -> Path:
    """Write a WARC that answers each address with 200 and a feed, or with (status, type, body)."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, answer in answers.items():
            status, kind, body = (
                (200, "application/rss+xml; charset=utf-8", answer)
                if isinstance(answer, bytes)
                else answer
            )
            headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
            captured = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders(f"{status} X", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": captured_at},
            )
            writer.write_record(captured)
            captured.raw_stream.close()  # warcio leaves its temporary file to the collector
    return path


_EVENTS = (
    (
        "Tidewell releases Gannet 4, an open language model with 70 billion parameters",
        (
            "The AI company Tidewell released its large language model Gannet 4 on Tuesday. "
            "The model has 70 billion parameters and a context window of 512,000 tokens. "
            "Its weights are free for commercial use, the company said."
        ),
    ),
    (
        "Chip maker Norrland raises $240 million for AI accelerators",
        (
            "Norrland Silicon raised 240 million dollars to build AI chips for data centres. "
            "The round values the start-up at 1.9 billion dollars. "
            "Production of its first GPU begins in March 2026."
        ),
    ),
    (
        "Quillworks sues Hearthmind over training data of its AI assistant",
        (
            "The publisher Quillworks filed a lawsuit against the AI company Hearthmind. "
            "It says that 31,000 of its books were used to train a language model. "
            "Hearthmind denied the claim in a statement."
        ),
    ),
    (
        "Robot maker Stelzen ships 1,200 humanoid robots to a battery plant",
        (
            "Stelzen Robotics delivered 1,200 humanoid robots to a battery plant in Malmo. "
            "Each robot works a shift of eight hours with one charge, its AI chief said. "
            "The contract runs until 2029."
        ),
    ),
)
_NOISE = (
    ("Football: Rovers win the cup final 3-2 after extra time", "The striker scored twice."),
    ("Weather: heavy snow expected across the north on Thursday", "Ice warnings are in force."),
)


def ordinary_web() -> dict[str, bytes]:
    """Three outlets that report four events in words of their own, and some noise."""
    feeds: dict[str, bytes] = {}
    for number, outlet in enumerate(("courier", "ledger", "gazette")):
        entries = [
            Entry(
                f"https://{outlet}.example/{place}",
                title if number == 0 else f"{title.split(' ', 1)[0]}: {title}",
                text if number < 2 else " ".join(reversed(text.split(". "))),
            )
            for place, (title, text) in enumerate((*_EVENTS, *_NOISE))
            if (place + number) % 5
        ]
        feeds[f"https://{outlet}.example/feed.xml"] = rss(outlet.title(), entries)
    return feeds
