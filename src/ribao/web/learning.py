"""From the judgements of the store to weights: what `ribao rank learn` and the page show."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from ribao.config import load_config
from ribao.desk.learning import Judgement, Learned, learn
from ribao.model import Score
from ribao.store import open_store
from ribao.store.codec import decode
from ribao.store.drafts import Drafts
from ribao.web.places import Where, store_path


def judgements(drafts: Drafts) -> tuple[Judgement, ...]:
    """All judgements of the store, with their scores."""
    return tuple(
        Judgement(one.edition_id, one.story_id, one.verdict, decode(Score, one.data))
        for one in drafts.judgements()
    )


def settings_of(learned: Learned) -> str:
    """The weights as they stand in ribao.toml."""
    lines = [f"{name} = {weight:g}" for name, weight in sorted(learned.weights.items())]
    return "\n".join(["[rank.weights]", *lines]) + "\n"


def show_learned(output: Path, path: Path | None, store: str, *, as_json: bool) -> None:
    """Learn from a store and print what came of it.

    Raises:
        ConfigError: there is no store, or too few judgements.
    """
    config = load_config(path)
    with open_store(store_path(Where(output, path, store), config)) as opened:
        found = judgements(Drafts(opened.engine, opened.editions))
    learned = learn(found, config.rank.weights)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "pairs": learned.pairs, "editions": learned.editions,
                    "before": learned.before, "after": learned.after,
                    "weights": dict(learned.weights),
                },
                indent=2,
            )
        )  # fmt: skip
        return
    typer.echo(f"# {learned.pairs} pairs of stories in {learned.editions} editions;")
    typer.echo(
        f"# in the editor's order, on editions left out: {learned.before:.0%} before, "
        f"{learned.after:.0%} after"
    )
    typer.echo(settings_of(learned), nl=False)
