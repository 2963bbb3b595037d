"""The forms in which the invented outlets publish: RSS, Atom, JSON Feed, an API, and pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr


class _Outlet(Protocol):
    @property
    def host(self) -> str: ...
    @property
    def feed(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def full(self) -> bool: ...


class _Report(Protocol):
    @property
    def outlet(self) -> _Outlet: ...
    @property
    def at(self) -> datetime: ...
    @property
    def url(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def paragraphs(self) -> tuple[str, ...]: ...
    @property
    def summary(self) -> str: ...
    @property
    def date(self) -> str | None: ...
    @property
    def points(self) -> int | None: ...
    @property
    def comments(self) -> int | None: ...
    @property
    def links(self) -> tuple[str, ...]: ...


_OFFSETS = {"+0800": 8, "-0500": -5, "EST": -5}  # hours from UTC; "" writes Shanghai time unnamed


def _html(report: _Report) -> str:
    """Paragraphs as HTML; the round-up has bold headings of its own."""
    lines = []
    for paragraph in report.paragraphs:
        head, _, rest = paragraph.partition("\n")
        if head.startswith("**"):
            lines.append(f"<h3>{escape(head.strip('*'))}</h3>\n<p>{escape(rest)}</p>")
        else:
            lines.append(f"<p>{escape(paragraph)}</p>")
    lines.extend(f'<p><a href="{link}">{link}</a></p>' for link in report.links)
    return "\n".join(lines)


def _rfc822(report: _Report) -> str:
    if report.date is not None:
        return report.date
    zone = report.outlet.zone
    local = report.at + timedelta(hours=_OFFSETS.get(zone, 0 if zone else 8))
    if not zone:
        return f"{local:%Y-%m-%d %H:%M:%S}"
    return f"{format_datetime(local)[:25]} {zone}"


def _rss(outlet: _Outlet, reports: Sequence[_Report]) -> tuple[str, bytes]:
    return "application/rss+xml; charset=utf-8", _rss_text(outlet, reports, "utf-8").encode()


def _rss_gb(outlet: _Outlet, reports: Sequence[_Report]) -> tuple[str, bytes]:
    text = _rss_text(outlet, reports, "GB18030")
    return "text/xml; charset=GB18030", text.encode("gb18030")


def _rss_text(outlet: _Outlet, reports: Sequence[_Report], encoding: str) -> str:
    items = []
    for report in reports:
        date = _rfc822(report)
        items.append(
            f"<item>\n<title>{escape(report.title)}</title>\n<link>{escape(report.url)}?utm_source=rss</link>\n"
            f'<guid isPermaLink="false">{escape(report.slug)}</guid>\n'
            + (f"<pubDate>{date}</pubDate>\n" if date else "")
            + f"<description>{escape(report.summary)}</description>\n"
            + (
                f"<content:encoded><![CDATA[{_html(report)}]]></content:encoded>\n"
                if outlet.full
                else ""
            )
            + "</item>"
        )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>{escape(outlet.title)}</title>\n<link>https://{outlet.host}/</link>\n"
        f"<description>{escape(outlet.about)}</description>\n"
        f"<language>{outlet.language}</language>\n" + "\n".join(items) + "\n</channel>\n</rss>\n"
    )


def _atom(outlet: _Outlet, reports: Sequence[_Report]) -> tuple[str, bytes]:
    entries = []
    for report in reports:
        local = report.at + timedelta(hours=_OFFSETS.get(outlet.zone, 0))
        offset = outlet.zone[:3] + ":" + outlet.zone[3:]
        content = f'<content type="html">{escape(_html(report))}</content>\n' if outlet.full else ""
        entries.append(
            f"<entry>\n<title>{escape(report.title)}</title>\n"
            f"<id>tag:{outlet.host},2026:{report.slug}</id>\n"
            f'<link rel="alternate" href={quoteattr(report.url)}/>\n'
            f"<published>{local:%Y-%m-%dT%H:%M:%S}{offset}</published>\n"
            f"<summary>{escape(report.summary)}</summary>\n{content}</entry>"
        )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{outlet.language}">\n<title>{escape(outlet.title)}</title>\n'
        f"<subtitle>{escape(outlet.about)}</subtitle>\n<id>https://{outlet.host}/</id>\n"
        f'<link href="https://{outlet.host}/"/>\n' + "\n".join(entries) + "\n</feed>\n"
    )
    return "application/atom+xml; charset=utf-8", text.encode()


def _json(outlet: _Outlet, reports: Sequence[_Report]) -> tuple[str, bytes]:
    items = []
    for report in reports:
        item = {
            "id": report.slug,
            "url": report.url,
            "title": report.title,
            "content_html": _html(report),
        }
        if report.date is None:
            item["date_published"] = f"{report.at:%Y-%m-%dT%H:%M:%SZ}"
        items.append(item)
    table = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.title, "description": outlet.about,
        "home_page_url": f"https://{outlet.host}/", "language": outlet.language, "items": items,
    }  # fmt: skip
    return "application/feed+json; charset=utf-8", json.dumps(table, ensure_ascii=False).encode()


def _hits(outlet: _Outlet, reports: Sequence[_Report]) -> tuple[str, bytes]:
    hits = [
        {
            "objectID": report.slug, "title": report.title, "url": report.url or None,
            "points": report.points, "num_comments": report.comments, "author": "sample",
            "created_at": f"{report.at:%Y-%m-%dT%H:%M:%SZ}",
            "story_text": "\n".join(report.paragraphs),
        }
        for report in reports
    ]  # fmt: skip
    table = {"hits": hits, "nbHits": len(hits), "about": outlet.about}
    return "application/json; charset=utf-8", json.dumps(table, ensure_ascii=False).encode()


FORMS: dict[str, Callable[[_Outlet, Sequence[_Report]], tuple[str, bytes]]] = {
    "rss": _rss, "rss-gb18030": _rss_gb, "atom": _atom, "json": _json, "hn": _hits,
}  # fmt: skip


def page(report: _Report) -> bytes:
    """The page of a report, with the furniture that pages have around their text."""
    outlet = report.outlet
    head = f"<title>{escape(report.title)} - {escape(outlet.title)}</title>"
    meta = f'<link rel="canonical" href={quoteattr(report.url)}>'
    meta += f'<link rel="alternate" type="application/rss+xml" href="{outlet.feed}">'
    time = f'<time datetime="{report.at:%Y-%m-%dT%H:%M:%SZ}">{report.at:%Y-%m-%d}</time>'
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/about'>About</a></li></ul></nav>"
    return (
        f'<!DOCTYPE html>\n<html lang="{outlet.language}">\n'
        f'<head><meta charset="utf-8">{head}{meta}</head>\n'
        f"<body>\n<header>{menu}</header>\n<main><article>\n<h1>{escape(report.title)}</h1>\n{time}\n"
        f"{_html(report)}\n</article></main>\n<footer><p>{escape(outlet.about)}</p></footer>\n</body>\n</html>\n"
    ).encode()
