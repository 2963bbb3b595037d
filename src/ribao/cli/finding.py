"""The option --config, and the `ribao.toml` that is found where none is named.

A file that its owner names may do everything. One that merely stands in the working folder may be
a stranger's: a cloned repository, an unpacked archive, `/tmp`. It says how a paper is made, and
nothing by which something is sent, paid, listened on, or read and written outside of the folder
(docs/decisions/0010-found-settings.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ribao.errors import ConfigError

if TYPE_CHECKING:
    from ribao.config import Config

NAME = Path("ribao.toml")
VARIABLE = "RIBAO_CONFIG"  # names a file as --config does, for all commands of a shell
WORLD_WRITABLE = 0o002

# What a found file may set: whole tables, and settings of others. All that is new is reserved.
FREE_TABLES = frozenset(
    ("edition", "extract", "dedupe", "cluster", "rank", "write", "verify", "publish", "schedule")
)
FREE = frozenset(
    (
        "http.user_agent", "http.contact", "web.port", "web.session_days",
        "collect.sources", "collect.builtin_catalogue", "collect.paused", "collect.languages",
        "collect.own", "collect.rsshub",
    )
)  # fmt: skip
PATHS = ("edition.beat", "write.style", "collect.sources", "collect.own")  # inside of the folder


def found(context: typer.Context, path: Path | None) -> Path | None:
    """The file that is named, else ./ribao.toml, else None for the defaults."""
    if path is not None or context.resilient_parsing or not NAME.is_file():
        return path
    _permitted()
    if not context.params.get("json"):
        typer.echo(f"ribao: settings: ./{NAME}", err=True)
    return NAME


def found_all(context: typer.Context, paths: list[Path] | None) -> list[Path] | None:
    """The same for a command that takes several."""
    one = None if paths else found(context, None)
    return [one] if one is not None else paths


def _permitted() -> None:
    """Refuse a file that others may write, or that asks for more than a found file may.

    Raises:
        ConfigError: as said, or the file cannot be read.
    """
    from ribao.config import load_config  # noqa: PLC0415 - --help must not load pydantic

    state = NAME.stat()
    if state.st_uid not in (os.geteuid(), 0) or state.st_mode & WORLD_WRITABLE:
        raise ConfigError("not read, since somebody else may write it", f"./{NAME}", hint=_hint())
    reserved = tuple(_reserved(load_config(NAME)))
    if reserved:
        raise ConfigError(
            "only a file that you name may set this", f"./{NAME}", ", ".join(reserved), hint=_hint()
        )


def _reserved(config: Config) -> Iterator[str]:
    """Settings, as `table.key`, that differ from their defaults and are none of a found file's."""
    for name, table in config:
        usual = type(table)()
        for key, value in table:
            setting = f"{name}.{key}"
            if value == getattr(usual, key):
                continue
            if setting in PATHS:
                places = value if isinstance(value, tuple) else (value,)
                if all(_inside(place) for place in places):
                    continue
            elif name in FREE_TABLES or setting in FREE:
                continue
            yield setting


def _inside(place: str) -> bool:
    """Whether a path stays in the working folder; so does the name of what is built in."""
    folder = Path.cwd().resolve()
    return not place.startswith("~") and (folder / place).resolve().is_relative_to(folder)


def _hint() -> str:
    return f"if the file is yours, say --config {NAME}, or set {VARIABLE} to its path"


Settings = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="ribao.toml",
        envvar=VARIABLE,
        help="Settings. Default: ./ribao.toml, where there is one.",
        callback=found,
    ),
]
