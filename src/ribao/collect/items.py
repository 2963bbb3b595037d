"""From entries to items: one address each, a title, a date with its reason, and nothing lost.

Every entry is kept or dropped; the sum is checked by a property test.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from ribao.collect.dates import settle_date
from ribao.collect.entry import Entry, Feed
from ribao.collect.markup import first_sentence, line_of, text_of
from ribao.collect.titles import headline_and_date
from ribao.gateways.address import canonical_url, outlet_of
from ribao.gateways.web import Response
from ribao.language.scripts import detect_language
from ribao.model import Item, ItemId, Source, content_id
from ribao.outcome import Drop, Outcome, Reason

SUMMARY_CHARACTERS = 2000  # of text; the whole of a longer description stays in the body
MARKUP_CHARACTERS = 16_000  # of markup that are read for a summary: 8 of markup to 1 of text
TITLE_CHARACTERS = 100  # of a title made from the text; longer ones are no headline


class _Words(NamedTuple):
    """What an item says."""

    title: str
    summary: str
    body: str
    language: str


def items_of(feed: Feed, source: Source, response: Response) -> Outcome[Item]:
    """Make items of all entries of one document; `response` says where and when it was read."""
    base = response.final_url or response.url
    entries = tuple(map(_taken_apart, feed.entries))
    links = [_address(entry, base) for entry in entries]
    shared = {
        link for link, count in Counter(link for link, _ in links if link).items() if count > 1
    }
    home = outlet_of(feed.link or base)
    kept: dict[str, Item] = {}
    dropped: list[Drop] = []
    for number, (entry, (link, fragment)) in enumerate(zip(entries, links, strict=True), 1):
        subject = link or entry.guid or f"{source.url}#{number}"
        title, summary, body = _words(entry)
        if not link:
            dropped.append(Drop(subject, Reason.NO_LINK, "the entry has no web address of its own"))
        elif not title:
            dropped.append(
                Drop(subject, Reason.NO_TITLE, "the entry has neither a title nor a text")
            )
        else:
            key = _key(entry, link, fragment, title, shared=link in shared)
            place = (link, fragment if link in shared else "", home)
            words = _Words(title, summary, body, _language(title, summary, (entry, source, feed)))
            item = _item(entry, source, response.fetched_at, place, words, key)
            if item.id in kept:
                dropped.append(Drop(subject, Reason.REPEATED, "the feed holds this entry twice"))
            else:
                kept[item.id] = item
    return Outcome(tuple(kept.values()), tuple(dropped))


def _taken_apart(entry: Entry) -> Entry:
    title, date = headline_and_date(entry.title)
    return replace(entry, title=title, dates=(*entry.dates, date)) if date else entry


def _address(entry: Entry, base: str) -> tuple[str, str]:
    """The canonical address of an entry and the fragment that it lost."""
    raw = entry.link or (entry.guid if entry.guid.startswith(("http:", "https:")) else "")
    return (canonical_url(raw, base), raw.partition("#")[2]) if raw else ("", "")


def _key(entry: Entry, link: str, fragment: str, title: str, *, shared: bool) -> tuple[str, ...]:
    """What makes this entry this entry: its address, and more where several share one address."""
    return (link, fragment, entry.guid or title) if shared else (link,)


def _words(entry: Entry) -> tuple[str, str, str]:
    """Title, summary (text) and body (markup or text), each from what the entry has."""
    summary = text_of(entry.summary[:MARKUP_CHARACTERS], plain=entry.plain)
    body = entry.content
    if not body and (len(entry.summary) > SUMMARY_CHARACTERS or _is_rich(entry)):
        body = entry.summary
    text = summary or (text_of(entry.content[:MARKUP_CHARACTERS]) if not entry.title else "")
    title = entry.title or first_sentence(text, TITLE_CHARACTERS)
    return title, summary[:SUMMARY_CHARACTERS], body


def _is_rich(entry: Entry) -> bool:
    """A description with paragraphs or links is a text of its own, not a summary of one."""
    summary = entry.summary
    return (
        not entry.plain
        and "<" in summary
        and any(mark in summary for mark in ("<p", "<P", "<a ", "<li", "<br", "<div"))
    )


def _item(
    entry: Entry,
    source: Source,
    seen_at: datetime,
    place: tuple[str, str, str],
    words: _Words,
    key: tuple[str, ...],
) -> Item:
    link, fragment, home = place
    dating = settle_date(entry.dates, link, seen_at, source.timezone)
    outlet = entry.outlet or outlet_of(link)
    links = dict.fromkeys(found for raw in entry.links if (found := canonical_url(raw, link)))
    return Item(
        id=ItemId(content_id(source.id, *key)),
        source_id=source.id,
        url=f"{link}#{fragment}" if fragment else link,
        title=words.title,
        summary=words.summary,
        body=words.body,
        language=words.language,
        author=line_of(entry.author, plain=True),
        published_at=dating.at,
        published_because=dating.because,
        seen_at=seen_at,
        heat=replace(entry.heat, outlets=entry.outlets) if entry.outlets else entry.heat,
        outlet=outlet if outlet != home else "",
        links=tuple(each for each in links if each != link),
    )


def _language(title: str, summary: str, claims: tuple[Entry, Source, Feed]) -> str:
    """The language of the words; what the feed says of itself only where they are mute."""
    told = detect_language(f"{title}\n{summary[:300]}")
    return told or primary_language(next((each.language for each in claims if each.language), ""))


def primary_language(tag: str) -> str:
    """`zh-Hant-TW` and `zh_CN` are `zh`; "" for what is not a language tag."""
    primary = tag.strip().replace("_", "-").split("-")[0].lower()
    return primary if 2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha() else ""
