"""What `ribao why` does: follow one address through the ledger of the last run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import typer
from rich.console import Console

from ribao.catalogue import say
from ribao.cli.making import MEMORY
from ribao.config import StoreSettings, load_config
from ribao.errors import ConfigError
from ribao.gateways.address import canonical_url
from ribao.model import Document, DocumentId, Item, Story, StoryId
from ribao.store import Store, open_store
from ribao.store.ledger import Entry, Run


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one item: its lines in the ledger, in the order of the steps."""

    subject: str
    title: str
    url: str
    source: str
    entries: tuple[Entry, ...]
    story: str = ""
    headline: str = ""
    reports: int = 0
    because: tuple[tuple[str, float, str], ...] = ()  # why this report is in that story
    score: tuple[tuple[str, float, str], ...] = ()  # why that story ranks where it does
    split_from: str = ""  # headline of the story that this one was parted from


def explain(url: str, output: Path, path: Path | None, *, as_json: bool) -> None:
    """Print the fate of every item at an address in the last run.

    Raises:
        ConfigError: there was no run in this folder, or nothing with this address was read in it.
    """
    with open_store(last_store(output, load_config(path).store)) as store:
        run = store.ledger.last_run()
        if run is None:
            raise ConfigError("no run was made here yet", str(output))
        fates = fates_of(store, run, url)
        if not fates:
            raise ConfigError(
                "the last run did not see this address",
                url,
                f"it made {run.date} in {run.language}",
                hint="give the address of a report as its feed names it, or the id of a source",
            )
        if as_json:
            typer.echo(json.dumps([asdict(fate) for fate in fates], ensure_ascii=False, indent=2))
            return
        for fate in fates:
            _show(fate, run)


def fates_of(store: Store, run: Run, url: str) -> tuple[Fate, ...]:
    """Follow an address, or a source's id or address, through one run."""
    addresses = {url, canonical_url(url)}
    items = store.library.items_at(addresses)
    fates = [_fate_of_item(store, run, item) for item in items]
    states = store.library.source_states()
    fates += [
        Fate(state.source.id, state.source.title, state.source.url, state.source.id, entries)
        for state in states
        if url == state.source.id or state.source.url in addresses
        if (entries := store.ledger.entries(run.id, state.source.id))
    ]
    return tuple(fate for fate in fates if fate.entries)


def _fate_of_item(store: Store, run: Run, item: Item) -> Fate:
    entries = list(store.ledger.entries(run.id, item.id))
    story: Story | None = None
    document: Document | None = None
    for version in store.library.documents_of([item.id]):  # the one that counted, of several
        lines = store.ledger.entries(run.id, version.id)
        entries += lines
        joined = next((line.detail for line in lines if line.step == "cluster"), "")
        if joined:
            document = version
            entries += store.ledger.entries(run.id, joined)
            story = store.editions.story(StoryId(joined), date.fromisoformat(run.date))
    return Fate(
        item.id,
        item.title,
        item.url,
        item.source_id,
        tuple(dict.fromkeys(entries)),
        story.id if story else "",
        story.headline if story else "",
        len(story.documents) if story else 0,
        _join_reasons(story, document.id) if story and document else (),
        _score_reasons(store, run, story) if story else (),
        _origin(store, run, story) if story else "",
    )


def _origin(store: Store, run: Run, story: Story) -> str:
    """The headline of the story that this one was parted from, its id where it is not kept."""
    if story.split_from is None:
        return ""
    found = store.placings.headline(story.split_from, date.fromisoformat(run.date))
    return found or story.split_from


def _join_reasons(story: Story, document: DocumentId) -> tuple[tuple[str, float, str], ...]:
    return tuple(
        (point.name, point.points, point.because)
        for join in story.joins
        if join.document_id == document
        for point in join.because
    )


def _score_reasons(store: Store, run: Run, story: Story) -> tuple[tuple[str, float, str], ...]:
    edition = store.editions.edition_of(run.edition_id)
    return tuple(
        (point.name, point.points, point.because)
        for article in (edition.articles if edition else ())
        if article.story_id == story.id
        for point in article.score.parts
    )


def last_store(output: Path, settings: StoreSettings) -> Path | str:
    """The store of the settings, else that of the last run in an output folder.

    Raises:
        ConfigError: no run was made there.
    """
    if settings.url:
        return settings.url
    usual = sorted((output / MEMORY).glob("*.sqlite3"), key=lambda path: path.stat().st_mtime_ns)
    found = [Path(settings.path)] if settings.path else usual
    if not found or not found[-1].exists():
        raise ConfigError(
            "no run was made here yet", str(output), hint="name the folder with --output"
        )
    return found[-1]


def _show(fate: Fate, run: Run) -> None:
    console, language = Console(highlight=False, soft_wrap=True), run.language
    console.print(fate.title or fate.subject, style="bold", markup=False)
    console.print(f"{fate.url}  ({fate.source})", style="dim", markup=False)
    colours = {"kept": "green", "dropped": "yellow", "failed": "red"}
    for entry in fate.entries:
        reason = f" {entry.reason}" if entry.reason else ""
        became = say(f"run.{entry.became}", language)
        console.print(f"  {entry.step:<8} ", end="", style="dim", markup=False)
        console.print(f"{became}{reason}", end="", style=colours[entry.became], markup=False)
        console.print(f"  {entry.detail}" if entry.detail else "", markup=False)
    if fate.story:
        console.print(
            "  " + say("why.story", language, headline=fate.headline, reports=fate.reports),
            markup=False,
        )
    if fate.split_from:
        parted = say("why.split", language, headline=fate.split_from)
        console.print(f"  {parted}", markup=False)
    for title, reasons in (("why.join", fate.because), ("why.score", fate.score)):
        if reasons:
            console.print("  " + say(title, language), markup=False)
        for name, points, because in reasons:
            console.print(f"    {points:+6.2f}  {name}  {because}", markup=False)
