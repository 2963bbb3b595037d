"""What `ribao aliases` does: names that reports taught, names in question, an editor's word."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer
from rich.console import Console

from ribao.catalogue import say
from ribao.cli.explaining import last_store
from ribao.config import load_config
from ribao.errors import ConfigError
from ribao.gateways.clock import SystemClock
from ribao.language.aliases_seen import ENOUGH
from ribao.store import Store, open_store


def show_aliases(
    output: Path,
    path: Path | None,
    *,
    accept: Sequence[str] = (),
    refuse: Sequence[str] = (),
    as_json: bool,
) -> None:
    """Keep an editor's word on pairs like 贝森特=Bessent; print what is known of names then.

    Raises:
        ConfigError: there was no run in this folder, or a pair is none.
    """
    said = [(_pair(one), True) for one in accept] + [(_pair(one), False) for one in refuse]
    with open_store(last_store(output, load_config(path).store)) as store:
        if said:
            at = SystemClock().now().isoformat(timespec="seconds")
            with store.begin() as connection:
                for pair, right in said:
                    store.aliases.put_verdict(connection, pair, at, right=right)
        _show(store, as_json=as_json)


def _pair(words: str) -> tuple[str, str]:
    han, sign, latin = (part.strip() for part in words.partition("="))
    if not sign or not han or not latin:
        raise ConfigError("no pair of names", words, hint="write it as 贝森特=Bessent")
    return han, latin


def _show(store: Store, *, as_json: bool) -> None:
    verdicts = store.aliases.verdicts()
    learned = store.aliases.learned_before(date.max)
    learned = tuple(sorted(learned, key=lambda one: (-one.reports, one.han)))
    counted = {(one.han, one.latin) for one in learned}
    asked = [
        one
        for one in store.aliases.candidates_before(date.max)
        if (one.han, one.latin) not in counted and (one.han, one.latin) not in verdicts
    ]
    refused = sorted(store.aliases.refused())
    if as_json:
        found = {
            "learned": [asdict(one) for one in learned],
            "candidates": [asdict(one) for one in asked],
            "refused": [{"han": han, "latin": latin} for han, latin in refused],
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    run = store.ledger.last_run()
    language, console = run.language if run else "en", Console(highlight=False, soft_wrap=True)
    for one in learned:
        console.print(f"{one.han} = {one.latin}  ({one.reports})  ", end="", markup=False)
        console.print(one.url, style="dim", markup=False)
    if asked:
        console.print("\n" + say("aliases.asked", language, enough=ENOUGH), markup=False)
    for candidate in asked:
        sound = say("aliases.alike", language) if candidate.alike else ""
        count = say("aliases.stories", language, count=len(candidate.stories))
        console.print(f"{candidate.han} = {candidate.latin}  ({count}{sound})", markup=False)
        console.print(f"  {candidate.zh_url}\n  {candidate.en_url}", style="dim", markup=False)
    if refused:
        pairs = ", ".join(f"{han} = {latin}" for han, latin in refused)
        console.print("\n" + say("aliases.refused", language, pairs=pairs), markup=False)
