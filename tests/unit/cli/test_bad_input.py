"""What a user gets wrong is one sentence that says what, where, and what would do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ribao.beat import load_beat
from ribao.cli.main import app
from ribao.config import load_config
from ribao.errors import ConfigError, ContentError, StoreError
from ribao.gateways.warc import ReplayWeb
from ribao.store import open_store

SETTINGS = (
    ("edition = 3", "edition: it is a table, with keys of its own"),
    ('[edition]\nlanguage = "fr"', "edition.language: it is one of zh, en"),
    ('[edition]\nstories = "many"', "edition.stories: Input should be a valid integer"),
    ('[rank]\nexclude = ["tea", " "]', "rank.exclude.1: String should have at least 1 character"),
    (
        '[store]\nurl = "mysql://x/y"',
        "store.url: write it as postgresql[+]psycopg://USER@HOST/NAME",
    ),
    (
        '[store]\nurl = "postgresql+psycopg://me:secret@host/paper"',
        "store.url: a password stands in",
    ),
    ('[store]\nurl = "postgresql+psycopg://me@/paper?password=secret"', "a password stands in it"),
    ('[http]\nuser_agnet = "x"', "http.user_agnet: unknown key"),
)


@pytest.mark.parametrize(("text", "sentence"), SETTINGS)
def test_settings_that_cannot_be(tmp_path: Path, text: str, sentence: str) -> None:
    """The setting by its name, and no secret of it."""
    path = tmp_path / "ribao.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=sentence) as caught:
        load_config(path)
    assert "secret" not in str(caught.value)


def test_a_beat_looks_for_no_empty_word(tmp_path: Path) -> None:
    """It would be found in every text."""
    text = Path(__file__).parents[3].joinpath("src/ribao/beats/chips.toml").read_text()
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("words = [", 'words = ["", ', 1))
    with pytest.raises(ConfigError, match=r"words\.0: String should have at least 1 character"):
        load_beat(str(path))


def test_a_recorded_web_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Neither is a folder read."""
    os.mkfifo(tmp_path / "web.warc.gz")
    for path in (tmp_path / "web.warc.gz", tmp_path):
        with pytest.raises(ContentError, match="it is no file, but a folder, device or pipe"):
            ReplayWeb(path)


def test_an_address_of_a_database_that_is_none() -> None:
    """The driver's complaint is part of the sentence."""
    with pytest.raises(StoreError, match="not the address of a database"):
        open_store("postgresql+psycopg://me@127.0.0.1:port/paper").__enter__()


def test_what_is_no_edition_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, and why."""
    monkeypatch.chdir(tmp_path)
    Path("letter.json").write_text("hello")
    told = CliRunner().invoke(app, ["deliveries", "plan", "letter.json"])
    assert "no edition: 'letter.json': an edition is not JSON" in str(told.exception)


def test_an_empty_list_says_so_in_the_language_of_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of titles over nothing."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["deliveries", "list"]).stdout == "没有这样的发送记录。\n"
    Path("ribao.toml").write_text('[edition]\nlanguage = "en"\n')
    told = CliRunner().invoke(app, ["deliveries", "list"]).stdout
    assert told == "There are no such deliveries.\n"
