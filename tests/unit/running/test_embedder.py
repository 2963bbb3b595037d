"""An embedder that a package brings: called where it is configured, never needed, never trusted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ribao.cli.comparing import comparison
from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.config import ClusterSettings, Config, EditionSettings
from ribao.errors import ConfigError, PluginError
from ribao.plugins.embedding import embed
from ribao.plugins.loader import embedder as chosen
from ribao.plugins.loader import load_plugins
from ribao.running.assignment import Made
from ribao.store import open_store
from tests.newsweb import DAY, ordinary_web, record
from tests.unit.running.test_road import memory

MODULE = '''"""An embedder by random projection: each word adds the vector of its hash."""

import hashlib

import numpy as np

from ribao.plugins.hooks import hookimpl


class Projection:
    name, digest, dimensions, batch = "projection.v1", "words by blake2b, 64", 64, 16

    def vectors(self, texts):
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts):
            for word in text.lower().split():
                seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
                row += np.random.default_rng(seed).standard_normal(self.dimensions)
        return rows


@hookimpl
def embedders():
    return [Projection()]
'''


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A package that is installed in a folder of its own, as an installer lays it out."""
    folder = tmp_path_factory.mktemp("site-packages")
    (folder / "projection_for_ribao.py").write_text(MODULE, encoding="utf-8")
    info = folder / "projection_for_ribao-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: projection\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[ribao]\nprojection = projection_for_ribao\n")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    sys.modules.pop("projection_for_ribao", None)


SETTINGS: dict[str, Any] = {"embedder": "projection.v1", "embedder_share": 1.0}


def day(folder: Path, embedder: str, **settings: Any) -> Made:
    """An edition of the small web, with these settings of [cluster]."""
    config = Config(
        edition=EditionSettings(language="en", timezone="Asia/Shanghai"),
        cluster=ClusterSettings(embedder=embedder, **settings),
    )
    archive = record(folder / f"{DAY}.warc.gz", ordinary_web())
    return make(RunOptions(replay=archive, date=DAY, output=folder / "out"), config)


def test_an_installed_embedder_takes_part_in_a_run(package: Path, tmp_path: Path) -> None:
    """It is found by its entry point, its digest is in the ledger, and why can ask it."""
    assert package.is_dir()
    made = day(tmp_path, **SETTINGS)
    with open_store(memory(tmp_path)) as store:
        (line,) = store.ledger.entries(made.run_id, "embedder projection.v1")
        assert line.detail.startswith("digest words by blake2b, 64, ")
        run = store.ledger.last_run()
        assert run is not None
        pair = ("https://courier.example/1", "https://gazette.example/1")
        assert comparison(store, run, *pair, ClusterSettings(**SETTINGS)).together
    assert day(tmp_path, **SETTINGS).edition == made.edition


def test_an_embedder_that_is_not_installed_is_named(tmp_path: Path) -> None:
    """A name that no package brings is the owner's error, with the names that there are."""
    with pytest.raises(ConfigError, match=r"no such embedder: 'nowhere\.v1'"):
        day(tmp_path, "nowhere.v1")


@dataclass
class Bad:
    """An embedder that does something else than it should."""

    answer: Callable[[Sequence[str]], object]
    name: str = "bad.v1"
    digest: str = "none"
    dimensions: int = 4
    batch: int = 2

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Whatever the test wants."""
        return self.answer(texts)  # type: ignore[return-value]  # on purpose


def _fail(_: Sequence[str]) -> object:
    raise MemoryError("no room for the weights")


def _leave(_: Sequence[str]) -> object:
    raise SystemExit(3)


BAD = {
    "failed: 'bad.v1': MemoryError: no room": _fail,
    "failed: 'bad.v1': SystemExit": _leave,
    "too slow": lambda _: time.sleep(5.0),
    "wrong shape": lambda texts: np.ones((len(texts) + 1, 4)),
    "numbers that are none": lambda texts: np.full((len(texts), 4), np.nan),
    "failed: 'bad.v1': ValueError": lambda _: "words",
}


@pytest.mark.parametrize("words", BAD)
def test_what_an_embedder_does_wrong_is_one_sentence(words: str) -> None:
    """Each kind of failure names the plugin and what it did."""
    with pytest.raises(PluginError, match=words):
        embed(Bad(BAD[words]), ["a", "b", "c"], seconds=0.2)


def test_a_run_goes_on_without_an_embedder_that_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The stories are those of a run that never had one, and the edition says so."""
    monkeypatch.setattr("ribao.cli.making.embedder", lambda _, name: Bad(_fail) if name else None)
    with_it, without = tmp_path / "with", tmp_path / "without"
    with_it.mkdir()
    without.mkdir()
    made, plain = day(with_it, "bad.v1"), day(without, "")
    assert made.edition.sections == plain.edition.sections
    (note,) = made.edition.notes
    assert "without the embedder" in note
    assert "MemoryError" in note
    with open_store(memory(with_it)) as store:
        (line,) = store.ledger.entries(made.run_id, "embedder bad.v1")
    assert "no room for the weights" in line.detail


def test_vectors_have_length_one_and_come_in_batches() -> None:
    """However many are asked for at once, the rows are the same, and 0 stays 0."""
    sizes: list[int] = []

    def answer(texts: Sequence[str]) -> np.ndarray:
        sizes.append(len(texts))
        return np.array([[len(text), 0, 0, 1e30 * len(text)] for text in texts], dtype=np.float32)

    found = embed(Bad(answer), ["a", "", "bbb"], seconds=5.0)
    assert sizes == [2, 1]
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1.0, 0.0, 1.0])


def test_no_embedder_is_asked_for_where_none_is_named() -> None:
    """Without the setting nothing is looked up."""
    assert chosen(load_plugins(), "") is None
