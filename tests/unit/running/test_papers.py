"""Several papers from one crawl: each source is read once, each paper keeps its own memory."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ribao.beat import load_beat
from ribao.cli.main import app
from ribao.collect import load_sources
from ribao.config import CollectSettings
from ribao.errors import ConfigError
from tests.newsweb import DAY, ordinary_web, record


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The output folder of a paper on AI and one on robots, and what the command said."""
    folder = tmp_path_factory.mktemp("papers")
    archive = record(folder / "web.warc.gz", ordinary_web())
    arguments = ["run", "--replay", str(archive), "--date", DAY, "--output", str(folder / "out")]
    for name in ("ai", "robotics"):
        config = folder / f"{name}.toml"
        config.write_text(f'[edition]\nlanguage = "en"\nbeat = "{name}"\n', encoding="utf-8")
        arguments += ["--config", str(config)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return folder / "out", result.output


def test_each_paper_has_its_folder_and_its_news(two: tuple[Path, str]) -> None:
    """The robot is in both, the lawsuit only in the paper on AI."""
    ai, robots = (
        (two[0] / name / DAY / "en" / "edition.md").read_text("utf-8")
        for name in ("ai", "robotics")
    )
    assert "Stelzen" in ai
    assert "Stelzen" in robots
    assert "Quillworks sues" in ai
    assert "Quillworks sues" not in robots


def test_sources_are_read_once_and_memories_are_apart(two: tuple[Path, str]) -> None:
    """Both runs count the same readings; what each paper printed is still there."""
    with sqlite3.connect(two[0] / ".ribao" / "replay.sqlite3") as connection:
        runs = connection.execute("SELECT id FROM run").fetchall()
        readings = [
            connection.execute(
                "SELECT source_id, entries, failed FROM reading WHERE run_id = ? ORDER BY 1", run
            ).fetchall()
            for run in runs
        ]
        lost = connection.execute(
            "SELECT count(*) FROM printed WHERE story_id NOT IN (SELECT id FROM story)"
        ).fetchone()
        asked = connection.execute(
            "SELECT came FROM step WHERE name = 'collect' ORDER BY came"
        ).fetchall()
    assert len(readings) == 2
    assert readings[0] == readings[1] != []
    assert lost == (0,)
    assert len(asked) == 2


def test_papers_that_are_read_differently_do_not_share(tmp_path: Path) -> None:
    """One sentence says which table differs, or that two files have one name."""
    (tmp_path / "b").mkdir()
    one, other, same = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "b" / "a.toml"
    one.write_text("", encoding="utf-8")
    other.write_text('[http]\nuser_agent = "x"\n', encoding="utf-8")
    same.write_text("", encoding="utf-8")
    for second, complaint in ((other, r"\[http\] differs"), (same, "two configurations")):
        result = CliRunner().invoke(
            app, ["run", "--demo", "--config", str(one), "--config", str(second)]
        )
        assert isinstance(result.exception, ConfigError)
        with pytest.raises(ConfigError, match=complaint):
            raise result.exception


def test_a_beat_brings_its_sources_and_names_its_part_of_the_catalogue() -> None:
    """A beat alone reads less than the catalogue; beside another that names none, all of it."""
    settings = CollectSettings(own="")
    biotech, ai = load_beat("biotech"), load_beat("ai")
    alone = {source.id for source in load_sources(settings, [biotech])}
    both = {source.id for source in load_sources(settings, [ai, biotech])}
    everything = {source.id for source in load_sources(settings)}
    own = {row["id"] for row in biotech.source}
    assert own <= alone < both
    assert both == everything | own
    assert len(alone) < len(everything)
    wrong = biotech.model_copy(update={"catalogue": ("tea",)})
    with pytest.raises(ConfigError, match="no such part of the catalogue"):
        load_sources(settings, [wrong])
