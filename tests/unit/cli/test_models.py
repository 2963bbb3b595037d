"""`ribao models` and a run with a model, from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench._scripted_models import ScriptedModels, scripted
from bench._scripted_replies import Reply, honest
from ribao.cli.main import app
from ribao.errors import ModelError

KEY = "sk-a-key-that-nobody-may-read"
CONFIG = """
[models]
writer = ["test/any"]
cap_run = "{cap}"
[models.providers.test]
base_url = "{url}"
key_env = "TEST_KEY"
[models.providers.test.models."*"]
price = [{{ input = "0.1", output = "0.5", source = "invented" }}]
"""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedModels]:
    """A service that answers honestly, and its key."""
    monkeypatch.setenv("TEST_KEY", KEY)
    with scripted(lambda _number, seen: honest(seen)) as found:
        yield found


def configured(folder: Path, service: ScriptedModels, cap: str = "1") -> str:
    """A ribao.toml for the service."""
    path = folder / f"ribao-{cap}.toml"
    path.write_text(CONFIG.format(url=service.url, cap=cap))
    return str(path)


def ribao(*arguments: str) -> str:
    """What a command prints; a failure of it is the test's."""
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_names_prices_and_no_key(service: ScriptedModels, tmp_path: Path) -> None:
    """Presets and one's own, whether there is a key, and never the key."""
    told = ribao("models", "list", "--json", "--config", configured(tmp_path, service))
    rows = {row["model"]: row for row in json.loads(told)}
    assert rows["openai/gpt-6-luna"]["input"] == "0.10"
    assert rows["test/*"]["key"] == "set"
    assert KEY not in told + ribao("models", "list")


def test_an_estimate_knows_the_caps(service: ScriptedModels, tmp_path: Path) -> None:
    """What an edition would cost, the configured model first."""
    path = configured(tmp_path, service, "0.25")
    told = json.loads(
        ribao("models", "estimate", "--json", "--config", path, "--output", str(tmp_path))
    )
    first = told["models"][0]
    assert float(first["likely"]) < float(first["most"])
    assert "0.25" in ribao("models", "estimate", "--config", path, "--output", str(tmp_path))


def test_a_model_is_tried(service: ScriptedModels, tmp_path: Path) -> None:
    """The question is answered, counted and paid for; a bad answer is an error."""
    path = configured(tmp_path, service)
    arguments = ["models", "test", "--config", path, "--output", str(tmp_path)]
    service.script = lambda _number, _seen: Reply('{"answer": "ready"}')
    assert "answered 'ready'" in ribao(*arguments)
    service.script = lambda _number, _seen: Reply("no")
    with pytest.raises(ModelError):
        CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_a_run_is_written_by_a_model_once(service: ScriptedModels, tmp_path: Path) -> None:
    """The money is told; the second time nobody is asked and every byte is the same; no key."""
    path = configured(tmp_path, service)
    run = ["run", "--demo", "--language", "en", "--config", path, "--output", str(tmp_path)]
    assert "tokens in" in ribao(*run)
    asked = len(service.seen)
    files = {one: one.read_bytes() for one in (tmp_path / "2026-01-16").rglob("edition.*")}
    edition = json.loads(next(data for one, data in files.items() if one.suffix == ".json"))
    assert "test/any" in json.dumps(edition)
    ribao(*run)
    assert len(service.seen) == asked > 5
    assert files == {one: one.read_bytes() for one in files}
    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert KEY.encode() not in kept
    assert KEY not in json.dumps([one.body for one in service.seen])


def test_a_run_without_money_says_so(service: ScriptedModels, tmp_path: Path) -> None:
    """Nobody is asked, the edition is there, and its note names the cap."""
    path = configured(tmp_path, service, "0")
    told = ribao("run", "--demo", "--json", "--config", path, "--output", str(tmp_path))
    assert "models.cap_run" in " ".join(json.loads(told)["notes"])
    assert service.seen == []
