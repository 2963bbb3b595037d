"""`ribao sources` as a person uses it, against the recorded sample."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ribao import demo
from ribao.beat import load_beat
from ribao.cli.sources import sources
from ribao.config import HttpSettings
from ribao.errors import ConfigError, ContentError
from ribao.gateways.clock import SystemClock
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Web
from ribao.model import Item, ItemId, Source, SourceId
from ribao.store import open_store
from ribao.store.library import Asking

SAMPLE = str(demo.sample_path())


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An own folder with English settings: the list of the owner is a file in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ribao.toml").write_text('[edition]\nlanguage = "en"\n')


def ask(*words: str) -> str:
    """Run one command and return what it prints; errors come through."""
    result = CliRunner().invoke(sources, [*words, "--config", "ribao.toml"], catch_exceptions=False)
    return result.output


def test_add_finds_the_feed_of_a_page_and_test_reads_it() -> None:
    """From any page of a site; what is added is listed and can be read."""
    said = ask(
        "add",
        "https://northwindwire.example/technology/wenqu-files-ipo-2026-01-15",
        "--replay",
        SAMPLE,
    )
    assert "https://northwindwire.example/rss/technology.xml" in said
    rows = json.loads(ask("list", "--json"))
    (added,) = [
        row for row in rows if row["url"] == "https://northwindwire.example/rss/technology.xml"
    ]
    assert (added["kind"], added["language"]) == ("feed", "en")
    (read,) = json.loads(ask("test", added["id"], "--replay", SAMPLE, "--json"))
    assert read["items"] > 5
    assert read["error"] == ""


def test_what_cannot_be_read_says_why_and_exits_with_1() -> None:
    """One line for each source, a count below."""
    ask("add", "https://thelattice.example/atom.xml", "--replay", SAMPLE)
    result = CliRunner().invoke(
        sources,
        ["test", "the-lattice-sample", "openai", "--replay", SAMPLE, "--config", "ribao.toml"],
    )
    assert result.exit_code == 1
    assert "1 of 2 sources can be read." in result.output
    assert "openai.com" in result.output


def test_a_page_without_a_feed_is_refused_and_nothing_is_written() -> None:
    """One sentence; the list stays as it was."""
    with pytest.raises(ContentError, match="no feed and no list of news"):
        ask("add", "https://quietpress.example/feed", "--replay", SAMPLE)
    assert not Path("sources.toml").exists()


def test_adding_what_is_read_already_changes_nothing() -> None:
    """It is named; a built-in source that was removed comes back as itself."""
    ask("add", "chenxun.example/feed.xml", "--replay", SAMPLE)
    before = Path("sources.toml").read_bytes()
    assert "Already read as chenxun-example" in ask(
        "add", "http://chenxun.example/feed.xml", "--replay", SAMPLE
    )
    assert Path("sources.toml").read_bytes() == before
    ask("remove", "gh-ollama")
    url = "https://github.com/ollama/ollama"
    assert "gh-ollama" not in ask("list")
    said = ask("add", url, "--replay", SAMPLE)
    assert "Added gh-ollama" in said
    assert "Already read as gh-ollama" in ask("add", url, "--replay", SAMPLE)


def test_titles_of_strangers_are_printed_as_they_are() -> None:
    """No markup of the table is obeyed, and no order to the terminal."""
    Path("odd.toml").write_text(
        '[[source]]\nurl = "https://odd.example/"\ntitle = "[/b] [red]owls \\u001b[2J"\n'
    )
    assert "Added 1 sources" in ask("import", "odd.toml")
    (line,) = [line for line in ask("list").splitlines() if "odd.example" in line]
    assert "[/b] [red]owls [2J" in line
    assert "1 of them are read already" in ask("import", "odd.toml")
    text = Path("odd.toml").read_text()
    Path("odd.toml").write_text(f"{text}weight = 2.0\n")
    assert "1 of them take the place" in ask("import", "odd.toml")


def test_adding_twice_lists_once_and_removing_forgets() -> None:
    """A built-in source is remembered as not wanted, one of the owner is taken off."""
    for _ in range(2):
        ask("add", "chenxun.example/feed.xml", "--replay", SAMPLE)
    ids = [row["id"] for row in json.loads(ask("list", "--json"))]
    assert ids.count("chenxun-example") == 1
    ask("remove", "chenxun-example")
    ask("remove", "openai")
    left = [row["id"] for row in json.loads(ask("list", "--json"))]
    assert "chenxun-example" not in left
    assert "openai" not in left
    assert "deepmind" in left
    with pytest.raises(ConfigError, match="no such source: 'nosuch'"):
        ask("remove", "nosuch")


@pytest.mark.parametrize("name", ["all.opml", "all.toml"])
def test_what_was_exported_is_known_when_it_comes_back(name: str) -> None:
    """No copy of the catalogue in the owner's list; what was removed since is read again."""
    ask("export", name)
    said = ask("import", name)
    assert "Added 0 sources" in said
    assert "242 of them are read already" in said
    assert not Path("sources.toml").exists()
    ask("remove", "openai")
    assert "Added 1 sources" in ask("import", name)
    assert Path("sources.toml").read_text() == ""
    assert "openai" in ask("list")


