"""One sentence becomes a checked configuration; what was not understood is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ribao.beat import load_beat
from ribao.cli.main import app
from ribao.cli.wishes import understand
from ribao.config import load_config
from ribao.errors import ConfigError


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "每天早上给我机器人行业的中文简报，不要融资新闻",
            {"beat": "robotics", "language": "zh", "at": "07:00", "style": "brief",
             "exclude": ("funding",), "unknown": (), "days": ()},
        ),
        (
            "每个工作日下午3点半给我一份英文的AI芯片日报，最多10条，不要股价、财报和裁员，北京时间",
            {"beat": "chips", "language": "en", "at": "15:30", "zone": "Asia/Shanghai",
             "days": ("mon", "tue", "wed", "thu", "fri"), "stories": 10,
             "exclude": ("stocks", "earnings", "layoffs"), "unknown": ()},
        ),
        (
            "Short biotech briefing in English every weekday at 7am New York time, no funding news",
            {"beat": "biotech", "at": "07:00", "zone": "America/New_York", "style": "brief",
             "exclude": ("funding",), "unknown": ()},
        ),
        (
            "I want the top 5 stories about tea every Monday, without sports or Leafworks",
            {"topic": "tea", "days": ("mon",), "stories": 5, "exclude": ("sport", "Leafworks")},
        ),
        ("关于茶叶行业的周报，只看中文来源", {"topic": "茶叶", "languages": ("zh",)}),
        ("每晚八点的政策快讯", {"beat": "policy", "at": "20:00", "style": "wire"}),
        (
            "大模型和芯片新闻，还要咕噜咕噜，来自 https://a.example/feed",
            {"beat": "ai", "also": ("chips",), "addresses": ("https://a.example/feed",),
             "unknown": ("咕噜咕噜",)},
        ),
        ("chips", {"beat": "chips", "language": "en"}),
        ("给我来点好玩的", {"beat": "", "topic": ""}),
    ],
)  # fmt: skip
def test_a_sentence_is_understood(sentence: str, expected: dict[str, object]) -> None:
    """Subject, time, days, zone, number, style, sources, and what is unwanted, in zh and en."""
    wish = understand(sentence)
    assert {name: getattr(wish, name) for name in expected} == expected


def ask(*arguments: str) -> Result:
    """Run the command as typed."""
    return CliRunner().invoke(app, ["new", *arguments])


def test_nothing_is_written_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is shown; --yes writes it, and a second time it refuses to write over it."""
    monkeypatch.chdir(tmp_path)
    sentence = "每天早上给我机器人行业的中文简报，不要融资新闻"
    shown = ask(sentence)
    assert shown.exit_code == 0
    assert "融资" in shown.output
    assert list(tmp_path.iterdir()) == []
    written = ask(sentence, "--yes")
    assert "0 7 * * *" in written.output
    config = load_config(tmp_path / "ribao.toml")
    assert (config.edition.beat, config.edition.language) == ("robotics", "zh")
    assert config.rank.exclude == ("funding",)
    assert config.write.style == "brief"
    before = (tmp_path / "ribao.toml").read_bytes()
    again = ask("a daily brief about chips", "--yes")
    assert isinstance(again.exception, ConfigError)
    assert "there already" in str(again.exception)
    assert (tmp_path / "ribao.toml").read_bytes() == before


def test_a_subject_of_ones_own_gets_a_beat(tmp_path: Path) -> None:
    """The beat and the sources that were named stand beside the configuration and can be read."""
    target = tmp_path / "tea.toml"
    sentence = "a weekly newsletter about tea, https://a.example/feed"
    result = ask(sentence, "--output", str(target), "--json")
    told = json.loads(result.output)
    assert told["written"] is True
    config = load_config(target)
    beat = load_beat(config.edition.beat)
    assert beat.judge("Tea harvest begins").points >= beat.threshold
    assert beat.judge("Football begins").points < beat.threshold
    assert [Path(one).name for one in config.collect.sources] == ["tea.sources.toml"]
    assert config.edition.window_hours == 168


def test_a_sentence_without_a_subject_is_one_sentence_back(tmp_path: Path) -> None:
    """It says what is missing and gives an example, and nothing is written."""
    result = ask("给我来点好玩的", "--output", str(tmp_path / "x.toml"))
    assert isinstance(result.exception, ConfigError)
    assert "no subject understood" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mark", ["\x1b[31m", "\x01", "\x7f", "\udcff", "\ufffe"])
def test_what_no_file_can_hold_is_left_out_of_a_sentence(tmp_path: Path, mark: str) -> None:
    """A pasted control character, or an argument that is no UTF-8, once ended in a trace."""
    path = tmp_path / "ribao.toml"
    sentence = f"a daily brief about chips{mark}"
    answer = ask(sentence, "--output", str(path))
    assert answer.exit_code == 0, answer.output
    assert load_config(path).edition.beat == "chips"
