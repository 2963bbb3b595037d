"""What the commands of `ribao models` do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from ribao.cli.making import MEMORY
from ribao.config import Config, ModelsSettings, load_config
from ribao.errors import ConfigError, ModelError
from ribao.gateways.clock import SystemClock
from ribao.gateways.models.keys import read_key
from ribao.gateways.models.offers import ANY, Offer, find_offer, offers, shown
from ribao.gateways.models.task import Task, Usage
from ribao.running.phrasing import caps_of, open_models
from ribao.store import open_store
from ribao.store.money import Money

# Tokens in and out of one call, by what it writes, as measured on recorded days; `python -m bench
# models` prints them anew. A sentence that is sent back asks again: a sixth of the stories.
TOKENS: Mapping[str, tuple[int, int]] = {
    "story": (950, 350),
    "line": (600, 120),
    "edition": (2_200, 500),
}
AGAIN = 6
WIDTH = 140  # columns that the widest table needs; a narrower terminal wraps its lines
SCHEMA = {
    "type": "object",
    "properties": {"answer": {"type": "string"}},
    "required": ["answer"],
    "additionalProperties": False,
}


def show_list(path: Path | None, *, as_json: bool) -> None:
    """Print every model that is known by name."""
    settings = load_config(path).models
    today = SystemClock().now().date()
    rows = [row_of(offer, settings, today) for offer in offers(settings)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    show_table(
        ("model", "context", "in", "out", "cached", "looked up", "form", "batch", "key"),
        (
            (
                row["model"], f"{row['context']:,}" if row["context"] else "", row["input"],
                row["output"], row["cached"], row["as_of"], row["structured"],
                f"{row['batch_percent']} %" if row["batch_percent"] else "", row["key"],
            )
            for row in rows
        ),
    )  # fmt: skip
    typer.echo(
        f"\nPrices in {settings.currency} for a million tokens. Yours to correct: ribao.toml,"
    )
    typer.echo('[models.providers.NAME.models."ID"]; docs/guides/models.md says how.')


def row_of(offer: Offer, settings: ModelsSettings, day: date) -> dict[str, Any]:
    """One model as a row; prices are "" where none is known."""
    try:
        price = offer.price(day, settings)
        prices = {
            "input": shown(price.input),
            "output": shown(price.output),
            "cached": shown(price.cached),
        }
    except ConfigError:
        prices = {"input": "", "output": "", "cached": ""}
    return {
        "model": offer.name,
        "provider": offer.service.title or offer.provider,
        "base_url": offer.service.base_url,
        "context": offer.settings.context,
        **prices,
        "as_of": offer.service.as_of,
        "source": offer.settings.price[0].source if offer.settings.price else "",
        "structured": offer.structured,
        "batch_percent": offer.service.batch_percent,
        "key": key_of(offer),
    }


def key_of(offer: Offer) -> str:
    """Whether there is a key, and where it is looked for; never the key."""
    try:
        return "set" if read_key(offer) else "none needed"
    except ConfigError:
        return offer.service.key_env or offer.service.key_file


def show_table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print rows under their names."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for number, name in enumerate(names):
        table.add_column(name, justify="left" if number == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    wide = max(Console().width, WIDTH)
    Console(highlight=False, markup=False, width=wide).print(table)


def ledger_of(config: Config, output: Path) -> Path | str:
    """The database in which calls are booked, as `ribao run` has it."""
    if config.models.ledger:
        return Path(config.models.ledger).expanduser()
    return config.store.place(output / MEMORY / "live.sqlite3")


def try_models(names: tuple[str, ...], path: Path | None, output: Path) -> None:
    """Ask models one small question each.

    Raises:
        ConfigError: none is named and none configured, or one cannot be found.
        ModelError: one did not answer well.
    """
    config = load_config(path)
    chain = names or tuple(dict.fromkeys((*config.models.writer, *config.models.headline)))
    if not chain:
        raise ConfigError(
            "no model to test", hint="name one, as PROVIDER/MODEL, or set models.writer"
        )
    models = config.models.model_copy(update={"writer": chain, "headline": ()})
    config = config.model_copy(update={"models": models})
    clock, failed = SystemClock(), ""
    with open_models(config, ledger_of(config, output), clock, live=True) as asked:
        assert asked is not None  # noqa: S101 - the chain is not empty
        for number, name in enumerate(chain):
            began = clock.seconds()
            asked.run = f"test {clock.now().isoformat()} {number}"
            task = Task(
                "test", asked.run, "You answer in JSON.",
                f'Answer with the word "ready" as `answer`. ({asked.run})', SCHEMA, 500,
            )  # fmt: skip
            try:
                said = asked.ask((name,), task, _ready).value
            except ModelError as error:
                failed = failed or name
                typer.echo(f"{name}: {error.detail or error}")
                continue
            spent = asked.spent_by(asked.run)
            typer.echo(
                f"{name}: answered {said!r} in {clock.seconds() - began:.1f} s, "
                f"{spent.input_tokens} tokens in, {spent.output_tokens} out, "
                f"{shown(spent.micro)} {models.currency}"
            )
    if failed:
        raise ModelError("a model did not answer well", failed)


def _ready(text: str) -> str:
    try:
        found = json.loads(text)["answer"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError("the answer is not in the form that was asked for", text[:60]) from error
    return str(found)[:40]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an edition would cost with one model, in millionths of the caps' currency."""

    model: str
    calls: int
    likely: int
    most: int


