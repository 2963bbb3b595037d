"""What `ribao bench stories` does: score the stories of recorded days against a person's labels.

Days are fed in order, each with the stories of the days before, as an edition would. Links are
scored where they stand after the last day. The confusion list names links and the parts of the
likeness that put each where it is: what one would have to change.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean

import typer
from rich.cells import set_cell_size
from rich.console import Console

from ribao.beat import load_beat
from ribao.catalogue import say
from ribao.cli.agreement import bcubed, pairs
from ribao.cli.confusion import confusion, missing
from ribao.cli.labels import SAME_EVENTS, Label, Result, read_labels
from ribao.cluster import cluster
from ribao.collect import collect
from ribao.collect.archive import sources_in_archive
from ribao.collect.sources import builtin_sources
from ribao.config import Config
from ribao.dedupe import dedupe
from ribao.errors import ConfigError
from ribao.extract import extract
from ribao.gateways.address import page_key
from ribao.gateways.warc import ReplayWeb
from ribao.model import Document, ItemId, Story
from ribao.plugins.loader import load_plugins, source_kinds
from ribao.rank import rank
from ribao.rank.voices import voices

FIGURE_CELLS = 44  # width of the column of names


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure, as it is printed."""

    name: str
    value: str


def day_documents(path: Path) -> tuple[Document, ...]:
    """The deduped documents of one recorded day, as of the moment of its capture."""
    return recorded_day(path)[0]


def recorded_day(path: Path) -> tuple[tuple[Document, ...], dict[str, str]]:
    """The deduped documents of one recorded day, and why other pages gave none, by their key."""
    web, config = ReplayWeb(path), Config()
    sources = sources_in_archive(web, builtin_sources())
    kinds = source_kinds(load_plugins())
    items = collect(sources, kinds, web, config.collect, web.captured_at()).kept
    by_id = {source.id: source for source in sources}
    extracted = extract(items, by_id, web, config.extract)
    key_of = {item.id: page_key(item.url) for item in items}
    lost = {
        key_of[ItemId(drop.subject)]: f"{drop.reason}: {drop.detail}"
        for drop in extracted.dropped
        if drop.subject in key_of
    }
    return dedupe(extracted.kept, config.dedupe).kept, lost


def follow(days: Iterable[Sequence[Document]], config: Config | None = None) -> Result:
    """Cluster day after day; a story that changed takes the place of what it was before."""
    settings = (config or Config()).cluster
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


def score(labels: Sequence[Label], result: Result) -> list[Figure]:
    """How well the stories agree with the labels."""
    there = [label for label in labels if label.key in result.story_of]
    events = [label for label in there if label.kind == SAME_EVENTS]
    rows = [Figure("links labelled, found", f"{len(labels)}, {len(there)}")]
    for name, chosen in (("BCubed, all", there), ("BCubed, kind=event", events)):
        rows.append(Figure(name, str(bcubed(_events(chosen), _groups(chosen, result)))))
    pairwise, true = pairs(_events(there), _groups(there, result))
    rows.append(Figure(f"pairs ({true})", str(pairwise)))
    languages = [label.language for label in there]
    across, true = pairs(_events(there), _groups(there, result), languages)
    rows.append(Figure(f"pairs of two languages ({true})", str(across)))
    rows.append(Figure("seconds of CPU in cluster", f"{result.seconds:.1f}"))
    return rows


def _events(labels: Sequence[Label]) -> list[str]:
    return [label.event for label in labels]


def _groups(labels: Sequence[Label], result: Result) -> list[str]:
    return [result.story_of[label.key].id for label in labels]


def edition_figures(
    labels: Sequence[Label], documents: Sequence[Document], path: Path, language: str, beat: str
) -> list[Figure]:
    """What the edition of one day makes of the labelled events: recall, repeats, diversity."""
    config, web = Config(), ReplayWeb(path)
    stories = cluster(documents, (), config.cluster).kept
    edition = config.edition.model_copy(update={"language": language})
    chosen = rank(
        stories, load_beat(beat), config.rank, edition=edition, now=web.captured_at()
    ).kept
    there = _keys(stories)
    events: defaultdict[str, set[str]] = defaultdict(set)
    for label in labels:
        if label.key in there and label.kind == SAME_EVENTS:
            events[label.event].add(label.key)
    told = [sum(bool(keys & _keys((story,))) for story in chosen) for keys in events.values()]
    outlets = [set(voices(story)) for story in chosen]
    return [
        Figure(f"edition of {path.name}: stories", str(len(chosen))),
        Figure("labelled events told", f"{sum(hits > 0 for hits in told)} of {len(events)}"),
        Figure("labelled events told twice", str(sum(hits > 1 for hits in told))),
        Figure("outlets a story", f"{fmean(map(len, outlets)):.2f}" if outlets else "0.00"),
        Figure("outlets in all", str(len(set().union(*outlets)))),
    ]


def _keys(stories: Iterable[Story]) -> set[str]:
    return {page_key(document.url) for story in stories for document in story.documents}


def merged_near_misses(path: Path, result: Result) -> list[tuple[str, str]]:
    """Near misses that stand in a story of the event they are not: (event, link).

    Raises:
        ConfigError: the file cannot be read, or does not hold events with reports and near misses.
    """
    found = []
    try:
        for event in json.loads(path.read_text(encoding="utf-8"))["events"]:
            keys = [page_key(report["link"]) for report in event["reports"]]
            stories = {result.story_of[key].id for key in keys if key in result.story_of}
            for miss in event["near_misses"]:
                story = result.story_of.get(page_key(miss["link"]))
                if story is not None and story.id in stories:
                    found.append((event["event"], miss["link"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError("cannot read the near misses", str(path), str(error)) from error
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """What `ribao bench stories` is asked."""

    replays: tuple[Path, ...]  # oldest first
    gold: Path
    near_misses: Path | None
    language: str
    beat: str


def bench_stories(asked: Question, *, as_json: bool) -> None:
    """Print every figure, the links that are missing, and the confusion list.

    Raises:
        ConfigError: the labels cannot be read.
        RemoteError: an archive cannot be read.
    """
    labels = read_labels(asked.gold)
    days = [recorded_day(path) for path in asked.replays]
    lost = {key: why for _, dropped in days for key, why in dropped.items()}
    result = replace(follow([documents for documents, _ in days]), dropped=lost)
    figures = score(labels, result)
    misses = merged_near_misses(asked.near_misses, result) if asked.near_misses else []
    if asked.near_misses:
        figures.append(Figure("near misses merged", str(len(misses))))
    last = days[-1][0]
    figures += edition_figures(labels, last, asked.replays[-1], asked.language, asked.beat)
    absent = missing(labels, result, [_day_of(path) for path in asked.replays], asked.language)
    lines = [*(f"near miss of {event}: {link}" for event, link in misses)]
    lines += confusion(labels, result, asked.language)
    if as_json:
        found = {
            "figures": [asdict(one) for one in figures], "missing": absent, "confusion": lines,
        }  # fmt: skip
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    for one in figures:
        console.print(set_cell_size(one.name, FIGURE_CELLS), one.value, markup=False)
    if absent:
        console.print(say("bench-missing", asked.language, count=len(absent)), markup=False)
    for line in (*absent, *lines):
        console.print(line, markup=False)


def _day_of(path: Path) -> str:
    """The day that an archive is named after: 2025-12-19 of 2025-12-19.warc.gz."""
    return path.name.partition(".")[0]
