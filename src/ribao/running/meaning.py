"""Vectors of the reports of a run, where an embedder is configured; nothing needs one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ribao.catalogue import say
from ribao.errors import PluginError
from ribao.model import Document, DocumentId, Story, by_id
from ribao.plugins.embedding import embed
from ribao.running.run import Run

LEAD = 600  # characters of a report's text that are embedded


def vectors(
    run: Run, documents: Sequence[Document], earlier: Sequence[Story]
) -> Mapping[DocumentId, NDArray[np.float32]]:
    """A vector of length 1 for every report that is compared; none where that fails.

    What the embedder was, and its digest, or why it failed, is a line of the ledger; a failure is
    a remark of the edition, too.
    """
    embedder, settings = run.tools.embedder, run.tools.config.cluster
    if embedder is None:
        return {}
    known = by_id([one for story in earlier for one in story.documents]) | by_id(documents)
    texts = [embedded(one) for one in known.values()]
    line = f"embedder {embedder.name}"
    try:
        found = embed(embedder, texts, seconds=settings.embedder_seconds)
    except PluginError as error:
        run.besides["cluster"] = [(line, str(error))]
        run.remarks.append(say("run.embedder-failed", run.work.language, error=str(error)))
        return {}
    run.besides["cluster"] = [(line, f"digest {embedder.digest}, {len(texts)} texts")]
    return dict(zip(known, found, strict=True))


def embedded(document: Document) -> str:
    """The text of a report that its vector is made of."""
    return f"{document.title}\n{document.text[:LEAD]}"