def test_what_is_asked_for_and_not_there_is_one_sentence() -> None:
    """With what there is."""
    for words in (("--category", "tea"), ("--language", "fr")):
        with pytest.raises(ConfigError, match=f"no source of this .*'{words[1]}': there are"):
            ask("list", *words)


def test_the_sources_of_a_beat_are_listed_with_it() -> None:
    """A run with that beat reads them."""
    own = load_beat("biotech").source[0]["id"]
    assert own not in ask("list")
    Path("ribao.toml").write_text('[edition]\nlanguage = "en"\nbeat = "biotech"\n')
    assert own in ask("list")
    ask("remove", own)
    assert own not in ask("list")


@pytest.mark.parametrize("name", ["all.opml", "all.toml"])
def test_export_and_import_are_a_round_trip(name: str) -> None:
    """Everything about every source comes back."""
    before = json.loads(ask("list", "--json"))
    ask("export", name)
    Path("ribao.toml").write_text(
        '[edition]\nlanguage = "en"\n[collect]\nbuiltin_catalogue = false\n'
    )
    assert json.loads(ask("list", "--json")) == []
    assert f"Added {len(before)} sources from {name} to sources.toml." in ask("import", name)
    assert sorted(json.loads(ask("list", "--json")), key=str) == sorted(before, key=str)


def test_lists_can_be_narrowed() -> None:
    """By category and language."""
    rows = json.loads(ask("list", "--category", "press", "--language", "zh", "--json"))
    assert rows
    assert {(row["category"], row["language"]) for row in rows} == {("press", "zh")}


def test_health_needs_a_run() -> None:
    """One sentence where there is none."""
    with pytest.raises(ConfigError, match="no run was made here yet"):
        ask("health", "--output", "editions")


def test_health_tells_of_each_source_in_words() -> None:
    """Last success, items a day, and the error of a source that fails."""
    now = datetime(2026, 1, 15, 16, tzinfo=UTC)
    fine = Source(SourceId("fine"), "feed", "https://fine.example/rss")
    dead = Source(SourceId("dead"), "feed", "https://dead.example/rss")
    item = Item(ItemId("1"), fine.id, "https://fine.example/1", "Owls", seen_at=SystemClock().now())
    folder = Path("editions/.ribao")
    folder.mkdir(parents=True)
    with open_store(folder / "live.sqlite3") as store, store.begin() as connection:
        store.library.put_items(connection, (item,), SystemClock().now())
        store.library.note_source(connection, fine, now, "")
        gone = Asking(gone_because="gone for good: HTTP 410")
        store.library.note_source(connection, dead, now, "gone for good: 'dead.example'", gone)
    told = ask("health", "--output", "editions").splitlines()
    assert "2026-01-15 16:00" in next(line for line in told if line.startswith("fine"))
    assert "gone for good" in next(line for line in told if line.startswith("dead"))
    assert "never" in next(line for line in told if line.startswith("dead"))
    assert "retired" in next(line for line in told if line.startswith("dead"))
    assert "retired" not in next(line for line in told if line.startswith("fine"))
    rows = json.loads(ask("health", "--output", "editions", "--json"))
    assert {row["state"]["source"]["id"]: row["items"] for row in rows} == {"dead": 0, "fine": 1}


def test_testing_a_retired_source_that_answers_lets_runs_ask_it_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only where it answers, and only on the network."""
    ask("add", "https://thelattice.example/atom.xml", "--replay", SAMPLE)
    folder = Path("editions/.ribao")
    folder.mkdir(parents=True)
    ids = ("the-lattice-sample", "openai")
    with open_store(folder / "live.sqlite3") as store, store.begin() as connection:
        for name in ids:
            source = Source(SourceId(name), "feed", f"https://{name}.example/rss")
            gone = Asking(gone_because="gone for good")
            store.library.note_source(connection, source, SystemClock().now(), "gone", gone)

    def retired() -> list[str]:
        with open_store(folder / "live.sqlite3") as store:
            states = store.library.source_states()
        return [state.source.id for state in states if state.asking.gone_because]

    CliRunner().invoke(sources, ["test", *ids, "--replay", SAMPLE, "--config", "ribao.toml"])
    assert retired() == sorted(ids)

    @contextmanager
    def recorded(settings: HttpSettings, _clock: object, **_more: object) -> Iterator[Web]:
        yield ReplayWeb(SAMPLE, settings)

    monkeypatch.setattr("ribao.cli.sourcing.open_web", recorded)
    CliRunner().invoke(sources, ["test", *ids, "--config", "ribao.toml"])
    assert retired() == ["openai"]
