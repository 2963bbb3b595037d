"""The ribao.toml of the working folder: read where none is named, and what it may not do."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ribao.cli.main import app

REACHING = (  # a setting by which a stranger's file would send, pay, listen, read or write
    '[models]\nwriter = ["openai/gpt"]',
    '[models.providers.x]\nbase_url = "https://x.example"\nkey_env = "AWS_SECRET_ACCESS_KEY"',
    '[deliver.channels.x]\nkind = "webhook"',
    '[http]\nallow_addresses = ["127.0.0.0/8"]',
    "[http]\nobey_robots = false",
    '[store]\npath = "memory.sqlite3"',
    '[web]\nlogin_header = "X-User"',
    "[collect]\nthis_machine = true",
    '[collect]\nown = "~/.netrc"',
    '[collect]\nsources = ["mine.toml", "../../etc/passwd"]',
    '[edition]\nbeat = "/etc/passwd"',
    '[write]\nstyle = "link/style.toml"',
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RIBAO_CONFIG", raising=False)


def ask(*words: str) -> Result:
    """Run one command in the folder; its error, if any, is in the result."""
    return CliRunner().invoke(app, words)


def listed(*words: str) -> list[str]:
    """The ids of the sources that would be read."""
    result = ask("sources", "list", "--json", *words)
    assert result.exit_code == 0, result.exception
    return [row["id"] for row in json.loads(result.stdout)]


def test_the_file_of_the_folder_is_read_and_told() -> None:
    """Without --config; one line on standard error, none where machines read."""
    Path("ribao.toml").write_text('[collect]\nlanguages = ["zh"]\n')
    told = ask("sources", "list")
    assert told.stderr == "ribao: settings: ./ribao.toml\n"
    assert "huggingface-blog" not in told.stdout
    assert ask("sources", "list", "--json").stderr == ""


def test_a_named_file_comes_first_then_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """--config, RIBAO_CONFIG, ./ribao.toml, defaults."""
    everything = len(listed())
    Path("none.toml").write_text("[collect]\nbuiltin_catalogue = false\n")
    Path("ribao.toml").write_text('[collect]\nlanguages = ["zh"]\n')
    Path("en.toml").write_text('[collect]\nlanguages = ["en"]\n')
    chinese = len(listed())
    monkeypatch.setenv("RIBAO_CONFIG", "en.toml")
    assert len(listed()) + chinese == everything
    assert listed("--config", "none.toml") == []


@pytest.mark.parametrize("text", REACHING)
def test_a_file_that_reaches_further_must_be_named(text: str, tmp_path: Path) -> None:
    """One sentence names the settings; named by its owner, the same file is read."""
    (tmp_path / "link").symlink_to("/tmp")
    Path("ribao.toml").write_text(text + "\n")
    refused = ask("models", "list")
    assert "only a file that you name may set this: './ribao.toml'" in str(refused.exception)
    assert ask("models", "list", "--config", "ribao.toml").exit_code == 0


def test_all_defaults_written_out_are_no_reach() -> None:
    """`ribao settings > ribao.toml` is where owners begin."""
    Path("ribao.toml").write_text(ask("settings").stdout)
    assert ask("sources", "list").exit_code == 0


def test_a_file_that_anybody_may_write_is_not_read() -> None:
    """Neither is one of another account; pipes and folders of that name are nothing."""
    path = Path("ribao.toml")
    path.write_text("")
    path.chmod(0o666)
    assert "somebody else may write it" in str(ask("sources", "list").exception)
    path.unlink()
    os.mkfifo(path)
    assert ask("sources", "list").stderr == ""


def test_check_reads_no_file_that_it_finds() -> None:
    """It runs in strangers' repositories, before every commit."""
    Path("ribao.toml").write_text("not TOML")
    Path("letter.md").write_text("# Tea\n\nTea is good.\n")
    result = ask("check", "letter.md")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stderr == ""


MAILBOX = """[[source]]
id = "theirs"
kind = "mailbox"
url = "imaps://me@mail.example/INBOX"
options = {password = "%s"}
"""


def test_a_list_that_is_found_names_no_mailbox() -> None:
    """Else a repository could have a password sent to its host, or a file of yours read."""
    Path("sources.toml").write_text(MAILBOX % "RIBAO_IMAP_PASSWORD")
    refused = ask("sources", "list")
    assert "a source would read this machine: 'theirs'" in str(refused.exception)
    Path("mine.toml").write_text("[collect]\nthis_machine = true\n")
    assert "theirs" in listed("--config", "mine.toml")


def test_a_list_names_no_other_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable of a password is one for mailboxes, also in a list that is allowed."""
    monkeypatch.setenv("SECRET_KEY", "x")
    Path("sources.toml").write_text(MAILBOX % "SECRET_KEY")
    Path("mine.toml").write_text("[collect]\nthis_machine = true\nbuiltin_catalogue = false\n")
    (row,) = json.loads(ask("sources", "test", "--json", "--config", "mine.toml").stdout)
    assert "not the name of a mailbox's password: 'SECRET_KEY'" in row["error"]


def test_a_list_that_the_command_line_names_may(tmp_path: Path) -> None:
    """`ribao run --sources FILE` is the owner's word."""
    Path("letter.eml").write_text("Subject: Tea\n\nNothing.\n")
    Path("post.toml").write_text(
        f'[[source]]\nid = "post"\nkind = "mailbox"\nurl = "{tmp_path / "letter.eml"}"\n'
    )
    told = ask("run", "--sources", "post.toml", "--json")
    assert "would read this machine" not in str(told.exception)
