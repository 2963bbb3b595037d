"""Writes the sample archive out of the texts in `world/`: `python -m ribao.demo.make [FILE]`.

The same texts give the same bytes, so that a change of the sample shows as a change of its texts.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from ribao.demo import sample_path
from ribao.demo.forms import FORMS, page
from ribao.gateways.recording import answer_record
from ribao.gateways.warc_records import Headers, record_id, write_record

CAPTURED = "2026-01-15T16:00:00Z"  # midnight of the edition's day in Shanghai
_WORLD = "ribao.demo.world"
_MAINTENANCE = b"""<!-- was: <rss version="2.0"> -->
<!DOCTYPE html><html><head><title>Under maintenance</title></head>
<body><p>This feed will be back soon. (Sample data.)</p></body></html>"""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet, as `outlets.toml` describes it."""

    id: str
    host: str
    feed: str
    form: str
    title: str
    language: str
    about: str
    zone: str
    full: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One invented report; `link` leads elsewhere, `links` are further addresses."""

    outlet: Outlet
    event: str
    at: datetime
    url: str
    slug: str
    title: str
    paragraphs: tuple[str, ...]
    date: str | None = None  # what the feed says instead of the true date
    points: int | None = None
    comments: int | None = None
    links: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The first paragraph."""
        return self.paragraphs[0] if self.paragraphs else ""


def reports() -> tuple[tuple[Outlet, ...], tuple[Report, ...]]:
    """Read outlets and reports, newest report first as in a feed."""
    tables = {
        file.name: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(resources.files(_WORLD).iterdir(), key=lambda entry: entry.name)
        if file.name.endswith(".toml")
    }
    outlets = {row["id"]: Outlet(**row) for row in tables.pop("outlets.toml")["outlet"]}
    rows = [row for table in tables.values() for row in table["report"]]
    by_name = {f"{row['event']}/{row['outlet']}": row for row in reversed(rows)}
    found = [_report(row, outlets, by_name) for row in rows]
    return tuple(outlets.values()), tuple(
        sorted(found, key=lambda each: (each.at, each.url), reverse=True)
    )


def _report(row: dict, outlets: dict[str, Outlet], by_name: dict[str, dict]) -> Report:  # type: ignore[type-arg]  # a TOML table
    outlet = outlets[row["outlet"]]
    text = by_name[row["copy"]]["text"] if "copy" in row else row["text"]
    link = row.get("link", "")
    if "/" in link and not link.startswith("http"):
        other = by_name[link]
        link = f"https://{outlets[other['outlet']].host}/{other['slug']}"
    return Report(
        outlet=outlet,
        event=row["event"],
        at=datetime.fromisoformat(row["at"]).replace(tzinfo=UTC),
        url=link or ("" if outlet.form == "hn" else f"https://{outlet.host}/{row['slug']}"),
        slug=row["slug"],
        title=row["title"],
        paragraphs=tuple(each.strip() for each in text.strip().split("\n\n") if each.strip()),
        date=row.get("date"),
        points=row.get("points"),
        comments=row.get("comments"),
        links=tuple(row.get("links", ())),
    )


def answers() -> Iterator[tuple[str, int, str, bytes]]:
    """Every answer of the small web: address, status, content type, body."""
    outlets, found = reports()
    for outlet in outlets:
        own = [report for report in found if report.outlet is outlet]
        kind, body = FORMS[outlet.form](outlet, own)
        yield f"https://{outlet.host}{outlet.feed}", 200, kind, body
    yield "https://quietpress.example/feed", 200, "application/rss+xml", _MAINTENANCE
    yield "https://lostcove.example/rss", 503, "text/plain", b"Service unavailable (sample data)"
    for report in found:
        if report.paragraphs and report.outlet.form != "hn":
            yield report.url, 200, "text/html; charset=utf-8", page(report)


def write_archive(path: Path) -> int:
    """Write the archive and return its size in bytes."""
    lines = b"software: ribao sample\r\ndescription: Sample data: invented outlets and events\r\n"
    info = (
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", record_id("warcinfo", CAPTURED)),
        ("WARC-Date", CAPTURED),
        ("Content-Type", "application/warc-fields"),
    )
    records: list[tuple[Headers, bytes]] = [(info, lines)]
    for url, status, kind, body in answers():
        headers, block = answer_record(url, CAPTURED, status, (("content-type", kind),), body)
        records.append((headers, block))
    path.write_bytes(b"".join(write_record(*record, gzip=True) for record in records))
    return path.stat().st_size


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else sample_path()
    sys.stdout.write(f"{target}: {write_archive(target)} bytes\n")
