"""How well the stories of recorded days agree with a person's labels.

    python -m bench stories                      the labelled days of ../shared/replay
    RIBAO_LABELS=labels.jsonl                    other labels: link, event, lang, kind a line
    RIBAO_DAYS=a.warc.gz:b.warc.gz               other recorded days, oldest first
    RIBAO_NEAR_MISSES=gold.json                  events with reports and near_misses
    RIBAO_EDITION=edition.json                   an edition whose recall and repeats are scored

Days are fed in order, each with the stories of the days before, as an edition would. Links are
scored where they stand after the last day. The confusion list names links and the parts of the
likeness that put each where it is: what one would have to change.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench._days import SHARED, Label, day_documents, read_labels, recorded_days
from bench._scores import bcubed, pairs
from ribao.cluster import cluster, explain_join
from ribao.config import ClusterSettings
from ribao.gateways.address import page_key
from ribao.model import Document, Story

DEFAULT_DAYS = ("2025-12-16", "2025-12-17", "2025-12-18", "2025-12-19")
SHOWN = 25  # lines of each part of the confusion list


@dataclass(frozen=True, slots=True)
class Result:
    """Where everything stood after the last day."""

    stories: tuple[Story, ...]
    story_of: dict[str, Story]  # by key of the page
    seconds: float  # in cluster alone, all days


def follow(days: Iterable[Sequence[Document]], settings: ClusterSettings) -> Result:
    """Cluster day after day; a story that changed takes the place of what it was before."""
    known: tuple[Story, ...] = ()
    spent = 0.0
    for documents in days:
        start = time.process_time()
        made = cluster(documents, known, settings).kept
        spent += time.process_time() - start
        inside = {document.id for story in made for document in story.documents}
        rest = (s for s in known if not any(document.id in inside for document in s.documents))
        known = (*rest, *made)
    return Result(known, _story_of(known), spent)


def _story_of(stories: Sequence[Story]) -> dict[str, Story]:
    found: dict[str, tuple[bool, Story]] = {}
    for story in stories:
        for document in story.documents:
            key, copy = page_key(document.url), document.copy_of is not None
            if key not in found or (found[key][0] and not copy):
                found[key] = (copy, story)
    return {key: story for key, (_, story) in found.items()}


def score(labels: Sequence[Label], result: Result) -> list[tuple[str, str]]:
    """Every figure as (name, value)."""
    there = [label for label in labels if label.key in result.story_of]
    events = [label for label in there if label.kind == "event"]
    rows = [("links labelled, found", f"{len(labels)}, {len(there)}")]
    for name, chosen in (("BCubed, all", there), ("BCubed, kind=event", events)):
        rows.append((name, str(bcubed(_events(chosen), _groups(chosen, result)))))
    pairwise, true = pairs(_events(there), _groups(there, result))
    rows.append((f"pairs ({true})", str(pairwise)))
    languages = [label.language for label in there]
    across, true = pairs(_events(there), _groups(there, result), languages)
    rows.append((f"pairs zh-en ({true})", str(across)))
    rows.append(("seconds of CPU in cluster", f"{result.seconds:.1f}"))
    return rows


def _events(labels: Sequence[Label]) -> list[str]:
    return [label.event for label in labels]


def _groups(labels: Sequence[Label], result: Result) -> list[str]:
    return [result.story_of[label.key].id for label in labels]


def merged_near_misses(path: Path, result: Result) -> list[tuple[str, str]]:
    """Near misses that stand in a story of the event they are not: (event, link)."""
    found = []
    for event in json.loads(path.read_text(encoding="utf-8"))["events"]:
        keys = [page_key(report["link"]) for report in event["reports"]]
        stories = {result.story_of[key].id for key in keys if key in result.story_of}
        for miss in event["near_misses"]:
            story = result.story_of.get(page_key(miss["link"]))
            if story is not None and story.id in stories:
                found.append((event["event"], miss["link"]))
    return found


def confusion(labels: Sequence[Label], result: Result) -> list[str]:
    """Stories that hold several events, and events that stand in several stories."""
    by_story: defaultdict[str, list[Label]] = defaultdict(list)
    by_event: defaultdict[str, list[Label]] = defaultdict(list)
    for label in labels:
        if label.key in result.story_of:
            by_story[result.story_of[label.key].id].append(label)
            by_event[label.event].append(label)
    lines = ["together, but labelled apart:"]
    mixed = [found for found in by_story.values() if len({label.event for label in found}) > 1]
    for found in sorted(mixed, key=len, reverse=True)[:SHOWN]:
        lines.append(f"  story {result.story_of[found[0].key].id}")
        lines += [_line(label, result) for label in sorted(found, key=lambda one: one.event)]
    lines.append("apart, but labelled together:")
    split = [
        found for found in by_event.values() if len({result.story_of[f.key].id for f in found}) > 1
    ]
    for found in sorted(split, key=len, reverse=True)[:SHOWN]:
        lines.append(f"  event {found[0].event}")
        order = sorted(found, key=lambda one: result.story_of[one.key].id)
        lines += [_line(label, result) for label in order]
    return lines


def _line(label: Label, result: Result) -> str:
    """One link with its story, and why it is there."""
    story = result.story_of[label.key]
    document = next(d for d in story.documents if page_key(d.url) == label.key)
    join = explain_join(story, document.id)
    why = "; ".join(f"{part.name} {part.points:.2f}" for part in join.because) if join else ""
    return f"    {label.event[:12]:<12} {story.id[:6]} {label.language:<2} {label.link}  [{why}]"


def edition_rows(path: Path, gold: Path) -> list[tuple[str, str]]:
    """What an edition makes of the labelled events: recall, repeats, diversity of outlets."""
    edition = json.loads(path.read_text(encoding="utf-8"))
    articles = [article for section in edition["sections"] for article in section["articles"]]
    cited = [{page_key(ref["url"]) for ref in article["references"]} for article in articles]
    events = [
        {page_key(report["link"]) for report in event["reports"]}
        for event in json.loads(gold.read_text(encoding="utf-8"))["events"]
        if event.get("available_by_cutoff", True)
    ]
    hits = [sum(bool(keys & event) for keys in cited) for event in events]
    by_article = [{ref["outlet"] for ref in article["references"]} for article in articles]
    outlets = [len(found) for found in by_article]
    return [
        ("edition: articles", str(len(articles))),
        ("edition: events told", f"{sum(hit > 0 for hit in hits)} of {len(events)}"),
        ("edition: events told twice", str(sum(hit > 1 for hit in hits))),
        ("edition: outlets an article", f"{sum(outlets) / max(len(outlets), 1):.2f}"),
        ("edition: outlets in all", str(len(set().union(*by_article)))),
    ]  # fmt: skip


def main() -> None:
    """Print the figures and the confusion list."""
    replay = SHARED / "replay"
    labels = Path(os.environ.get("RIBAO_LABELS", str(replay / "gold-clusters-2025-12-17_18.jsonl")))
    gold = Path(os.environ.get("RIBAO_NEAR_MISSES", str(replay / "gold-2025-12-19.json")))
    given = os.environ.get("RIBAO_DAYS", "")
    days = [Path(day) for day in given.split(os.pathsep)] if given else labelled_days()
    result = follow((day_documents(day) for day in days), ClusterSettings())
    found = read_labels(labels)
    rows = score(found, result)
    misses = merged_near_misses(gold, result) if gold.is_file() else []
    rows.append(("near misses merged", str(len(misses))))
    if os.environ.get("RIBAO_EDITION"):
        rows += edition_rows(Path(os.environ["RIBAO_EDITION"]), gold)
    for name, value in rows:
        print(f"{name:<28} {value}")
    print(*(f"near miss of {event}: {link}" for event, link in misses), sep="\n")
    print(*confusion(found, result), sep="\n")


def labelled_days(shared: Path = SHARED) -> list[Path]:
    """The recorded days that the labels of the recorded set are about."""
    return [path for path in recorded_days(shared) if path.name[:10] in DEFAULT_DAYS]
