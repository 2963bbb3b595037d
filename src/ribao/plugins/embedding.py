"""Asks an embedder for vectors, and trusts none of its answers: their shape, numbers, or patience.

What a plugin does wrong is said in one sentence that names it; the run goes on without it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from ribao.errors import PluginError
from ribao.plugins.kinds import Embedder

Vectors = NDArray[np.float32]
MOST_DIMENSIONS = 4096


def embed(embedder: Embedder, texts: Sequence[str], *, seconds: float) -> Vectors:
    """The vectors of texts, each of length 1 (or 0): shape (len(texts), dimensions), float32.

    `seconds` is the patience for all of them; a plugin that takes longer is left alone in a thread
    of its own, which ends with the process.

    Raises:
        PluginError: it failed, took too long, or gave something else than it should.
    """
    answers: SimpleQueue[Vectors | BaseException] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(_all(embedder, texts))
        except BaseException as error:  # noqa: BLE001 - whatever a plugin throws is its author's
            answers.put(error)

    until = monotonic() + seconds
    threading.Thread(target=ask, name=f"embedder {embedder.name}", daemon=True).start()
    try:
        found = answers.get(timeout=max(until - monotonic(), 0.0))
    except Empty:
        raise PluginError(
            "an embedder is too slow", embedder.name, f"{len(texts)} texts in {seconds:g} s"
        ) from None
    if isinstance(found, PluginError):
        raise found
    if isinstance(found, BaseException):
        raise PluginError(
            "an embedder failed", embedder.name, f"{type(found).__name__}: {found}"
        ) from found
    return found


def _all(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    dimensions, batch = int(embedder.dimensions), max(int(embedder.batch), 1)
    if not 0 < dimensions <= MOST_DIMENSIONS:
        raise PluginError("an embedder has a wrong size", embedder.name, f"{dimensions} dimensions")
    found = np.zeros((len(texts), dimensions), dtype=np.float32)
    for start in range(0, len(texts), batch):
        some = tuple(texts[start : start + batch])
        rows = np.asarray(embedder.vectors(some), dtype=np.float32)
        if rows.shape != (len(some), dimensions):
            raise PluginError(
                "an embedder gave vectors of a wrong shape", embedder.name,
                f"{rows.shape} in place of {(len(some), dimensions)}",
            )  # fmt: skip
        if not np.isfinite(rows).all():
            raise PluginError("an embedder gave numbers that are none", embedder.name)
        found[start : start + batch] = rows
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.linalg.norm(found.astype(np.float64), axis=1, keepdims=True)
    unit: Vectors = (found / np.where(lengths > 0.0, lengths, 1.0)).astype(np.float32)
    return unit
