"""A rendering in a git repository: the files of a folder, committed on top of what is there.

Other files of the repository are left alone, and nothing is ever forced.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath

from ribao.config import ChannelSettings, PublishSettings, Settings
from ribao.errors import ConfigError, RefusedError
from ribao.gateways.exits import Exits
from ribao.gateways.git import Commit, Remote, check_remote
from ribao.model import Edition
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import Channel, ChannelKind, Parcel, Repeats, Sending
from ribao.publish.chat.channel import compact, options_of
from ribao.publish.sanitise import plain
from ribao.publish.setting import opening


class GitOptions(Settings):
    """Further keys of a repository."""

    remote: str  # https://, ssh://, user@host:path or a path
    branch: str = "main"
    folder: str = "site"  # of the output folder: what is committed; "." is all of it
    path: str = ""  # folder of the repository where it goes; "" is its root
    author: str = "ribao <ribao@localhost>"


class Repository:
    """One branch of one repository."""

    for_subscribers = False
    repeats = Repeats.ASKABLE
    spacing_seconds = 0.0
    secrets: tuple[str, ...] = ()

    def __init__(self, name: str, options: GitOptions) -> None:
        """Hold what the owner configured."""
        self.name = name
        self._options = options

    def parcels(self, edition: Edition, *, note: bool) -> Sequence[Parcel]:
        """One commit; its files are those of the folder when it is made."""
        del note
        day = f"{edition.date.isoformat()} {edition.language}"
        mark = f", revision {edition.revision}" if edition.revision > 1 else ""
        message = f"{plain(edition.category)} {day}{mark}\n\n{plain(edition.title)}"
        content = {"message": message, "moment": opening(edition).isoformat()}
        return (Parcel(compact(content), day),)

    def send(self, sending: Sending, exits: Exits) -> str:
        """Commit and push."""
        told = json.loads(sending.content)
        commit = Commit(
            files=self._files(exits.directory),
            message=told["message"],
            moment=datetime.fromisoformat(told["moment"]),
            author=self._options.author,
            key=sending.key,
        )
        return f"commit {exits.git.push(self._remote(exits), commit)}"

    def ask(self, sending: Sending, exits: Exits) -> str:
        """Look for the key among the commits of the remote."""
        found = exits.git.find(self._remote(exits), sending.key)
        return f"commit {found}" if found else ""

    def _remote(self, exits: Exits) -> Remote:
        token = exits.secrets.find(self.name, "TOKEN")
        return Remote(self._options.remote, self._options.branch, token)

    def _files(self, directory: Path) -> dict[str, Path]:
        """The files to commit by their path in the repository; hidden ones and links stay here."""
        root = (directory / self._options.folder).resolve()
        found: dict[str, Path] = {}
        for path in sorted(root.rglob("*")):
            inner = path.relative_to(root)
            hidden = any(part.startswith(".") for part in inner.parts)
            if hidden or path.is_symlink() or not path.is_file():
                continue
            found[(PurePosixPath(self._options.path) / inner.as_posix()).as_posix()] = path
        if not found:
            empty = RefusedError(
                "there is nothing to commit", str(root),
                hint=f"is the output that fills {self._options.folder} among publish.outputs?",
            )  # fmt: skip
            empty.sent = False
            raise empty
        return found


class GitKind:
    """Makes repositories."""

    name = "git"

    def open(self, name: str, settings: ChannelSettings, publish: PublishSettings) -> Channel:
        """One repository."""
        del publish
        options: GitOptions = options_of(GitOptions, name, settings)
        check_remote(Remote(options.remote, options.branch))
        for key, value in (("folder", options.folder), ("path", options.path)):
            path = PurePosixPath(value)
            if path.is_absolute() or {"..", ".git"} & set(path.parts):
                where = f"deliver.channels.{name}.{key}"
                raise ConfigError("bad configuration", where, f"{value} is outside")
        return Repository(name, options)


@hookimpl
def channels() -> list[ChannelKind]:
    """Repositories."""
    return [GitKind()]
