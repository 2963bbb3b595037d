"""Commits files to a branch of a remote repository and pushes them, never forcing.

There is no working tree: files become blobs, a tree is made from that of the branch with ours in
it, and the commit goes on top of what the remote has. Where somebody was faster, the branch is
fetched and the commit made anew on top of it. Each commit carries the key of its delivery, so that
the remote itself can be asked whether it has it. Commands get no terminal, no hooks and none of the
owner's settings but those of ssh.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ribao.errors import ConfigError, RefusedError, RemoteError, RetryableError

TRAILER = "Ribao-Delivery"
SECONDS = 300.0  # of one command
DEPTH = 100  # commits of the branch that are looked through
RACES = 3  # how often another committer may be faster
_REMOTE = re.compile(r"https?://[^\s@]+|ssh://\S+|[\w.-]+@[\w.-]+:\S+|file:///\S+|/\S+")
_BRANCH = re.compile(r"[A-Za-z0-9][\w./-]{0,99}")
_RACED = re.compile(r"non-fast-forward|fetch first|stale info|cannot lock ref|rejected")
_NO_BRANCH = re.compile(r"couldn't find remote ref")
_DENIED = re.compile(
    r"Authentication failed|could not read Username|Permission denied|access denied"
    r"|does not appear to be a git repository|[Rr]epository .*not found|403",
)


@dataclass(frozen=True, slots=True)
class Remote:
    """A branch of a repository. The token is for https only."""

    url: str
    branch: str
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Commit:
    """What is to be committed: files by their path in the repository, in words, at a moment."""

    files: Mapping[str, Path]
    message: str
    moment: datetime
    author: str  # NAME <ADDRESS>
    key: str


def check_remote(remote: Remote) -> None:
    """Refuse what git could take for something else than an address and a branch.

    Raises:
        ConfigError: the address or the branch is of no use.
    """
    if not _REMOTE.fullmatch(remote.url):
        raise ConfigError(
            "no such repository", remote.url, "wanted is https://, ssh://, user@host:path or a path"
        )
    if not _BRANCH.fullmatch(remote.branch) or ".." in remote.branch:
        raise ConfigError("no such branch", remote.branch)


class Git:
    """Runs git in repositories of our own under `folder`, one for each remote."""

    def __init__(self, folder: Path) -> None:
        """Hold the folder; it is made when it is needed."""
        self._folder = folder.absolute()  # git runs inside it, and reads paths from there

    def find(self, remote: Remote, key: str) -> str:
        """The commit of the branch that carries this key; "" where there is none.

        Raises:
            RetryableError: the remote does not answer.
            ConfigError: git is missing, or the remote lets nobody in.
        """
        command = self._open(remote)
        return self._found(command, self._fetch(command, remote), key)

    def push(self, remote: Remote, commit: Commit) -> str:
        """Put a commit on top of the branch; return its id, or that of the one that holds it.

        Raises:
            RetryableError: the remote does not answer; `sent` tells whether it may have got it.
            RefusedError: others push all the time, or a rule of the remote is against it.
            ConfigError: git is missing, or the remote lets nobody in.
        """
        command = self._open(remote)
        for _ in range(RACES):
            parent = self._fetch(command, remote)
            there = self._found(command, parent, commit.key)
            made = there or self._commit(command, parent, commit)
            if made in {there, parent}:
                return made
            complaint = self._push(command, remote, made)
            if not complaint:
                return made
        beaten = RefusedError(
            "the branch does not take a commit on top of it", f"{remote.url} {remote.branch}",
            complaint, hint="it is never forced; `ribao deliveries retry` tries again",
        )  # fmt: skip
        beaten.sent = False
        raise beaten

    def _open(self, remote: Remote) -> _Command:
        check_remote(remote)
        name = re.sub(r"[^\w.-]+", "-", remote.url.partition("://")[2] or remote.url).strip("-")
        folder = self._folder / f"{name[-80:]}.git"
        command = _Command(folder, remote)
        if not (folder / "HEAD").exists():
            folder.mkdir(parents=True, exist_ok=True)
            command.must("init", "--quiet", "--bare", ".")
        return command

    def _fetch(self, command: _Command, remote: Remote) -> str:
        """The head of the branch; "" where the branch does not exist yet."""
        ref = f"refs/remotes/out/{remote.branch}"
        done = command.run(
            "fetch", "--quiet", "--no-tags", f"--depth={DEPTH}", "--", remote.url,
            f"+refs/heads/{remote.branch}:{ref}",
        )  # fmt: skip
        if done.returncode:
            if _NO_BRANCH.search(done.stderr):
                return ""
            raise command.error(done.stderr, sent=False)
        return command.must("rev-parse", "--verify", ref)

    def _found(self, command: _Command, head: str, key: str) -> str:
        if not head:
            return ""
        lines = command.must("log", "--format=%H", "-F", f"--grep={TRAILER}: {key}", head, "--")
        return lines.partition("\n")[0]

    def _commit(self, command: _Command, parent: str, commit: Commit) -> str:
        """Write the files into the tree of the parent; the parent itself where they are in it."""
        with tempfile.TemporaryDirectory(dir=command.folder) as name:
            index = {"GIT_INDEX_FILE": str(Path(name) / "index")}
            command.must("read-tree", parent or "--empty", **index)
            paths = "".join(f"{path}\n" for path in commit.files.values())
            blobs = command.must(
                "hash-object", "-w", "--no-filters", "--stdin-paths", stdin=paths
            ).split()
            listed = "".join(
                f"100644 {blob}\t{path}\0" for path, blob in zip(commit.files, blobs, strict=True)
            )
            command.must("update-index", "--replace", "-z", "--index-info", stdin=listed, **index)
            tree = command.must("write-tree", **index)
        if parent and tree == command.must("rev-parse", f"{parent}^{{tree}}"):
            return parent
        author, _, address = commit.author.removesuffix(">").partition(" <")
        moment = f"{int(commit.moment.timestamp())} +0000"
        who = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", author), ("EMAIL", address), ("DATE", moment))
        }
        message = f"{commit.message}\n\n{TRAILER}: {commit.key}\n"
        parents = ("-p", parent) if parent else ()
        return command.must("commit-tree", tree, *parents, stdin=message, **who)

    def _push(self, command: _Command, remote: Remote, made: str) -> str:
        """Push without force; the complaint where another was faster, "" where it is done."""
        done = command.run(
            "push", "--quiet", "--porcelain", "--", remote.url, f"{made}:refs/heads/{remote.branch}"
        )
        if not done.returncode:
            return ""
        complaint = f"{done.stdout}\n{done.stderr}"
        if _RACED.search(complaint):
            return command.words(complaint)
        raise command.error(complaint, sent=True)


def _git() -> str:
    found = shutil.which("git")
    if found is None:
        raise ConfigError("git is not installed", hint="install git, or drop the channel")
    return found


@dataclass(frozen=True, slots=True)
class _Command:
    """Git commands in one repository of ours."""

    folder: Path
    remote: Remote

    def run(self, *words: str, stdin: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603 - no shell, and the words are ours or checked
                [_git(), *words], cwd=self.folder, input=stdin, env=self._environment() | extra,
                capture_output=True, text=True, encoding="utf-8", errors="replace",
                timeout=SECONDS, check=False,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise ConfigError(
                "git is not installed", hint="install git, or drop the channel"
            ) from error
        except subprocess.TimeoutExpired as error:
            late = RetryableError("git takes too long", self.remote.url, f"{SECONDS:g} s")
            raise late from error

    def must(self, *words: str, stdin: str = "", **extra: str) -> str:
        """What a command prints; it does nothing at the remote, so a failure sent nothing."""
        done = self.run(*words, stdin=stdin, **extra)
        if done.returncode:
            raise self.error(done.stderr, sent=False)
        return done.stdout.strip()

    def error(self, complaint: str, *, sent: bool) -> ConfigError | RemoteError:
        """Whose turn it is, from what git says."""
        words = self.words(complaint)
        if _DENIED.search(complaint):
            return ConfigError("the repository lets nobody in", self.remote.url, words)
        error = RetryableError("git failed", self.remote.url, words)
        error.sent = sent
        return error

    def words(self, complaint: str) -> str:
        """One line of what git says, without the token."""
        lines = [line.strip() for line in complaint.splitlines()]
        told = [line for line in lines if re.match(r"fatal|error|remote:|!", line)] or lines
        text = " ".join(part for part in told if part)[:300]
        return text.replace(self.remote.token, "...") if self.remote.token else text

    def _environment(self) -> dict[str, str]:
        kept = ("PATH", "HOME", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "GIT_SSH_COMMAND")
        settings = [
            ("core.hooksPath", os.devnull),
            ("gc.auto", "0"),
            ("http.followRedirects", "false"),
        ]
        if self.remote.token:
            basic = base64.b64encode(f"x-access-token:{self.remote.token}".encode()).decode()
            settings.append(("http.extraHeader", f"Authorization: Basic {basic}"))
        values = {name: os.environ[name] for name in kept if name in os.environ} | {
            "LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ALLOW_PROTOCOL": "https:http:ssh:file",
            "GIT_CONFIG_COUNT": str(len(settings)),
        }  # fmt: skip
        values.setdefault("GIT_SSH_COMMAND", "ssh -oBatchMode=yes")
        for number, (key, value) in enumerate(settings):
            values[f"GIT_CONFIG_KEY_{number}"] = key
            values[f"GIT_CONFIG_VALUE_{number}"] = value
        return values
