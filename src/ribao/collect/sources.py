"""Which sources there are: the built-in catalogue and the owner's own files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

from ribao.beat import Beat
from ribao.collect.opml import LOCAL_KINDS, read_opml
from ribao.collect.own_list import read_own_list
from ribao.collect.toml_list import parse_rows, parse_toml
from ribao.config import CollectSettings
from ribao.errors import ConfigError
from ribao.files import read_regular
from ribao.gateways.address import page_key
from ribao.model import Source

CATALOGUE = "ribao.collect.catalogue"
_RSSHUB = "rsshub://"


def load_sources(
    settings: CollectSettings, beats: Sequence[Beat] = (), named: Collection[Path] = ()
) -> tuple[Source, ...]:
    """All sources to read: the built-in ones, those of the files in the settings, the owner's list.

    `beats` are those of the papers that are made; each may name the files of the catalogue that it
    needs, and bring sources of its own. `named` are files that the command line names: these may
    list mailboxes and files of this machine whatever the settings say.

    A source takes the place of an earlier one with the same id, or one that reads the same address
    in the same way: read twice, every report would count twice. What the owner removed is left out.

    Raises:
        ConfigError: a file cannot be read, or is neither OPML nor TOML of sources, or lists what
            it may not.
    """
    own = read_own_list(Path(settings.own)) if settings.own else None
    found: dict[str, Source] = {}
    for source in _shipped(beats) if settings.builtin_catalogue else ():
        if own is None or source.id not in own.removed:
            found[source.id] = source
    allowed: set[str] = set()
    for name in settings.sources:
        for source in read_sources_file(Path(name)):
            found[source.id] = source
            if Path(name) in named:
                allowed.add(source.id)
    for source in own.sources if own is not None else ():
        found[source.id] = source
        allowed.discard(source.id)
    if not settings.this_machine:
        _refuse_local(one for one in found.values() if one.id not in allowed)
    languages = settings.languages
    chosen = (one for one in found.values() if not languages or one.language in languages)
    routed = (_routed(source, settings.rsshub) for source in chosen)
    return tuple({same_reading(source): source for source in routed}.values())


def _refuse_local(sources: Iterable[Source]) -> None:
    for source in sources:
        if source.kind in LOCAL_KINDS and not source.url.startswith(("http://", "https://")):
            raise ConfigError(
                "a source would read this machine", source.id, source.url,
                hint="if you want it: [collect] this_machine = true in a file that you name with "
                "--config",
            )  # fmt: skip


def _shipped(beats: Sequence[Beat]) -> Iterator[Source]:
    """Sources of the catalogue that any of the beats needs, then those of the beats themselves."""
    wanted = {name for beat in beats for name in beat.catalogue}
    strangers = sorted(wanted - set(catalogue_names()))
    if strangers:
        known = ", ".join(catalogue_names())
        raise ConfigError(
            "no such part of the catalogue", ", ".join(strangers), f"there are {known}"
        )
    if all(beat.catalogue for beat in beats) and beats:
        for name in sorted(wanted):
            yield from read_toml((resources.files(CATALOGUE) / f"{name}.toml").read_bytes(), name)
    else:
        yield from builtin_sources()
    for beat in beats:
        yield from parse_rows(beat.source, f"the beat {beat.id}")


def catalogue_names() -> tuple[str, ...]:
    """Names of the parts of the built-in catalogue."""
    files = resources.files(CATALOGUE).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


def same_reading(source: Source) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """A key that two sources share where they read the same thing."""
    return source.kind, page_key(source.url) or source.url, source.options


def _routed(source: Source, base: str) -> Source:
    """Give a route of RSSHub (`rsshub://github/issue/...`) the address of the owner's instance."""
    if not source.url.startswith(_RSSHUB):
        return source
    url = f"{base.rstrip('/')}/{source.url.removeprefix(_RSSHUB).lstrip('/')}"
    return replace(source, kind="feed", url=url)


@cache
def builtin_sources() -> tuple[Source, ...]:
    """The catalogue that comes with ribao, in the order of its files."""
    files = sorted(resources.files(CATALOGUE).iterdir(), key=lambda entry: entry.name)
    return tuple(
        source
        for file in files
        if file.name.endswith(".toml")
        for source in read_toml(file.read_bytes(), file.name)
    )


def read_sources_file(path: Path) -> tuple[Source, ...]:
    """Read one file of sources, OPML or TOML by its content.

    Raises:
        ConfigError: it cannot be read, or is neither.
    """
    try:
        body = read_regular(path.expanduser())
    except OSError as error:
        raise ConfigError(
            "cannot read the list of sources", str(path), str(error.strerror)
        ) from error
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_opml(body, str(path))
    return read_toml(body, str(path))


def read_toml(body: bytes, name: str) -> tuple[Source, ...]:
    """Read sources from TOML: one [[source]] each, with the fields of `ribao.model.Source`.

    Raises:
        ConfigError: it is not TOML, or a source has a key or value we refuse.
    """
    return parse_toml(body, name)[0]
