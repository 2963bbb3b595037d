"""What the charts show: numbers of stories, counted over the last days of a shelf."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ribao.model import Edition, StoryId
from ribao.publish.sanitise import plain
from ribao.publish.shelf import Printed
from ribao.publish.site.naming import Named

_RELAYED = re.compile(r"\s*[（(][^（）()]*[）)]$")  # "The Brook (relayed)" is The Brook
DAYS = 30  # what "lately" means on every page


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: whom it counts, a key, how many in all, and how many a day if known."""

    key: str
    label: str
    total: int
    daily: tuple[int, ...] = ()


def days_of(editions: Sequence[Edition]) -> tuple[date, ...]:
    """The last days, the newest last; fewer where the paper is younger."""
    last, first = editions[-1].date, editions[0].date
    span = min(DAYS, (last - first).days + 1)
    return tuple(last - timedelta(days=ago) for ago in reversed(range(span)))


def by_section(editions: Sequence[Edition]) -> tuple[Row, ...]:
    """How many articles each section had on each day, the fullest section first."""
    days = days_of(editions)
    place = {day: at for at, day in enumerate(days)}
    labels: dict[str, str] = {}
    counts: dict[str, list[int]] = {}
    for edition in editions:
        if edition.date not in place:
            continue
        for section in edition.sections:
            labels[section.id] = plain(section.title)
            counted = counts.setdefault(section.id, [0] * len(days))
            counted[place[edition.date]] += len(section.articles)
    rows = [Row(id_, labels[id_], sum(daily), tuple(daily)) for id_, daily in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.key)))


def by_name(
    named: Mapping[str, Named], editions: Sequence[Edition], language: str, most: int
) -> tuple[Row, ...]:
    """In how many stories of the last days each name stands, the most first."""
    first = days_of(editions)[0]
    rows = []
    for id_, one in named.items():
        stories = {
            story
            for printed, story in zip(one.printed, one.stories, strict=True)
            if printed.edition.date >= first
        }
        if stories:
            rows.append(Row(id_, one.spelt(language), len(stories)))
    return tuple(sorted(rows, key=lambda row: (-row.total, row.key))[:most])


def by_outlet(
    stories: Mapping[StoryId, Sequence[Printed]], editions: Sequence[Edition], most: int
) -> tuple[Row, ...]:
    """From how many stories of the last days each outlet is cited, the most first."""
    first = days_of(editions)[0]
    cited: dict[str, set[StoryId]] = {}
    for story, history in stories.items():
        for printed in history:
            if printed.edition.date < first:
                continue
            for reference in printed.article.references:
                if outlet := _RELAYED.sub("", plain(reference.outlet)):
                    cited.setdefault(outlet, set()).add(story)
    rows = [Row(outlet, outlet, len(found)) for outlet, found in cited.items()]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.key))[:most])


def daily(one: Named, days: Sequence[date]) -> tuple[int, ...]:
    """In how many articles of each day a name stands."""
    counts = dict.fromkeys(days, 0)
    for printed in one.printed:
        if printed.edition.date in counts:
            counts[printed.edition.date] += 1
    return tuple(counts.values())
