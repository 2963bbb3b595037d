"""What `ribao why URL URL2` does: what brings two reports together, shown."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from ribao.catalogue import say
from ribao.cli.explaining import last_store
from ribao.cluster import Aids, explain_pair, meaning_of, names_in
from ribao.config import ClusterSettings, load_config
from ribao.errors import ConfigError
from ribao.gateways.address import canonical_url
from ribao.language.aliases_learned import merged
from ribao.model import Document, DocumentId, Points
from ribao.plugins.embedding import embed
from ribao.plugins.loader import embedder, load_plugins
from ribao.running.meaning import embedded
from ribao.store import Store, open_store
from ribao.store.ledger import Run


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports, whether they stand in one story, and what they share."""

    first: str
    second: str
    together: bool
    parts: tuple[Points, ...]  # the last one is the verdict on the two alone


def compare(first: str, second: str, output: Path, path: Path | None, *, as_json: bool) -> None:
    """Print why two reports of the last run are or are not in one story.

    Raises:
        ConfigError: there was no run in this folder, or one of the reports was not read in it.
    """
    config = load_config(path)
    with open_store(last_store(output, config.store)) as store:
        run = store.ledger.last_run()
        if run is None:
            raise ConfigError("no run was made here yet", str(output))
        found = comparison(store, run, first, second, config.cluster)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _show(found, run.language)


def comparison(
    store: Store, run: Run, first: str, second: str, settings: ClusterSettings | None = None
) -> Comparison:
    """Compare two reports among all those of their run.

    Raises:
        ConfigError: one of the reports was not read in this run, or there is no such embedder.
        PluginError: the embedder failed.
    """
    stories = store.ledger.became(run.id, "cluster")
    among = store.library.documents_by_id([DocumentId(id_) for id_ in stories])
    one, two = (_document(store, run, url, among) for url in (first, second))
    before = store.aliases.learned_before(date.fromisoformat(run.date) + timedelta(days=1))
    settings = settings or ClusterSettings()
    no = store.aliases.refused()
    taught = [name for name in names_in(among.values()) if (name.han, name.latin) not in no]
    aids = Aids(merged(before, taught), **_vectors(one, two, settings))
    parts = explain_pair(
        one, two, settings, among=tuple(among[id_] for id_ in sorted(among)),
        aids=aids, language=run.language,
    )  # fmt: skip
    return Comparison(one.title, two.title, stories[one.id] == stories[two.id], parts)


def _vectors(one: Document, two: Document, settings: ClusterSettings) -> dict[str, Any]:
    """What the embedder of the settings says of two reports; nothing where there is none."""
    chosen = embedder(load_plugins(), settings.embedder) if settings.embedder else None
    if chosen is None:
        return {}
    rows = embed(chosen, [embedded(one), embedded(two)], seconds=settings.embedder_seconds)
    return {"vectors": {one.id: rows[0], two.id: rows[1]}, "meaning": meaning_of(settings)}


def _document(store: Store, run: Run, url: str, among: dict[DocumentId, Document]) -> Document:
    """The document at an address that came into a story of this run, the fullest one of several."""
    items = store.library.items_at({url, canonical_url(url)})
    found = [one for one in store.library.documents_of([i.id for i in items]) if one.id in among]
    if not found:
        raise ConfigError(
            "the last run put no report of this address into a story",
            url,
            f"it made {run.date} in {run.language}",
            hint="`ribao why URL` tells what became of it",
        )
    return max(found, key=lambda one: (len(one.text), one.id))


def _show(found: Comparison, language: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(found.first, style="bold", markup=False)
    console.print(found.second, style="bold", markup=False)
    *shared, verdict = found.parts
    for part in shared:
        console.print(f"  {part.points:+6.2f}  {part.name}  {part.because}", markup=False)
    console.print(f"  {verdict.because}", markup=False)
    whole = "why.together" if found.together else "why.apart"
    colour = "green" if found.together else "yellow"
    console.print("  " + say(whole, language), style=colour, markup=False)
