"""A real server (llama.cpp) with a model of random weights: form, streams, usage, limits.

Skipped where it is not installed: `.venv/bin/uv pip install --group models` brings it (100 MB).
"""

from __future__ import annotations

import importlib.util
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench._phrasing_day import phrased_day
from bench.faults import printed, sample_day
from ribao.config import HttpSettings, ModelsSettings
from ribao.errors import ModelError
from ribao.gateways.clock import SystemClock
from ribao.gateways.models.asking import Models
from ribao.gateways.models.task import Task
from ribao.store import open_store
from ribao.store.money import Caps, Money
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.client,
    pytest.mark.skipif(
        not (importlib.util.find_spec("xllamacpp") and importlib.util.find_spec("gguf")),
        reason="needs xllamacpp and gguf: .venv/bin/uv pip install --group models",
    ),
]
YES_OR_NO = {
    "type": "object",
    "properties": {"answer": {"type": "boolean"}},
    "required": ["answer"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Settings for the server, which lives as long as the module."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = tmp_path_factory.mktemp("tiny") / "tiny.gguf"
    command = [sys.executable, "-m", "bench._tiny_model", str(file), str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as server:
        assert server.stdout is not None
        assert any(line.startswith("ready") for line in server.stdout)
        price = {"input": "0.1", "output": "0.5"}
        provider = {
            "base_url": f"http://127.0.0.1:{port}/v1", "models": {"*": {"price": [price]}},
        }  # fmt: skip
        yield {"writer": ["tiny/random"], "providers": {"tiny": provider}, "at_once": 1}
        server.kill()


@pytest.fixture
def purse(tmp_path: Path) -> Iterator[Money]:
    """A purse of its own."""
    with open_store(tmp_path / "m.sqlite3") as store:
        yield Money(store.engine, Caps(None, None, None, "USD"), SystemClock().now)


@pytest.mark.parametrize("stream", [False, True])
def test_answers_keep_the_form(table: dict[str, Any], purse: Money, *, stream: bool) -> None:
    """Random weights, and still JSON by the schema; its tokens are counted and paid for."""
    settings = ModelsSettings.model_validate(table | {"stream": stream})
    with Models(settings, HttpSettings(), purse, SystemClock(), run="r") as models:
        for number in range(5):
            task = Task("test", str(number), "Say.", f"Yes or no? {number}", YES_OR_NO, 200)
            asked = models.ask(settings.writer, task, json.loads)
            assert set(asked.value) == {"answer"}
    spent = purse.spent("r")
    assert (spent.calls, spent.output_tokens > 0, spent.micro > 0) == (5, True, True)
    assert {one.state for one in purse.calls("r")} == {"settled"}


def test_limits_are_kept(table: dict[str, Any], purse: Money) -> None:
    """An answer that is cut off is no answer; a question too long is refused at no cost."""
    settings = ModelsSettings.model_validate(table)
    text = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    with Models(settings, HttpSettings(), purse, SystemClock(), run="r") as models:
        with pytest.raises(ModelError, match="cut off"):
            models.ask(settings.writer, Task("test", "1", "", "?", text, 3), json.loads)
        with pytest.raises(ModelError, match="HTTP 400"):
            models.ask(settings.writer, Task("test", "2", "", "? " * 9_000, text, 9), json.loads)
    assert [one.state for one in purse.calls("r")][:2] == ["settled", "released"]


def test_a_model_that_knows_nothing_prints_nothing(table: dict[str, Any], purse: Money) -> None:
    """Whatever it babbles by the schema, the edition is made of the reports' own words."""
    day = sample_day("en")
    day = replace(day, stories=day.stories[:3])
    settings = ModelsSettings.model_validate(table | {"max_output_tokens": 400})
    made = phrased_day(day, settings, purse, "r")
    plain, _ = day.edition(day.written)
    assert [one.text for _, one in printed(made) if one.kind == "fact"] == [
        one.text for one in plain.summary
    ]
    assert len(made.edition.articles) == len(plain.articles)
