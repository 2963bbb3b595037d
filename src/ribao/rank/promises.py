"""The ledger of promises: what was announced for a date, and what falls due.

"预计2026年上市" and "begins in March 2026" are kept with their evidence. When the time comes the
edition says so (`ribao.running.promises`). Forecasts of markets are nobody's promise and left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from ribao.language.dates import DateMention, find_dates
from ribao.language.sentences import Span, split_sentences
from ribao.model import Citation, Document, DocumentId, Story, StoryId, content_id
from ribao.promise import Promise

READ = 3000  # characters of a report
LONGEST = 200  # characters; a longer sentence promises too many things at once
NEAR = {True: 24, False: 64}  # characters from a date to the word that promises, by: is Chinese
DATELINE = re.compile(r"\s?(?:消息|电|讯|报道)")  # "12月16日消息" dates the report
WHOLE = re.compile(r"(?<![.。…])[。！!.][”’」』）)\"']*$")
LEANING = re.compile(
    r"(?:[他她它]们?|[这那其此该]|但|不过|然而|同时|此外|另外|因此|目前|功能|作为|进行)"
    r"|(?:he|she|it|they|this|that|these|those|but|and|however|also)\b",
    re.IGNORECASE,
)
AT_LEAST = timedelta(days=1)  # what is said for tomorrow is a promise, for today it is news
AT_MOST = timedelta(days=366 * 5)  # later dates are visions
A_STORY_MAY_HOLD = 4  # promises; the first reports tell the ones that matter


class Due(StrEnum):
    """What a day means for a promise."""

    TODAY = "today"  # the very day that was named
    OPENS = "opens"  # the named month, quarter or year begins
    ENDS = "ends"  # it ends, or a "by" falls due


def find_promises(story: Story, timezone: str = "UTC") -> tuple[Promise, ...]:
    """Find what a story's reports announce for later, the earliest reports first.

    `timezone` is the zone in which "tomorrow" of a report is read. Copies are passed over, and of
    several sentences for one time only the first is kept.
    """
    found: dict[tuple[date, date], Promise] = {}
    ordered = sorted(story.documents, key=lambda one: (one.published_at, one.id))
    for document in ordered:
        if document.copy_of is None:
            for promise in _promises_of(document, story.id, ZoneInfo(timezone)):
                found.setdefault((promise.first, promise.last), promise)
    return tuple(found.values())[:A_STORY_MAY_HOLD]


def falling_due(promises: Iterable[Promise], day: date) -> tuple[tuple[Promise, Due], ...]:
    """Find the promises for which `day` matters, in the order of their making."""
    due = [(promise, state) for promise in promises if (state := _due(promise, day)) is not None]
    return tuple(sorted(due, key=lambda one: (one[0].made_at, one[0].id)))


def _due(promise: Promise, day: date) -> Due | None:
    if promise.first == promise.last:
        return Due.TODAY if promise.first == day else None
    if promise.bound not in ("by", "before", "until") and promise.first == day:
        return Due.OPENS
    return Due.ENDS if promise.last == day and promise.bound not in ("since", "after") else None


def _promises_of(document: Document, story_id: StoryId, zone: ZoneInfo) -> Iterator[Promise]:
    anchor = document.published_at.astimezone(zone).date()
    title = (Span(0, len(document.title), document.title),)
    parts: Sequence[tuple[str, Sequence[Span]]] = (
        ("title", title),
        ("text", split_sentences(document.text[:READ])),
    )
    for field, sentences in parts:
        for sentence in sentences:
            if field == "text" and not _stands_alone(sentence, document):
                continue
            mention = _promised(sentence.text, anchor)
            if mention is not None:
                quote = Citation(
                    DocumentId(document.id), sentence.text, sentence.start, sentence.end, field
                )
                yield Promise(
                    content_id("promise", story_id, sentence.text),
                    story_id,
                    sentence.text,
                    mention.first,
                    mention.last,
                    mention.bound,
                    document.published_at,
                    quote,
                )


def _stands_alone(sentence: Span, document: Document) -> bool:
    """Whether a sentence is whole and names what it speaks of: it will be read without the rest."""
    before = document.text[: sentence.start].rstrip()
    cut_in_two = document.language == "zh" and before.endswith(".")  # behind "Inc." goes on
    return not cut_in_two and bool(WHOLE.search(sentence.text)) and not LEANING.match(sentence.text)


def _promised(sentence: str, anchor: date) -> DateMention | None:
    """Find the first time to come that a sentence promises something for."""
    promise, never = _patterns()
    if len(sentence) > LONGEST or not promise.search(sentence) or never.search(sentence):
        return None
    reach = NEAR[bool(re.search(r"[\u4e00-\u9fff]", sentence))]
    for mention in find_dates(sentence, anchor):
        near = sentence[max(0, mention.start - reach) : mention.end + reach]
        if (
            mention.last - anchor <= AT_MOST
            and _is_to_come(mention, anchor)
            and not DATELINE.match(sentence, mention.end)
            and promise.search(near)
        ):
            return mention
    return None


def _is_to_come(mention: DateMention, anchor: date) -> bool:
    """Whether a time lies ahead; a month under way may still be promised, a year is only named."""
    if mention.first - anchor >= AT_LEAST:
        return True
    under_way = mention.first <= anchor and mention.last - anchor >= AT_LEAST
    return under_way and (mention.grain in ("month", "quarter", "half") or bool(mention.bound))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw = (resources.files(__package__) / "promises.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    promise, never = ("|".join(f"(?:{one})" for one in table[key]) for key in ("promise", "never"))
    return re.compile(promise, re.IGNORECASE), re.compile(never, re.IGNORECASE)
