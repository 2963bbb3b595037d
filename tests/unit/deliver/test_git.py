"""Git: one commit on top of what others did, known by its key, never forced."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ribao.deliver import Office, send_due
from ribao.errors import ConfigError
from ribao.gateways.git import Git, Remote
from ribao.store.outbox import State
from tests.unit.deliver.conftest import MakeOffice, edition, keep


def git(*words: str | Path, folder: Path | None = None) -> str:
    """What a git command prints."""
    where: list[str | Path] = ["-C", folder] if folder else []
    command = ["git", *where, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository with a page of somebody else's."""
    bare, work = tmp_path / "pages.git", tmp_path / "work"
    git("init", "--quiet", "--bare", "-b", "main", bare)
    git("clone", "--quiet", bare, work)
    commit(work, "about.html", "about")
    return bare


def commit(work: Path, name: str, text: str) -> None:
    """A commit of somebody else, pushed."""
    (work / name).write_text(text)
    who = ("-c", "user.name=Someone", "-c", "user.email=someone@harbour.example")
    git("add", name, folder=work)
    git(*who, "commit", "--quiet", "-m", name, folder=work)
    git("push", "--quiet", "origin", "HEAD:main", folder=work)


def opened(make_office: MakeOffice, remote: Path, **more: Any) -> Office:
    """An office that pushes the folder `site`, which holds a page."""
    office = make_office(git={"kind": "git", "remote": str(remote), **more})
    site = office.exits.directory / "site"
    (site / "2031").mkdir(parents=True)
    (site / "index.html").write_text("front")
    (site / "2031" / "页.html").write_text("page")
    (site / ".secret").write_text("hidden")
    (site / "link.html").symlink_to("/etc/hostname")
    return office


def listed(remote: Path) -> list[str]:
    """The files of the branch."""
    return git(
        "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "main", folder=remote
    ).split("\n")


def test_the_folder_is_committed_beside_what_is_there(
    make_office: MakeOffice, remote: Path
) -> None:
    """Our files go in, others' stay, hidden files and links stay out; the key is in the commit."""
    office = opened(make_office, remote, path="docs")
    keep(office, edition(1))
    send_due(office)
    assert listed(remote) == ["about.html", "docs/2031/页.html", "docs/index.html"]
    (delivery,) = office.store.outbox.find()
    assert f"Ribao-Delivery: {delivery.id}" in git(
        "log", "-1", "--format=%B", "main", folder=remote
    )
    assert delivery.receipt == f"commit {git('rev-parse', 'main', folder=remote)}"
    assert git("rev-list", "--count", "main", folder=remote) == "2"


def test_a_lost_receipt_is_found_in_the_remote(make_office: MakeOffice, remote: Path) -> None:
    """After a crash the remote is asked for the key: no second commit, though the files changed."""
    office = opened(make_office, remote)
    keep(office, edition(1))
    send_due(office)
    (delivery,) = office.store.outbox.find()
    now = office.exits.clock.now()
    with office.store.begin() as connection:
        office.store.outbox.move(
            connection, delivery.id, State.SENDING, now, tried_at=now, receipt=""
        )
    (office.exits.directory / "site" / "index.html").write_text("changed since")
    send_due(office, patience_seconds=60)
    (delivery,) = office.store.outbox.find()
    assert delivery.state is State.DELIVERED
    assert git("rev-list", "--count", "main", folder=remote) == "2"


def test_somebody_faster_is_built_upon(
    make_office: MakeOffice, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A push that is not a fast-forward is made anew on top; the other's commit stays."""
    office = opened(make_office, remote)
    keep(office, edition(1))
    fetch = Git._fetch
    raced: list[str] = []

    def slow(self: Git, command: Any, where: Remote) -> str:
        head = fetch(self, command, where)
        if not raced:
            raced.append(head)
            commit(tmp_path / "work", "news.html", "faster")
        return head

    monkeypatch.setattr(Git, "_fetch", slow)
    send_due(office)
    assert {"about.html", "index.html", "news.html"} <= set(listed(remote))
    assert git("rev-list", "--count", "main", folder=remote) == "3"


def test_a_branch_that_takes_nothing_fails_in_one_sentence(
    make_office: MakeOffice, remote: Path
) -> None:
    """A rule of the remote is not fought: the delivery fails, and the branch is as it was."""
    hook = remote / "hooks" / "update"
    hook.write_text("#!/bin/sh\necho protected branch >&2\nexit 1\n")
    hook.chmod(0o755)
    before = git("rev-parse", "main", folder=remote)
    office = opened(make_office, remote)
    keep(office, edition(1))
    send_due(office, patience_seconds=60)
    (delivery,) = office.store.outbox.find()
    assert delivery.state is State.FAILED
    assert delivery.detail.startswith("the branch does not take a commit on top of it")
    assert git("rev-parse", "main", folder=remote) == before


def test_an_empty_branch_and_strange_addresses(make_office: MakeOffice, tmp_path: Path) -> None:
    """A new repository gets its first commit; an address that could be an option is refused."""
    bare = tmp_path / "new.git"
    git("init", "--quiet", "--bare", "-b", "main", bare)
    office = opened(make_office, bare)
    keep(office, edition(1))
    send_due(office)
    assert "index.html" in listed(bare)
    for address in ("ext::sh -c id", "--upload-pack=id", "https://user:pass@x.example/r", "fd::3"):
        with pytest.raises(ConfigError, match="no such repository"):
            make_office(git={"kind": "git", "remote": address})


def test_clones_may_stand_below_where_ribao_was_called(
    make_office: MakeOffice, remote: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The output folder of the command line is relative unless it is told otherwise."""
    monkeypatch.chdir(tmp_path)
    office = opened(make_office, remote)
    keep(office, edition(1))
    send_due(replace(office, exits=replace(office.exits, git=Git(Path("editions/git")))))
    assert "index.html" in listed(remote)
