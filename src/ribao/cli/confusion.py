"""What `ribao bench stories` shows of its mistakes, in lines that a person can learn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rich.cells import cell_len, set_cell_size

from ribao.catalogue import say
from ribao.cli.labels import Label, Result
from ribao.cluster.events import DOUBT
from ribao.cluster.explain import Evidence, explain_join, grain_of
from ribao.config import ClusterSettings
from ribao.gateways.address import page_key
from ribao.model import Document, Story

SHOWN = 25  # stories, and events, of the confusion list
EVENT_CELLS, TITLE_CELLS = 22, 56  # width of columns on a terminal; a Chinese sign takes two
COMPARED = 12  # reports of an event that are compared with one another


def confusion(labels: Sequence[Label], result: Result, language: str) -> Iterator[str]:
    """Stories that hold several events, and events that stand in several stories, in lines."""
    by_story: defaultdict[str, list[Label]] = defaultdict(list)
    by_event: defaultdict[str, list[Label]] = defaultdict(list)
    for label in labels:
        if label.key in result.story_of:
            by_story[result.story_of[label.key].id].append(label)
            by_event[label.event].append(label)
    mixed = [found for found in by_story.values() if len({label.event for label in found}) > 1]
    mixed.sort(key=lambda found: (-len(found), found[0].event))
    yield _heading("bench-together", len(mixed), language)
    for found in mixed[:SHOWN]:
        yield from _mixed(found, result)
    split = [
        found for found in by_event.values() if len({result.story_of[f.key].id for f in found}) > 1
    ]
    split.sort(key=lambda found: (-len(found), found[0].event))
    yield _heading("bench-apart", len(split), language)
    evidence = _evidence(split[:SHOWN], result)
    for found in split[:SHOWN]:
        yield from _split(found, result, evidence, language)


def missing(
    labels: Sequence[Label], result: Result, days: Sequence[str], language: str
) -> list[str]:
    """The labelled links that were not found, each with what is known of why."""
    lines = []
    for label in labels:
        if label.key in result.story_of:
            continue
        if label.days and not set(label.days) & set(days):
            why = say("bench-other-day", language, days=", ".join(label.days))
        else:
            why = result.dropped.get(label.key) or say("bench-not-there", language)
        lines.append(f"  {label.link}  [{why}]")
    return lines


def _heading(key: str, count: int, language: str) -> str:
    shown = say("bench-shown", language, shown=SHOWN) if count > SHOWN else ""
    return say(key, language, count=count) + shown


def _mixed(found: Sequence[Label], result: Result) -> Iterator[str]:
    """One story of several events, each report with the one that brought it in."""
    story = result.story_of[found[0].key]
    events = len({label.event for label in found})
    yield f"  {story.headline}  ({story.id[:6]}: {len(found)} links, {events} events)"
    event_of = {label.key: label.event for label in found}
    for label in sorted(found, key=lambda one: (one.event, one.link)):
        document = _document(label, story)
        join = explain_join(story, document.id)
        why = ""
        if join is not None and join.nearest_id is not None:
            near = next(one for one in story.documents if one.id == join.nearest_id)
            other = event_of.get(page_key(near.url), "")
            sign = "!" if other and other != label.event else " "
            parts = "; ".join(
                f"{part.name} {part.points:.2f} ({part.because})" for part in join.because
            )
            why = f"{sign} {join.similarity:.2f} <- {near.title}: {parts}"
        yield f"    {_columns(label, document)}  {label.link}"
        if why:
            yield f"      {why}"


def _split(
    found: Sequence[Label], result: Result, evidence: Evidence, language: str
) -> Iterator[str]:
    """One event in several stories, and how near the nearest reports of two of them are."""
    stories = {result.story_of[label.key].id for label in found}
    yield f"  {found[0].event}  ({len(found)} links, {len(stories)} stories)"
    for label in sorted(found, key=lambda one: (result.story_of[one.key].id, one.link)):
        story = result.story_of[label.key]
        columns = _columns(label, _document(label, story))
        yield f"    {story.id[:6]} {columns}  {label.link}"
    best: tuple[float, Document, Document] | None = None
    for one, two in combinations(found[:COMPARED], 2):
        first, second = result.story_of[one.key], result.story_of[two.key]
        if first.id != second.id:
            a, b = _document(one, first), _document(two, second)
            likeness = evidence.likeness(a.id, b.id)
            if best is None or likeness > best[0]:
                best = likeness, a, b
    if best is not None:
        likeness, a, b = best
        shared = evidence.shared(a.id, b.id)
        parts = "; ".join(f"{part.name} {part.points:.2f} ({part.because})" for part in shared)
        enough = grain_of(ClusterSettings()).threshold * (1.0 + DOUBT)
        yield "      " + say(
            "bench-nearest", language, likeness=f"{likeness:.2f}", enough=f"{enough:.2f}",
            first=a.title, second=b.title, parts=parts or say("bench-nothing", language),
        )  # fmt: skip


def _evidence(split: Iterable[Sequence[Label]], result: Result) -> Evidence:
    """What is rare among all reports; needed only where something stands apart."""
    wanted = any(True for _ in split)
    documents = {
        document.id: document
        for story in (result.stories if wanted else ())
        for document in story.documents
    }
    return Evidence(list(documents.values()), grain_of(ClusterSettings()))


def _document(label: Label, story: Story) -> Document:
    """The report of a labelled link in its story."""
    return next(d for d in story.documents if page_key(d.url) == label.key)


def _columns(label: Label, document: Document) -> str:
    """Event, language and title in columns that stand under one another."""
    return (
        f"{cell(label.event, EVENT_CELLS)} {cell(label.language or document.language, 2)} "
        f"{cell(document.title, TITLE_CELLS)}"
    )


def cell(text: str, cells: int) -> str:
    """A text of exactly that width; a longer one ends with dots."""
    plain = " ".join(text.split())
    if cell_len(plain) <= cells:
        return set_cell_size(plain, cells)
    return set_cell_size(set_cell_size(plain, cells - 1).rstrip() + "…", cells)