def estimate_of(offer: Offer, config: Config, day: date) -> Estimate:
    """What a full edition of the configured size would cost."""
    size, models = config.edition, config.models
    price = offer.price(day, models)
    counts = {"story": size.stories, "line": size.releases + size.briefs, "edition": 1}
    counts["story"] += -(-size.stories // AGAIN)
    likely = sum(count * price.of(Usage(*TOKENS[kind])) for kind, count in counts.items())
    most = sum(
        2 * count * price.most(4 * TOKENS[kind][0], models.max_output_tokens)
        for kind, count in counts.items()
    )
    return Estimate(offer.name, sum(counts.values()), likely, most)


def show_estimate(path: Path | None, output: Path, *, as_json: bool) -> None:
    """Print what an edition would cost with each model, and what the caps have left."""
    config = load_config(path)
    settings, clock = config.models, SystemClock()
    chosen = [*settings.writer, *settings.headline]
    known = {offer.name: offer for offer in offers(settings) if offer.model != ANY}
    known |= {name: find_offer(name, settings) for name in chosen}
    rows = []
    for offer in known.values():
        try:
            rows.append(estimate_of(offer, config, clock.now().date()))
        except ConfigError:  # a model without a price; the list says so
            continue
    rows.sort(key=lambda one: (one.model not in chosen, one.likely, one.model))
    spent = spent_so_far(config, output)
    if as_json:
        found = {
            "currency": settings.currency,
            "models": [
                {"model": one.model, "calls": one.calls, "likely": shown(one.likely),
                 "most": shown(one.most)}
                for one in rows
            ],
            "spent": spent,
        }  # fmt: skip
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    show_table(
        (f"an edition with ({settings.currency})", "calls", "likely", "at most"),
        (
            (f"{one.model}{' *' if one.model in chosen else ''}", str(one.calls),
             shown(one.likely), shown(one.most))
            for one in rows
        ),
    )  # fmt: skip
    typer.echo("")
    for name, cap in (
        ("run", settings.cap_run),
        ("day", settings.cap_day),
        ("month", settings.cap_month),
    ):
        used = f", {spent[name]} of it spent" if name in spent else ""
        typer.echo(f"cap of a {name}: {cap or 'none'}{used}")


def spent_so_far(config: Config, output: Path) -> dict[str, str]:
    """What this day's and this month's calls came to; empty where nothing was ever booked."""
    path = ledger_of(config, output)
    if isinstance(path, Path) and not path.is_file():
        return {}
    with open_store(path) as store:
        purse = Money(store.engine, caps_of(config.models), SystemClock().now)
        return {
            name.removeprefix("cap_"): shown(one.micro)
            for name, one in purse.spent_lately().items()
        }
