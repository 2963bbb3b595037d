"""Renderings -> a folder: all of an edition's files or none, the same bytes on every run."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Protocol, runtime_checkable

from ribao.config import PublishSettings
from ribao.errors import PluginError, PublishError
from ribao.model import Edition, Publication, PublicationId, content_id
from ribao.outcome import Failure, Outcome
from ribao.plugins.kinds import Output, RenderedFile
from ribao.publish.kept import Kept
from ribao.publish.shelf import read_shelf

FLUSHING = 8  # threads
PENDING = ".pending-"  # prefix of files that are not in place yet


@runtime_checkable
class Gathering(Protocol):
    """An output that is made from all editions of the folder, not from one alone."""

    name: str

    def gather(
        self, editions: Sequence[Edition], settings: PublishSettings, kept: Kept
    ) -> Sequence[RenderedFile]:
        """All files, from the editions with the oldest first; `kept` is what the folder holds."""
        ...


class Named(Protocol):
    """An output, of whichever kind. `owned`, if it has it, names folders that are all its own."""

    name: str


def publish(
    edition: Edition,
    outputs: Sequence[Output],
    directory: Path,
    settings: PublishSettings | None = None,
) -> Outcome[Publication]:
    """Render an edition by every output and put the files under `directory`.

    A failing output is a failure of its own; the others are still written. Addresses of the
    publications are relative to `directory`. Outputs that gather all editions come last, and see
    this one and those that the folder holds already.

    Raises:
        PublishError: the folder cannot be written.
    """
    rendered: list[tuple[Output, tuple[RenderedFile, ...]]] = []
    failed: list[Failure] = []
    kept = Kept(directory)
    for output in sorted(outputs, key=lambda one: isinstance(one, Gathering)):
        try:
            files = tuple(_rendered(edition, output, kept, settings or PublishSettings()))
            _refuse_bad_paths(output.name, files)
        except Exception as error:  # noqa: BLE001 - a stranger's output may raise anything
            failed.append(Failure(output.name, f"{type(error).__name__}: {error}"))
        else:
            rendered.append((output, files))
            kept.add(files)
    _write([file for _, files in rendered for file in files], directory)
    for output, files in rendered:
        _sweep(output, files, directory)
    published = (_publication(edition, output.name, files) for output, files in rendered if files)
    return Outcome(tuple(published), (), tuple(failed))


def _rendered(
    edition: Edition, output: Output, kept: Kept, settings: PublishSettings
) -> Sequence[RenderedFile]:
    if not isinstance(output, Gathering):
        return output.render(edition)
    held = read_shelf(kept.directory) if kept.directory else ()
    shelf = {one.id: one for one in held} | {edition.id: edition}
    ordered = sorted(shelf.values(), key=lambda one: (one.date, one.language, one.id))
    return output.gather(ordered, settings, kept)


def put(
    edition: Edition, output: Named, files: Sequence[RenderedFile], directory: Path
) -> Publication:
    """Write the files of one rendering and say what was published.

    Raises:
        PublishError: the folder cannot be written.
    """
    _refuse_bad_paths(output.name, files)
    _write(files, directory)
    _sweep(output, files, directory)
    return _publication(edition, output.name, files)


def _sweep(output: Named, files: Sequence[RenderedFile], directory: Path) -> None:
    """Take away what an earlier rendering left in the folders that are all an output's own."""
    owned: Sequence[str] = getattr(output, "owned", ())
    fresh = {directory / file.path for file in files}
    for folder in owned:
        try:
            for path in sorted((directory / folder).rglob("*")):
                if path.is_file() and path not in fresh:
                    path.unlink()
        except OSError as error:
            raise PublishError("cannot write the edition", str(directory), str(error)) from error


def _refuse_bad_paths(name: str, files: Sequence[RenderedFile]) -> None:
    for file in files:
        path = PurePosixPath(file.path)
        if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in file.path:
            raise PluginError("an output names a path outside its folder", file.path, name)


def _publication(edition: Edition, name: str, files: Sequence[RenderedFile]) -> Publication:
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda one: one.path):
        digest.update(f"{file.path}\0{len(file.content)}\0".encode())
        digest.update(file.content)
    address = files[0].path
    return Publication(
        id=PublicationId(content_id("publication", edition.id, name, str(edition.revision))),
        edition_id=edition.id,
        channel=name,
        address=address,
        content_digest=f"sha256:{digest.hexdigest()}",
    )


def _write(files: Sequence[RenderedFile], directory: Path) -> None:
    """Write the files whose bytes differ: first all beside their places, then all in place.

    Flushing is waiting for the disk, so a site of a thousand pages is flushed by several threads.
    """
    ordered = sorted(files, key=lambda one: (one.path.endswith(".json"), one.path))
    by_target = {directory / file.path: file.content for file in ordered}
    targets = list(by_target.items())
    with ThreadPoolExecutor(FLUSHING) as disk:
        try:
            held = disk.map(lambda one: _holds(*one), targets)
            changed = [one for one, same in zip(targets, held, strict=True) if not same]
            for folder in {target.parent for target, _ in changed}:
                folder.mkdir(parents=True, exist_ok=True)
            list(disk.map(lambda one: _beside(*one), changed))
            for target, _ in changed:
                _pending(target).replace(target)
            list(disk.map(_sync_folder, {target.parent for target, _ in changed}))
        except OSError as error:
            disk.shutdown(cancel_futures=True)
            for target, _ in targets:
                with contextlib.suppress(OSError):  # nothing of ours can be there
                    _pending(target).unlink(missing_ok=True)
            raise PublishError("cannot write the edition", str(directory), str(error)) from error


def _holds(target: Path, content: bytes) -> bool:
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except FileNotFoundError:
        return False


def _pending(target: Path) -> Path:
    return target.with_name(f"{PENDING}{target.name}")


def _beside(target: Path, content: bytes) -> None:
    """Write the bytes beside their place; what a killed run left there is written over."""
    with _pending(target).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new names themselves durable: fsync of a file says nothing of its folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
