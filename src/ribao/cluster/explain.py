"""Why a report is in its story, and why two reports are or are not together."""

from __future__ import annotations

from collections.abc import Sequence

from ribao.cluster.grouping import original_of, profiles_of
from ribao.cluster.likeness import explain_likeness, likeness
from ribao.config import ClusterSettings
from ribao.model import Document, DocumentId, Join, Points, Story, by_id


def explain_join(story: Story, document_id: DocumentId) -> Join | None:
    """Why a document is in a story; None where it is not in it."""
    return next((join for join in story.joins if join.document_id == document_id), None)


def explain_pair(
    first: Document,
    second: Document,
    settings: ClusterSettings,
    *,
    among: Sequence[Document] = (),
) -> tuple[Points, ...]:
    """What two reports share and whether it is enough; the last part is the verdict.

    `among` are the documents of the window: what is rare among them weighs more.
    """
    together = list((by_id(among) | by_id((first, second))).values())
    index = by_id(together)
    if original_of(first, index) == original_of(second, index):
        return (Points("copy", 1.0, first.copy_because or second.copy_because),)
    profiles = profiles_of(together)
    a, b = profiles[first.id], profiles[second.id]
    score, enough = likeness(a, b), settings.threshold
    words = f"{score:.2f} of {enough:.2f} that make two reports one event"
    verdict = Points("together" if score >= enough else "apart", round(score, 4), words)
    return (*explain_likeness(a, b), verdict)
