"""Which stories ribao chooses on recorded days, and how many of an editor's events are among them.

Runs collect, extract, dedupe, cluster and rank on the six days of ../shared/replay, each on its own
and then as a week with its memory. Prints what was chosen with its points; for the day that has
labels, also which event was missed and why. All of it: `python -m bench editions`; one day, and
perhaps another beat: `python -m bench.editions 2025-12-19 zh chips`.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench._days import day_documents
from ribao.beat import load_beat
from ribao.cluster import cluster
from ribao.config import Config, EditionSettings
from ribao.model import Document, Story
from ribao.outcome import Outcome, Reason
from ribao.rank import rank

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "replay"
DAYS = tuple(f"2025-12-{day}" for day in range(15, 21))
LABELLED = "2025-12-19"
ZONES = {"zh": "Asia/Shanghai", "en": "UTC"}
WINDOW = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Day:
    """One edition as far as rank: what there was and what was chosen."""

    stories: tuple[Story, ...]
    outcome: Outcome[Story]
    seconds: float  # of rank alone


@cache
def documents_of(day: str) -> tuple[Document, ...]:
    """The documents of one recorded day that its edition may print."""
    close = closing(day)
    return tuple(one for one in whole_day(day) if close - WINDOW <= one.published_at < close)


def closing(day: str, language: str = "zh") -> datetime:
    """When the edition of a day closes."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo(ZONES[language]))


@cache
def _stories_of(day: str) -> tuple[Story, ...]:
    """The stories of one day on its own."""
    return cluster(documents_of(day), (), Config().cluster).kept


@cache
def whole_day(day: str) -> tuple[Document, ...]:
    """All documents of one day, read once for all who ask."""
    return day_documents(SHARED / f"{day}.warc.gz")


def choose(day: str, language: str = "zh", history: Sequence[Story] = (), beat: str = "ai") -> Day:
    """Make one day's choice; `history` is what the days before printed."""
    config = Config()
    printed = frozenset(story.id for story in history)
    if history:
        stories = cluster(documents_of(day), tuple(history), config.cluster, printed=printed).kept
    else:
        stories = _stories_of(day)
    edition = EditionSettings(language=language)
    started = time.perf_counter()
    outcome = rank(
        stories, load_beat(beat), config.rank, edition=edition, now=closing(day), history=history
    )
    return Day(stories, outcome, time.perf_counter() - started)


def gold(day: str = LABELLED) -> list[dict[str, Any]]:
    """Events that a human editor printed on the labelled day and that the archive carries."""
    events = json.loads((SHARED / f"gold-{day}.json").read_text(encoding="utf-8"))["events"]
    return [event for event in events if event["available_by_cutoff"]]


def found_events(chosen: Sequence[Story]) -> dict[str, list[Story]]:
    """Stories that carry a report of each labelled event, by event."""
    links = {report["link"]: event["event"] for event in gold() for report in event["reports"]}
    found: dict[str, list[Story]] = {event["event"]: [] for event in gold()}
    for story in chosen:
        for event in {links[one.url] for one in story.documents if one.url in links}:
            found[event].append(story)
    return found


def _print_chosen(day: Day) -> None:
    for story in day.outcome.kept:
        parts = " ".join(f"{part.name}={part.points:.1f}" for part in story.score.parts)
        mark = "+" if story.continues else " "
        print(
            f"{story.score.total:6.1f}{mark}{story.kind:8}{story.section:10}{story.headline[:60]}"
        )
        print(f"        {len(story.documents)} reports  {parts}")


def _print_missed(day: Day) -> None:
    dropped = {drop.subject: drop for drop in day.outcome.dropped}
    chosen = found_events(day.outcome.kept)
    everywhere = found_events(day.stories)
    for event, stories in everywhere.items():
        if chosen[event]:
            continue
        fates = [
            f"{dropped[story.id].reason}: {dropped[story.id].detail}"
            for story in stories
            if story.id in dropped
        ]
        print(f"missed {event}: {fates or 'in no story'}")
    hits = sum(bool(stories) for stories in chosen.values())
    twice = [event for event, stories in chosen.items() if len(stories) > 1]
    print(f"{hits} of {len(chosen)} labelled events; printed twice: {twice or 'none'}")


def _line(day: str, made: Day) -> str:
    reasons = Counter(drop.reason for drop in made.outcome.dropped)
    kinds = Counter(story.kind for story in made.outcome.kept)
    updates = sum(story.continues is not None for story in made.outcome.kept)
    return (
        f"{day}  {len(made.stories):6} {kinds['story']:4} {kinds['release']:4} {kinds['brief']:4}"
        f" {updates:5} {reasons[Reason.OFF_TOPIC]:6} {reasons[Reason.LOW_SCORE]:5}"
        f" {reasons[Reason.NO_ROOM]:5} {made.seconds:6.2f}"
    )


def main() -> None:
    """Print all days in both languages, the labelled day in full, and a week with its memory."""
    head = "day         stories full rel. brief updates  noise  weak  room  seconds"
    for language in ZONES:
        print(f"\n{language}: each day on its own\n{head}")
        for day in DAYS:
            print(_line(day, choose(day, language)))
    print(f"\n{LABELLED}, zh")
    labelled = choose(LABELLED)
    _print_chosen(labelled)
    _print_missed(labelled)
    print(f"\nzh: a week with its memory\n{head}")
    history: tuple[Story, ...] = ()
    for day in DAYS:
        made = choose(day, history=history)
        history = (*history, *made.outcome.kept)
        print(_line(day, made))


if __name__ == "__main__":
    asked = [*sys.argv[1:], *("zh", "ai")[len(sys.argv) - 2 :]]
    one = choose(asked[0], asked[1], beat=asked[2])
    _print_chosen(one)
    if asked[0] == LABELLED and asked[2] == "ai":
        _print_missed(one)
